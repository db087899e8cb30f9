"""What is kept of every revision: differences that make up exactly what was said, and fingerprints of it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some

from partnerships.models import PartnershipVersion, Track, TrackResult
from reviews import snapshots
from reviews.models import Snapshot
from reviews.snapshots import (
    WHOLE_EVERY,
    at_revision,
    content_of,
    difference_between,
    fingerprint_of,
    remember,
    with_difference,
)
from tests import factories

PARAGRAPH = "They measure what is lost in each district, find the leaks at night and mend them within the week. " * 4


@pytest.fixture
def draft(db):
    return factories.draft_version(title="Kept")


def save(entry, by=None, **fields):
    """As ``save_draft`` does it: the words, the next revision, and what is said then."""
    entry.revision += 1
    PartnershipVersion.objects.filter(pk=entry.pk).update(revision=entry.revision, **fields)
    return remember(entry, by=by)


def size(data):
    return len(json.dumps(data))


@pytest.mark.parametrize("saves", [60, pytest.param(200, marks=pytest.mark.whole)])
def test_all_saves_of_a_long_entry_are_there_and_take_a_tenth(draft, monkeypatch, saves):
    tracks = [Track(version=draft, title=f"Track {one}", description=PARAGRAPH, position=one) for one in range(20)]
    Track.objects.bulk_create(tracks)
    TrackResult.objects.bulk_create(TrackResult(version=draft, track=one, text=PARAGRAPH) for one in tracks)
    said = {}
    monkeypatch.setattr(snapshots, "content_of", lambda entry: said.setdefault(entry.revision, content_of(entry)))
    for number in range(saves):
        track = tracks[number % len(tracks)]
        Track.objects.filter(pk=track.pk).update(description=f"{PARAGRAPH} Seen again in {number}.")
        save(draft, summary=f"Said {number} times")
    before = sum(size(content) for content in said.values())
    after = sum(size(data) for data in Snapshot.objects.values_list("data", flat=True))
    print(f"{saves} saves: {before} bytes as copies, {after} bytes as differences")
    assert after < before / 10
    revisions = [*said]
    assert len(revisions) == saves
    for revision in [revisions[0], *revisions[WHOLE_EVERY - 1 : WHOLE_EVERY + 2], revisions[-1]]:
        assert at_revision(draft, revision) == said[revision]


def test_a_row_that_went_and_came_back_is_there_when_it_was(draft):
    save(draft)
    track = Track.objects.create(version=draft, title="Leaks")
    save(draft)
    Track.objects.filter(pk=track.pk).delete()
    save(draft)
    Track.objects.create(version=draft, title="Leaks", key=track.key)
    save(draft)
    first = draft.revision - 3
    titles = [[row["title"] for row in at_revision(draft, first + n)["tracks"].values()] for n in range(4)]
    assert titles == [[], ["Leaks"], [], ["Leaks"]]


def test_a_revision_at_which_nothing_was_kept_says_what_was_said_last(draft):
    save(draft, title="One")
    seen = draft.revision
    draft.revision += 5
    save(draft, title="Two")
    assert at_revision(draft, seen + 3)[""][""]["title"] == "One"
    assert at_revision(draft, seen - 1) is None


def test_the_same_revision_is_kept_once(draft):
    first = save(draft, title="One")
    PartnershipVersion.objects.filter(pk=draft.pk).update(title="Not counted")
    assert remember(draft, by=None) == first
    assert at_revision(draft, draft.revision)[""][""]["title"] == "One"


def test_a_snapshot_that_comes_late_changes_no_other(draft):
    save(draft, title="One")
    draft.revision += 1
    save(draft, title="Three")
    late = PartnershipVersion.objects.get(pk=draft.pk)
    late.revision = draft.revision - 1
    PartnershipVersion.objects.filter(pk=draft.pk).update(title="Two")
    remember(late, by=None)
    found = [at_revision(draft, draft.revision - back)[""][""]["title"] for back in (2, 1, 0)]
    assert found == ["One", "Two", "Three"]


def test_nobody_can_say_what_is_made_up_of_one_that_is_gone(draft):
    save(draft, title="One")
    save(draft, title="Two")
    draft.snapshots.get(revision=draft.revision - 1).delete()
    assert at_revision(draft, draft.revision) is None
    save(draft, title="Three")
    assert at_revision(draft, draft.revision)[""][""]["title"] == "Three"


def test_an_entry_that_has_lost_a_column_is_kept_whole(draft):
    save(draft)
    kept = draft.snapshots.get()
    kept.data[""][""]["a_column_of_before"] = "words"
    kept.save()
    again = save(draft, title="Two")
    assert again.since is None
    assert "a_column_of_before" not in at_revision(draft, draft.revision)[""][""]


VALUES = some.none() | some.booleans() | some.integers(0, 3) | some.text("ab", max_size=2)
ROWS = some.dictionaries(some.sampled_from("rst"), some.fixed_dictionaries({"x": VALUES, "y": VALUES}))
CONTENTS = some.dictionaries(some.sampled_from(["", "tracks", "results"]), ROWS)


@given(CONTENTS, CONTENTS)
def test_a_difference_leads_from_one_to_the_other(before, after):
    kinds = {kind: {} for kind in before} | after  # a model loses no kind of row between two saves
    assert with_difference(before, difference_between(before, kinds)) == kinds


def test_what_says_nothing_changes_no_fingerprint():
    said = {"": {"": {"title": "A", "is_final": False}}, "tracks": {"k": {"title": "T"}}}
    more = {"": {"": {"title": "A", "is_final": False, "note": "", "cost": None}}, "tracks": {"k": {"title": "T"}}}
    assert fingerprint_of(more | {"links": {}}) == fingerprint_of(said)
    for other in (
        {"": {"": {"title": "A", "is_final": True}}, "tracks": {"k": {"title": "T"}}},
        {"": {"": {"title": "A", "is_final": False}}, "tracks": {"l": {"title": "T"}}},
        {"": {"": {"title": "A", "is_final": False}}, "tracks": {"k": {"title": "T", "note": "N"}}},
        {"": {"": {"title": "A", "is_final": False}}, "tracks": {}},
        {"": {"": {"title": "A", "is_final": False}}, "tracks": {"k": {"title": "T"}, "m": {"title": ""}}},
    ):
        assert fingerprint_of(other) != fingerprint_of(said)
