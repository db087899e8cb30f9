"""The platforms that bring operators together: the tree, and a page for each."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.discovery import open_graph
from directory.map import map_of
from directory.platform_pages import (
    counted_of,
    coverage_of,
    from_the_top,
    hosts_of,
    milestones_of,
    programmes_counted,
    public_hosts,
    question_of_countries,
    tree,
    versions_of,
    who_to_write_to,
)
from directory.wording import entry_of, period_of, worded
from platforms.models import Platform, Programme
from reports.querysets import with_report_count

SHOWN = 12


@require_safe
def platforms(request):
    """The tree from the global platform down, those whose parent is not stated, and the programmes."""
    stated, unstated = tree()
    programmes = Programme.objects.select_related("donor")
    context = {
        "section": "platforms",
        "stated": stated,
        "unstated": unstated,
        "programmes": [_programme(*counted) for counted in programmes_counted(programmes)],
    }
    return render(request, "directory/platforms.html", context)


def _programme(programme, count):
    return {
        "programme": programme,
        "donor": programme.donor if programme.donor and programme.donor.is_published else None,
        "period": period_of(programme.starts_on, programme.ends_on),
        "about": worded(programme.about, programme.about_language),
        "count": count,
    }


@require_safe
def platform(request, slug):
    """Who it is, who hosted it when, what it covers, and the WOPs that name it or one below it."""
    found = Platform.objects.select_related("parent").prefetch_related(public_hosts(), "areas", "countries")
    shown = get_object_or_404(found, slug=slug)
    versions = versions_of(shown)
    listed = with_report_count(versions.with_published_at().with_years()).for_list()
    newest = listed.order_by("-published_at", "partnership__reference")[:SHOWN]
    context = {
        "section": "platforms",
        "platform": shown,
        "crumbs": _crumbs(shown),
        "children": sorted(shown.children.all(), key=from_the_top),
        "about": worded(shown.about, shown.about_language),
        "coverage": coverage_of(shown),
        "whom": who_to_write_to(shown),
        "hosts": hosts_of(shown),
        "milestones": milestones_of(shown),
        "counted": counted_of([shown])[shown.pk],
        "question_of_countries": question_of_countries(shown),
        "map": map_of(versions),
        "lines_url": f"{reverse('directory:partnerships')}?{urlencode({'platform': shown.key, 'view': 'map'})}",
        "entries": [entry_of(version) for version in newest],
        "discovery": open_graph.of_platform(shown),
    }
    return render(request, "directory/platform.html", context)


def _crumbs(shown):
    crumbs = [(_("Platforms"), reverse("directory:platforms"))]
    if shown.parent:
        crumbs.append((str(shown.parent), reverse("directory:platform", args=[shown.parent.slug])))
    return crumbs
