"""operators.csv, organisations.csv, former_names.csv and figures.csv."""

from django.utils.translation import gettext as _

from directory.loading.register import by
from operators.models import Figure, FormerName, Organisation, OrganisationLanguage, OrganisationService
from vocabularies.models import Indicator

COLUMNS = ["key", "name", "acronym", "kind", "country", "city", "services", "website", "about", "source"]
MORE = ["languages"]
"""Columns of which older files know nothing."""
FIGURE_COLUMNS = ["organisation", "indicator", "service", "value", "unit", "year", "note", "source"]
FORMER_NAME_COLUMNS = ["organisation", "name", "acronym", "used_from", "used_until", "source"]
FILES = {"operators": True, "organisations": False}
"""{file: whether its rows are operators}."""


def load_organisations(register):
    """Returns those added, each with its row: they are published once there are platforms to look after them."""
    known = set(Organisation.objects.values_list("key", flat=True))
    figures = by("organisation", register.read("figures", FIGURE_COLUMNS))
    names = by("organisation", register.read_if_there("former_names", FORMER_NAME_COLUMNS))
    seen, added = set(), []
    for name, are_operators in FILES.items():
        rows = register.read(name, COLUMNS, optional=MORE)
        register.own_keys |= {row["key"] for row in rows}
        new = [row for row in rows if _is_new(register, row, known, seen)]
        added += _organisations(register, new, are_operators)
        register.count(name, added=len(new), kept=len(rows) - len(new))
    register.save_all(line for row, organisation in added for line in _services(register, row, organisation))
    register.save_all(line for row, organisation in added for line in _languages(register, row, organisation))
    register.save_all(line for _row, one in added for row in figures[one.key] for line in _figures(register, row, one))
    register.save_all(_former_name(row, one) for _row, one in added for row in names[one.key])
    for rows in (figures, names):
        _report_strays(register, rows, known | seen)
    return added


def place_organisations():
    """Put those with a city and no coordinates where the city lies, also those that were there before."""
    waiting = list(Organisation.objects.filter(latitude=None).exclude(city=""))
    for organisation in waiting:
        organisation.find_place()
    placed = [organisation for organisation in waiting if organisation.latitude is not None]
    Organisation.objects.bulk_update(placed, ["latitude", "longitude"])


def publish_organisations(register, added):
    register.publish_all([(row, organisation, {}) for row, organisation in added])
    waiting = list(Organisation.objects.filter(reviewing_platform=None))
    Organisation.read_together(waiting)
    for organisation in waiting:
        organisation.fix_reviewing_platform()


def _is_new(register, row, known, seen):
    if row["key"] in seen:
        register.problem(row, "key", _("this key stands twice."))
    seen.add(row["key"])
    return row["key"] not in known


def _organisations(register, rows, are_operators):
    """Pairs of a row and the organisation that was made of it."""
    lines = [(row, _organisation(register, row), {}) for row in rows]
    register.save_all(lines)
    for row, organisation, _columns in lines:
        if not organisation.pk:
            register.give_up(row["key"], row["name"], row["acronym"])
            continue
        if organisation.is_operator != are_operators:
            register.problem(row, "kind", _("operators and other bodies stand in two files."))
        register.know(organisation)
    return [(row, organisation) for row, organisation, _columns in lines if organisation.pk]


def _organisation(register, row):
    return Organisation(
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


def _services(register, row, organisation):
    for service in register.several(row, "services"):
        yield row, OrganisationService(organisation=organisation, service=service), {"service": "services"}


def _languages(register, row, organisation):
    for position, language in enumerate(register.several(row, "languages")):
        spoken = OrganisationLanguage(organisation=organisation, language=language, position=position)
        yield row, spoken, {"language": "languages"}


def _former_name(row, organisation):
    columns = ("name", "acronym", "used_from", "used_until", "source")
    return row, FormerName(organisation=organisation, **{column: row[column] for column in columns}), {}


def _figures(register, row, organisation):
    if figure := figure_of(register, row, organisation):
        yield row, figure, {"services": "service"}


def figure_of(register, row, organisation):
    """The Figure that ``row`` of figures.csv states; None, with a problem, of an unknown indicator."""
    if indicator := register.one(Indicator, row, "indicator", code=row["indicator"]):
        return Figure(
            organisation=organisation,
            indicator=indicator,
            services=row["service"],
            value=row["value"],
            unit=row["unit"],
            year=row["year"] or None,
            note=row["note"],
            source=row["source"],
        )
    return None


def _report_strays(register, rows_by_key, known):
    for key, rows in rows_by_key.items():
        if key not in known:
            for row in rows:
                register.problem(row, "organisation", _("no organisation has the key “%(key)s”.") % {"key": key})
