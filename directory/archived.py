"""Entries that were public and are archived: all that is still told of them, on pages and through the API."""

from dataclasses import dataclass
from datetime import datetime

from operators.models import Organisation
from partnerships.models import Partnership
from reports.models import Report
from reviews.states import State


@dataclass(frozen=True)
class ArchivedEntry:
    """``reference`` is "" for what has none; ``archived_at`` is a moment, None when nobody noted it."""

    reference: str
    archived_at: datetime | None
    reason: str


def archived_partnership(reference):
    """The Gone of an archived WOP; None for one that is public, was never public or does not exist."""
    partnership = Partnership.objects.archived().filter(reference=reference).distinct().first()
    if partnership is None:
        return None
    return _gone_since(reference, partnership.versions.archived().order_by("-number").first())


def archived_report(pk):
    """The same of a report, archived by itself or with its WOP."""
    found = Report.objects.select_related("partnership").filter(pk=pk).first()
    if found is None:
        return None
    archived = found.versions.archived().order_by("-number").first()
    if archived and not found.versions.published().exists():
        return _gone_since(str(found), archived)
    goes_with_its_wop = found.versions.filter(state=State.PUBLISHED).exists()
    return archived_partnership(found.partnership.reference) if goes_with_its_wop else None


def archived_organisation(**address):
    """The same of an organisation by its ``slug`` or its ``key``."""
    organisation = Organisation.objects.archived().filter(**address).first()
    if organisation is None:
        return None
    event = organisation.archiving()
    return ArchivedEntry("", event.created_at if event else None, event.comment if event else "")


def _gone_since(reference, archived):
    event = archived.archiving()
    return ArchivedEntry(reference, event.created_at, event.comment) if event else None
