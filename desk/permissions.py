"""What a person may do on the desk."""

from collections.abc import Set

from accounts.models import AnyUser
from partnerships.models import PartnershipVersion
from reports.models import ReportVersion
from reviews.models import Reviewable
from reviews.states import Actor


def serves_a_secretariat(user: AnyUser) -> bool:
    """The desk opens for members of secretariats."""
    return user.is_authenticated and user.secretariats.exists()


def can_assign(user: AnyUser, entry: Reviewable) -> bool:
    """Who may decide may say who does."""
    return entry.is_open and entry.may_be_decided_by(user)


def can_comment(user: AnyUser, entry: Reviewable) -> bool:
    """Authors, who may decide, and the secretariats of the platforms that the entry names; while it is open."""
    if not entry.is_open:
        return False
    return bool(entry.roles_of(user)) or _is_named(user, entry)


def _is_named(user, entry):
    if not isinstance(entry, PartnershipVersion | ReportVersion):
        return False
    return type(entry).objects.shown_for_comment_to(user).filter(pk=entry.pk).exists()


def can_read_desk(user: AnyUser, entry: Reviewable) -> bool:
    """The secretariats that were given the entry, and those of the platforms that it names."""
    return type(entry).objects.served_by(user).filter(pk=entry.pk).exists() or _is_named(user, entry)


def is_insider(user: AnyUser, entry: Reviewable, actors: Set[Actor]) -> bool:
    """Authors and secretariats read the remarks; who is asked to confirm does not. ``actors``: those of ``user``."""
    return bool(actors) or can_read_desk(user, entry)
