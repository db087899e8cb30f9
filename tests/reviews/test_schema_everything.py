"""Every value of an entry in which nothing is empty goes into a cell of a table and comes back the same."""

import pytest

from exports.cells import as_text, unsafe
from partnerships.models import Partnership
from reviews.models import Row
from reviews.rows import relation_to
from reviews.schema import schema_of
from tests.everything import everything


@pytest.fixture
def entries(db):
    everything()
    [version] = [one for wop in Partnership.objects.all() for one in wop.versions.published() if wop.reports.exists()]
    [report] = version.partnership.reports.get().versions.published()
    return version, report


def values(entries):
    """(thing, FieldType) of every column of both entries and of all their rows."""
    for entry in entries:
        schema = schema_of(type(entry))
        yield from ((entry, kind) for kind in schema.fields.values())
        for name, relation in schema.relations.items():
            for row in getattr(entry, name).all():
                assert relation_to(type(row)) == name
                yield from ((row, kind) for kind in relation.fields.values())


def test_what_a_cell_says_is_understood_as_it_was_meant(entries):
    told = 0
    for thing, kind in values(entries):
        value = getattr(thing, kind.name if kind.field.related_model else kind.field.attname)
        text = kind.to_text(value)
        assert isinstance(text, str)
        meant = kind.from_text(text, {kind.target: {text: getattr(thing, kind.field.attname)}})
        if isinstance(value, Row):
            assert meant == str(value.key)
        else:
            assert kind.stored(meant) == kind.stored(getattr(thing, kind.field.attname)), (thing, kind.name)
        told += bool(text)
    assert told > 150


def test_it_is_what_the_exports_write(entries):
    for thing, kind in values(entries):
        if kind.field.related_model is None:
            value = getattr(thing, kind.name)
            assert kind.to_text(value) == unsafe(as_text(value)), (thing, kind.name)
