"""The support area under /admin/. One door for everybody: with its limits on attempts and its second factor."""

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.permissions import has_needed_factor


class SupportSite(AdminSite):
    """Django's own sign-in page asks for a password alone: nobody signs in by it."""

    site_header = site_title = gettext_lazy("WOP Portal support")
    index_title = gettext_lazy("What do you need?")
    site_url = "/"

    def has_permission(self, request):
        return super().has_permission(request) and has_needed_factor(request.user)

    def login(self, request, extra_context=None):
        """Where whoever may not (yet) be here is led."""
        wanted = request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index", current_app=self.name)
        if not request.user.is_authenticated:
            return redirect_to_login(wanted)
        if not super().has_permission(request):
            raise PermissionDenied(_("The support area is for the people who run the portal."))
        if not has_needed_factor(request.user):
            messages.warning(
                request, _("The support area needs a second factor on your account. Set one up here, then go on.")
            )
            return redirect("mfa_index")
        return redirect("admin:index")

    def password_change(self, request, extra_context=None):
        """One page for it, which also tells the person and asks about their tokens."""
        return redirect("account_change_password")
