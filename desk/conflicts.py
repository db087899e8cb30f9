"""Why a member of a secretariat may not decide on an entry, in words, for one or many entries at once.

The rule itself stands in ``Reviewable.may_be_decided_by``; this only explains it.
"""

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from operators.models import Organisation, OrganisationChange
from partnerships.models import Involvement, Participant, PartnershipVersion
from reports.models import ReportSupporter, ReportVersion
from reviews.models import Conflict, ReviewEvent
from reviews.states import OPEN_STATES, State

LIVE = {"version__state__in": [State.PUBLISHED, *OPEN_STATES]}


def conflicts_of(entries, user):
    """{(model, pk): reason} for those of ``entries`` on which ``user`` may not decide; a fixed number of queries."""
    mine = dict(user.organisations.values_list("organisation", "organisation__name"))
    fixed = Conflict.objects.filter(user=user)
    reasons = dict.fromkeys(_named_in(fixed, entries), _("You have had a part in it."))
    for entry in entries:
        if entry.created_by_id == user.pk:
            reasons[_name(entry)] = _("You entered it yourself.")
    submitted = ReviewEvent.objects.filter(action="submit", by=user)
    reasons |= dict.fromkeys(_named_in(submitted, entries), _("You submitted it yourself."))
    involved = _Involved(entries, mine) if mine else None
    for entry in entries:
        if involved and (organisation := involved.organisation(entry)):
            words = _("You belong to %(organisation)s, which takes part in it.")
            reasons[_name(entry)] = words % {"organisation": mine[organisation]}
    return reasons


def _name(entry):
    return type(entry), entry.pk


def _named_in(rows, entries):
    """The names of those of ``entries`` that ``rows`` (events, conflicts) are about."""
    for model in {type(entry) for entry in entries}:
        ids = [entry.pk for entry in entries if type(entry) is model]
        found = rows.filter(content_type=ContentType.objects.get_for_model(model), object_id__in=ids)
        yield from ((model, pk) for pk in found.values_list("object_id", flat=True))


class _Involved:
    """Which of the organisations ``mine`` have a part in which of ``entries``."""

    def __init__(self, entries, mine):
        self.mine = mine
        versions = [entry for entry in entries if isinstance(entry, PartnershipVersion)]
        reports = [entry for entry in entries if isinstance(entry, ReportVersion)]
        wops = {entry.partnership_id for entry in versions} | {entry.report.partnership_id for entry in reports}
        rows = Involvement.objects.filter(organisation__in=mine, version__partnership__in=wops)
        self.wops = self._first(
            Participant.objects.filter(organisation__in=mine, partnership__in=wops), "partnership_id"
        )
        self.wops |= self._first(rows.filter(**LIVE), "version__partnership_id")
        self.versions = self._first(rows.filter(version__in=versions), "version_id")
        supporters = ReportSupporter.objects.filter(organisation__in=mine)
        supporters = supporters.filter(version__report__in={entry.report_id for entry in reports})
        self.reports = self._first(supporters.filter(**LIVE), "version__report_id")
        self.report_versions = self._first(supporters.filter(version__in=reports), "version_id")

    @staticmethod
    def _first(rows, what):
        return dict(rows.values_list(what, "organisation_id"))

    def organisation(self, entry):
        """The primary key of one of mine that is involved in ``entry``, or None."""
        if isinstance(entry, Organisation):
            return entry.pk if entry.pk in self.mine else None
        if isinstance(entry, OrganisationChange):
            return entry.organisation_id if entry.organisation_id in self.mine else None
        if isinstance(entry, PartnershipVersion):
            return self.wops.get(entry.partnership_id) or self.versions.get(entry.pk)
        own = self.reports.get(entry.report_id) or self.report_versions.get(entry.pk)
        return self.wops.get(entry.report.partnership_id) or own
