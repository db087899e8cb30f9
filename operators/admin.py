"""Organisations as support sees them, and who may write for which."""

from django.contrib import admin

from operators.models import (
    Figure,
    FormerName,
    Need,
    Organisation,
    OrganisationLanguage,
    OrganisationMember,
    OrganisationService,
    Strength,
)
from operators.services.membership import take_out
from reviews.admin import ReadOnly, ReviewedAdmin, RowInline


class FormerNameInline(RowInline):
    model = FormerName


class ServiceInline(RowInline):
    model = OrganisationService


class LanguageInline(RowInline):
    model = OrganisationLanguage


class FigureInline(RowInline):
    model = Figure
    related = ("indicator",)


class NeedInline(RowInline):
    model = Need
    related = ("area",)


class StrengthInline(NeedInline):
    model = Strength


class MemberInline(ReadOnly, admin.TabularInline):
    """Members are managed in the list of members, because a published organisation is not written here."""

    model = OrganisationMember
    fields = ("user", "role", "joined_at")
    readonly_fields = ("joined_at",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("user", "organisation")


@admin.register(Organisation)
class OrganisationAdmin(ReviewedAdmin):
    fields = (
        *("key", "slug", "name", "acronym", "kind", "country", "city", ("latitude", "longitude"), "website", "logo"),
        *("about", "about_language", "source"),
        *ReviewedAdmin.shown,
    )
    readonly_fields = ("logo",)  # files are stored by the portal's own pages, which check them
    autocomplete_fields = ("country",)
    inlines = (MemberInline, ServiceInline, LanguageInline, FormerNameInline, FigureInline, NeedInline, StrengthInline)
    list_display = ("name", "acronym", "kind", "country", "state", "updated_at")
    list_filter = ("state", "kind", "country__gwopa_region")
    list_select_related = ("country",)
    search_fields = ("name", "acronym", "key", "search_text")
    ordering = ("name",)

    def get_readonly_fields(self, request, obj=None):
        fixed = super().get_readonly_fields(request, obj)
        return ("key", *fixed) if obj else fixed


@admin.register(OrganisationMember)
class OrganisationMemberAdmin(admin.ModelAdmin):
    fields = ("organisation", "user", "role", "joined_at")
    readonly_fields = ("joined_at",)
    autocomplete_fields = ("organisation", "user")
    list_display = ("user", "organisation", "role", "joined_at")
    list_filter = ("role",)
    list_select_related = ("user", "organisation")
    search_fields = ("user__email", "user__name", "organisation__name", "organisation__acronym")

    def get_readonly_fields(self, request, obj=None):
        return ("organisation", "user", "joined_at") if obj else self.readonly_fields

    def delete_model(self, request, obj):
        take_out(obj)

    def delete_queryset(self, request, queryset):
        for member in queryset:
            take_out(member)
