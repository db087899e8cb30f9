"""A column of a type that nobody has placed is refused by every door: none takes it for a text."""

import pytest
from django.contrib.sessions.models import Session
from django.db import models

from exports.columns import columns_of
from partnerships.models import PartnershipVersion
from reports.models import ReportVersion
from reviews.schema import schema_of, type_of

UNPLACED = [models.DateField, models.JSONField, models.DurationField, models.GenericIPAddressField, models.BinaryField]
VERSIONS = [PartnershipVersion, ReportVersion]


def column(field):
    """``field`` as a column ``number`` of a model that no database has."""
    field.set_attributes_from_name("number")
    field.model = PartnershipVersion
    return field


@pytest.mark.parametrize("kind", UNPLACED)
def test_nobody_takes_it_for_anything(kind):
    with pytest.raises(TypeError, match="number"):
        type_of(column(kind()))


def test_a_field_of_our_own_is_not_taken_for_what_it_is_made_of():
    class Postcode(models.CharField):
        pass

    with pytest.raises(TypeError, match="Postcode"):
        type_of(column(Postcode(max_length=9)))


def test_a_link_to_what_nobody_has_placed_is_refused():
    with pytest.raises(TypeError, match="Session"):
        type_of(column(models.ForeignKey(Session, on_delete=models.CASCADE)))


def test_no_table_has_it():
    class Measured(models.Model):
        number = models.DurationField()

        class Meta:
            app_label = "of_no_app"

        def __str__(self):
            return "thrown away"

    with pytest.raises(TypeError, match="number"):
        columns_of(Measured)


@pytest.mark.parametrize("model", VERSIONS)
def test_every_column_of_an_entry_and_of_its_rows_is_placed(model):
    schema = schema_of(model)
    assert schema.fields
    assert all(relation.fields and columns_of(relation.kind) for relation in schema.relations.values())
