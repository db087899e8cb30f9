"""Random questions to the directory."""

from django.utils.http import urlencode

from directory.filters.partnerships import PartnershipFilter
from operators.models import Organisation
from partnerships.models import Role, Status
from platforms.models import Platform, Programme
from vocabularies.models import Area, Country, Term


def possible():
    """{parameter: values that can be asked for}."""
    terms = {name: Term.objects.filter(list__in=lists) for name, lists in PartnershipFilter.TERM_LISTS.items()}
    places = Country.objects.filter(organisations__isnull=False).order_by("pk").distinct()
    return {
        "country": list(places.values_list("pk", flat=True)),
        "region": ["africa", "lac", "europe", "asia-pacific", *Area.objects.values_list("pk", flat=True)],
        "organisation": list(Organisation.objects.published().order_by("key").values_list("key", flat=True)),
        "role": Role.values,
        "platform": ["none", *Platform.objects.order_by("key").values_list("key", flat=True)],
        "programme": list(Programme.objects.order_by("key").values_list("key", flat=True)),
        **{name: list(found.order_by("pk").values_list("code", flat=True)) for name, found in terms.items()},
        "status": Status.values,
        "language": ["en", "es", "fr", "pt"],
        "has_report": ["yes", "no"],
        "year_from": [str(year) for year in range(1995, 2032, 3)],
        "year_to": [str(year) for year in range(1995, 2032, 3)],
        "cost_max": ["0", "1000", "50000", "1000000"],
    }


SINGLE = ("has_report", "year_from", "year_to", "cost_max")


def random_question(chance, values):
    """{parameter: values}, by one parameter to four."""
    names = chance.sample([name for name in values if values[name]], chance.choice([1, 1, 2, 2, 3, 4]))
    return {name: chance.sample(values[name], 1 if name in SINGLE else chance.choice([1, 1, 2])) for name in names
            if len(values[name]) > 1}  # fmt: skip


def as_query(asked):
    return urlencode(asked, doseq=True)
