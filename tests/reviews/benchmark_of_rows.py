"""What it costs to fetch the rows of entries in two ways (docs/decisions/0008-rows-in-one-query.md).

No run of the suite takes it up; ask for it by name, with DATABASE_URL for the database:

    pytest -s tests/reviews/benchmark_of_rows.py

“prefetch” is ``reviews.rows.load_rows``. “union” is what it was before: every kind of row in one UNION ALL, each row as
a JSON object that the database builds. Both take turns, so that what else the machine does weighs on both alike.
"""

import json
import statistics
import time
from collections import defaultdict
from decimal import Decimal
from functools import lru_cache

from django.db import connection
from django.db.models import CharField, DecimalField, F, IntegerField, Value
from django.db.models.functions import Cast, JSONObject
from django.test.utils import CaptureQueriesContext

from directory.profile import public_entry as profile
from partnerships.models import PartnershipVersion, Track, TrackResult
from reviews.cloning import row_links, row_models
from reviews.rows import attach_known, load_rows, relation_to
from tests import factories
from tests.everything import everything

WARMING, REPETITIONS = 5, 40
LINE = "{:<10} {:<22} {:>8} {:>4} {:>8} {:>4} {:>6}"


def test_rows_two_ways(db, settings, tmp_path, client, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    settings.RATE_LIMITS = dict.fromkeys(settings.RATE_LIMITS, "1000000/m")
    rich, _report = everything()
    _add_tracks(rich)
    versions = PartnershipVersion.objects.filter(
        pk__in=[rich.pk, *(factories.published_version().pk for _ in range(24))]
    )

    def get(address):
        assert client.get(address).status_code == 200

    asked = {
        "rows of a rich entry": lambda load: load(list(versions.filter(pk=rich.pk))),
        "rows of 25 entries": lambda load: load(list(versions)),
        "rich profile, page": lambda load: get(rich.get_absolute_url()),
        "rich profile, API": lambda load: get(f"/api/v1/partnerships/{rich.partnership.reference}/"),
        "directory, page": lambda load: get("/en/partnerships/"),
        "directory, API, whole": lambda load: get("/api/v1/partnerships/?page_size=25&expand=reports"),
    }
    print()
    print(LINE.format("", "median of ms, queries", "union", "", "prefetch", "", "ratio"))
    for name, fetch in asked.items():
        _compare(name, fetch, monkeypatch)


def _add_tracks(version):
    for number in range(40):
        track = Track.objects.create(version=version, title=f"Track {number}", description="x" * 300, position=number)
        TrackResult.objects.bulk_create(TrackResult(version=version, track=track, text="y" * 200) for _ in range(2))


def _compare(name, fetch, monkeypatch):
    ways = {"union": load_by_union, "prefetch": load_rows}
    times, queries = {way: [] for way in ways}, {}
    for _ in range(WARMING + REPETITIONS):
        for way, load in ways.items():
            monkeypatch.setattr(profile, "load_rows", load)
            began = time.perf_counter()
            fetch(load)
            times[way].append(1000 * (time.perf_counter() - began))
    for way, load in ways.items():
        monkeypatch.setattr(profile, "load_rows", load)
        with CaptureQueriesContext(connection) as captured:
            fetch(load)
        queries[way] = len(captured)
    union, prefetch = (statistics.median(times[way][WARMING:]) for way in ways)
    found = [f"{union:.1f}", queries["union"], f"{prefetch:.1f}", queries["prefetch"], f"{prefetch / union:.2f}"]
    print(LINE.format(connection.vendor, name, *found), flush=True)


# --- what load_rows was ---------------------------------------------------------------------------------


def load_by_union(versions):
    if not versions:
        return
    kinds = row_models(type(versions[0]))
    rows = {kind: [] for kind in kinds}
    for place, values in _all_rows(kinds, versions):
        rows[kinds[place]].append(_row(kinds[place], values))
    for kind in kinds:
        rows[kind].sort(key=lambda row: (row.position, row.pk))
        for link in row_links(kind):
            attach_known(rows[kind], link.name, {row.pk: row for row in rows[link.related_model]})
        own = defaultdict(list)
        for row in rows[kind]:
            own[row.version_id].append(row)
        for version in versions:
            _remember(version, kind, own[version.pk])


def _all_rows(kinds, versions):
    query, values = _query(tuple(kinds), len(versions), connection.vendor)
    keys = [version.pk for version in versions]
    with connection.cursor() as cursor:
        is_asked = [isinstance(value, int) and value < 0 for value in values]
        cursor.execute(query, [keys[value] if asked else value for value, asked in zip(values, is_asked, strict=True)])
        return [(place, json.loads(said)) for place, said in cursor.fetchall()]


@lru_cache(maxsize=100)
def _query(kinds, number, _vendor):
    asked = [place - number for place in range(number)]
    arms = [_arm(kind, place).filter(version_id__in=asked) for place, kind in enumerate(kinds)]
    return arms[0].union(*arms[1:], all=True).query.sql_with_params()


def _arm(kind, place):
    said = JSONObject(
        **{
            field.attname: Cast(field.attname, CharField()) if isinstance(field, DecimalField) else F(field.attname)
            for field in kind._meta.concrete_fields
        }
    )
    return kind._base_manager.order_by().values_list(Value(place, IntegerField()), Cast(said, CharField()))


def _row(kind, values):
    fields = kind._meta.concrete_fields
    return kind.from_db(None, [field.attname for field in fields], [_value(field, values) for field in fields])


def _value(field, values):
    value = field.to_python(values[field.attname])
    if isinstance(field, DecimalField) and value is not None:
        return value.quantize(Decimal(1).scaleb(-field.decimal_places))
    return value


def _remember(version, kind, rows):
    name = relation_to(kind)
    known = getattr(version, name).all()
    known._result_cache = rows
    known._prefetch_done = True
    version.__dict__.setdefault("_prefetched_objects_cache", {})[name] = known
    for row in rows:
        row.version = version
