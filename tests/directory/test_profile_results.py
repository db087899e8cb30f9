"""Results of a profile: each told once, with where it is told, and drawn where there is something to compare."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from lxml.html import fromstring

from directory.profile.pictures import LEFT, RIGHT, picture_of
from directory.profile.results import woven
from partnerships.models import Target, Track, TrackResult
from reports.models import ReportChoice, ReportResult
from reviews.translations import Translated
from reviews.workflow import perform
from tests import factories
from tests.directory.test_profile import area, page
from tests.directory.test_profile_reports import report_for
from vocabularies.models import Indicator, Term

pytestmark = pytest.mark.django_db
HERE = "This entry, version 1"


def items(html):
    """The results of the ladder with what stands over them, as texts."""
    found = fromstring(html).xpath("//ol[@class='tracks']//*[@class='results-from' or parent::*[@class='results']]")
    return [" ".join(one.text_content().split()) for one in found]


@pytest.fixture
def draft(db):
    return factories.draft_version()


def reported(draft, *told, periods=("2015",)):
    """The page of ``draft`` published with reports, each of which tells ``told`` of its track."""
    track = Track.objects.get(version=draft)
    version = perform(draft, "load", by=None)
    for period in periods:
        report = report_for(version, period)
        for text in told:
            ReportResult.objects.create(version=report, track_key=track.key, text=text)
        perform(report, "load", by=None)
    return version


def track_with(draft, *texts):
    track = Track.objects.create(version=draft, title="Losing less")
    for text in texts:
        TrackResult.objects.create(version=draft, track=track, text=text)
    return track


def test_results_of_the_entry_alone_need_no_origin(client, draft):
    track_with(draft, "Half the losses")
    assert items(page(client, reported(draft, periods=()))) == ["Half the losses"]


def test_where_a_report_tells_too_each_says_where_it_is_told(client, draft):
    track_with(draft, "Half the losses")
    told = items(page(client, reported(draft, "A new team")))
    assert told == [HERE, "Half the losses", "Periodic report, 2015", "A new team"]


@pytest.mark.parametrize(
    ("own", "reported_text", "shown"),
    [
        ("Half the losses.", "half the  losses", "Half the losses."),
        ("Half the losses, in two years", "Half the losses", "Half the losses, in two years"),
        ("Half the losses", "There are half the losses of before", "There are half the losses of before"),
    ],
)
def test_what_both_say_stands_once_in_the_fuller_words_with_both_origins(client, draft, own, reported_text, shown):
    track_with(draft, own)
    told = items(page(client, reported(draft, reported_text)))
    assert told == [f"{HERE} Periodic report, 2015", shown]


def test_part_of_a_word_is_not_the_same(client, draft):
    track_with(draft, "Losses")
    assert items(page(client, reported(draft, "Loss"))) == [HERE, "Losses", "Periodic report, 2015", "Loss"]


MISSION = "A mission to Saint Lucia gathered data; a checklist for managing assets in {} districts was expected."
RETOLD = "A mission went to Saint Lucia for data. A checklist for managing the assets of {} districts was expected."


def test_the_same_in_slightly_other_words_stands_once_in_those_of_the_entry(client, draft):
    track_with(draft, MISSION.format(4))
    told = items(page(client, reported(draft, RETOLD.format(4))))
    assert told == [f"{HERE} Periodic report, 2015", MISSION.format(4)]


def test_slightly_other_words_with_another_number_are_another_result(client, draft):
    track_with(draft, MISSION.format(4))
    told = items(page(client, reported(draft, RETOLD.format(5))))
    assert told == [HERE, MISSION.format(4), "Periodic report, 2015", RETOLD.format(5)]


def test_two_reports_that_say_the_same_are_both_named_the_latest_first(client, draft):
    track_with(draft)
    told = items(page(client, reported(draft, "Half the losses", periods=("2014", "2016"))))
    assert told == ["Periodic report, 2016 Periodic report, 2014", "Half the losses"]


def test_other_figures_are_another_result(client, draft):
    track = track_with(draft)
    for latest in (40, 38):
        TrackResult.objects.create(version=draft, track=track, text="Less lost", latest=latest, unit="%")
    assert len(items(page(client, reported(draft, periods=())))) == 2


def test_a_target_is_drawn_beside_its_result_and_not_told_again_in_the_plan(client, draft):
    losses, track = Indicator.objects.get(code="non-revenue-water"), track_with(draft)
    TrackResult.objects.create(version=draft, track=track, indicator=losses, unit="%", baseline=50, latest=40)
    Target.objects.create(version=draft, track=track, indicator=losses, unit="%", value=30)
    html = page(client, reported(draft, periods=()))
    picture = fromstring(html).xpath("//svg")[-1]
    assert picture.get("aria-label") == f"{losses}: baseline 50 %, latest value 40 %, target 30 %"
    assert html.count(">30 %<") == 1
    assert "<dt>Targets</dt>" not in html


def test_a_target_in_another_unit_stays_in_the_plan(client, draft):
    losses, track = Indicator.objects.get(code="non-revenue-water"), track_with(draft)
    TrackResult.objects.create(version=draft, track=track, indicator=losses, unit="%", baseline=50, latest=40)
    Target.objects.create(version=draft, track=track, indicator=losses, unit="m³/day", value=30)
    html = page(client, reported(draft, periods=()))
    assert "<dt>Targets</dt>" in html
    assert "progress-target" not in html


def test_a_theme_with_a_track_of_its_own_is_told_there(client, draft):
    Track.objects.create(version=draft, area=area("metering"), title="New meters")
    version = perform(draft, "load", by=None)
    report = report_for(version, "2015")
    for code in ("metering", "procurement"):
        ReportChoice.objects.create(version=report, term=Term.objects.get(list="improvement_area", code=code))
    perform(report, "load", by=None)
    themes = page(client, version).split("Also reported")[1].split("</section>")[0]
    assert str(area("procurement")) in themes
    assert "Metering" not in themes


@pytest.mark.parametrize(
    ("values", "unit", "places"),
    [
        ((50, 25, None), "%", (160, 85, None)),
        ((50, None, 100), "persons", (160, None, RIGHT)),
        ((-10, 10, None), "USD", (LEFT, RIGHT, None)),
        ((150, 75, None), "%", (RIGHT, 160, None)),
    ],
)
def test_a_line_begins_at_zero_and_that_of_a_share_ends_at_a_hundred(values, unit, places):
    picture = picture_of("Losses", unit, [value if value is None else Decimal(value) for value in values], ("", "", ""))
    assert (picture.baseline, picture.latest, picture.target) == places


@pytest.mark.parametrize("values", [(Decimal(5), None, None), (None, None, None), (Decimal(0), Decimal(0), None)])
def test_there_is_no_picture_of_nothing_to_compare(values):
    assert picture_of("Losses", "%", values, ("", "", "")) is None


def test_a_translated_entry_is_compared_by_its_original_words(client, draft):
    track = track_with(draft, "Half the losses")
    version = reported(draft, "half the losses")
    (result,) = version.results.all()
    result.text = Translated("La mitad de las pérdidas", "es", result.text)
    attached = SimpleNamespace(version=version, reports=list(version.partnership.reports.get().versions.all()))
    told = woven(attached, [result], lambda row: row.track_key == track.key)
    assert [one.text for one in told] == [f'<span lang="es">{result.text}</span>']
    assert len(told[0].origins) == 2
