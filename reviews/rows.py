"""All rows of some versions in one query, however many kinds of row there are."""

import json
from collections import defaultdict
from decimal import Decimal
from functools import lru_cache

from django.db import connection
from django.db.models import CharField, DecimalField, F, IntegerField, Value, prefetch_related_objects
from django.db.models.functions import Cast, JSONObject

from reviews.cloning import row_links, row_models


def load_rows(versions):
    """Fetch the rows of every kind for ``versions``, a list of one model.

    Afterwards ``version.tracks.all()`` and the like cost no query, nor does a link from one row to
    another. Links to anything else are still to be fetched: see ``attach``.
    """
    for kind, rows in rows_of(versions).items():
        own = defaultdict(list)
        for row in rows:
            own[row.version_id].append(row)
        for version in versions:
            _remember(version, kind, own[version.pk])


def rows_of(versions):
    """{kind: rows in their order} of ``versions``; rows that others point to come first, links between them are set."""
    if not versions:
        return {}
    kinds = row_models(type(versions[0]))
    rows = {kind: [] for kind in kinds}
    for place, values in _all_rows(kinds, versions) if kinds else ():
        rows[kinds[place]].append(_row(kinds[place], values))
    for kind in kinds:
        rows[kind].sort(key=lambda row: (row.position, row.pk))
        for link in row_links(kind):
            attach_known(rows[kind], link.name, {row.pk: row for row in rows[link.related_model]})
    return rows


def linked(rows, *links):
    """``rows`` as a list, with what the foreign keys ``links`` lead to; what has been fetched costs no query."""
    rows = list(rows)
    prefetch_related_objects(rows, *links)
    return rows


def attach(queryset, *links):
    """Set the foreign keys ``links``, each (rows, name), to the objects of ``queryset`` in one query."""
    wanted = {getattr(row, f"{name}_id") for rows, name in links for row in rows} - {None}
    found = queryset.in_bulk(wanted)
    for rows, name in links:
        attach_known(rows, name, found)


def attach_known(rows, name, found):
    """The same from ``found``, {primary key: object}."""
    for row in rows:
        if (target := getattr(row, f"{name}_id")) is not None:
            setattr(row, name, found[target])


def _all_rows(kinds, versions):
    """Pairs of the kind's place and the row's values as a dict."""
    query, values = _query(tuple(kinds), len(versions), connection.vendor)
    keys = [version.pk for version in versions]
    with connection.cursor() as cursor:
        cursor.execute(query, [keys[value] if _is_asked(value) else value for value in values])
        return [(place, json.loads(said)) for place, said in cursor.fetchall()]


@lru_cache(maxsize=100)
def _query(kinds, number, _vendor):
    """The query for the rows of ``number`` versions and its values, for which _is_asked in place of a primary key.

    Kept: to write it down takes Django longer than the database to answer it.
    """
    asked = [place - number for place in range(number)]
    arms = [_arm(kind, place).filter(version_id__in=asked) for place, kind in enumerate(kinds)]
    return arms[0].union(*arms[1:], all=True).query.sql_with_params()


def _is_asked(value):
    """Counted from the end, as lists do it: no other number of the query is below 0."""
    return isinstance(value, int) and value < 0


def _arm(kind, place):
    return kind._base_manager.order_by().values_list(Value(place, IntegerField()), Cast(_as_json(kind), CharField()))


def _as_json(kind):
    """Decimals travel as text: JSON would make them floats."""
    return JSONObject(
        **{
            field.attname: Cast(field.attname, CharField()) if isinstance(field, DecimalField) else F(field.attname)
            for field in kind._meta.concrete_fields
        }
    )


def _row(kind, values):
    fields = kind._meta.concrete_fields
    return kind.from_db(None, [field.attname for field in fields], [_value(field, values) for field in fields])


def _value(field, values):
    value = field.to_python(values[field.attname])
    if isinstance(field, DecimalField) and value is not None:
        return value.quantize(Decimal(1).scaleb(-field.decimal_places))
    return value


def _remember(version, kind, rows):
    """As ``prefetch_related`` does it."""
    relation = kind._meta.get_field("version").remote_field
    known = getattr(version, relation.get_accessor_name()).all()
    known._result_cache = rows
    known._prefetch_done = True
    version.__dict__.setdefault("_prefetched_objects_cache", {})[relation.get_accessor_name()] = known
    for row in rows:
        row.version = version
