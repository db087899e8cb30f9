"""Where an entry stands: its state, what it lacks, what may be done with it next."""

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from api.serializers.fields import Choice
from reports.models import Kind
from reviews.states import TRANSITIONS, Actor, State

ACTIONS = [step.action for step in TRANSITIONS.values() if Actor.SYSTEM not in step.actors]
"""The steps that people take."""


class Step(serializers.Serializer):
    """A step that the person may take now, as far as the token's scopes go."""

    action = serializers.ChoiceField(ACTIONS)
    label = serializers.CharField(help_text=_("In the language of the answer."))
    needs_comment = serializers.BooleanField(help_text=_("Whether a reason has to be given."))
    api_url = serializers.URLField(help_text=_("Where the step is taken, by POST with If-Match."))


class Missing(serializers.Serializer):
    """Something that submission still needs."""

    name = serializers.CharField(help_text=_("The question."))
    text = serializers.CharField(help_text=_("What is missing, as the pages say it."))


class DraftStatus(serializers.Serializer):
    """What every answer about one version of an entry says first."""

    reference = serializers.CharField(help_text=_("Of the partnership."))
    version = serializers.IntegerField(help_text=_("1 for the first."))
    state = Choice(State, "State")
    etag = serializers.CharField(help_text=_("For If-Match; the header ETag says the same."))
    updated_at = serializers.DateTimeField()
    url = serializers.URLField(help_text=_("The page on which people work with it."))
    api_url = serializers.URLField(help_text=_("Its draft for programs."))
    next_steps = Step(many=True)


class PartnershipStanding(DraftStatus):
    """One version of a partnership."""


class ReportStanding(DraftStatus):
    """One version of a report."""

    report = serializers.IntegerField(help_text=_("The number in its address."))
    kind = Choice(Kind, "ReportKind")
    period = serializers.CharField()


class Entry(DraftStatus):
    """A partnership or a report in a list."""

    entry = serializers.ChoiceField(["partnership", "report"])
    title = serializers.CharField()
    report = serializers.IntegerField(allow_null=True, help_text=_("Null for a partnership."))


class Waiting(serializers.Serializer):
    """Something that a secretariat has to decide on or has handled, as in the lists of the desk."""

    entry = serializers.ChoiceField(["partnership", "report", "organisation", "change"])
    title = serializers.CharField()
    reference = serializers.CharField(help_text=_("Of the partnership; empty for organisations."))
    state = Choice(State, "State")
    waiting_since = serializers.DateTimeField(help_text=_("When it came into its state."))
    is_overdue = serializers.BooleanField()
    submitted_by = serializers.CharField(allow_null=True, help_text=_("Null for what is handled."))
    in_hands_of = serializers.CharField(allow_null=True)
    conflict = serializers.CharField(help_text=_("Why the person may not decide on it; empty: may."))
    confirmed = serializers.IntegerField(help_text=_("How many organisations confirm these words."))
    differing = serializers.IntegerField(help_text=_("How many say that something differs."))
    etag = serializers.CharField(allow_null=True, help_text=_("For If-Match; null where only the page decides."))
    url = serializers.URLField()
    api_url = serializers.URLField(allow_null=True)
    next_steps = Step(many=True)


def page_of(entry, name):
    """The serializer of a page of a list."""
    attributes = {
        "__doc__": "A page of a list.",
        "count": serializers.IntegerField(help_text=_("Rows on all pages.")),
        "next": serializers.URLField(allow_null=True),
        "previous": serializers.URLField(allow_null=True),
        "results": entry(many=True),
    }
    return type(name, (serializers.Serializer,), attributes)


EntryPage = page_of(Entry, "EntryPage")
WaitingPage = page_of(Waiting, "WaitingPage")
