"""Rules of a report that hold at every door, whether a form asked before or not."""

import uuid

import pytest
from django.core.exceptions import ValidationError

from partnerships.models import Track
from partnerships.services import save_draft
from reports.services import period_of, start_report
from tests import factories
from vocabularies.models import ImprovementArea, Term


@pytest.fixture
def report(version):
    return factories.ReportVersionFactory(partnership=version.partnership)


def refused(draft, by, **change):
    with pytest.raises(ValidationError) as refusal:
        save_draft(draft, by=by, revision=draft.revision, **change)
    return refusal.value.message_dict


def saved(draft, by, **rows):
    return save_draft(draft, by=by, revision=draft.revision, rows=rows)


@pytest.mark.parametrize(
    ("kind", "given", "kept"),
    [
        ("periodic", " 2016-h1 ", "2016-H1"),
        ("final", "", "final"),
        ("final", "Final", "final"),
        ("final", "2016", "2016"),
        ("follow-up", "UNKNOWN", "unknown"),
    ],
)
def test_a_period_is_kept_in_one_way(kind, given, kept):
    assert period_of(kind, given) == kept


@pytest.mark.parametrize(
    ("kind", "given"), [("periodic", ""), ("periodic", "final"), ("follow-up", ""), ("final", "x")]
)
def test_a_period_that_is_none_is_refused(kind, given):
    with pytest.raises(ValidationError) as refusal:
        period_of(kind, given)
    assert list(refusal.value.message_dict) == ["period"]


def test_other_needs_words(report, author):
    other = Term.objects.of("activity").get(code="other")
    reasons = refused(report, author, rows={"choices": [{"term": other.pk, "explanation": " "}]})
    assert reasons == {"choices-0-explanation": ["Say which."]}


def test_a_list_has_choices_or_a_reason(report, author):
    term = Term.objects.of("activity").first()
    report = saved(report, author, unanswered=[{"question": "activity", "reason": "not-yet"}])
    reasons = refused(report, author, rows={"choices": [{"term": term.pk}]})
    assert reasons == {"activity": ["You answered and also chose “Not yet”. Take one of them back."]}
    of_another_list = Term.objects.of("support_type").first()
    assert saved(report, author, choices=[{"term": of_another_list.pk}]).choices.count() == 1


def test_a_result_keeps_the_title_that_its_track_had(report, author, version):
    track = Track.objects.create(version=version, title="Meters")
    report = saved(report, author, results=[{"track_key": track.key, "text": "Half", "track_title": "Invented"}])
    row = report.results.get()
    assert row.track_title == "Meters"
    Track.objects.filter(pk=track.pk).update(title="Metering")
    report = saved(report, author, results=[{"key": row.key, "text": "More than half"}])
    assert report.results.get().track_title == "Meters"
    report = saved(report, author, results=[{"key": row.key, "track_key": None}])
    assert report.results.get().track_title == ""


def test_a_result_belongs_to_a_track_that_there_is(report, author):
    reasons = refused(report, author, rows={"results": [{"track_key": uuid.uuid4(), "text": "Half"}]})
    assert reasons == {"results-0-track_key": ["Choose one from the list “improvement track”."]}


def test_a_new_report_takes_over_nothing_that_was_retired_or_never_said(version, author):
    metering, other = (ImprovementArea.objects.get(code=code) for code in ("metering", "other"))
    Term.objects.filter(pk=metering.pk).update(is_active=False)
    Track.objects.create(version=version, title="Meters", area=metering)
    Track.objects.create(version=version, title="", area=other)
    draft = start_report(author, partnership=version.partnership, kind="periodic", period="2016")
    assert not draft.choices.exists()
