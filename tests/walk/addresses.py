"""Every public address of the portal, crossed with the rows of the register that it can show.

An address that is neither here nor in ``LEFT_OUT`` fails the walk, unless it is only for people with an account.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import override

from directory.facets import Facets
from directory.filters.partnerships import (
    ORDERINGS,
    ORGANISATION_ORDERINGS,
    VIEWS,
    OrganisationFilter,
    PartnershipFilter,
)
from directory.insights.words import NAMES
from directory.organisation_facets import OrganisationFacets
from directory.place_pages import all_counted_regions, counted_countries
from directory.sitemaps import SITEMAPS
from iati.required import checked
from operators.models import Organisation
from partnerships.models import MAIN_ROLES, PartnershipVersion
from platforms.models import Platform, Programme
from reports.models import ReportVersion
from tests.permissions.test_addresses import EXPECTED
from vocabularies.models import Area, Country, Term

LEFT_OUT = {
    "favicon": "a picture, the same for everybody",
    "security": "a text for programs, in English",
    "file": "the register has no file of its own",
    "operators:logo": "the register has no logos",
    "exports:job": "made when somebody asks for a large download",
    "api:export": "made when somebody asks for a large download",
    "api:export-file": "made when somebody asks for a large download",
    "directory:preview": "opens with a link that somebody made for a draft: tests/walk/working.py",
    "operators:invitation": "opens with a link from a letter",
    "platforms:invitation": "opens with a link from a letter",
    "operators:contact-link": "opens with a link from a letter",
    "platforms:contact-link": "opens with a link from a letter",
    "notices:unsubscribe": "opens with a link from a letter",
    "demo:mails": "only in a demonstration",
    "demo:mail": "only in a demonstration",
}
"""{name of the address: why the register has nothing to show there}."""
CLOSED = {"in", "401", "405"}
"""How an address answers anonymous people that has something for people with an account only, or nothing to read."""
OTHER_STATUS = {
    "root": 302,
    "directory:about": 302,
    "directory:partnership-slug": 301,
    "account_logout": 302,
    "api:unknown": 404,
}


@dataclass(frozen=True)
class Address:
    name: str
    arguments: tuple = ()
    question: str = ""
    status: int = 200
    refusals: tuple = ()

    def path(self, language):
        with override(language):
            return reverse(self.name, args=self.arguments) + (f"?{self.question}" if self.question else "")


def for_accounts_only():
    """Names of the addresses that tell anonymous people nothing: the walk of signed-in people is another one."""
    answers = {}
    for (method, name), by_role in EXPECTED.items():
        if method == "GET":
            answers.setdefault(name.partition("@")[0], set()).add(by_role["anonymous"])
    return {name for name, found in answers.items() if found <= CLOSED}


def addresses():
    """{name: [Address of each row]} for what stands in the database; the richest row first."""
    found = {name: [()] for name in ALONE} | _of_entries() | _of_lists() | _for_programs()
    return {name: [_address(name, *row) for row in rows] for name, rows in found.items()}


def _address(name, arguments=(), question="", status=None):
    return Address(name, tuple(arguments), question, status or OTHER_STATUS.get(name, 200))


ALONE = (
    "root", "robots", "sitemap", "directory:home", "directory:card", "directory:countries", "directory:regions",
    "directory:platforms", "directory:about", "directory:costs",
    "directory:what-is-a-wop", "directory:get-involved", "directory:how-to-embed", "directory:partnership-feed",
    "directory:report-feed", "desk:report-error", "desk:error-reported", "accounts:erased", "accounts:token",
    "account_login", "account_logout", "account_inactive", "account_signup", "account_email_verification_sent",
    "account_reset_password", "account_reset_password_from_key_done", "account_reset_password_done", "api:root",
    "api:unknown", "api:programmes", "api:platforms", "api:reports", "api:codebook", "api:schema", "api:schema-yaml",
    "api:docs", "directory:search", "directory:suggestions",
)  # fmt: skip
"""Names of the addresses that stand for themselves."""
FILES = ("csv", "xlsx", "zip", "jsonl", "geojson", "iati-missing")


def _one_each(values):
    return [([value],) for value in values]


def _twins():
    """The pairs of operators with more than one WOP."""
    counted = Counter()
    for version in PartnershipVersion.objects.published().prefetch_related("involvements__organisation"):
        main = {row.organisation for row in version.involvements.all() if row.role in MAIN_ROLES and row.organisation}
        counted.update(combinations(sorted(one.slug for one in main if one.is_published), 2))
    return [pair for pair, count in counted.most_common() if count > 1]


def _of_entries():
    """The pages of single things."""
    versions = PartnershipVersion.objects.published().order_by("partnership__reference")
    references = list(versions.values_list("partnership__reference", flat=True))
    slugs = versions.values_list("partnership__reference", "partnership__slug")
    reported = ReportVersion.objects.published().values_list("report", "number")
    reports = [report for report, _number in reported]
    return {
        "directory:partnership": _one_each(references),
        "directory:partnership-slug": [(row,) for row in slugs],
        "directory:partnership-card": _one_each(references),
        "directory:twins": [(pair,) for pair in _twins()],
        "directory:fact-sheet": _one_each(references),
        "directory:fact-sheet-pdf": _one_each(references),
        "directory:history": _one_each(references),
        "directory:version": [(row,) for row in versions.values_list("partnership__reference", "number")],
        "directory:operator": _one_each(Organisation.objects.published().order_by("pk").values_list("slug", flat=True)),
        "directory:country": _one_each(one.place.code for one in counted_countries()),
        "directory:region": _one_each(one.place.slug for one in all_counted_regions()),
        "directory:platform": _one_each(Platform.objects.order_by("pk").values_list("slug", flat=True)),
        "directory:report": _one_each(reports),
        "directory:report-history": _one_each(reports),
        "directory:report-version": [(row,) for row in reported],
        "sitemap-section": _one_each(SITEMAPS),
        "account_confirm_email": [(["guessed"],)],
        "account_reset_password_from_key": [(["1", "guessed"],)],
    }  # fmt: skip


def _of_lists():
    """Lists in every arrangement and with every value of every facet."""
    wops = _asked(Facets(PartnershipFilter(None, PartnershipVersion.objects.published())))
    organisations = _asked(OrganisationFacets(OrganisationFilter(None, Organisation.objects.published())))
    return {
        "directory:partnerships": _questions(
            {
                "view": VIEWS,
                "zoom": ["world", "lac", "029"],
                "ordering": ORDERINGS,
                "page": range(2, 6),
                "has_report": ["yes", "no"],
                **wops,
            }
        ),
        "directory:compare-partnerships": _compared(PartnershipVersion.objects.published(), "partnership__reference"),
        "directory:compare-operators": _compared(Organisation.objects.published(), "slug"),
        "directory:operators": _questions(
            {"ordering": ORGANISATION_ORDERINGS, "group": ["others", "all"], "page": [2, 3], **organisations}
        ),
        "directory:insights": _questions({"region": wops["region"]}),
        "charts:csv": [([code], question) for code in NAMES for question in ("", "region=lac")],
        "directory:embed": _questions({"limit": [0, 20], "platform": wops["platform"]}),
        "api:partnerships": [
            *_questions({"has_report": ["yes", "no"], **wops}),
            *_questions({"organisation": Organisation.objects.published().values_list("key", flat=True)})[1:],
        ],
        "api:organisations": _questions({"group": ["others", "all"], **organisations}),
    }


def _compared(things, name):
    """Nothing to compare, then four at a time."""
    refs = list(things.order_by("pk").values_list(name, flat=True))
    return [(), *(((), urlencode([("ref", ref) for ref in refs[at : at + 4]])) for at in range(0, len(refs), 4))]


def _asked(facets):
    return {facet.name: [option.value for option in facet.options] for facet in facets.as_list()}


def _questions(values):
    """Rows of a list: without a question, then with each value alone."""
    return [(), *(((), urlencode({name: value})) for name, found in values.items() for value in found)]


def _for_programs():
    published = PartnershipVersion.objects.published().order_by("partnership__reference")
    references = published.values_list("partnership__reference", flat=True)
    reports = list(ReportVersion.objects.published().values_list("report", flat=True))
    return {
        **{f"api:partnerships-{kind}": [((), "country=LC"), ()] for kind in FILES},
        "api:partnerships-iati": [(), ((), "country=MW")],
        "api:partnership": [([one], "expand=organisations,reports") for one in references],
        "api:partnership-versions": _one_each(references),
        "api:partnership-version": [(row,) for row in published.values_list("partnership__reference", "number")],
        "api:partnership-reports": _one_each(references),
        "api:partnership-iati": [([one.reference], "", 404 if one.lacks else 200) for one in checked(published)],
        "api:report": _one_each(reports),
        "api:report-versions": _one_each(reports),
        "api:report-version": [(row,) for row in ReportVersion.objects.published().values_list("report", "number")],
        "api:organisation": _one_each(Organisation.objects.published().order_by("pk").values_list("key", flat=True)),
        "api:platform": _one_each(Platform.objects.order_by("pk").values_list("key", flat=True)),
        "api:programme": _one_each(Programme.objects.values_list("key", flat=True)),
        "api:terms": _questions({"list": Term.objects.order_by("list").values_list("list", flat=True).distinct()}),
        "api:term": [(row,) for row in Term.objects.values_list("list", "code")],
        "api:countries": _questions({"page": [2, 3]}),
        "api:country": _one_each(Country.objects.values_list("code", flat=True)),
        "api:areas": _questions({"page_size": [100]}),
        "api:area": _one_each(Area.objects.values_list("code", flat=True)),
    }
