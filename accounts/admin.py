"""Support for people: find an account, mend its address, switch it off. Memberships stand with what they open."""

from allauth.mfa.models import Authenticator
from allauth.usersessions.admin import UserSessionAdmin
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.utils.translation import gettext_lazy as _

from accounts.models import User

# As allauth shows them, found by what our people are known by: they have no user names.
admin.site.unregister(UserSession)

RIGHTS = ("is_staff", "is_superuser", "groups", "user_permissions")


class UserAddForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email", "name", "language")


@admin.register(User)
class UserAdmin(DjangoUserAdmin):
    add_form = UserAddForm
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("Person"), {"fields": ("name", "language", "last_login", "date_joined")}),
        (_("Rights in this support area"), {"fields": ("is_active", *RIGHTS)}),
    )
    add_fieldsets = ((None, {"fields": ("email", "name", "language", "usable_password", "password1", "password2")}),)
    readonly_fields = ("last_login", "date_joined")
    list_display = ("email", "name", "language", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "is_superuser", "language")
    search_fields = ("email", "name")
    ordering = ("email",)

    def has_change_permission(self, request, obj=None):
        """Nobody takes over the account of somebody with more rights."""
        return self._within_reach(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._within_reach(request, obj) and super().has_delete_permission(request, obj)

    def get_readonly_fields(self, request, obj=None):
        fixed = super().get_readonly_fields(request, obj)
        return fixed if request.user.is_superuser else (*fixed, *RIGHTS)

    @staticmethod
    def _within_reach(request, obj):
        return obj is None or request.user.is_superuser or not obj.is_superuser


# Support resets a factor by removing it in the shell, with a second person looking on: the page would show its secret.
admin.site.unregister(Authenticator)


@admin.register(UserSession)
class SessionAdmin(UserSessionAdmin):
    search_fields = ("user__email", "user__name", "ip")
