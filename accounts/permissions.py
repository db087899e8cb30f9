"""What an account must have before it may do certain things."""

from allauth.mfa.models import Authenticator
from django.conf import settings

from accounts.models import AnyUser


def has_needed_factor(user: AnyUser) -> bool:
    """True unless secretariats need a second factor (``SECOND_FACTOR_REQUIRED``) and ``user`` has set up none."""
    return not settings.SECOND_FACTOR_REQUIRED or Authenticator.objects.filter(user=user.pk).exists()
