"""What is written where documents are made of it: noted in the same transaction, so that nothing is forgotten."""

from django.apps import apps
from django.db import connection, transaction
from django.db.models.signals import post_delete, post_save

from operators.models import FormerName, Need, Organisation, OrganisationLanguage, Strength
from partnerships.models import PartnershipVersion
from platforms.models import Platform, PlatformHost, PlatformMilestone, Programme
from reports.models import ReportVersion
from reviews.models import ReviewEvent
from reviews.states import State
from search.models import Mark
from vocabularies.models import Area, Country, SynonymSet, Term

NOTED = {
    Organisation: ("organisation", "pk"),
    FormerName: ("organisation", "organisation_id"),
    OrganisationLanguage: ("organisation", "organisation_id"),
    Need: ("organisation", "organisation_id"),
    Strength: ("organisation", "organisation_id"),
    Platform: ("platform", "pk"),
    PlatformHost: ("platform", "platform_id"),
    PlatformMilestone: ("platform", "platform_id"),
    Programme: ("programme", "pk"),
    Term: ("term", "pk"),
    Country: ("country", "pk"),
    Area: ("area", "pk"),
    SynonymSet: ("synonyms", "pk"),
}
"""{model: (what its rows mean for documents, the column that says which)}."""
PAGE = "page"
"""Of this no document is made."""
REVIEWED = {PartnershipVersion: "version", ReportVersion: "report-version", Organisation: "organisation"}
"""{model: what} of entries, of which every step into the public and out of it is noted."""


def listen():
    """Once, when the portal starts. To nothing else: what somebody listens to is deleted row by row."""
    for model in apps.get_models():
        if model is ReviewEvent or model._meta.concrete_model in NOTED:
            post_save.connect(_written, model)
            post_delete.connect(_written, model)


def note(*things):
    """Documents made of ``things`` are made anew before anybody reads them. For what is written without signals."""
    Mark.objects.bulk_create(Mark(what=what, which=str(which)) for thing in things for what, which in _meant(thing))


def note_once():
    """Something was written of which no document is made, and which pages show. One mark holds for a transaction."""
    if connection.in_atomic_block:
        if any(function is _holds for _savepoints, function, _robust in connection.run_on_commit):
            return
        transaction.on_commit(_holds)
    Mark.objects.create(what=PAGE, which="")


def forget_note():
    """The marks have been taken off within this transaction: what comes is noted again."""
    connection.run_on_commit = [one for one in connection.run_on_commit if one[1] is not _holds]


def _holds():
    """Stands among what the transaction has to do in the end as long as its mark would be kept with it."""


def _written(instance, **more):
    note(instance)


def _meant(thing):
    """(what, which) that ``thing`` means for documents, if anything."""
    if isinstance(thing, ReviewEvent):
        what = REVIEWED.get(thing.content_type.model_class())
        if what and State.PUBLISHED in (thing.from_state, thing.to_state):
            yield what, thing.object_id
    elif named := NOTED.get(thing._meta.concrete_model):
        what, column = named
        yield what, getattr(thing, column)
