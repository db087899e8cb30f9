"""What a page may ask of the account before it opens."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.permissions import has_needed_factor


def takes_files(may_send):
    """Files are read here of those for whom ``may_send(user, **place)`` holds; ``place`` is what the address says.

    Asked by ``wopportal.middleware`` before anything of the body is read: the view itself decides on the rest.
    """

    def decorated(view):
        view.may_send_files = may_send
        return view

    return decorated


def second_factor_required(view):
    """Signed in, and with a second factor where the portal asks secretariats for one; else led to set it up."""

    @login_required
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if has_needed_factor(request.user):
            return view(request, *args, **kwargs)
        messages.warning(request, _("The desk needs a second factor on your account. Set one up here, then go on."))
        return redirect("mfa_index")

    return guarded
