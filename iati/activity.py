"""One published partnership as one iati-activity, its elements in the order that the schema fixes."""

from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree

from django.utils.translation import override

from iati.dates import activity_dates
from iati.documents import add_documents
from iati.elements import LANGUAGE, NOTES, add, add_narratives, own, told
from iati.money import OTHER, add_budget, add_money_in_words
from iati.organisations import add_participating_orgs, add_reporting_org, identifier
from iati.places import World, add_places
from iati.results import add_results
from iati.topics import add_topics
from partnerships.models import Status

GENERAL, OBJECTIVES = "1", "2"
STATUSES = {
    Status.PLANNED: "1",
    Status.UNDER_WAY: "2",
    Status.COMPLETED: "4",
    Status.CANCELLED: "5",
    Status.SUSPENDED: "6",
}
"""Completed is “closed”: “finalisation” would claim that accounts or an evaluation are still open."""
SIBLING = "3"


@dataclass(frozen=True)
class Surroundings:
    """What an activity needs to know beside its entry; ``exported``: primary keys of partnerships in the export."""

    today: date
    world: World
    exported: frozenset


def activity_xml(entry, around):
    """The activity as text. ``entry`` is one of ``public_entries`` and lacks nothing (``iati.required``)."""
    with override(NOTES):
        activity = _activity(entry, around)
    ElementTree.indent(activity)
    return ElementTree.tostring(activity, encoding="unicode") + "\n"


def _activity(entry, around):
    version = entry.version
    activity = ElementTree.Element("iati-activity", _attributes(entry))
    add(activity, "iati-identifier", text=identifier(version.partnership.reference))
    add_reporting_org(activity)
    add_narratives(add(activity, "title"), told(version, "title"))
    _add_descriptions(activity, version)
    add_participating_orgs(activity, entry)
    add(activity, "activity-status", {"code": STATUSES[version.status]})
    for one in activity_dates(version, around.today):
        element = add(activity, "activity-date", {"type": one.type, "iso-date": one.day.isoformat()})
        add_narratives(element, [(NOTES, " ".join(one.notes))])
    add_places(activity, version, around.world)
    add_topics(activity, version)
    add_budget(activity, version)
    add_documents(activity, entry)
    _add_related(activity, version, around)
    add_results(activity, entry)
    return activity


def _attributes(entry):
    version = entry.version
    moments = [one.published_at for one in (version, *entry.reports) if one.published_at]
    attributes = {LANGUAGE: version.language, own("version"): str(version.number)}
    if moments:
        attributes["last-updated-datetime"] = max(moments).isoformat(timespec="seconds")
    return attributes


def _add_descriptions(activity, version):
    """Every text of its own: several narratives of one description would be translations of each other."""
    texts_of = [(GENERAL, told(version, "summary")), (GENERAL, told(version, "approach"))]
    texts_of += [(OBJECTIVES, told(version, "text", row)) for row in version.objectives.all()]
    texts_of += [(OTHER, _about(track, version)) for track in version.tracks.all()]
    texts_of.append((OTHER, told(version, "note")))
    for kind, texts in texts_of:
        if texts:
            add_narratives(add(activity, "description", {"type": kind}), texts)
    add_money_in_words(activity, version)


def _about(track, version):
    """An improvement track in its own words; one that names an area and nothing more is a tag."""
    text = ". ".join(part for part in (track.title, track.description) if part)
    return [(track.language or version.language, text)] if text else []


def _add_related(activity, version, around):
    """Earlier and later WOPs, as far as they are activities themselves."""
    for row in version.related.all():
        if row.partnership_id in around.exported:
            attributes = {"ref": identifier(row.partnership.reference), "type": SIBLING}
            related = add(activity, "related-activity", attributes)
            add(related, own("relation"), text=row.relation)
