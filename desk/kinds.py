"""The kinds of entry that the workspace and the desk handle, and the addresses of their pages."""

from dataclasses import dataclass

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from operators.models import Organisation, OrganisationChange
from partnerships.models import PartnershipVersion
from reports.models import ReportVersion


@dataclass(frozen=True)
class Kind:
    """``related`` is what a line of a list shows of other tables, for ``select_related``."""

    code: str
    label: str
    model: type
    related: tuple

    def visible_to(self, user):
        """Everything of this kind that ``user`` may open on working pages."""
        return self.model.objects.visible_to(user).select_related(*self.related)

    def served_by(self, user):
        """What the secretariats of ``user`` have been given to decide, now or before."""
        return self.model.objects.served_by(user).select_related(*self.related)


KINDS = {
    kind.code: kind
    for kind in (
        Kind("partnership", _("Partnership"), PartnershipVersion, ("partnership", "reviewing_platform")),
        Kind("report", _("Report"), ReportVersion, ("report__partnership", "reviewing_platform")),
        Kind("organisation", _("Organisation"), Organisation, ("country", "reviewing_platform")),
        Kind(
            "change",
            _("Change of an organisation"),
            OrganisationChange,
            ("organisation__country", "reviewing_platform"),
        ),
    )
}


class KindConverter:
    """``<kind:kind>`` in an address: the Kind itself, or no such page."""

    regex = "|".join(KINDS)

    def to_python(self, value):
        return KINDS[value]

    def to_url(self, value):
        return getattr(value, "code", value)


def kind_of(entry):
    """The Kind of an entry."""
    return next(kind for kind in KINDS.values() if isinstance(entry, kind.model))


def entry_or_404(kind, pk, user):
    """The entry as far as ``user`` may open it."""
    return get_object_or_404(kind.visible_to(user), pk=pk)


def entry_url(entry):
    """Where its authors, and all who may read it, work with it."""
    return reverse("desk:entry", args=[kind_of(entry).code, entry.pk])


def review_url(entry):
    """Where its reviewers decide on it."""
    return reverse("desk:review", args=[kind_of(entry).code, entry.pk])


def step_url(entry, action):
    """To be posted to: ``comment`` and ``revision``."""
    return reverse("desk:step", args=[kind_of(entry).code, entry.pk, action])
