"""Links under which outsiders may read an unpublished entry; and what part somebody had who leaves an organisation."""

import secrets
from collections.abc import Collection
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import AnyUser, Invitation, User
from reviews.models import Conflict, PreviewLink, Reviewable
from reviews.states import Actor

PREVIEW_VALID = timedelta(days=14)


def can_share(user: AnyUser, entry: Reviewable) -> bool:
    """Authors and reviewers, while the entry is being worked on."""
    return entry.has_preview and entry.is_open and bool(entry.roles_of(user))


@transaction.atomic
def make_preview(entry: Reviewable, *, by: User, note: str = "") -> tuple[PreviewLink, str]:
    """A link for somebody outside, valid for 14 days; returns (PreviewLink, token). The token is kept nowhere."""
    if not can_share(by, entry):
        raise PermissionDenied(_("Only authors and reviewers may share an entry that is not public yet."))
    token = secrets.token_urlsafe(32)
    link = PreviewLink(
        entry=entry,
        token_hash=Invitation.hash_of(token),
        note=note.strip(),
        by=by,
        expires_at=timezone.now() + PREVIEW_VALID,
    )
    if not link.note:
        raise ValidationError({"note": _("Say for whom the link is.")})
    link.full_clean()
    link.save()
    return link, token


@transaction.atomic
def revoke_preview(link: PreviewLink, *, by: User) -> None:
    """The link opens nothing any more, from now on."""
    if not (link.entry and link.entry.roles_of(by)):
        raise PermissionDenied(_("Only authors and reviewers may take the link back."))
    PreviewLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())


def find_preview(token: str) -> PreviewLink | None:
    """The PreviewLink that ``token`` opens now, or None: expired, taken back, or the entry is no longer open."""
    link = PreviewLink.objects.filter(
        token_hash=Invitation.hash_of(token), revoked_at=None, expires_at__gt=timezone.now()
    ).first()
    return link if link and link.entry and link.entry.is_open else None


def keep_part_of(user: User, organisation: Model) -> None:
    """``user`` leaves ``organisation``: whatever is open and names it has had a member of it among its authors.

    Without this somebody could join, answer for the organisation, leave, and decide.
    """
    for model in _concrete(Reviewable):
        parts = [Conflict(entry=entry, user=user) for entry in model.objects.involving(organisation.pk).open()]
        Conflict.objects.bulk_create(parts, ignore_conflicts=True)


def actors_of(entries: Collection[Reviewable], user: AnyUser) -> dict[tuple[type[Reviewable], int], set[Actor]]:
    """{(model, pk): set of Actor}: who ``user`` is for each of ``entries``, of whatever kinds, as ``entry.actors``."""
    actors: dict[tuple[type[Reviewable], int], set[Actor]] = {(type(entry), entry.pk): set() for entry in entries}
    for model in {type(entry) for entry in entries}:
        asked = model.objects.filter(pk__in=[entry.pk for entry in entries if type(entry) is model])
        actors |= {(model, pk): found for pk, found in asked.roles_of(user).items()}
    return actors


def _concrete(model):
    for below in model.__subclasses__():
        yield from _concrete(below) if below._meta.abstract else [below]
