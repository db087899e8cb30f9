"""What search engines ask for: the sitemap, and what they may read."""

from datetime import timedelta

from django.conf import settings
from django.contrib.sitemaps.views import SitemapIndexItem, x_robots_tag
from django.contrib.sitemaps.views import sitemap as django_sitemap
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import conditional_page, require_safe

from directory.absolute_urls import absolute
from directory.sitemaps import SITEMAPS

HOLDS = timedelta(days=90)
"""How long programs may believe an answer about whom to tell: the portal always knows, and says so anew each day."""

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
def favicon(request):
    """For those who ask for it without reading a page; pages name it themselves."""
    return redirect(static("img/favicon.svg"))


@require_safe
def security(request):
    """Whom to tell of a vulnerability (RFC 9116); 404 while the portal names nobody."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    expires = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0) + HOLDS
    lines = [
        f"Contact: {settings.SECURITY_CONTACT}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {', '.join(code for code, _name in settings.LANGUAGES)}",
        f"Canonical: {absolute(reverse('security'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


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
