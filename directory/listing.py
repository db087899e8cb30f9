"""What a line of a list names beside the operators: areas, platforms, programmes, for a whole page in one query."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import CharField, F, IntegerField, Value
from django.db.models.functions import Cast

from partnerships.models import NamedPlatform, NamedProgramme, Track
from vocabularies.localised import label_in_sql

AREA, PLATFORM, PROGRAMME = range(3)
NONE = Value("")


@dataclass(frozen=True)
class Thing:
    """An area, a platform or a programme as far as a line shows it; ``key`` is the code of an area."""

    key: str
    slug: str
    name: str
    acronym: str = ""

    @property
    def code(self):
        return self.key

    @property
    def label(self):
        return self.name


@dataclass(frozen=True)
class NamedThing:
    """A row that names a thing, with the key of the row."""

    key: UUID
    thing: Thing


@dataclass
class Named:
    """Of one version. An area stands here once, however many tracks are on it."""

    areas: list = field(default_factory=list)
    platforms: list = field(default_factory=list)
    programmes: list = field(default_factory=list)


def named_in(versions):
    """{primary key: Named} of a list of versions."""
    found = defaultdict(Named)
    for version, kind, _position, _pk, row_key, key, slug, name, acronym in _rows(versions) if versions else ():
        thing = Thing(key, slug, name, acronym)
        if kind == AREA:
            found[version].areas += [thing] if thing not in found[version].areas else []
        else:
            rows = found[version].platforms if kind == PLATFORM else found[version].programmes
            rows.append(NamedThing(UUID(row_key), thing))
    return found


def _rows(versions):
    area = label_in_sql("area__label")
    arms = [
        _arm(Track, versions, AREA, "area__code", "area__code", area, Value("")).exclude(area=None),
        _arm(NamedPlatform, versions, PLATFORM, *(f"platform__{name}" for name in ("key", "slug", "name", "acronym"))),
        _arm(
            NamedProgramme, versions, PROGRAMME, *(f"programme__{name}" for name in ("key", "slug", "name")), Value("")
        ),
    ]
    return sorted(arms[0].union(*arms[1:], all=True), key=lambda row: row[:4])


def _arm(kind, versions, code, *texts):
    rows = kind._base_manager.filter(version__in=versions).order_by()
    return rows.values_list(
        F("version"),
        Value(code, IntegerField()),
        F("position"),
        F("pk"),
        Cast("key", CharField()),
        *(Cast(text, CharField()) for text in texts),
    )
