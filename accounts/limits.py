"""How often somebody may do what reaches other people; ``ACCOUNT_RATE_LIMITS`` has the figures."""

from allauth.core.ratelimit import consume
from django.utils.translation import gettext as _


def may_invite(request, form):
    """Counts one invitation of the person; False, with an error on ``form``, when they have sent too many."""
    if consume(request, action="invite", user=request.user):
        return True
    form.add_error(None, _("You have sent many invitations. What you typed is still here: try again in an hour."))
    return False
