"""Dates are as precise as their source and never show, sort or store more."""

import datetime
import re

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from partnerships.models import Phase
from tests import factories
from vocabularies.forms import DateField, Typed
from vocabularies.partial_dates import (
    AmbiguousDate,
    PartialDate,
    PartialDateField,
    SeveralDays,
    in_order,
    months_between,
    parse_date,
    span,
)

days = st.dates(min_value=datetime.date(1000, 1, 1))
partial_dates = st.builds(lambda day, length: PartialDate(day.isoformat()[:length]), days, st.sampled_from([4, 7, 10]))


# --- reading --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["2014", "2014-12", "2014-12-03", "2012-02-29", "2000-02-29", "1804"])
def test_a_year_a_month_or_a_day_that_exists_is_read(text):
    assert PartialDate.parse(text) == text
    assert PartialDate.parse(f"  {text}\n") == text


REFUSED = [
    "2014-13", "2014-00", "2014-02-30", "2014-02-00", "2013-02-29", "1900-02-29", "0000", "14", "201", "20145",
    "2014-1", "2014-1-3", "2014-12-3", "2014-", "-2014", "2014/12", "03.12.2014", "2014-12-03T00:00", "2014-Q3",
    "May 2014", "unknown", "2014–2015", "２０１４", "2014-12-03-01",
]  # fmt: skip


@pytest.mark.parametrize("text", REFUSED)
def test_anything_else_is_refused(text):
    with pytest.raises(ValidationError) as caught:
        PartialDate.parse(text)
    assert caught.value.code == "invalid"


@pytest.mark.parametrize("text", ["", "   ", None])
def test_nothing_is_unknown(text):
    unknown = PartialDate.parse(text)
    assert unknown == ""
    assert (unknown.precision, unknown.year, unknown.earliest, unknown.latest) == ("", None, None, None)


# --- meaning --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("2014", "year", "2014-01-01", "2014-12-31"),
        ("2014-11", "month", "2014-11-01", "2014-11-30"),
        ("2014-12", "month", "2014-12-01", "2014-12-31"),
        ("2012-02", "month", "2012-02-01", "2012-02-29"),
        ("2013-02", "month", "2013-02-01", "2013-02-28"),
        ("2014-12-03", "day", "2014-12-03", "2014-12-03"),
    ],
)
def test_a_date_runs_from_the_first_to_the_last_day_it_can_mean(text, precision, earliest, latest):
    date = PartialDate(text)
    assert (date.precision, date.year) == (precision, int(text[:4]))
    assert (date.earliest.isoformat(), date.latest.isoformat()) == (earliest, latest)


@given(days, st.sampled_from([4, 7, 10]))
def test_a_day_lies_within_every_date_cut_from_it(day, length):
    date = PartialDate.parse(day.isoformat()[:length])
    assert date.earliest <= day <= date.latest
    assert date.year == day.year


@given(partial_dates, partial_dates)
def test_dates_sort_as_text_like_the_days_they_begin_with(first, second):
    if str(first) < str(second):
        assert first.earliest <= second.earliest


@given(partial_dates, partial_dates)
def test_an_end_is_out_of_order_only_when_it_is_certainly_earlier(start, end):
    assert in_order(start, end) == (end.latest >= start.earliest)
    assert in_order(start, end) or in_order(end, start)


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2014", "2014", True),
        ("2014-06", "2014", True),
        ("2014", "2014-01", True),
        ("2014-06-02", "2014-06", True),
        ("2014", "2013", False),
        ("2014-06", "2014-05", False),
        ("2014-06-02", "2014-06-01", False),
        ("2015", "2014-12-31", False),
        ("", "2014", True),
        ("2014", "", True),
        ("", "", True),
    ],
)
def test_what_is_in_order(start, end, expected):
    assert in_order(start, end) is expected


# --- words ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "month", "day"),
    [
        ("en", "december 2014", "3 december 2014"),
        ("es", "diciembre de 2014", "3 de diciembre de 2014"),
        ("fr", "décembre 2014", "3 décembre 2014"),
        ("pt", "dezembro de 2014", "3 de dezembro de 2014"),
    ],
)
def test_a_date_is_told_in_the_readers_language_and_no_more_than_is_known(language, month, day):
    with override(language):
        assert PartialDate("2014").localised() == "2014"
        assert PartialDate("2014-12").localised().lower() == month
        assert PartialDate("2014-12-03").localised().lower() == day
        assert PartialDate("").localised() == ""


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
@given(date=partial_dates)
def test_the_words_hold_only_the_numbers_of_the_date(language, date):
    with override(language):
        numbers = {int(number) for number in re.findall(r"\d+", date.localised())}
    assert numbers == {date.year} | ({date.parts[2]} if date.precision == "day" else set())


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2014-06-03", "2014-06-05", "3–5 June 2014"),
        ("2014-05-30", "2014-06-02", "30 May – 2 June 2014"),
        ("2013-12-30", "2014-01-02", "30 December 2013 – 2 January 2014"),
        ("2014-05", "2014-06", "May 2014 – June 2014"),
        ("2014-05-30", "2014-06", "30 May 2014 – June 2014"),
        ("2014-06-03", "2014-06-03", "3 June 2014"),
        ("2014-06-03", "", "3 June 2014"),
        ("", "", ""),
    ],
)
def test_what_both_ends_share_is_said_once(first, last, words):
    assert span(PartialDate(first), PartialDate(last)) == words


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_a_date_begins_with_its_day_in_every_language(language):
    """Or ``span`` has to learn the order of another one."""
    with override(language):
        assert PartialDate("2014-06-05").localised().startswith("5")


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2014-01-01", "2015-06-30", (18, 18)),
        ("2014-01", "2015-06", (16, 18)),
        ("2014", "2014", (0, 12)),
        ("2018", "2030", (132, 156)),
        ("2019-09-30", "2022-01-30", (28, 28)),
    ],
)
def test_months_between_two_dates_are_as_precise_as_the_dates(start, end, months):
    fewest, most = months_between(PartialDate(start), PartialDate(end))
    assert (round(fewest), round(most)) == months


# --- the column -----------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["", "2014", "2014-12", "2014-12-03"])
def test_a_date_comes_back_from_the_database_as_it_went_in(text):
    version = factories.VersionFactory(starts_on=text)
    version.refresh_from_db()
    assert version.starts_on == text
    assert isinstance(version.starts_on, PartialDate)


@pytest.mark.django_db
def test_the_database_sorts_dates_by_when_they_begin():
    version = factories.VersionFactory()
    for text in ("2015", "2014-12-03", "2014", "", "2014-12", "2014-02"):
        Phase.objects.create(version=version, title="Phase", starts_on=text)
    stored = list(Phase.objects.order_by("starts_on").values_list("starts_on", flat=True))
    assert stored == ["", "2014", "2014-02", "2014-12", "2014-12-03", "2015"]
    assert Phase.objects.filter(starts_on__gte="2014-12", starts_on__lt="2015").count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["2014-13", "14", "soon"])
def test_the_column_takes_no_date_that_does_not_exist(text):
    with pytest.raises(ValidationError):
        Phase.objects.create(version=factories.VersionFactory(), title="Phase", starts_on=text)


def test_the_column_says_nothing_in_a_migration_that_it_says_itself():
    assert PartialDateField("from").deconstruct()[2:] == ([], {"verbose_name": "from"})


class TestAsPeopleWriteThem:
    @pytest.mark.parametrize(
        ("text", "date"),
        [
            ("12/2014", "2014-12"), ("2014/12/03", "2014-12-03"), ("2014-12-3", "2014-12-03"),
            ("31/12/2014", "2014-12-31"), ("12/31/2014", "2014-12-31"), ("5/5/2015", "2015-05-05"),
            ("3.12.2014", "2014-12-03"), ("dic 2014", "2014-12"), ("May 2018", "2018-05"),
            ("3 de diciembre de 2014", "2014-12-03"), ("Dec 3, 2014", "2014-12-03"), ("1er mars 2015", "2015-03-01"),
            ("déc. 2014", "2014-12"), ("1º de maio de 2016", "2016-05-01"), ("3rd of June 2014", "2014-06-03"),
            ("Setiembre 2014", "2014-09"), (" 2014 ", "2014"), ("", ""),
        ],
    )  # fmt: skip
    def test_is_understood(self, text, date):
        assert parse_date(text) == date

    @pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
    @pytest.mark.parametrize("month", range(1, 13))
    def test_as_the_portal_itself_writes_it(self, language, month):
        for date in (PartialDate(f"2014-{month:02}"), PartialDate(f"2014-{month:02}-25")):
            with override(language):
                assert parse_date(date.localised()) == date

    @pytest.mark.parametrize(
        "text",
        [
            "12/14", "2014-13", "30/02/2014", "primavera 2014", "ju 2014", "2014 2015", "3 2014 5 6", "x" * 80, "14",
            "mayo junio 2014", "0/2014", "20144",
            "<2014", ">2014", "~2014", "2014?", "2014+", "12/2014*", "=2014", "“2014”",
        ],
    )  # fmt: skip
    def test_is_refused(self, text):
        with pytest.raises(ValidationError, match="Write a year"):
            parse_date(text)

    @pytest.mark.parametrize(
        ("text", "first", "last"),
        [
            ("3-5 June 2014", "2014-06-03", "2014-06-05"), ("June 3–5, 2014", "2014-06-03", "2014-06-05"),
            ("from 3 to 5 June 2014", "2014-06-03", "2014-06-05"), ("3.-5. June 2014", "2014-06-03", "2014-06-05"),
            ("del 3 al 5 de junio de 2014", "2014-06-03", "2014-06-05"), ("May–June 2014", "2014-05", "2014-06"),
            ("1er au 3 mars 2015", "2015-03-01", "2015-03-03"),
            ("de 30 de maio a 2 de junho de 2014", "2014-05-30", "2014-06-02"),
            ("30 December 2013 – 2 January 2014", "2013-12-30", "2014-01-02"), ("2013-2014", "2013", "2014"),
        ],
    )  # fmt: skip
    def test_both_ends_are_told_apart(self, text, first, last):
        with pytest.raises(SeveralDays, match="where the end is asked for") as refusal:
            parse_date(text)
        assert (refusal.value.first, refusal.value.last) == (first, last)

    @pytest.mark.parametrize(
        "text", ["5-3 June 2014", "3-3 June 2014", "3 5 June 2014", "31-32 June 2014", "1-2-3 June 2014", "a-b 2014"]
    )
    def test_no_ends_are_seen_where_there_are_none(self, text):
        with pytest.raises(ValidationError, match="Write a year"):
            parse_date(text)

    @pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
    def test_both_ends_as_the_portal_itself_writes_them(self, language):
        ends = [("2014-06-03", "2014-06-05"), ("2014-05-30", "2014-06-02"), ("2013-12-30", "2014-01-02")]
        for first, last in ends:
            with override(language), pytest.raises(SeveralDays) as refusal:
                parse_date(span(PartialDate(first), PartialDate(last)))
            assert (refusal.value.first, refusal.value.last) == (first, last)

    @pytest.mark.parametrize("text", ["03/12/2014", "3-12-2014", "3 12 2014"])
    def test_is_asked_back_where_it_can_mean_two(self, text):
        with pytest.raises(AmbiguousDate, match="can mean 3 December 2014 or 12 March 2014") as asked:
            parse_date(text)
        assert asked.value.readings == ["2014-12-03", "2014-03-12"]

    def test_a_form_asks_once(self):
        field = DateField()
        html = field.widget.render("starts_on", Typed("03/12/2014"))
        assert html.count('type="radio"') == 2
        assert "3 December 2014" in html
        assert field.clean(Typed("03/12/2014", "2014-03-12")) == "2014-03-12"
        with pytest.raises(AmbiguousDate):
            field.clean(Typed("03/12/2014", "1999-01-01"))

    def test_the_same_date_in_other_words_is_no_change(self):
        assert not DateField().has_changed(PartialDate("2014-12"), Typed("dic 2014"))
        assert DateField().has_changed(PartialDate("2014-12"), Typed("dic 2015"))
        assert DateField().has_changed(PartialDate("2014-12"), Typed("nonsense"))
