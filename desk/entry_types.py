"""The kinds of entry that the workspace and the desk handle, and the addresses of their pages."""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from operators.models import Organisation, OrganisationChange
from partnerships.models import PartnershipVersion
from reports.models import ReportVersion
from vocabularies.search import folded


@dataclass(frozen=True)
class EntryType:
    """``related`` is what a line of a list shows of other tables, for ``select_related``.

    ``searched`` are the columns with its words; those of a ``search_text`` are folded already.
    """

    code: str
    label: str
    model: type
    related: tuple
    searched: tuple

    def visible_to(self, user):
        """Everything of this kind that ``user`` may open on working pages."""
        return self.model.objects.visible_to(user).select_related(*self.related)

    def served_by(self, user):
        """What the secretariats of ``user`` have been given to decide, now or before."""
        return self.model.objects.served_by(user).select_related(*self.related)

    def found(self, entries, text):
        """Those of ``entries`` in which every word of ``text`` stands."""
        for word in dict.fromkeys(text.split()):
            entries = entries.those_of(reduce(or_, (Q(**_holding(column, word)) for column in self.searched)))
        return entries


def _holding(column, word):
    if column.endswith("search_text"):
        return {f"{column}__contains": folded(word)}
    return {f"{column}__icontains": word}


ENTRY_TYPES = {
    kind.code: kind
    for kind in (
        EntryType(
            "partnership",
            _("Partnership"),
            PartnershipVersion,
            ("partnership", "reviewing_platform"),
            ("title", "partnership__reference", "search_text", "involvements__organisation__search_text"),
        ),
        EntryType(
            "report",
            _("Report"),
            ReportVersion,
            ("report__partnership", "reviewing_platform"),
            ("title", "report__partnership__reference", "search_text", "report__partnership__versions__search_text"),
        ),
        EntryType(
            "organisation",
            _("Organisation"),
            Organisation,
            ("country", "reviewing_platform"),
            ("name", "acronym", "search_text"),
        ),
        EntryType(
            "change",
            _("Change of an organisation"),
            OrganisationChange,
            ("organisation__country", "reviewing_platform"),
            ("name", "acronym", "organisation__search_text"),
        ),
    )
}


class EntryTypeConverter:
    """``<kind:kind>`` in an address: the Kind itself, or no such page."""

    regex = "|".join(ENTRY_TYPES)

    def to_python(self, value):
        return ENTRY_TYPES[value]

    def to_url(self, value):
        return getattr(value, "code", value)


def entry_type_of(entry):
    """The Kind of an entry."""
    return next(kind for kind in ENTRY_TYPES.values() if isinstance(entry, kind.model))


def entry_or_404(kind, pk, user):
    """The entry as far as ``user`` may open it."""
    return get_object_or_404(kind.visible_to(user), pk=pk)


def entry_url(entry):
    """Where its authors, and all who may read it, work with it."""
    return reverse("desk:entry", args=[entry_type_of(entry).code, entry.pk])


def review_url(entry):
    """Where its reviewers decide on it."""
    return reverse("desk:review", args=[entry_type_of(entry).code, entry.pk])


def step_url(entry, action):
    """To be posted to: ``comment`` and ``revision``."""
    return reverse("desk:step", args=[entry_type_of(entry).code, entry.pk, action])
