"""The real register for the tests that read it: loaded once in each process, afterwards put back table by table."""

from itertools import chain

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection
from django.test import TestCase

from directory.loading import load_register
from tests.indexing import up_to_date

_kept = {}
"""{model: (its columns, the rows that loading has made)}."""


def put_register():
    """What ``load_register`` leaves in a database that holds nothing but countries and terms."""
    if _kept:
        for model, (columns, rows) in _kept.items():
            _insert(model, columns, rows)
        for statement in connection.ops.sequence_reset_sql(no_style(), _kept):
            _execute(statement)
        return
    models = apps.get_models(include_auto_created=True)
    before = {model: _rows_of(model)[1] for model in models}
    load_register(settings.DATA_DIR)
    up_to_date()
    for model in models:
        columns, rows = _rows_of(model)
        if added := [row for row in rows if row not in before[model]]:
            _kept[model] = columns, added


class RegisterTestCase(TestCase):
    """With the real register in the database."""

    @classmethod
    def setUpTestData(cls):
        put_register()


def _execute(statement, values=()):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def _rows_of(model):
    names = ", ".join(connection.ops.quote_name(field.column) for field in model._meta.concrete_fields)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {connection.ops.quote_name(model._meta.db_table)}")
        return names, cursor.fetchall()


def _insert(model, columns, rows):
    table, line = connection.ops.quote_name(model._meta.db_table), ", ".join(["%s"] * len(rows[0]))
    most = (connection.features.max_query_params or 100_000) // len(rows[0])
    for some in (rows[start : start + most] for start in range(0, len(rows), most)):
        lines = ", ".join([f"({line})"] * len(some))
        _execute(f"INSERT INTO {table} ({columns}) VALUES {lines}", list(chain.from_iterable(some)))
