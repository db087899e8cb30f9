"""Reports as support sees them: identities are looked at, open drafts may be mended."""

from django.contrib import admin

from partnerships.admin import COST, VersionAdmin, row_inlines
from reports.models import Report, ReportVersion
from reviews.admin import ReadOnly, ReviewedAdmin


class VersionInline(ReadOnly, admin.TabularInline):
    model = ReportVersion
    fields = ("number", "title", "state", "updated_at")
    readonly_fields = fields
    show_change_link = True

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("report__partnership")


@admin.register(Report)
class ReportAdmin(ReadOnly, admin.ModelAdmin):
    fields = ("partnership", "kind", "period", "created_at")
    inlines = (VersionInline,)
    list_display = ("partnership", "kind", "period", "created_at")
    list_filter = ("kind",)
    list_select_related = ("partnership",)
    search_fields = ("partnership__reference", "partnership__versions__title", "period")


@admin.register(ReportVersion)
class ReportVersionAdmin(VersionAdmin):
    layout = (
        *("report", "number", "title", "language"),
        *(("code_of_conduct", "code_of_conduct_url"), "formal_agreement"),
        *("other_themes", "activities_description", "overall_results"),
        *(*COST, "note", "reviewing_platform", *ReviewedAdmin.shown),
    )
    readonly_fields = ("report", "number", "reviewing_platform")
    inlines = row_inlines(ReportVersion)
    list_display = ("report", "number", "state", "reviewing_platform", "updated_at")
    list_filter = ("state", "reviewing_platform", "language")
    list_select_related = ("report__partnership", "reviewing_platform")
    search_fields = ("report__partnership__reference", "title", "search_text")
