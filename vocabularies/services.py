"""Loading the lists that the portal is delivered with, and finding an area by the words of old data."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from vocabularies.csv_reader import DataProblems, read_rows
from vocabularies.localised import language_columns
from vocabularies.models import PARENT_LISTS, Area, Country, ImprovementArea, SynonymSet, Term
from vocabularies.search import folded

LABELS = language_columns("label")
NAMES = language_columns("name")
TERM_COLUMNS = ["list", "code", *LABELS, "parent", "unit", "position"]
AREA_COLUMNS = ["code", *NAMES, "parent", "also_in"]
COUNTRY_COLUMNS = ["code", "alpha3", "numeric", *NAMES, "area", "gwopa_region", "latitude", "longitude"]
SYNONYM_COLUMNS = ["code", "language", "words"]


class Loaded(NamedTuple):
    added: int
    kept: int

    def __str__(self) -> str:
        return gettext("%(added)d added, %(kept)d kept") % self._asdict()


def load_terms(path: Path | None = None) -> Loaded:
    """Add the missing terms of ``terms.csv``; what exists keeps its labels. Returns Loaded."""
    rows = read_rows(path or settings.DATA_DIR / "terms.csv", columns=TERM_COLUMNS)
    known = {(term.list, term.code): term for term in Term.objects.all()}
    return _add_missing(rows, known, build=_term, identity=["list", "code"], texts=LABELS)


@transaction.atomic
def load_countries(folder: Path | None = None) -> tuple[Loaded, Loaded]:
    """Add the missing areas and countries of ``areas.csv`` and ``countries.csv``. Returns (Loaded, Loaded)."""
    folder = folder or settings.DATA_DIR
    area_rows = read_rows(folder / "areas.csv", columns=AREA_COLUMNS)
    country_rows = read_rows(folder / "countries.csv", columns=COUNTRY_COLUMNS)
    areas = {(area.code,): area for area in Area.objects.all()}
    loaded_areas = _add_missing(area_rows, areas, build=_area, identity=["code"], texts=NAMES)
    countries = {(country.code,): country for country in Country.objects.all()}
    loaded_countries = _add_missing(
        country_rows,
        countries,
        build=lambda row, _known: _country(row, areas),
        identity=["code"],
        texts=NAMES,
        once=["alpha3", "numeric"],
    )
    return loaded_areas, loaded_countries


def load_synonyms(path: Path | None = None) -> Loaded:
    """Add the sets of ``synonyms.csv`` that are missing; what exists keeps its words. Returns Loaded."""
    rows = read_rows(path or settings.DATA_DIR / "synonyms.csv", columns=SYNONYM_COLUMNS)
    known = {(one.code, one.language): one for one in SynonymSet.objects.all()}
    return _add_missing(rows, known, build=_synonyms, identity=["code", "language"], texts=[])


def area_for_theme(text: str) -> ImprovementArea | None:
    """The improvement area that ``text`` means: its code, its English label or an older theme name; or None."""
    words = folded(text)
    code = _old_themes(settings.DATA_DIR / "old_themes.csv").get(words, words)
    areas = ImprovementArea.objects.all()
    return areas.filter(code=code).first() or areas.filter(label_en__iexact=(text or "").strip()).first()


@cache
def _old_themes(path):
    return {folded(row["theme"]): row["area"] for row in read_rows(path, columns=["theme", "area"])}


@transaction.atomic
def _add_missing(rows, known, *, build, identity, texts, once=()):
    """Add the rows that ``known`` lacks, all or - when any row of the file is wrong - none.

    ``known`` maps identities to what exists and grows with what is added; ``build(row, known)``
    makes an unsaved object or raises DataProblems; ``texts`` are filled in where they are empty;
    the identity and each column of ``once`` may occur once in the file.
    """
    problems, added = [], 0
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        key = tuple(row[column] for column in identity)
        try:
            _check_once(row, seen, [identity, *([column] for column in once)])
            thing = build(row, known)
        except DataProblems as found:
            problems += found.problems
            continue
        if key in known:
            _fill_empty(known[key], thing, texts)
        else:
            thing.save(force_insert=True)
            known[key] = thing
            added += 1
    if problems:
        raise DataProblems(problems)
    return Loaded(added, len(rows) - added)


def _check_once(row, seen, uniques):
    for columns in uniques:
        values = (*columns, *(row[column] for column in columns))
        if values in seen:
            raise DataProblems([row.problem(columns[-1], _("occurs twice in this file"))])
        seen.add(values)


def _fill_empty(existing, delivered, texts):
    empty = [text for text in texts if not getattr(existing, text) and getattr(delivered, text)]
    for text in empty:
        setattr(existing, text, getattr(delivered, text))
    if empty:
        existing.save(update_fields=empty)


def _term(row, known):
    parent = _linked(row, "parent", known, PARENT_LISTS.get(row["list"], row["list"]))
    return _valid(row, Term(**row | {"parent": parent}), links=["parent"])


def _synonyms(row, _known):
    return _valid(row, SynonymSet(**row), links=[])


def _area(row, known):
    links = {column: _linked(row, column, known) for column in ("parent", "also_in")}
    return _valid(row, Area(**row | links), links=links)


def _country(row, areas):
    area = _linked(row, "area", areas)
    if area is None:
        raise DataProblems([row.problem("area", _("is empty"))])
    return _valid(row, Country(**row | {"area": area}), links=["area"])


def _linked(row, column, known, *scope):
    """What the code in ``column`` names among ``known``; it must exist or stand further up in the file."""
    code = row[column]
    if code and (*scope, code) not in known:
        raise DataProblems([row.problem(column, _("“%(code)s” is not known here or further up") % {"code": code})])
    return known[*scope, code] if code else None


def _valid(row, thing, links):
    """``thing`` with its cells as values of its fields. ``links`` are found already; no queries."""
    try:
        thing.full_clean(exclude=[*links, "lineage"], validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        raise DataProblems(row.problems_of(error)) from error
    return thing
