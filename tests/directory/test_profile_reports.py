"""What the profile of a partnership tells from its reports, and what it leaves to them."""

import pytest

from partnerships.models import Track, TrackResult
from reports.models import ReportChoice, ReportResult, ReportUnanswered
from reviews.workflow import perform
from tests import factories
from tests.directory.test_profile import page
from vocabularies.models import Term

pytestmark = pytest.mark.django_db


@pytest.fixture
def reported(db):
    """A published version with a track, and a draft of its report."""
    draft = factories.draft_version()
    Track.objects.create(version=draft, title="Losing less", state="completed")
    version = perform(draft, "load", by=None)
    return version, factories.ReportVersionFactory(partnership=version.partnership)


def test_report_that_repeats_the_entry_word_for_word_is_not_repeated(client, reported):
    version, report = reported
    track = version.tracks.get()
    TrackResult.objects.create(version=version, track=track, text="Half the losses")
    ReportResult.objects.create(version=report, track_key=track.key, text="Half the losses")
    perform(report, "load", by=None)
    assert page(client, version).count("Half the losses") == 1


def test_result_of_a_track_that_is_no_longer_there_stands_with_the_overall_ones(client, reported):
    version, report = reported
    ReportResult.objects.create(version=report, track_key=report.sources.get().key, text="Of an old track")
    perform(report, "load", by=None)
    html = page(client, version)
    assert html.index("<h2>Overall results</h2>") < html.index("Of an old track")


def test_latest_report_speaks_for_what_only_reports_ask(client, reported):
    version, report = reported
    for number, entry in enumerate((report, report_for(version, "2016"))):
        term = Term.objects.of("activity")[number]
        ReportChoice.objects.create(version=entry, term=term, explanation=f"Explained {number}")
        perform(entry, "load", by=None)
    html = page(client, version)
    assert "Explained 1" in html
    assert "Explained 0" not in html
    assert "Periodic report, 2015" in html


def test_a_question_that_the_report_leaves_open_stands_once(client, reported):
    version, report = reported
    report.code_of_conduct, report.formal_agreement = "", "dont-know"
    report.save()
    ReportUnanswered.objects.create(version=report, question="code_of_conduct", reason="left-open")
    perform(report, "load", by=None)
    html = page(client, version)
    assert html.count("Was the code of conduct followed?") == 1
    assert html.index("<h2>Not answered</h2>") < html.index("Was the code of conduct followed?")
    assert html.count("Don&#x27;t know") == 1


def test_a_side_that_tells_no_motivation_says_why(client, reported):
    version, report = reported
    reason = Term.objects.of("mentor_motivation")[0]
    ReportChoice.objects.create(version=report, term=reason)
    ReportUnanswered.objects.create(version=report, question="mentee_motivation", reason="dont-know")
    perform(report, "load", by=None)
    html = page(client, version)
    row = html[html.index("Why they took part") :].split("</tr>")[0]
    assert reason.label_en in row
    assert "know" in row
    assert "not answered" not in row


def report_for(version, period):
    return factories.ReportVersionFactory(partnership=version.partnership, period=period)
