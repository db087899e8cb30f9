"""Where cities lie: ``data/cities.csv``, found in GeoNames by ``manage.py find_cities`` and never guessed."""

from decimal import Decimal
from functools import cache

from django.conf import settings

from vocabularies.csv_reader import read_rows
from vocabularies.search import folded

COLUMNS = ["country", "city", "latitude", "longitude", "geonames"]


def position_of(country, city):
    """(latitude, longitude) of a city, by the code of its country and its name; None where the file has none."""
    return _positions().get((country, folded(city))) if city else None


@cache
def _positions():
    rows = read_rows(settings.DATA_DIR / "cities.csv", columns=COLUMNS)
    return {
        (row["country"], folded(row["city"])): (Decimal(row["latitude"]), Decimal(row["longitude"])) for row in rows
    }
