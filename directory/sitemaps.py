"""Every public page in every language, for search engines."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.core.paginator import Paginator
from django.urls import reverse

from directory.place_pages import all_counted_regions, counted_countries
from operators.models import Organisation
from partnerships.models import PartnershipVersion
from platforms.models import Platform
from reports.models import ReportVersion

PAGES = (
    "home", "partnerships", "operators", "countries", "regions", "platforms", "insights", "costs", "what-is-a-wop",
    "get-involved", "how-to-embed",
)  # fmt: skip


class InAllLanguages(Paginator):
    """Pages of a list, on which every item stands once for each language."""

    def page(self, number):
        page = super().page(number)
        page.object_list = [(item, code) for item in page.object_list for code, _name in settings.LANGUAGES]
        return page


class PublicSitemap(Sitemap):
    """Rows of (what the address needs, moment of publication)."""

    i18n = alternates = x_default = True
    limit = 1000
    """Items of one file; each brings its languages, and each of these names all others."""

    @property
    def paginator(self):
        return InAllLanguages(self.items(), self.limit)

    def get_protocol(self, protocol=None):
        return urlsplit(settings.PORTAL_URL).scheme

    def get_domain(self, site=None):
        """The public address, whatever host the request named."""
        return settings.PORTAL_URL.partition("://")[2]

    def location(self, item):
        return reverse(self.address, args=[item[0]])

    def lastmod(self, item):
        return item[1]


class Pages(PublicSitemap):
    def items(self):
        return [(name, None) for name in PAGES]

    def location(self, item):
        return reverse(f"directory:{item[0]}")


class Partnerships(PublicSitemap):
    address = "directory:partnership"

    def items(self):
        return _dated(PartnershipVersion.objects.published(), "partnership__reference")


class Operators(PublicSitemap):
    address = "directory:operator"

    def items(self):
        return _dated(Organisation.objects.published(), "slug")


class Platforms(PublicSitemap):
    address = "directory:platform"

    def items(self):
        return [(slug, None) for slug in Platform.objects.order_by("slug").values_list("slug", flat=True)]


class Countries(PublicSitemap):
    address = "directory:country"

    def items(self):
        return [(one.place.code, None) for one in counted_countries()]


class Regions(PublicSitemap):
    address = "directory:region"

    def items(self):
        return [(one.place.slug, None) for one in all_counted_regions()]


class Reports(PublicSitemap):
    address = "directory:report"

    def items(self):
        return _dated(ReportVersion.objects.published(), "report")


SITEMAPS = {
    "pages": Pages,
    "partnerships": Partnerships,
    "operators": Operators,
    "platforms": Platforms,
    "countries": Countries,
    "regions": Regions,
    "reports": Reports,
}


def _dated(rows, name):
    return rows.with_published_at().order_by(name).values_list(name, "published_at")
