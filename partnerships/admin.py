"""Partnerships as support sees them: identities are looked at, open drafts may be mended."""

from django.contrib import admin
from django.db.models import ForeignKey
from django.utils.text import capfirst

from operators.models import Organisation
from partnerships.models import (
    Confirmation,
    Participant,
    Partnership,
    PartnershipVersion,
    StoredFile,
)
from platforms.models import Platform, Programme
from reviews.admin import ReadOnly, ReviewedAdmin, RowInline
from reviews.cloning import row_models
from reviews.models import Row
from reviews.schema import is_amount, schema_of
from vocabularies.forms import AmountField
from vocabularies.models import Country, Term

SOUGHT = (Organisation, Platform, Programme, Partnership, Country, Term)
"""Too many to list: found by typing."""
COST = (
    *(("cost_amount", "cost_currency", "cost_kind"), "cost_covers"),
    ("cost_usd_rate", "cost_usd_rate_on", "cost_usd_rate_source"),
)


class AsksOfZero:
    """An amount of 0 is asked back here too."""

    def formfield_for_dbfield(self, db_field, request, **options):
        if is_amount(db_field):
            words = {"label": capfirst(db_field.verbose_name), "help_text": db_field.help_text, "required": False}
            return AmountField(max_digits=None, min_value=None, validators=db_field.validators, **words)
        return super().formfield_for_dbfield(db_field, request, **options)


class VersionRowInline(AsksOfZero, RowInline):
    fk_name = "version"

    def formfield_for_foreignkey(self, db_field, request, **options):
        """A row refers to rows of its own version only."""
        if issubclass(db_field.related_model, Row):
            version = request.resolver_match.kwargs.get("object_id")
            options["queryset"] = db_field.related_model.objects.filter(version=version).select_related(
                *_links(db_field.related_model)
            )
        return super().formfield_for_foreignkey(db_field, request, **options)


class FixedRowInline(ReadOnly, VersionRowInline):
    """Files are stored by the portal's own pages, which check them."""


def row_inlines(version_model):
    """An inline for every kind of row below a version."""
    return [_inline(kind) for kind in row_models(version_model)]


def _inline(kind):
    links = _links(kind)
    sought = [name for name in links if kind._meta.get_field(name).related_model in SOUGHT]
    further = [
        f"{name}__{link}"
        for name in links
        if issubclass(kind._meta.get_field(name).related_model, Row)
        for link in _links(kind._meta.get_field(name).related_model)
    ]
    parts = {"model": kind, "autocomplete_fields": sought, "related": [*links, *further]}
    holds_file = any(kind._meta.get_field(name).related_model is StoredFile for name in links)
    return type(f"{kind.__name__}Inline", (FixedRowInline if holds_file else VersionRowInline,), parts)


def _links(kind):
    """The foreign keys of a row but the one to its version."""
    return [field.name for field in kind._meta.fields if isinstance(field, ForeignKey) and field.name != "version"]


class VersionAdmin(AsksOfZero, ReviewedAdmin):
    """Versions come from the portal's own pages, which keep one open and one published of each identity."""

    layout = ()

    def get_fields(self, request, obj=None):
        """The layout, and before its last line whatever else the entry says: a new column needs no line here."""
        known = {name for one in self.layout for name in (one if isinstance(one, tuple) else (one,))}
        more = (name for name in schema_of(self.model).fields if name not in known)
        return (*self.layout[:-1], *more, self.layout[-1])

    def has_add_permission(self, request):
        return False


class ParticipantInline(ReadOnly, admin.TabularInline):
    model = Participant
    fields = ("organisation", "since")
    readonly_fields = ("since",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("organisation")


class VersionInline(ReadOnly, admin.TabularInline):
    model = PartnershipVersion
    fields = ("number", "title", "state", "updated_at")
    readonly_fields = fields
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("partnership")


@admin.register(Partnership)
class PartnershipAdmin(ReadOnly, admin.ModelAdmin):
    fields = ("reference", "slug", "entered_by", "created_at")
    inlines = (ParticipantInline, VersionInline)
    list_display = ("reference", "slug", "entered_by", "created_at")
    list_select_related = ("entered_by",)
    search_fields = ("reference", "slug", "versions__title", "participants__organisation__name")


@admin.register(PartnershipVersion)
class PartnershipVersionAdmin(VersionAdmin):
    layout = (
        *("partnership", "number", "title", "language", "summary", "approach"),
        *("status", "lifecycle_step", "lifecycle_evidence", ("starts_on", "ends_on")),
        *(*COST, "note", "reviewing_platform", *ReviewedAdmin.shown),
    )
    readonly_fields = ("partnership", "number", "reviewing_platform")
    inlines = row_inlines(PartnershipVersion)
    list_display = ("partnership", "number", "title", "state", "reviewing_platform", "updated_at")
    list_display_links = ("partnership", "title")
    list_filter = ("state", "status", "reviewing_platform", "language")
    list_select_related = ("partnership", "reviewing_platform")
    search_fields = ("partnership__reference", "title", "search_text")


@admin.register(Confirmation)
class ConfirmationAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("created_at", "content_type", "object_id", "organisation", "answer", "may_be_shown")
    list_filter = ("answer", "may_be_shown")
    list_select_related = ("content_type", "organisation")
    search_fields = ("organisation__name", "organisation__acronym", "text")


@admin.register(StoredFile)
class StoredFileAdmin(ReadOnly, admin.ModelAdmin):
    fields = ("name", "size", "media_type", "sha256", "uploaded_by", "uploaded_at")
    list_display = ("name", "media_type", "size", "uploaded_by", "uploaded_at")
    list_filter = ("media_type",)
    list_select_related = ("uploaded_by",)
    search_fields = ("name", "sha256")
