"""What came of it, and what was to be reached, as results of IATI."""

from decimal import Decimal

import pytest

from partnerships.models import Target, TrackResult
from tests.iati.rules import activity_of, complete, texts
from vocabularies.models import Indicator

pytestmark = pytest.mark.django_db


def test_a_result_in_words_is_a_qualitative_indicator_without_numbers():
    version = complete()
    TrackResult.objects.create(version=version, text="Staff know the method")
    (result,) = activity_of(version).findall("result")
    assert result.get("type") == "9"
    assert result.find("indicator").get("measure") == "5"
    assert texts(result, "description") == ["Staff know the method"]
    assert result.find("indicator/period") is None


def test_numbers_with_dates_are_data_and_periods_are_the_dates_as_stated():
    version = complete()
    TrackResult.objects.create(
        version=version, indicator=Indicator.objects.get(code="service-users"), unit="persons",
        baseline=Decimal("1200"), baseline_on="2011",
    )  # fmt: skip
    Target.objects.create(
        version=version, indicator=Indicator.objects.get(code="service-users"), unit="persons",
        value=Decimal("7600"), due_on="2019-02",
    )  # fmt: skip
    indicator = activity_of(version).find("result/indicator")
    assert indicator.get("measure") == "1"
    assert dict(indicator.find("baseline").attrib) == {"year": "2011", "value": "1200"}
    period = indicator.find("period")
    assert [one.get("iso-date") for one in period[:2]] == ["2019-02-01", "2019-02-28"]
    assert period.find("target").get("value") == "7600"


def test_numbers_without_dates_are_said_in_words():
    version = complete()
    losses = Indicator.objects.get(code="non-revenue-water")
    TrackResult.objects.create(
        version=version, indicator=losses, unit="%", baseline=Decimal("0"), latest=Decimal("33.5")
    )
    Target.objects.create(version=version, indicator=losses, unit="%", value=Decimal("21"))
    indicator = activity_of(version).find("result/indicator")
    assert indicator.find("baseline") is indicator.find("period") is None
    (words,) = texts(indicator, "description")
    for sentence in ("Baseline: 0,", "Latest value: 33.5,", "Target: 21,"):
        assert f"{sentence[:-1]}, of a date that is not stated." in words


def test_a_target_stands_with_the_one_result_that_is_measured_against_it():
    version = complete()
    losses, users = (Indicator.objects.get(code=code) for code in ("non-revenue-water", "service-users"))
    TrackResult.objects.create(version=version, indicator=losses, unit="%", latest=Decimal("33.5"), latest_on="2015")
    for value, day in ((30, "2017"), (20, "2021")):
        Target.objects.create(version=version, indicator=losses, unit="%", value=value, due_on=day)
    Target.objects.create(version=version, indicator=users, unit="persons", value=500, due_on="2021")
    Target.objects.create(version=version, text="A unit for poor areas", due_on="2018")
    results = activity_of(version).findall("result")
    told = [[one.get("value") for one in result.iter("target")] for result in results]
    assert told == [[], ["30"], ["20"], ["500"], []]
    assert [one.get("value") for one in results[0].iter("actual")] == ["33.5"]
    assert results[-1].find("indicator").get("measure") == "5"
    assert texts(results[-1].find("indicator"), "description") == ["To be reached by: 2018."]
