"""Targets that stood with results before they had rows of their own (migration 0014): nothing kept of them is lost."""

import uuid
from importlib import import_module

import pytest

from partnerships.models import PartnershipVersion, Target, Track, TrackResult
from reviews.comments import threads_of
from reviews.diffs import changes_between
from reviews.models import Comment
from reviews.snapshots import content_of, fingerprint, fingerprint_of
from tests import factories
from vocabularies.models import Indicator

moving = import_module("partnerships.migrations.0014_move_targets")
pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    """With results as they are after the move."""
    version = factories.VersionFactory()
    track = Track.objects.create(version=version, title="Meters")
    measured = {"version": version, "track": track, "indicator": Indicator.objects.first(), "unit": "%"}
    TrackResult.objects.create(**measured, latest=40, position=0)
    Target.objects.create(**measured, value=30, due_on="2026", key=moving._key_of_target(version.results.get().key))
    return version


def as_kept_before(content, alone=False):
    """What ``content_of`` said then; ``alone``: the result told nothing but its target."""
    content = content | {"results": dict(content["results"])}
    content.pop("targets")
    for key, result in content["results"].items():
        content["results"][key] = result | {"target": "30.0000", "target_on": "2026"}
        if alone:
            content["results"][key] |= {"latest": None}
    return content


def test_that_a_target_moved_is_no_change_of_the_entry(version):
    now = content_of(version)
    moved = moving._moved(as_kept_before(now))
    assert changes_between(PartnershipVersion, moved, now) == []
    assert moved == now
    assert fingerprint_of(moved) == moving.fingerprints._now(moved) == fingerprint(version)


def test_a_result_that_told_only_a_target_goes_with_it(version):
    moved = moving._moved(as_kept_before(content_of(version), alone=True))
    assert moved["results"] == {}
    (target,) = moved["targets"].values()
    assert (target["value"], target["due_on"], target["unit"]) == ("30.0000", "2026", "%")


def test_without_an_indicator_the_words_of_the_result_say_what_the_target_is_about():
    result = {"text": "Losses in the north", "indicator": None, "target": "15", "target_on": "", "unit": "%"}
    assert moving._target_of(result, 0)["text"] == "Losses in the north"
    assert moving._target_of(result | {"indicator": 3}, 0)["text"] == ""


def test_what_has_no_target_stays_as_it_is(version):
    content = content_of(version) | {"targets": {}}
    assert moving._moved(content) == content


@pytest.mark.parametrize(
    ("field", "is_whole", "moved_to"),
    [
        ("target", False, "value"), ("target_on", False, "due_on"), ("latest", False, None), ("", False, None),
        ("unit", True, "unit"), ("", True, ""),
    ],
)  # fmt: skip
def test_a_remark_goes_where_its_words_went(version, field, is_whole, moved_to):
    result, target = version.results.get(), version.targets.get()
    Comment.objects.create(entry=version, row_key=result.key, field=field, text="Is it so?")
    known, whole = {(version.pk, result.key)}, {(version.pk, result.key)} if is_whole else set()
    moving._move_remarks(Comment.objects.all(), known, whole)
    (thread,) = threads_of(version)
    expected = (str(result.key), field) if moved_to is None else (str(target.key), moved_to)
    assert thread.place == expected
    assert thread.where


def test_a_remark_on_another_row_with_a_field_of_that_name_stays(version):
    key = uuid.uuid4()
    comment = Comment.objects.create(entry=version, row_key=key, field="target", text="Which goal?")
    moving._move_remarks(Comment.objects.all(), {(version.pk, version.results.get().key)}, set())
    comment.refresh_from_db()
    assert (comment.row_key, comment.field) == (key, "target")
