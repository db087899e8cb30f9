"""A column of a type that nobody has placed is refused by every door: none takes it for a text."""

import pytest
from django.db import models

from api.answers import answer_of
from api.exports.columns import columns_of
from api.shapes import QUESTIONNAIRES, shape_of
from partnerships.drafting.fields import field_for
from partnerships.drafting.questions import Question


def column(field):
    """``field`` as a column ``number`` of a model that no database has."""
    field.set_attributes_from_name("number")
    field.model = next(iter(QUESTIONNAIRES))
    return field


UNPLACED = [
    models.IntegerField,
    models.PositiveSmallIntegerField,
    models.DateField,
    models.JSONField,
    models.DurationField,
]


@pytest.mark.parametrize("kind", UNPLACED)
def test_programs_are_told_of_no_such_answer(kind):
    with pytest.raises(TypeError, match="number"):
        answer_of(column(kind()))


@pytest.mark.parametrize("kind", UNPLACED)
def test_no_page_asks_for_it(kind):
    with pytest.raises(TypeError, match="number"):
        field_for(Question("number"), column(kind()), offer=None)


def test_no_table_has_it():
    class Throwaway(models.Model):
        number = models.DurationField()

        class Meta:
            app_label = "of_no_app"

        def __str__(self):
            return "thrown away"

    with pytest.raises(TypeError, match="number"):
        columns_of(Throwaway)


@pytest.mark.parametrize("model", QUESTIONNAIRES)
def test_every_column_of_an_entry_and_of_its_rows_is_placed(model):
    shape = shape_of(model)
    assert shape.fields
    assert all(relation.answers and columns_of(relation.kind) for relation in shape.relations.values())
