"""Lists, areas and countries: names and order are edited, codes stay, nothing is deleted."""

from django.contrib import admin

from vocabularies.models import Area, Country, SynonymSet, Term


class NeverDeletedAdmin(admin.ModelAdmin):
    fixed = ()
    """Fields that are given once, at creation."""

    def has_delete_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return self.fixed if obj else ()


@admin.register(Term)
class TermAdmin(NeverDeletedAdmin):
    fixed = ("list", "code")
    fields = ("list", "code", "label_en", "label_es", "label_fr", "label_pt", "parent", "unit", "position", "is_active")
    list_display = ("code", "list", "label_en", "label_es", "label_fr", "label_pt", "position", "is_active")
    list_display_links = ("code", "label_en")
    list_editable = ("position", "is_active")
    list_filter = ("list", "is_active")
    search_fields = ("code", "label_en", "label_es", "label_fr", "label_pt")
    autocomplete_fields = ("parent",)


class StandardAdmin(NeverDeletedAdmin):
    """Rows of an international standard: they come from load_countries, people word their names."""

    search_fields = ("code", "name_en", "name_es", "name_fr", "name_pt")

    def has_add_permission(self, request):
        return False


@admin.register(Area)
class AreaAdmin(StandardAdmin):
    fixed = ("code", "parent", "also_in")
    fields = ("code", "name_en", "name_es", "name_fr", "name_pt", "parent", "also_in")
    list_display = ("code", "name_en", "name_es", "name_fr", "name_pt", "parent")
    list_select_related = ("parent",)


@admin.register(Country)
class CountryAdmin(StandardAdmin):
    fixed = ("code", "alpha3", "numeric", "area")
    fields = (
        *("code", "alpha3", "numeric", "name_en", "name_es", "name_fr", "name_pt"),
        *("area", "gwopa_region", "latitude", "longitude"),
    )
    list_display = ("code", "name_en", "name_es", "name_fr", "name_pt", "area", "gwopa_region")
    list_select_related = ("area",)
    list_filter = ("gwopa_region", "area")


@admin.register(SynonymSet)
class SynonymSetAdmin(NeverDeletedAdmin):
    """Words are taken out by emptying them: a set that is gone would come back with the next load."""

    fixed = ("code", "language")
    fields = ("code", "language", "words")
    list_display = ("code", "language", "words")
    list_editable = ("words",)
    list_filter = ("language",)
    search_fields = ("code", "words")
