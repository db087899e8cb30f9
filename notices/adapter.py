"""The mails of signing in go the way of all others: written with what happened, sent afterwards, tried again.

Only the words are ours (templates/emails/); when one is needed is allauth's business.
"""

from uuid import uuid4

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from accounts.rate_limits import neighbours_of
from notices.services import notify

LONGEST = 300
"""Characters of an address that a mail carries on."""

CHANGES = {
    "account/email/email_changed": "address-changed",
    "account/email/email_confirm": "address-confirmed",
    "account/email/email_deleted": "address-removed",
    "account/email/password_changed": "password-changed",
    "account/email/password_reset": "password-changed",
    "account/email/password_set": "password-changed",
    "mfa/email/recovery_codes_generated": "recovery-codes-made",
    "mfa/email/totp_activated": "app-added",
    "mfa/email/totp_deactivated": "app-removed",
    "mfa/email/webauthn_added": "passkey-added",
    "mfa/email/webauthn_removed": "passkey-removed",
}
"""What allauth tells of, and our kind of message for it."""


class AccountAdapter(DefaultAccountAdapter):
    def _get_login_attempts_cache_key(self, request, **credentials):
        """Whoever guesses is locked out of the account, and not its owner, who is elsewhere."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{neighbours_of(request)}"

    def send_mail(self, template_prefix, email, context):
        """Every mail has a door below: one that came with a new allauth must not leave in its words."""
        raise NotImplementedError(template_prefix)

    def send_confirmation_mail(self, request, emailconfirmation, signup):
        address = emailconfirmation.email_address
        data = {"key": emailconfirmation.key, "query": _ahead(request)}
        _tell("confirm-address", about=address, address=address.email, data=data)

    def respond_email_verification_sent(self, request, user):
        """The page that asks to look into the mail knows where the person was going, too."""
        response = super().respond_email_verification_sent(request, user)
        if response.status_code == 302:
            response["Location"] += _ahead(request)
        return response

    def send_password_reset_mail(self, user, email, context):
        _tell("reset-password", about=user, address=email, data={name: context[name] for name in ("uid", "key")})

    def send_account_already_exists_mail(self, email):
        user = EmailAddress.objects.filter(email__iexact=email).select_related("user").latest("verified").user
        _tell("account-exists", about=user, address=email)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """``email`` is that which an account had until now."""
        _tell(CHANGES[template_prefix], about=user, address=email or user.email, data=context)


def _ahead(request):
    """The query that leads on to where somebody was going; "" for nowhere. The mail may open in another browser."""
    ahead = request.POST.get("next") or request.GET.get("next") or ""
    is_here = len(ahead) <= LONGEST and url_has_allowed_host_and_scheme(ahead, allowed_hosts=None)
    return f"?{urlencode({'next': ahead})}" if is_here else ""


def _tell(kind, *, about, address, data=None):
    """Each time anew: who asks twice for a link gets two."""
    notify(kind, about=about, key=f"{kind}-{uuid4().hex}", addresses=[address], data=data)
