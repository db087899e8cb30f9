"""Which organisations a name may mean, asked of real names of the register."""

import csv

import pytest
from django.conf import settings

from operators.duplicates import plain, possible_duplicates
from operators.models import FormerName, Organisation
from reviews.states import State
from tests import factories
from vocabularies.models import Country

REAL = ["wasco-lc", "wasco-ls", "kiwasco", "mowasco", "naruwasco", "onee", "onea", "sme"]


@pytest.fixture(scope="module")
def rows():
    with (settings.DATA_DIR / "operators.csv").open(encoding="utf-8") as file:
        return {row["key"]: row for row in csv.DictReader(file)}


@pytest.fixture
def register(db, rows):
    """Some rows of the real register."""
    for key in REAL:
        row = rows[key]
        factories.OrganisationFactory(
            key=key, name=row["name"], acronym=row["acronym"], kind=row["kind"], country_id=row["country"]
        )


def found(name, acronym="", country="LC", **options):
    return [one.key for one in possible_duplicates(name, acronym, country, **options)]


def test_the_two_wascos_are_shown_and_that_of_the_country_first(register):
    assert found("Water & Sewerage Company", "WASCO", "LC") == ["wasco-lc", "wasco-ls"]
    assert found("Water & Sewerage Company", "WASCO", "LS") == ["wasco-ls", "wasco-lc"]


@pytest.mark.parametrize(
    ("name", "acronym", "country", "key"),
    [
        ("water and sewerage company INC", "", "LC", "wasco-lc"),
        ("Water and Sewerage Co., Inc.", "", "LC", "wasco-lc"),
        ("Wasco", "", "LC", "wasco-lc"),
        ("Societe Martiniquaise des Eaux", "", "MQ", "sme"),
        ("Société Martiniquaise de l’Eau", "", "MQ", "sme"),
        ("Kisumu Water Company", "", "KE", "kiwasco"),
        ("Kissumu Water and Sewerage Company", "", "KE", "kiwasco"),
        ("Office National de l’Electricité et de l’Eau potable", "", "FR", "onee"),
        ("Another name altogether", "onea", "SN", "onea"),
    ],
)
def test_the_same_organisation_is_recognised_however_it_is_written(register, name, acronym, country, key):
    assert found(name, acronym, country)[0] == key


@pytest.mark.parametrize(
    ("name", "acronym", "country"),
    [
        ("Nairobi City Water and Sewerage Company", "NCWSC", "KE"),
        ("Eldoret Water and Sanitation Company", "ELDOWAS", "KE"),
        ("Kisumu Water and Sewerage Company Uganda Office", "", "UG"),
        ("Barbados Water Authority", "BWA", "BB"),
    ],
)
def test_others_of_the_trade_are_not_confused(register, name, acronym, country):
    assert found(name, acronym, country) == []


def test_former_names_and_acronyms_count(register):
    FormerName.objects.create(
        organisation=Organisation.objects.get(key="onee"), name="Régie des Eaux de Rabat", acronym="RER"
    )
    assert found("Regie des eaux de Rabat", "", "MA") == ["onee"]
    assert found("Something else", "RER", "FR") == ["onee"]


def test_a_country_may_be_unknown(register):
    assert found("Water and Sewerage Company Inc.", "", None) == ["wasco-lc"]
    assert found("Water and Sewerage Company Inc.", "", Country.objects.get(pk="LC"))[0] == "wasco-lc"


@pytest.mark.parametrize("state", sorted(set(State.values) - {State.PUBLISHED}))
def test_what_is_not_public_is_not_told_to_others(db, stranger, state):
    factories.OrganisationFactory(name="Secret Waters", state=state)
    assert found("Secret Waters", "", "LC", user=stranger) == []
    assert found("Secret Waters", "", "LC") == []


def test_ones_own_open_registration_is_shown(db, stranger):
    factories.OrganisationFactory(key="mine", name="Secret Waters", state=State.SUBMITTED, created_by=stranger)
    assert found("Secret Waters", "", "LC", user=stranger) == ["mine"]


def test_many_look_alikes_cost_no_more_queries_than_one(db, django_assert_num_queries):
    for _number in range(12):
        factories.OrganisationFactory(name="Aqua Nova")
    with django_assert_num_queries(2):
        assert len(possible_duplicates("Aqua Nova", "AN", "LC")) == 8


@pytest.mark.parametrize(
    ("name", "same"),
    [("Société des Eaux, S.A.", "societe eaux"), ("The Water-Board Ltd", "water board"), ("  ", ""), ("AySA", "aysa")],
)
def test_names_are_compared_without_accents_signs_and_little_words(name, same):
    assert plain(name) == same
