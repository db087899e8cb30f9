"""Who may read a file: whoever may read an entry that shows it."""

from accounts.models import AnyUser, User
from partnerships.models import Partnership, PartnershipVersion, StoredFile
from partnerships.permissions import acting_platform
from reports.models import ReportVersion
from reviews.services import find_preview

SHOWN_BY = ((PartnershipVersion, "partnershipattachments"), (ReportVersion, "reportattachments"))
"""Each kind of version with the name under which a StoredFile knows its rows."""


def is_public_file(stored: StoredFile) -> bool:
    """Whether a published version shows it, or a superseded one below a published one."""
    return any(_shown_in(model.objects.visible_history(), stored, rows) for model, rows in SHOWN_BY)


def can_read_file(user: AnyUser, stored: StoredFile) -> bool:
    """Whether it is public, or ``user`` may open an entry that shows it."""
    if is_public_file(stored):
        return True
    if not user.is_authenticated:
        return False
    return any(_shown_in(model.objects.visible_to(user), stored, rows) for model, rows in SHOWN_BY)


def link_shows_file(token: str, stored: StoredFile) -> bool:
    """Whether ``token`` is of a preview link that is valid now, to an entry that shows the file."""
    link = find_preview(token)
    return link is not None and any(
        isinstance(link.entry, model) and getattr(stored, rows).filter(version=link.entry).exists()
        for model, rows in SHOWN_BY
    )


def _shown_in(versions, stored, rows):
    return versions.filter(pk__in=getattr(stored, rows).values("version")).exists()


def can_report_on(user: User, partnership: Partnership) -> bool:
    """Members of its participants; the secretariat that writes it for operators without accounts, or may do so."""
    if partnership.participants.filter(organisation__members__user=user.pk).exists():
        return True
    if partnership.entered_by:
        return partnership.entered_by.members.filter(user=user.pk).exists()
    return acting_platform(user, partnership) is not None
