"""Tokens are made, used and revoked."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from api.models import ApiToken
from notices.services import notify
from operators.models import Organisation
from platforms.models import Platform

PREFIX = "wop_"
LONGEST = timedelta(days=366)
MOST = 20
"""Valid tokens that one person may have."""
REMINDED = timedelta(days=7)
"""How long before its end the owner is told."""
USED_AGAIN = timedelta(minutes=1)
"""The moment of the last use is exact to this: no row is written for every request."""


@transaction.atomic
def make_token(
    by: User,
    *,
    name: str,
    scopes: Sequence[str],
    expires_at: datetime,
    organisation: Organisation | None = None,
    platform: Platform | None = None,
) -> tuple[ApiToken, str]:
    """(ApiToken, its secret); nobody can read the secret afterwards. Its owner gets a mail.

    ``organisation`` or ``platform``, of which ``by`` is a member, narrows it to entries of theirs. ValidationError
    when there are ``MOST`` already or one of this name: so a form that is sent twice makes one token.
    """
    _check_place(by, organisation, platform)
    if not timezone.now() < expires_at <= timezone.now() + LONGEST:
        raise ValidationError({"expires_at": _("Choose a day within the next twelve months.")})
    _check_room(by, name.strip())
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken(
        owner=by, name=name.strip(), start=secret[:12], token_hash=hash_of(secret), scopes=scopes,
        expires_at=expires_at, organisation=organisation, platform=platform,
    )  # fmt: skip
    token.full_clean()
    token.save()
    notify("token-made", about=token, key=f"token-made-{token.pk}", users=[by])
    return token, secret


def _check_place(by, organisation, platform):
    if organisation and platform:
        raise ValidationError(_("Choose an organisation or a platform, not both."))
    if organisation and not organisation.members.filter(user=by).exists():
        raise PermissionDenied(_("You are not a member of this organisation."))
    if platform and not platform.members.filter(user=by).exists():
        raise PermissionDenied(_("You are not a member of this secretariat."))


def _check_room(by, name):
    """Their row is the lock: of two forms at once the second one sees what the first has made."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    valid = ApiToken.objects.valid().filter(owner=by)
    if valid.filter(name__iexact=name).exists():
        raise ValidationError(
            {"name": _("You have a token of this name already. If you have lost it, revoke it first.")}
        )
    if valid.count() >= MOST:
        raise ValidationError(_("You have %(most)s tokens. Revoke one that you do not need.") % {"most": MOST})


def hash_of(secret: str) -> str:
    """A secret of 256 random bits needs no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def token_of(secret: str) -> ApiToken | None:
    """The ApiToken with this secret, valid or not; None when there is none. Notes that it was used."""
    token = ApiToken.objects.with_belonging().select_related("owner").filter(token_hash=hash_of(secret)).first()
    if token and token.is_valid:
        now = timezone.now()
        if token.last_used_at is None or token.last_used_at < now - USED_AGAIN:
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def revoke(token: ApiToken, *, by: User) -> None:
    """At once and for good."""
    if token.owner_id != by.pk:
        raise PermissionDenied(_("Only its owner may revoke a token."))
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())


def revoke_all(by: User) -> int:
    """All that still work; how many they were."""
    return ApiToken.objects.valid().filter(owner=by).update(revoked_at=timezone.now())


def remind_of_ends() -> int:
    """Tell the owners of tokens that end within ``REMINDED``, once each; how many these are.

    Whoever made one for so short a time has just chosen its end and is not told.
    """
    soon = ApiToken.objects.valid().filter(expires_at__lt=timezone.now() + REMINDED)
    tokens = soon.filter(created_at__lt=F("expires_at") - 2 * REMINDED).select_related("owner")
    for token in tokens:
        notify("token-ends", about=token, key=f"token-ends-{token.pk}", users=[token.owner])
    return len(tokens)
