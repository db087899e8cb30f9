"""Who may be signed in. The password of a demonstration is public: its accounts open nothing anywhere else."""

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.backends import ModelBackend

DEMO_ADDRESSES = "@demo.example"


def is_out_of_place(user):
    """True for an account of a demonstration outside of one, as after copying its database."""
    return not settings.DEMO and user.email.lower().endswith(DEMO_ADDRESSES)


def may_be_used(user):
    """Whether an account opens anything at all now, whatever is brought for it: a password, a session, a token."""
    return user.is_active and not is_out_of_place(user)


class AtHomeOnly:
    """Asked at every sign-in, by whatever means, and at every request of a session."""

    def user_can_authenticate(self, user):
        return super().user_can_authenticate(user) and not is_out_of_place(user)


class SupportBackend(AtHomeOnly, ModelBackend):
    """All permissions of the support area."""


class PortalBackend(AtHomeOnly, AuthenticationBackend):
    """The sign-in of the portal; allauth would let in whom this refuses and puts aside as inactive."""

    def authenticate(self, request, **credentials):
        user = super().authenticate(request, **credentials)
        put_aside = self.unstash_authenticated_user()
        if put_aside and not is_out_of_place(put_aside):
            self._stash_user(put_aside)
        return user
