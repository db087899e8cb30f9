"""Platforms, their hosts and secretariats, and programmes: the global secretariat's to edit, never deleted."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from platforms.models import Platform, PlatformHost, PlatformMilestone, Programme, SecretariatMember
from platforms.routing import LEVELS_FROM_LOWEST
from platforms.services.people import take_out


class HostInline(admin.TabularInline):
    model = PlatformHost
    extra = 0
    autocomplete_fields = ("organisation",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("organisation")


class MilestoneInline(admin.TabularInline):
    model = PlatformMilestone
    extra = 0


class SecretariatInline(admin.TabularInline):
    """Members are taken out in the list of members, where what goes with them goes too."""

    model = SecretariatMember
    extra = 0
    can_delete = False
    autocomplete_fields = ("user",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user")


class PlatformForm(forms.ModelForm):
    def clean(self):
        """A platform lies below one of a higher level: so no tree of platforms can bite its own tail."""
        cleaned = super().clean()
        parent, level = cleaned.get("parent"), cleaned.get("level")
        order = LEVELS_FROM_LOWEST.index
        if parent and level and order(parent.level) <= order(level):
            raise ValidationError({"parent": _("Choose a platform of a higher level.")})
        return cleaned


class KeptAdmin(admin.ModelAdmin):
    """Entries refer to it: it changes, but its key does not and it never goes."""

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return ("key",) if obj else ()


@admin.register(Platform)
class PlatformAdmin(KeptAdmin):
    form = PlatformForm
    autocomplete_fields = ("parent", "areas", "countries")
    inlines = (SecretariatInline, HostInline, MilestoneInline)
    list_display = ("name", "acronym", "level", "parent", "status", "established_on")
    list_filter = ("level", "status")
    list_select_related = ("parent",)
    search_fields = ("name", "acronym", "key")


@admin.register(SecretariatMember)
class SecretariatMemberAdmin(admin.ModelAdmin):
    fields = ("platform", "user", "role", "joined_at")
    readonly_fields = ("joined_at",)
    autocomplete_fields = ("platform", "user")
    list_display = ("user", "platform", "role", "joined_at")
    list_filter = ("role", "platform")
    list_select_related = ("user", "platform")
    search_fields = ("user__email", "user__name", "platform__name", "platform__acronym")

    def delete_model(self, request, obj):
        take_out(obj)

    def delete_queryset(self, request, queryset):
        for member in queryset:
            take_out(member)


@admin.register(Programme)
class ProgrammeAdmin(KeptAdmin):
    autocomplete_fields = ("donor",)
    list_display = ("name", "donor", "starts_on", "ends_on")
    list_select_related = ("donor",)
    search_fields = ("name", "key")
