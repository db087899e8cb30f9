"""What waits for the secretariats of a person, and what they have handled: the lists of the desk."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from desk.conflicts import conflicts_of
from desk.entry_types import ENTRY_TYPES, entry_type_of, review_url
from desk.forms.queue import MINE, NOBODYS
from desk.models import Assignment, Look
from partnerships.mentor_mentee import Pair, pair_in
from partnerships.models import Confirmation, Involvement, PartnershipVersion
from reports.models import ReportVersion
from reviews.models import ReviewEvent
from reviews.snapshots import fingerprints
from reviews.states import State

OVERDUE_AFTER = timedelta(days=14)
LOOKING_WITHIN = timedelta(minutes=15)


@dataclass(frozen=True)
class Place:
    """Where an entry stands in its list; ``since`` is when it came into its state."""

    code: str
    pk: int
    since: object
    platform: int


@dataclass(frozen=True)
class Waiting:
    """One line of a list; ``by`` is who brought the entry into its state."""

    entry: object
    kind: object
    url: str
    reference: str
    pair: Pair | None
    since: object
    days: int
    is_waiting: bool
    is_overdue: bool
    by: object
    in_hands_of: object
    looking: list
    conflict: str
    confirmed: int
    differing: int


def places_for(user, *, kind="", platform=None, assigned="", state="", q=""):
    """The Places of what the secretariats of ``user`` were given, in one state.

    What is submitted waits, the oldest first; what was handled comes with the newest first.
    """
    state = state or State.SUBMITTED
    kinds = [ENTRY_TYPES[code] for code in ENTRY_TYPES if kind in {"", code}]
    places = [place for one in kinds for place in _places_of(one, user, platform, state, q)]
    if assigned:
        held = _assigned(places)
        wanted = {MINE: user.pk, NOBODYS: None}[assigned]
        places = [place for place in places if getattr(held.get(_name(place)), "to_id", None) == wanted]
    is_handled = state != State.SUBMITTED
    return sorted(places, key=lambda place: (place.since, place.code, place.pk), reverse=is_handled)


def _places_of(kind, user, platform, state, text):
    moved = ReviewEvent.objects.filter(
        content_type=ContentType.objects.get_for_model(kind.model), object_id=OuterRef("pk"), to_state=state
    ).order_by("-pk")
    found = kind.found(kind.model.objects.served_by(user).filter(state=state), text)
    found = found.annotate(since=Subquery(moved.values("created_at")[:1]))
    if platform:
        found = found.filter(reviewing_platform=platform)
    rows = found.order_by().values_list("pk", "since", "updated_at", "reviewing_platform")
    return [Place(kind.code, pk, since or changed, at) for pk, since, changed, at in rows]


def _name(place):
    return ENTRY_TYPES[place.code].model, place.pk


def lines_of(places, user):
    """The Waiting lines of one page of ``places``, in a fixed number of queries."""
    entries = _entries(places)
    found = _Found(places, list(entries.values()), user)
    return [found.line(place, entries[_name(place)]) for place in places if _name(place) in entries]


def _ids(places):
    """{model: primary keys}."""
    ids = defaultdict(list)
    for place in places:
        ids[ENTRY_TYPES[place.code].model].append(place.pk)
    return ids


def _about(places):
    """Condition on a table with content_type and object_id."""
    condition = Q(pk__in=[])
    for model, ids in _ids(places).items():
        condition |= Q(content_type=ContentType.objects.get_for_model(model), object_id__in=ids)
    return condition


def _entries(places):
    entries = {}
    for model, ids in _ids(places).items():
        kind = next(kind for kind in ENTRY_TYPES.values() if kind.model is model)
        for entry in model.objects.filter(pk__in=ids).select_related(*kind.related):
            entries[model, entry.pk] = entry
    return entries


def _assigned(places):
    """{(model, pk): Assignment}."""
    return _by_entry(Assignment.objects.filter(_about(places)).select_related("to", "content_type"))


def _by_entry(rows):
    return {(row.content_type.model_class(), row.object_id): row for row in rows}


class _Found:
    """What the lines need besides the entries, for all of them at once."""

    def __init__(self, places, entries, user):
        about, now = _about(places), timezone.now()
        self.now = now
        self.assigned = _assigned(places)
        states = {entry.state for entry in entries}
        events = ReviewEvent.objects.filter(about, to_state__in=states).order_by("pk")
        self.moved = _by_entry(events.select_related("by", "content_type"))
        self.looking = defaultdict(list)
        looks = Look.objects.filter(about, seen_at__gt=now - LOOKING_WITHIN).exclude(user=user)
        for look in looks.select_related("user", "content_type"):
            self.looking[look.content_type.model_class(), look.object_id].append(look.user)
        self.conflicts = conflicts_of(entries, user)
        self.answers = _answers(entries)
        self.pairs = pairs_of(entries)

    def line(self, place, entry):
        name = _name(place)
        moved, held = self.moved.get(name), self.assigned.get(name)
        answers = self.answers.get(name, [])
        waited = self.now - place.since
        return Waiting(
            entry=entry,
            kind=entry_type_of(entry),
            url=review_url(entry),
            reference=reference_of(entry),
            pair=self.pairs.get(name),
            since=place.since,
            days=waited.days,
            is_waiting=entry.state == State.SUBMITTED,
            is_overdue=entry.state == State.SUBMITTED and waited > OVERDUE_AFTER,
            by=moved.by if moved else None,
            in_hands_of=held.to if held else None,
            looking=self.looking[name],
            conflict=self.conflicts.get(name, ""),
            confirmed=answers.count(Confirmation.Answer.CONFIRMS),
            differing=answers.count(Confirmation.Answer.DIFFERS),
        )


def reference_of(entry):
    return entry.wop().reference if isinstance(entry, PartnershipVersion | ReportVersion) else ""


def _answers(entries):
    """{(model, pk): what organisations said about exactly these words}."""
    answers = defaultdict(list)
    for model in (PartnershipVersion, ReportVersion):
        words = fingerprints([entry for entry in entries if isinstance(entry, model)])
        kind = ContentType.objects.get_for_model(model)
        for row in Confirmation.objects.filter(content_type=kind, object_id__in=list(words)) if words else ():
            if row.fingerprint == words[row.object_id]:
                answers[model, row.object_id].append(row.answer)
    return answers


def pairs_of(entries):
    """{(model, pk): Pair}: of a report that of the public version of its WOP."""
    versions = {entry.pk: entry for entry in entries if isinstance(entry, PartnershipVersion)}
    reports = [entry for entry in entries if isinstance(entry, ReportVersion)]
    public = PartnershipVersion.objects.filter(
        partnership__in={entry.report.partnership_id for entry in reports}, state=State.PUBLISHED
    )
    wops = dict(public.values_list("partnership", "pk")) if reports else {}
    ends = defaultdict(list)
    rows = Involvement.objects.filter(version__in=[*versions, *wops.values()]).order_by("position", "pk")
    for row in rows.select_related("organisation__country", "country"):
        ends[row.version_id].append(row)
    pairs = {(PartnershipVersion, pk): pair_in(ends[pk]) for pk in versions}
    for entry in reports:
        if entry.report.partnership_id in wops:
            pairs[ReportVersion, entry.pk] = pair_in(ends[wops[entry.report.partnership_id]])
    return pairs
