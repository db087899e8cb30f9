"""Why an entry is public, or is not: one sentence or two, the same wherever an entry is shown."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from operators.models import OrganisationMember
from partnerships.models import Participant, PartnershipVersion
from partnerships.models.base import Version
from platforms.models import Platform
from reports.models import ReportVersion
from reviews.models import ReviewEvent
from reviews.states import State


@dataclass(frozen=True)
class Visibility:
    """``text`` is the answer; ``since`` the moment from which it holds, None when the history does not tell."""

    text: str
    is_public: bool
    since: object = None

    def __str__(self):
        return self.text


def visibility_of(entry):
    """The Why of one entry."""
    return visibilities_of([entry])[0]


def visibilities_of(entries):
    """The Why of each of ``entries``, of whatever kinds, in a fixed number of queries."""
    known = _Known(entries)
    return [_why(entry, known) for entry in entries]


def _why(entry, known):
    event = known.event(entry)
    words = _WORDS[entry.state](entry, event, known)
    is_public = entry.state == State.PUBLISHED and not known.is_hidden(entry)
    if not is_public and entry.state != State.SUPERSEDED and (public := known.public_beside(entry)):
        meanwhile = _("%(words)s Meanwhile readers see the version of %(date)s.")
        words = meanwhile % {"words": words, "date": known.day(public)}
    return Visibility(words, is_public, event.created_at if event else None)


def _draft(entry, event, known):
    if event and event.action == "withdraw":
        return _("Not public: taken back by its authors on %(date)s.") % {"date": _day(event)}
    return _("Not public: a draft that nobody has submitted yet.")


def _submitted(entry, event, known):
    platform = known.platform(entry.reviewing_platform_id)
    if platform is None or not known.has_reviewer(platform):
        return _("Not public: waits since %(date)s, and no reviewer is left to decide on it.") % {"date": _day(event)}
    return _("Not public: waits for %(platform)s since %(date)s.") % {"platform": platform, "date": _day(event)}


def _changes_requested(entry, event, known):
    return _("Not public: %(platform)s asked its authors for changes on %(date)s.") % {
        "platform": _who(entry, known),
        "date": _day(event),
    }


def _published(entry, event, known):
    if known.is_hidden(entry):
        return _("Not public: the partnership that it reports on is not public.")
    if event is None or event.action in {"load", "admit"}:
        return _("Public since %(date)s, compiled from public sources.") % {"date": _day(event)}
    if reporter := known.reporter(entry):
        words = _("Public since %(date)s, reported by %(reporter)s, approved by %(platform)s.")
        return words % {"date": _day(event), "reporter": reporter, "platform": _who(entry, known)}
    return _("Public since %(date)s, approved by %(platform)s.") % {"date": _day(event), "platform": _who(entry, known)}


def _superseded(entry, event, known):
    if known.public_beside(entry):
        return _("To be read in the history: a newer version took its place on %(date)s.") % {"date": _day(event)}
    return _("Not public: a newer version took its place, and that is not public any more.")


def _rejected(entry, event, known):
    return _("Not public: %(platform)s rejected it on %(date)s: %(reason)s") % _decided(entry, event, known)


def _archived(entry, event, known):
    return _("Not public: %(platform)s archived it on %(date)s: %(reason)s") % _decided(entry, event, known)


def _discarded(entry, event, known):
    return _("Not public: discarded on %(date)s.") % {"date": _day(event)}


_WORDS = {
    State.DRAFT: _draft,
    State.SUBMITTED: _submitted,
    State.CHANGES_REQUESTED: _changes_requested,
    State.PUBLISHED: _published,
    State.SUPERSEDED: _superseded,
    State.REJECTED: _rejected,
    State.ARCHIVED: _archived,
    State.DISCARDED: _discarded,
}


def _decided(entry, event, known):
    return {"platform": _who(entry, known), "date": _day(event), "reason": event.comment if event else "–"}


def _who(entry, known):
    return known.platform(entry.reviewing_platform_id) or _("the secretariat")


def _day(event):
    """Entries made before the history began, as in tests, have no event."""
    return date_format(event.created_at, "DATE_FORMAT") if event else _("an unknown date")


class _Known:
    """What the sentences need besides the entries, fetched for all of them at once."""

    def __init__(self, entries):
        self._types = {type(entry): ContentType.objects.get_for_model(entry) for entry in entries}
        self._public = self._published_versions(entries)
        self._events = self._newest_events([*entries, *self._public.values()])
        self._platforms = Platform.objects.in_bulk()
        self._manned = set(Platform.objects.filter(members__user__is_active=True).values_list("pk", flat=True))
        self._reporters = self._who_reported(entries)

    def event(self, entry):
        """The newest event of an entry, or None."""
        return self._events.get((self._types[type(entry)].pk, entry.pk))

    def public_beside(self, entry):
        """The public version of the same identity, or None."""
        return self._public.get(_identity(entry))

    def day(self, entry):
        return _day(self.event(entry))

    def is_hidden(self, entry):
        """True for a published report whose partnership is not public."""
        if not isinstance(entry, ReportVersion):
            return False
        return (PartnershipVersion, entry.report.partnership_id) not in self._public

    def has_reviewer(self, platform):
        """True when somebody serves ``platform`` or one above it."""
        passed = set()
        while platform is not None and platform.pk not in passed:
            if platform.pk in self._manned:
                return True
            passed.add(platform.pk)
            platform = self._above(platform)
        return False

    def platform(self, pk):
        return self._platforms.get(pk)

    def reporter(self, entry):
        """The secretariat that entered it, or the organisation of who submitted it; "" when neither is known."""
        return self._reporters.get((type(entry), entry.pk), "")

    def _above(self, platform):
        if platform.parent_id:
            return self._platforms[platform.parent_id]
        overall = next((one for one in self._platforms.values() if one.level == "global"), None)
        return None if platform == overall else overall

    @staticmethod
    def _published_versions(entries):
        reports = [entry for entry in entries if isinstance(entry, ReportVersion)]
        wops = {entry.partnership_id for entry in entries if isinstance(entry, PartnershipVersion)}
        wops |= {entry.report.partnership_id for entry in reports}
        found = list(PartnershipVersion.objects.published().filter(partnership__in=wops)) if wops else []
        if reports:
            ids = {entry.report_id for entry in reports}
            found += ReportVersion.objects.published().filter(report__in=ids).select_related("report")
        return {_identity(version): version for version in found}

    def _newest_events(self, entries):
        newest = {}
        for model in {type(entry) for entry in entries}:
            kind = self._types.setdefault(model, ContentType.objects.get_for_model(model))
            ids = [entry.pk for entry in entries if type(entry) is model]
            for event in ReviewEvent.objects.filter(content_type=kind, object_id__in=ids):
                newest[kind.pk, event.object_id] = event
        return newest

    def _who_reported(self, entries):
        """{(model, pk): name} for the published versions among ``entries``."""
        entries = [entry for entry in entries if isinstance(entry, Version) and entry.state == State.PUBLISHED]
        submitters = self._submitters(entries)
        takes_part = {}
        for row in Participant.objects.filter(partnership__in={entry.wop().pk for entry in entries}):
            takes_part.setdefault(row.partnership_id, []).append(row.organisation_id)
        own = self._memberships(set(submitters.values()))
        names = {}
        for entry in entries:
            by = submitters.get((type(entry), entry.pk))
            name = next((own[by, pk] for pk in takes_part.get(entry.wop().pk, []) if (by, pk) in own), "")
            names[type(entry), entry.pk] = name or str(self.platform(entry.wop().entered_by_id) or "")
        return names

    @staticmethod
    def _memberships(users):
        """{(user id, organisation id): name of the organisation} of ``users``."""
        members = OrganisationMember.objects.filter(user__in=users).select_related("organisation")
        return {(row.user_id, row.organisation_id): row.organisation.short_name for row in members}

    def _submitters(self, entries):
        """{(model, pk): user id} of who submitted each of ``entries`` last."""
        found = {}
        for model in {type(entry) for entry in entries}:
            ids = [entry.pk for entry in entries if type(entry) is model]
            events = ReviewEvent.objects.filter(content_type=self._types[model], object_id__in=ids, action="submit")
            found |= {(model, event.object_id): event.by_id for event in events}
        return found


def _identity(entry):
    """Versions of the same thing have the same; an entry without versions is its own."""
    if isinstance(entry, Version):
        return type(entry), getattr(entry, f"{entry.identity_field}_id")
    return type(entry), entry.pk
