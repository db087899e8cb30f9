"""Improvement tracks as a ladder with what came of each, and what came of the whole."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from directory.profile.plan import Plan, plan_of
from directory.profile.results import woven
from directory.wording import worded
from partnerships.models import TrackState

COUNTED = {
    TrackState.PLANNED: ngettext_lazy("%(count)d planned", "%(count)d planned", "count"),
    TrackState.UNDER_WAY: ngettext_lazy("%(count)d under way", "%(count)d under way", "count"),
    TrackState.COMPLETED: ngettext_lazy("%(count)d completed", "%(count)d completed", "count"),
    TrackState.DROPPED: ngettext_lazy("%(count)d dropped", "%(count)d dropped", "count"),
}


@dataclass(frozen=True)
class Rung:
    """A track as ``components/tracks.html`` shows it."""

    key: str
    title: str
    area_label: str
    phase: str
    description: str
    state: str
    state_label: str
    plan: Plan
    results: list


def ladder_of(entry):
    """Every track of which more is known than its area."""
    told = [track for track in entry.version.tracks.all() if _is_told(entry, track)]
    return [_rung(track, results_of_track(entry, track)) for track in told]


def topics_of(entry):
    """Areas that the source names, without a word on the work in them."""
    bare = [track for track in entry.version.tracks.all() if not _is_told(entry, track)]
    return list(dict.fromkeys(str(track) for track in bare))


def counted(entry):
    """“3 completed, 5 planned”; "" where no state is known."""
    states = Counter(track.state for track in entry.version.tracks.all() if track.state)
    return ", ".join(COUNTED[state] % {"count": count} for state, count in states.items())


def results_of_track(entry, track):
    """Results: what the entry says came of the track, and what each report says."""
    own = [row for row in entry.version.results.all() if row.track_id == track.pk]
    return woven(entry, own, lambda row: row.track_key == track.key)


def overall_of(entry):
    """The same of the partnership as a whole, with reported results whose track is not in this version."""
    keys = {track.key for track in entry.version.tracks.all()}
    own = [row for row in entry.version.results.all() if not row.track_id]
    return woven(entry, own, lambda row: row.track_key not in keys, with_words=True)


def _is_told(entry, track):
    own = track.title or track.description or track.state or track.phase_id
    return bool(own or plan_of(entry.version, track) or results_of_track(entry, track))


def _rung(track, results):
    language = (track.language, track.version.language)
    return Rung(
        key=str(track.key),
        title=worded(track.title, *language),
        area_label=str(track.area or ""),
        phase=str(track.phase or ""),
        description=worded(track.description, *language),
        state=track.state or "unstated",
        state_label=track.get_state_display() or _("state not stated"),
        plan=plan_of(track.version, track),
        results=results,
    )
