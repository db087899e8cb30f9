"""Support looks at reviewed things and mends open drafts; every other step is taken by the workflow."""

from django import forms
from django.contrib import admin
from django.contrib.contenttypes.admin import GenericTabularInline
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from reviews.models import Comment, ReviewEvent, Row
from reviews.snapshots import remember
from reviews.states import EDITABLE_STATES
from vocabularies.models import Term


class ReadOnly:
    """Mixin of an admin or an inline: to be looked at."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class EventInline(ReadOnly, GenericTabularInline):
    model = ReviewEvent
    ct_field = "content_type"
    ct_fk_field = "object_id"
    fields = ("created_at", "action", "from_state", "to_state", "by", "comment", "revision")
    readonly_fields = ("created_at",)
    verbose_name_plural = _("history")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by")


class CommentInline(ReadOnly, GenericTabularInline):
    model = Comment
    fields = ("created_at", "field", "text", "by", "resolved_by")
    readonly_fields = ("created_at",)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("by", "resolved_by")


class RowInline(admin.TabularInline):
    """Rows below a reviewed thing: they are written while it is open to its authors, and then only."""

    extra = 0
    related = ()
    """What a row shows of other tables, for ``select_related``."""

    def _open(self, obj):
        return obj is None or obj.is_editable

    def has_add_permission(self, request, obj=None):
        return self._open(obj) and super().has_add_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return self._open(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._open(obj) and super().has_delete_permission(request, obj)

    def get_queryset(self, request):
        return super().get_queryset(request).select_related(*self.related)

    def formfield_for_foreignkey(self, db_field, request, **options):
        """The choices of a list are fetched once in a request, and not once for each row and form."""
        field = super().formfield_for_foreignkey(db_field, request, **options)
        listed = issubclass(db_field.related_model, (Term, Row))
        if listed and db_field.name not in self.get_autocomplete_fields(request):
            known = vars(request).setdefault("choices_of_rows", {})
            if db_field not in known:
                known[db_field] = list(field.choices)
            field.choices = known[db_field]
        return field


class SeenForm(forms.ModelForm):
    """Knows the revision that was on the screen, so that nobody's work is overwritten unseen."""

    seen_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["seen_revision"] = self.instance.revision

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk and cleaned.get("seen_revision") != self.instance.revision:
            raise ValidationError(_("Somebody has changed this meanwhile. Open it again."))
        return cleaned


class ReviewedAdmin(admin.ModelAdmin):
    """Content is written while it is a draft or changes are requested; nothing is deleted, no state is set."""

    form = SeenForm
    shown = ("state", "revision", "created_by", "created_at", "updated_at")
    """Read-only for everybody, always."""

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return (obj is None or obj.is_editable) and super().has_change_permission(request, obj)

    def get_readonly_fields(self, request, obj=None):
        return (*super().get_readonly_fields(request, obj), *self.shown)

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return (*fields, "seen_revision") if obj and self.has_change_permission(request, obj) else fields

    def get_inlines(self, request, obj):
        return [*super().get_inlines(request, obj), *((CommentInline, EventInline) if obj else ())]

    def save_model(self, request, obj, form, change):
        """Every write counts as a revision; one that came second changes nothing."""
        if not change:
            obj.created_by = request.user
        elif not self._take_revision(obj):
            raise PermissionDenied(_("Somebody has changed this meanwhile. Open it again."))
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        """Who mends an entry here has written in it like everybody else."""
        super().save_related(request, form, formsets, change)
        remember(form.instance, by=request.user)

    @staticmethod
    def _take_revision(obj):
        mine = type(obj)._base_manager.filter(pk=obj.pk, revision=obj.revision, state__in=EDITABLE_STATES)
        taken = mine.update(revision=F("revision") + 1)
        obj.revision += taken
        return taken


@admin.register(ReviewEvent)
class ReviewEventAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("created_at", "content_type", "object_id", "action", "from_state", "to_state", "by")
    list_filter = ("action", "to_state", "content_type")
    list_select_related = ("content_type", "by")
    search_fields = ("comment", "by__email", "by__name")
    date_hierarchy = "created_at"


@admin.register(Comment)
class CommentAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("created_at", "content_type", "object_id", "field", "by", "text")
    list_filter = ("content_type",)
    list_select_related = ("content_type", "by")
    search_fields = ("text", "by__email", "by__name")
