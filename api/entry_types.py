"""The two kinds of entry that are drafted and reviewed, and how addresses find them."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from api.permissions import within_reach
from directory.absolute_urls import absolute
from partnerships.models import Partnership, PartnershipVersion
from reports.models import Report, ReportVersion


@dataclass(frozen=True)
class EntryType:
    """``lookup`` leads from a version to what stands in its address, ``related`` to what answers need of it."""

    code: str
    model: type
    identity: type
    lookup: str
    related: tuple

    def place(self, version):
        """What stands in the addresses of a version's identity."""
        return version.wop().reference if self.code == "partnership" else version.report_id

    def versions(self, request, place=None):
        """Those that the person may open and the token reaches; with ``place`` of one identity."""
        seen = within_reach(request, self.model.objects.visible_to(request.user)).select_related(*self.related)
        return seen if place is None else seen.filter(**{self.lookup: place})

    def identities(self, request) -> QuerySet:
        """Partnerships, or Reports, that the person knows and the token reaches: to begin a new version of."""
        known = self.identity.objects.known_to(request.user)
        reached = within_reach(request, self.model.objects.all())
        return known.filter(pk__in=reached.order_by().values(self.model.identity_field))

    def url(self, name, version, *more):
        """The absolute address ``api:<kind>-<name>`` of a version's identity."""
        return absolute(reverse(f"api:{self.code}-{name}", args=[self.place(version), *more]))


PARTNERSHIP = EntryType(
    "partnership",
    PartnershipVersion,
    Partnership,
    "partnership__reference",
    ("partnership__entered_by", "reviewing_platform"),
)
REPORT = EntryType(
    "report",
    ReportVersion,
    Report,
    "report_id",
    ("report__partnership__entered_by", "reviewing_platform"),
)
ENTRY_TYPES = {PartnershipVersion: PARTNERSHIP, ReportVersion: REPORT}


def entry_type_of(version):
    return ENTRY_TYPES[type(version)]
