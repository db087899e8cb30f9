"""What the other tests rest on: a database that is given back, a register that is put back, tests that are near."""

import json
import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db import transaction

from accounts.models import User
from partnerships.models import Partnership
from tests import factories, nearest, registered
from tests import register_files as files
from tests.conftest import ON_BOTH, ONLY_ON_SQLITE, SAMPLED, SHARES, asks_a_database, bulk
from tests.registered import put_register
from vocabularies.models import Country, Term


def test_what_a_test_commits_is_taken_out_again_and_nothing_else(committing, django_db_setup):
    before = Country.objects.count(), Term.objects.count()
    factories.published_version()
    django_db_setup()
    assert (User.objects.count(), Partnership.objects.count()) == (0, 0)
    assert (Country.objects.count(), Term.objects.count()) == before
    assert before[0] == 249


def everything_in_the_database():
    models = apps.get_models(include_auto_created=True)
    return {model._meta.label: list(model._base_manager.order_by("pk").values_list()) for model in models}


def test_the_register_that_is_put_back_is_the_one_that_was_loaded(db, monkeypatch):
    monkeypatch.setattr(registered, "_kept", {})
    seen = []
    for _time in ("loaded", "put back"):
        with transaction.atomic():
            put_register()
            seen.append(everything_in_the_database())
            transaction.set_rollback(True)
        assert not Partnership.objects.exists()
    assert len(seen[0]["partnerships.Partnership"]) == files.number("partnerships")
    assert seen[0] == seen[1]


def test_a_number_after_the_register_is_a_new_one(db):
    put_register()
    assert factories.PartnershipFactory().reference == Partnership.reference_of(files.number("partnerships") + 1)


class TestNearest:
    def test_a_changed_test_is_nearest(self):
        assert nearest.touched_by(["tests/directory/test_home.py"]) == {"tests/directory/test_home.py": 0}

    def test_who_imports_it_comes_before_the_rest_of_the_app(self):
        near = nearest.touched_by(["operators/duplicates.py"])
        assert near["tests/operators/test_duplicates.py"] == 1
        assert near["tests/operators/test_views.py"] == 2
        assert "tests/vocabularies/test_partial_dates.py" not in near

    @pytest.mark.parametrize(
        ("changed", "test"),
        [
            ("templates/directory/home.html", "tests/directory/test_home.py"),
            ("templates/components/chips.html", "tests/directory/test_partnerships.py"),
            ("data/terms.csv", "tests/vocabularies/test_services.py"),
            ("static/css/tokens.css", "tests/test_look.py"),
        ],
    )
    def test_what_imports_nothing_is_stood_for_by_those_that_name_it(self, changed, test):
        assert test in nearest.touched_by([changed])

    def test_as_many_as_fit_are_taken_and_a_changed_one_always(self):
        near = {"far": 3, "changed": 0, "near": 1, "as near": 1}
        seconds = {"far": 1, "changed": 100, "near": 4, "as near": 3}
        assert nearest.chosen(near, seconds, most=104) == (["changed", "as near"], ["near", "far"])
        assert nearest.chosen({"unknown": 1}, {}, most=nearest.UNKNOWN) == (["unknown"], [])

    def test_the_house_is_always_looked_at_and_what_is_left_is_said(self, capsys, monkeypatch, tmp_path):
        monkeypatch.setattr(nearest, "changed", lambda: ["operators/duplicates.py"])
        monkeypatch.setattr(nearest, "MEASURED", tmp_path / "seconds.json")
        nearest.MEASURED.write_text(json.dumps({"tests/operators/test_services.py": nearest.SECONDS + 1}))
        nearest.main()
        printed = capsys.readouterr()
        assert printed.out.split()[: len(nearest.HOUSE)] == nearest.HOUSE
        assert "tests/operators/test_duplicates.py" in printed.out
        assert "are left to make test" in printed.err


class TestShares:
    def test_what_asks_a_database_by_a_fixture_runs_here_on_both(self, request, db):
        assert {name for name, takes in SHARES.items() if takes(request.node)} == set(SHARES)

    @pytest.mark.django_db
    def test_or_by_a_mark(self, request):
        assert SHARES["postgresql"](request.node)

    def test_what_asks_none_runs_on_sqlite_alone(self, request):
        assert [name for name, takes in SHARES.items() if takes(request.node)] == ["sqlite"]

    def test_every_test_runs_somewhere_and_those_of_both_on_both(self, request):
        items = [item for item in request.session.items if not item.nodeid.startswith("tests/browser")]
        running = {item.nodeid: {name for name, takes in SHARES.items() if takes(item)} for item in items}
        assert all(running.values())
        twice = {name for name, shares in running.items() if len(shares) == 2}
        asking = {item.nodeid for item in items if asks_a_database(item) and item.nodeid.startswith(ON_BOTH)}
        assert twice == asking

    def test_who_commits_runs_on_postgresql(self, request):
        committing = [item for item in request.session.items if "transactional_db" in getattr(item, "fixturenames", ())]
        outside = [one for one in committing if not one.nodeid.startswith(("tests/browser", *ONLY_ON_SQLITE))]
        assert all(SHARES["postgresql"](item) for item in outside)

    def test_every_test_of_a_table_keeps_a_case(self, request):
        left = {item.nodeid for item in bulk(request.session.items)}
        kept = {item.nodeid.partition("[")[0] for item in request.session.items if item.nodeid not in left}
        assert {nodeid.partition("[")[0] for nodeid in left} <= kept
        assert all(nodeid.startswith(tuple(SAMPLED)) for nodeid in left)

    def test_what_only_sqlite_has_runs_there(self):
        guarded = {
            str(path.relative_to(settings.BASE_DIR))
            for path in (settings.BASE_DIR / "tests").rglob("test_*.py")
            if re.search(r'^if connection.vendor == "sqlite":', path.read_text(encoding="utf-8"), re.MULTILINE)
        }
        assert guarded
        assert guarded <= set(ONLY_ON_SQLITE)
