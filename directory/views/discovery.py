"""What search engines ask for: the sitemap, and what they may read."""

from django.conf import settings
from django.contrib.sitemaps.views import SitemapIndexItem, x_robots_tag
from django.contrib.sitemaps.views import sitemap as django_sitemap
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override
from django.views.decorators.http import conditional_page, require_safe

from directory.addresses import absolute
from directory.sitemaps import SITEMAPS

PRIVATE = ("desk:workspace", "desk:queue", "accounts:my-data", "demo:mails")
"""One page of each area that is no business of search engines: all beside and below it are private too."""


@require_safe
@conditional_page
@x_robots_tag
def sitemap_index(request):
    """The files of the sitemap, under the public address; Django's own view would name the host of the request."""
    files = []
    for section, kind in SITEMAPS.items():
        address = absolute(reverse("sitemap-section", args=[section]))
        pages = range(2, kind().paginator.num_pages + 1)
        files += [SitemapIndexItem(address), *(SitemapIndexItem(f"{address}?p={page}") for page in pages)]
    return render(request, "sitemap_index.xml", {"sitemaps": files}, content_type="application/xml")


@require_safe
@conditional_page
def sitemap(request, section):
    return django_sitemap(request, SITEMAPS, section=section)


@require_safe
def robots(request):
    """Everything public may be read; of a demonstration nothing is for search engines."""
    lines = ["User-agent: *"]
    lines += ["Disallow: /"] if settings.DEMO else [f"Disallow: {path}" for path in _private_paths()]
    lines += [] if settings.DEMO else ["", f"Sitemap: {absolute(reverse('sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def _private_paths():
    paths = [reverse("admin:index")]
    for language, _name in settings.LANGUAGES:
        with override(language):
            home = reverse("directory:home")
            areas = (reverse(name).removeprefix(home).partition("/")[0] for name in PRIVATE)
            paths += [f"{home}{area}/" for area in areas] + [f"{home}preview/"]
    return paths
