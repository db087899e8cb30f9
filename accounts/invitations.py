"""Links that work once: who may use one, and what is said when it does not work."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "unknown": _("This link is not known. Copy the whole address from the mail."),
    "used": _("This invitation has been used already. It works once."),
    "revoked": _("This invitation was taken back. Ask who invited you for another one."),
    "expired": _("This invitation has expired. Ask who invited you to send it again."),
    "other-address": _(
        "This invitation was sent to another address than those of your account. Add that address to your account, "
        "or sign in with the account that has it."
    ),
}


def find(model, token):
    """The invitation of ``model`` that ``token`` opens, whatever has become of it; None for no such."""
    return model.objects.filter(token_hash=model.hash_of(token)).first()


def refusal_of(invitation, user):
    """Why ``user`` may not use it, as a key of REFUSALS; "" when they may."""
    if invitation is None:
        return "unknown"
    if invitation.used_at:
        return "used"
    if invitation.revoked_at:
        return "revoked"
    if invitation.expires_at <= timezone.now():
        return "expired"
    return "" if has_verified(user, invitation.email) else "other-address"


def has_verified(user, email):
    """Whether ``user`` has shown that mail to ``email`` reaches them."""
    return EmailAddress.objects.filter(user=user.pk, email__iexact=email, verified=True).exists()


def use(model, token, *, by):
    """The invitation that ``token`` opens, used by ``by`` from now on; ValidationError with a code of REFUSALS.

    Of two people or windows that use it at the same moment, one does.
    """
    invitation = find(model, token)
    refusal = refusal_of(invitation, by)
    if not refusal:
        unused = model.objects.filter(pk=invitation.pk, used_at=None, revoked_at=None)
        refusal = "" if unused.update(used_at=timezone.now(), used_by=by) else "used"
    if refusal:
        raise ValidationError(REFUSALS[refusal], code=refusal)
    invitation.refresh_from_db()
    return invitation
