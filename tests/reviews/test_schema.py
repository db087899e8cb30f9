"""One registry of field types: what is added to a model is asked, read, written, exported, shown and compared."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.http import QueryDict
from django.utils.translation import override

from exports.columns import columns_of
from partnerships.drafting.fields import field_for
from partnerships.drafting.questions import Question
from partnerships.models import PartnershipVersion
from reports.models import ReportVersion
from reviews.diffs import changes_between
from reviews.schema import Cell, EntrySchema, schema_of
from reviews.snapshots import ITSELF
from vocabularies.partial_dates import PartialDate, PartialDateField


class Mood(models.TextChoices):
    GOOD = "good", "Good mood"
    BAD = "bad", "Bad mood"


class Throwaway(models.Model):
    """Three columns that no entry has."""

    identity_field = "nothing"
    wells = models.PositiveSmallIntegerField("wells", null=True, blank=True, validators=[MinValueValidator(1)])
    dug_on = PartialDateField("dug on")
    mood = models.CharField("mood", max_length=4, choices=Mood, blank=True)

    class Meta:
        app_label = "of_no_app"

    def __str__(self):
        return "thrown away"


FIELDS = EntrySchema(Throwaway).fields
TYPED = {"wells": "1 200", "dug_on": "3 December 2014", "mood": "good"}
STORED = {"wells": 1200, "dug_on": "2014-12-03", "mood": "good"}
SHOWN = {"wells": "1,200", "dug_on": "3 December 2014", "mood": "Good mood"}


def asked(name, typed):
    """The form of one question, as a page asks it, with what somebody typed."""
    form = forms.Form(QueryDict(f"{name}={typed}"))
    form.fields[name] = field_for(Question(name), Throwaway._meta.get_field(name), offer=None)
    return form


def test_nothing_of_it_is_left_out():
    assert list(FIELDS) == list(TYPED)


@pytest.mark.parametrize("name", TYPED)
def test_a_page_asks_for_it_and_understands_what_is_typed(name):
    form = asked(name, TYPED[name])
    assert form.is_valid(), form.errors
    assert FIELDS[name].stored(form.cleaned_data[name]) == STORED[name]
    empty = asked(name, "")
    assert empty.is_valid()
    assert FIELDS[name].stored(empty.cleaned_data[name]) in (None, "")


@pytest.mark.parametrize("name", TYPED)
def test_a_page_shows_what_is_stored(name):
    form = forms.Form(initial=STORED)
    form.fields[name] = field_for(Question(name), Throwaway._meta.get_field(name), offer=None)
    assert f'value="{STORED[name]}"' in str(form[name])


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("wells", "many", "“many” is not a number."),
        ("wells", "2.5", "Write a whole number, for example 12."),
        ("wells", "0", "Write 1 or more."),
        ("wells", "40000", "Write 32767 or less."),
        ("wells", "1" * 30, "Write 32767 or less."),
        ("wells", "1" * 5000, "Write 32767 or less."),
        ("dug_on", "soon", "Write a year"),
        ("mood", "odd", "Choose one from the list “mood”."),
    ],
)
def test_a_page_says_what_is_wrong_with_it(name, typed, words):
    with override("en"):
        assert words in asked(name, typed).errors[name][0]


@pytest.mark.parametrize(("number", "words"), [(-1, "Write 1 or more."), (40_000, "Write 32767 or less.")])
def test_a_number_keeps_within_its_column_at_every_door(number, words):
    with pytest.raises(ValidationError, match=words):
        FIELDS["wells"].stored(number)


@pytest.mark.parametrize("name", TYPED)
def test_programs_read_and_write_it(name):
    kind, thing = FIELDS[name], Throwaway(**STORED)
    said = kind.to_json(thing, {})
    assert said == STORED[name]
    assert kind.stored(kind.from_json(said, {})) == STORED[name]
    assert kind.to_json(Throwaway(), {}) is None
    assert kind.stored(kind.from_json(None, {})) in (None, "")


def test_the_schema_for_programs_tells_what_it_is():
    told = {name: kind.json_schema(is_read=True) for name, kind in FIELDS.items()}
    assert told["wells"] == {"type": "integer", "minimum": 1, "maximum": 32767}
    assert told["dug_on"]["pattern"]
    assert told["mood"] == {"oneOf": [{"type": "string", "enum": ["good", "bad"]}]}


@pytest.mark.parametrize(("name", "sent"), [("wells", "12"), ("wells", True), ("wells", 1.5), ("dug_on", 2014)])
def test_programs_are_told_what_is_wrong_with_it(name, sent):
    with pytest.raises(ValidationError, match="This must be a"):
        FIELDS[name].from_json(sent, {})


@pytest.mark.parametrize("name", TYPED)
def test_a_table_holds_it_and_gives_it_back(name):
    kind = FIELDS[name]
    text = kind.to_text(STORED[name])
    assert kind.stored(kind.from_text(text, {})) == STORED[name]
    assert kind.to_text(None) == ""
    assert kind.stored(kind.from_text("", {})) in (None, "")


def test_a_table_may_hold_a_number_of_any_length():
    assert FIELDS["wells"].from_text("1" * 30, {}) == int("1" * 30)


def test_every_export_has_it():
    columns = {column.name: column for column in columns_of(Throwaway) if column.name != "id"}
    assert list(columns) == ["wells", "dug_on", "mood", "mood_label"]
    assert [column.kind for column in columns.values()] == [Cell.INTEGER, Cell.DATE, Cell.CODE, Cell.TEXT]
    thing = Throwaway(**STORED | {"dug_on": PartialDate(STORED["dug_on"])})
    assert [column.read(thing) for column in columns.values()] == [1200, "2014-12-03", "good", "Good mood"]


@pytest.mark.parametrize("name", TYPED)
def test_a_difference_shows_it_in_words(name):
    before = {ITSELF: {ITSELF: {**dict.fromkeys(STORED), name: None}}}
    after = {ITSELF: {ITSELF: {**dict.fromkeys(STORED), name: STORED[name]}}}
    with override("en"):
        [change] = changes_between(Throwaway, before, after)
        assert (change.field, change.before, change.after) == (name, "", SHOWN[name])


@pytest.mark.parametrize("model", [PartnershipVersion, ReportVersion])
def test_every_type_of_an_entry_reads_back_from_a_table_what_it_wrote(model):
    """With a value of each kind of column that needs no database; codes are read back in tests/api."""
    for relation in (SimpleNamespace(fields=schema_of(model).fields), *schema_of(model).relations.values()):
        for kind in relation.fields.values():
            if kind.field.related_model is None:
                value = _example(kind)
                assert kind.stored(kind.from_text(kind.to_text(value), {})) == kind.stored(value)


def _example(kind):
    examples = {
        Cell.TEXT: "USD" if kind.longest == 3 else "en",
        Cell.ADDRESS: "https://gwopa.org/",
        Cell.NUMBER: Decimal("12.5"),
        Cell.INTEGER: 12,
        Cell.DATE: PartialDate("2014-12"),
        Cell.YES_NO: True,
        Cell.KEY: "00000000-0000-4000-8000-000000000001",
    }
    return kind.field.choices[0][0] if kind.cell == Cell.CODE else examples[kind.cell]
