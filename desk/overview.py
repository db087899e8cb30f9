"""What somebody has in the portal: their organisations and their entries, each with where it stands."""

from dataclasses import dataclass, field

from django.db.models import Case, OuterRef, Q, Subquery, When
from django.urls import reverse

from desk.entry_types import ENTRY_TYPES, entry_url
from desk.visibility import visibilities_of
from operators.models import OrganisationMember
from partnerships.models import PartnershipVersion
from platforms.models import SecretariatMember
from reports.models import ReportVersion
from reviews.states import OPEN_STATES, State

_DISCARDED_LAST = Case(When(state=State.DISCARDED, then=1), default=0)


@dataclass
class Line:
    """One entry; ``reports`` are those of a partnership."""

    entry: object
    title: str
    reference: str
    url: str
    why: str
    report_url: str = ""
    reports: list = field(default_factory=list)


def memberships_of(user):
    """The memberships of ``user`` in organisations, by name."""
    rows = OrganisationMember.objects.filter(user=user).select_related("organisation__reviewing_platform")
    rows = list(rows.order_by("organisation__name", "pk"))
    for row, reason in zip(rows, visibilities_of([row.organisation for row in rows]), strict=True):
        row.why = reason
    return rows


def secretariats_of(user):
    return SecretariatMember.objects.filter(user=user).select_related("platform").order_by("platform__name", "pk")


def wops_of(user):
    """The newest version of each WOP that ``user`` writes, what changed last first; for a paginator."""
    return _newest_per_identity(PartnershipVersion, user).select_related(*ENTRY_TYPES["partnership"].related)


def lines_of(versions, user):
    """A Line for each of ``versions`` with the reports of its WOP."""
    versions = list(versions)
    reports = _newest_per_identity(ReportVersion, user).select_related(*ENTRY_TYPES["report"].related)
    reports = list(reports.filter(report__partnership__in=[version.partnership_id for version in versions]))
    reasons = visibilities_of([*versions, *reports])
    lines = [_line(*pair) for pair in zip([*versions, *reports], reasons, strict=True)]
    by_wop = {line.entry.partnership_id: line for line in lines[: len(versions)]}
    for line in lines[len(versions) :]:
        by_wop[line.entry.report.partnership_id].reports.append(line)
    for line in by_wop.values():
        line.report_url = reverse("reports:new", args=[line.reference])
    return list(by_wop.values())


def registrations_of(user):
    """Lines of registrations and changes of organisations that are not decided, or were not accepted."""
    undecided = Q(state__in=[*OPEN_STATES, State.REJECTED])
    entries = []
    for code in ("organisation", "change"):
        found = (
            ENTRY_TYPES[code]
            .model.objects.written_by(user)
            .filter(undecided)
            .select_related(*ENTRY_TYPES[code].related)
        )
        entries += found.order_by("-updated_at", "-pk")
    return [_line(entry, reason) for entry, reason in zip(entries, visibilities_of(entries), strict=True)]


def _line(entry, reason):
    reference = entry.wop().reference if hasattr(entry, "wop") else ""
    return Line(entry, _title(entry), reference, entry_url(entry), str(reason))


def _title(entry):
    if isinstance(entry, ReportVersion):
        return f"{entry.report.get_kind_display()}, {entry.report.period_label}"
    return str(entry)


def _newest_per_identity(model, user):
    """Of each identity the newest version that was not discarded, else the newest one."""
    identity = model.identity_field
    newest = (
        model._base_manager.filter(**{identity: OuterRef(identity)})
        .order_by(_DISCARDED_LAST, "-number")
        .values("pk")[:1]
    )
    return model.objects.written_by(user).filter(pk=Subquery(newest)).order_by("-updated_at", "-pk")
