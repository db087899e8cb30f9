"""operators.csv, organisations.csv and figures.csv."""

from django.utils.translation import gettext as _

from directory.loading.register import by
from operators.models import Figure, Organisation, OrganisationService
from vocabularies.models import Indicator

COLUMNS = ["key", "name", "acronym", "kind", "country", "city", "services", "website", "about", "source"]
FIGURE_COLUMNS = ["organisation", "indicator", "service", "value", "unit", "year", "note", "source"]
FILES = {"operators": True, "organisations": False}
"""{file: whether its rows are operators}."""


def load_organisations(register):
    known = set(Organisation.objects.values_list("key", flat=True))
    figures = by("organisation", register.read("figures", FIGURE_COLUMNS))
    seen = set()
    for name, are_operators in FILES.items():
        rows = register.read(name, COLUMNS)
        new = [row for row in rows if _is_new(register, row, known, seen)]
        for row in new:
            _load_organisation(register, row, figures.pop(row["key"], []), are_operators)
        register.count(name, added=len(new), kept=len(rows) - len(new))
    _report_strays(register, figures, known)


def _is_new(register, row, known, seen):
    if row["key"] in seen:
        register.problem(row, "key", _("this key stands twice."))
    seen.add(row["key"])
    return row["key"] not in known


def _load_organisation(register, row, figure_rows, is_operator):
    organisation = Organisation(
        key=row["key"],
        slug=row["key"],
        name=row["name"],
        acronym=row["acronym"],
        kind=row["kind"],
        country_id=register.country(row, "country"),
        city=row["city"],
        website=row["website"],
        about=row["about"],
        source=row["source"],
    )
    if not register.save(row, organisation):
        register.give_up(row["key"], row["name"], row["acronym"])
        return
    if organisation.is_operator != is_operator:
        register.problem(row, "kind", _("operators and other bodies stand in two files."))
    for service in register.several(row, "services"):
        register.save(row, OrganisationService(organisation=organisation, service=service), service="services")
    for figure_row in figure_rows:
        _load_figure(register, figure_row, organisation)
    register.publish(row, organisation)
    register.know(organisation)


def _load_figure(register, row, organisation):
    indicator = register.one(Indicator.objects, row, "indicator", code=row["indicator"])
    if indicator:
        figure = Figure(
            organisation=organisation,
            indicator=indicator,
            services=row["service"],
            value=row["value"],
            unit=row["unit"],
            year=row["year"] or None,
            note=row["note"],
            source=row["source"],
        )
        register.save(row, figure, services="service")


def _report_strays(register, figures, known):
    for key, rows in figures.items():
        if key not in known:
            for row in rows:
                register.problem(row, "organisation", _("no organisation has the key “%(key)s”.") % {"key": key})
