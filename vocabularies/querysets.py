"""Which terms, areas and countries a reader is offered."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from vocabularies.localised import label_in_sql

NEVER_DELETED = _("Terms are retired, never deleted: make it inactive instead.")


class TermQuerySet(models.QuerySet):
    def of(self, name):
        """The terms of one list, a ``TermList``."""
        return self.filter(list=name)

    def active(self):
        """Those offered for new entries; what was chosen earlier stays readable."""
        return self.filter(is_active=True)

    def delete(self):
        raise ValidationError(NEVER_DELETED)

    # Django's own marks: no method of the manager, never callable from a template.
    delete.alters_data = True
    delete.queryset_only = True


class TermManager(models.Manager.from_queryset(TermQuerySet)):
    """Every term on ``Term``, and on a proxy only those of its own list."""

    def get_queryset(self):
        terms = super().get_queryset()
        return terms.of(self.model.own_list) if self.model.own_list else terms


class CountryQuerySet(models.QuerySet):
    def within(self, area):
        """The countries and territories inside the M49 area with this code, at any depth."""
        return self.filter(area__lineage__contains=f"/{area}/")

    def with_areas(self):
        """Together with their areas: ``area_codes()`` then costs no further query."""
        return self.select_related("area")

    def by_name(self):
        """In the order of their names in the active language."""
        return self.order_by(label_in_sql("name"))
