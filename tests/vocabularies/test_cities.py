"""Where cities lie: as GeoNames knows them, and only where a name can mean one place."""

import shutil

import pytest
from django.conf import settings
from django.core.management import call_command

from directory.management.commands.find_cities import by_name, the_one, wanted_in
from tests import register_files as files
from vocabularies.cities import position_of


def city(number, name, *others, country="DE"):
    return {"geonameid": number, "name": name, "countrycode": country, "alternatenames": list(others)}


LARGE = by_name([city(1, "Essen"), city(2, "Köln", "Cologne"), city(3, "Neustadt"), city(4, "Neustadt", "Neustadt")])
SMALL = by_name([city(1, "Essen"), city(5, "Essen"), city(6, "Torgau"), city(7, "Torgau", country="PL")])


@pytest.mark.parametrize(
    ("name", "number"),
    [("Essen", 1), ("Cologne", 2), ("KOLN", 2), ("Torgau", 6), ("Neustadt", None), ("Nowhere", None)],
)
def test_a_name_means_one_city_or_none(name, number):
    found = the_one(("DE", name), LARGE, SMALL)
    assert (found and found["geonameid"]) == number


def test_a_city_is_found_by_its_name_in_its_country_alone():
    latitude, longitude = position_of("MA", "rabat")
    assert (round(latitude), round(longitude)) == (34, -7)
    assert position_of("FR", "Rabat") is None
    assert position_of("MA", "") is None
    assert position_of("MQ", "Rivière-Salée") is None


def test_the_file_holds_only_cities_of_the_register_and_each_once():
    found = [(row["country"], row["city"]) for row in files.rows("cities")]
    assert found == sorted(set(found))
    assert set(found) <= set(wanted_in(settings.DATA_DIR))


@pytest.mark.whole
def test_the_file_is_what_the_command_finds(tmp_path):
    for name in ("operators", "organisations"):
        shutil.copy(settings.DATA_DIR / f"{name}.csv", tmp_path)
    call_command("find_cities", tmp_path)
    assert (tmp_path / "cities.csv").read_text() == (settings.DATA_DIR / "cities.csv").read_text()
