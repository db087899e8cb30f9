"""What the register of today, loaded over that of an earlier release, must leave as it was; asked in its process."""

from partnerships.models import Partnership, PartnershipVersion
from reports.models import ReportVersion
from reviews.models import Edit, ReviewEvent
from reviews.snapshots import contents_of
from reviews.states import OPEN_STATES

OF_THE_SYSTEM = ("load", "supersede")


def entered():
    """{kind: {primary key: [state, content]}} of versions in which people have had a hand, and what else they did."""
    of_versions = {kind.__name__: _entered(kind) for kind in (PartnershipVersion, ReportVersion)}
    edits = {str(one.pk): [one.before, one.after] for one in Edit.objects.exclude(by=None)}
    return of_versions | {"Edit": edits, "references": dict(_references(loaded_as=None))}


def _entered(kind):
    acts = ReviewEvent.objects.filter(content_type__model=kind.__name__.lower()).exclude(action__in=OF_THE_SYSTEM)
    by_people = set(acts.values_list("object_id", flat=True))
    entries = [one for one in kind.objects.all() if one.pk in by_people or one.state in OPEN_STATES]
    contents = contents_of(entries)
    return {str(one.pk): [one.state, contents[one.pk]] for one in entries}


def loaded():
    """{reference in the files: reference in this register}."""
    known = Partnership.objects.exclude(loaded_as=None).filter(versions__state="published")
    return dict(known.values_list("loaded_as", "reference"))


def _references(**which):
    return ((str(one.pk), one.reference) for one in Partnership.objects.filter(**which))
