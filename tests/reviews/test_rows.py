"""All rows of some versions are the same rows that one query for each kind and version would bring."""

import pytest

from partnerships.models import PartnershipVersion, Track
from reviews.cloning import row_links, row_models
from reviews.rows import attach, load_rows
from tests import factories
from tests.everything import everything
from vocabularies.models import Term


@pytest.fixture
def record(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return everything()


def stored(version, kind):
    return list(kind._base_manager.filter(version=version).order_by("position", "pk"))


def loaded(version, kind):
    return list(getattr(version, kind._meta.get_field("version").remote_field.get_accessor_name()).all())


def values(row):
    return [(value, type(value)) for value in (getattr(row, field.attname) for field in row._meta.concrete_fields)]


@pytest.mark.parametrize("place", [0, 1], ids=["partnership", "report"])
def test_every_value_of_every_row_is_as_stored_down_to_its_type(record, place):
    version = record[place]
    load_rows([version])
    for kind in row_models(type(version)):
        assert [values(row) for row in loaded(version, kind)] == [values(row) for row in stored(version, kind)]


def test_costs_one_query_a_kind_and_none_to_read_rows_and_links_between_them(record, django_assert_num_queries):
    version = record[0]
    with django_assert_num_queries(len(row_models(PartnershipVersion))):
        load_rows([version])
    with django_assert_num_queries(0):
        for kind in row_models(PartnershipVersion):
            for row in loaded(version, kind):
                assert row.version is version
                assert all(getattr(row, link.name) is not None for link in row_links(kind))


def test_each_version_gets_its_own_rows_in_their_order(db):
    versions = [factories.draft_version() for _ in range(2)]
    for title, position in (("second", 2), ("first", 1)):
        Track.objects.create(version=versions[1], title=title, position=position)
    load_rows(versions)
    assert [[track.title for track in version.tracks.all()] for version in versions] == [[], ["first", "second"]]


def test_many_versions_cost_as_many_queries_as_one(db, django_assert_num_queries):
    versions = [factories.draft_version() for _ in range(5)]
    with django_assert_num_queries(len(row_models(PartnershipVersion))):
        load_rows(versions)


def test_rows_are_read_anew(db):
    version = factories.draft_version()
    load_rows([version])
    Track.objects.create(version=version, title="Come since")
    load_rows([version])
    assert [track.title for track in version.tracks.all()] == ["Come since"]


def test_no_versions_cost_nothing(django_assert_num_queries, db):
    with django_assert_num_queries(0):
        load_rows([])


def test_attach_asks_once_for_rows_of_several_kinds(record, django_assert_num_queries):
    version = record[0]
    load_rows([version])
    with django_assert_num_queries(1):
        attach(Term.objects.all(), (version.tracks.all(), "area"), (version.results.all(), "indicator"))
        assert version.tracks.all()[0].area.code == "metering"
        assert version.results.all()[0].indicator is not None


def test_attach_leaves_empty_links_empty_without_a_query(db, django_assert_num_queries):
    version = factories.draft_version()
    Track.objects.create(version=version, title="Without an area")
    load_rows([version])
    with django_assert_num_queries(0):
        attach(Term.objects.all(), (version.tracks.all(), "area"))
        assert version.tracks.all()[0].area is None
