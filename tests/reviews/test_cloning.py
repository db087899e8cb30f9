"""A clone has all the words in rows of its own; the fingerprint tells whether the words are the same."""

from decimal import Decimal

import pytest

from partnerships.models import Agreement, PartnershipVersion, Payment, Phase, Quotation, Track, TrackResult
from reviews.cloning import clone, row_links, row_models
from reviews.rows import load_rows
from reviews.snapshots import fingerprint
from tests import factories


@pytest.fixture
def rich(version):
    """A published version with rows that point to other rows."""
    phase = Phase.objects.create(version=version, title="Diagnosis", starts_on="2014")
    Agreement.objects.create(version=version, signed_on="2014-12-03", phase=phase)
    for position, title in enumerate(["Losses", "Billing"]):
        track = Track.objects.create(version=version, position=position, title=title, phase=phase)
        TrackResult.objects.create(version=version, position=position, track=track, text=f"{title}: done")
    TrackResult.objects.create(version=version, text="Of the whole")
    mentor = version.involvements.get(role="mentor")
    Payment.objects.create(version=version, involvement=mentor, amount=Decimal("0.10"), currency="USD")
    return version


@pytest.fixture
def copy(rich):
    """A clone: the published version's only open successor."""
    return clone(rich, by=None)


def keys(version):
    return {(kind, key) for kind in row_models(type(version)) for key in _keys(kind, version)}


def _keys(kind, version):
    return kind.objects.filter(version=version).values_list("key", flat=True)


# --- cloning --------------------------------------------------------------------------------------------


def test_a_clone_is_a_new_draft_of_the_same_partnership(rich, copy):
    assert (copy.partnership, copy.number, copy.state, copy.revision) == (rich.partnership, 2, "draft", 1)
    assert not copy.events.exists()


def test_which_platform_reviews_a_clone_is_decided_when_it_is_submitted(rich, copy):
    assert rich.reviewing_platform
    assert copy.reviewing_platform is None


def test_a_clone_says_who_made_it_and_takes_changes(rich, stranger):
    copy = clone(rich, by=stranger, title="Another title")
    assert (copy.created_by, copy.title, copy.summary) == (stranger, "Another title", rich.summary)


def test_every_row_of_a_clone_keeps_its_key_and_is_a_row_of_its_own(rich, copy):
    assert keys(copy) == keys(rich)
    for kind in row_models(PartnershipVersion):
        old, new = (set(kind.objects.filter(version=v).values_list("pk", flat=True)) for v in (rich, copy))
        assert not old & new


def test_rows_that_point_to_rows_point_to_the_copies(rich, copy):
    for kind in row_models(PartnershipVersion):
        for link in row_links(kind):
            for row in kind.objects.filter(version=copy).exclude(**{link.name: None}):
                assert getattr(row, link.name).version_id == copy.pk


@pytest.mark.parametrize(
    ("rows", "path", "expected"),
    [
        ("results", "track__title", {"Losses: done": "Losses", "Billing: done": "Billing", "Of the whole": None}),
        ("tracks", "phase__title", {"Losses": "Diagnosis", "Billing": "Diagnosis"}),
        ("agreements", "phase__title", {"2014-12-03": "Diagnosis"}),
        ("payments", "involvement__role", {Decimal("0.10"): "mentor"}),
    ],
)
def test_each_row_points_to_the_copy_of_the_right_row(copy, rows, path, expected):
    name = {"results": "text", "tracks": "title", "agreements": "signed_on", "payments": "amount"}[rows]
    assert dict(getattr(copy, rows).values_list(name, path)) == expected


def test_the_original_stays_as_it_was(rich):
    before = (*PartnershipVersion.objects.filter(pk=rich.pk).values_list(), fingerprint(rich), keys(rich))
    copy = clone(rich, by=None, title="Another title")
    copy.tracks.all().delete()
    assert (*PartnershipVersion.objects.filter(pk=rich.pk).values_list(), fingerprint(rich), keys(rich)) == before


# --- fingerprint ----------------------------------------------------------------------------------------


def test_a_clone_without_a_change_keeps_the_fingerprint(rich, copy):
    assert fingerprint(copy) == fingerprint(rich)


@pytest.mark.django_db
def test_the_fingerprint_is_of_the_words_as_they_are_stored():
    made = factories.draft_version(cost_amount=Decimal("60000"), cost_currency="USD", starts_on="2014")
    assert fingerprint(made) == fingerprint(PartnershipVersion.objects.get(pk=made.pk))


@pytest.mark.parametrize("field", ["title", "summary", "approach", "note"])
def test_one_more_letter_changes_the_fingerprint(rich, field):
    before = fingerprint(rich)
    PartnershipVersion.objects.filter(pk=rich.pk).update(**{field: getattr(rich, field) + "x"})
    assert fingerprint(PartnershipVersion.objects.get(pk=rich.pk)) != before


def test_one_more_letter_in_a_row_changes_the_fingerprint(rich):
    before = fingerprint(rich)
    rich.results.filter(text="Of the whole").update(text="Of the whole.")
    assert fingerprint(rich) != before


@pytest.mark.parametrize("rows", ["tracks", "results", "payments", "agreements"])
def test_a_row_that_goes_changes_the_fingerprint(rich, rows):
    before = fingerprint(rich)
    getattr(rich, rows).first().delete()
    assert fingerprint(rich) != before


def test_a_result_that_moves_to_another_track_changes_the_fingerprint(rich):
    before = fingerprint(rich)
    rich.results.filter(text="Losses: done").update(track=rich.tracks.get(title="Billing"))
    assert fingerprint(rich) != before


def test_review_does_not_change_the_fingerprint(rich):
    before = fingerprint(rich)
    PartnershipVersion.objects.filter(pk=rich.pk).update(state="superseded", revision=9, reviewing_platform=None)
    assert fingerprint(PartnershipVersion.objects.get(pk=rich.pk)) == before


# --- all rows, with one query for each kind -------------------------------------------------------------


def test_all_rows_arrive_in_one_query_for_each_kind_as_they_are_stored(rich, django_assert_num_queries):
    Quotation.objects.create(version=rich, text="“Yes”", has_consent=True)
    version = PartnershipVersion.objects.get(pk=rich.pk)
    with django_assert_num_queries(len(row_models(PartnershipVersion))):
        load_rows([version])
        shown = {kind: list(getattr(version, _accessor(kind)).all()) for kind in row_models(PartnershipVersion)}
        assert [result.track.title for result in version.results.all() if result.track] == ["Losses", "Billing"]
    for kind, rows in shown.items():
        stored = kind.objects.filter(version=rich).order_by("position", "pk").values()
        assert [{f.attname: getattr(row, f.attname) for f in kind._meta.concrete_fields} for row in rows] == [*stored]


def _accessor(kind):
    return kind._meta.get_field("version").remote_field.get_accessor_name()
