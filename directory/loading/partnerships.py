"""partnerships.csv and the files with rows of its partnerships."""

import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.text import slugify
from django.utils.translation import gettext as _

from directory.loading.register import by
from partnerships.models import (
    LEFT_ROLES,
    RIGHT_ROLES,
    Agreement,
    Involvement,
    Link,
    NamedPlatform,
    NamedProgramme,
    Objective,
    Partnership,
    PartnershipVersion,
    Payment,
    Quotation,
    ReferenceCounter,
    Role,
    Source,
    Status,
    Track,
    TrackResult,
)
from platforms.models import Platform, Programme
from vocabularies.models import ImprovementArea
from vocabularies.numbers import NOTHING, NothingOrUnknown

REFERENCE = re.compile(r"WOP-([0-9]{4,})")
COLUMNS = [
    "reference", "title", "language", "mentors", "mentees", "unnamed_mentee_country", "platform", "programme",
    "supporters", "start", "end", "signed_on", "signed_place", "status", "cost_amount", "cost_currency", "cost_covers",
    "improvement_areas", "summary", "approach", "note", "source",
]  # fmt: skip
ROW_FILES = {
    "involvements": ["reference", "organisation", "role", "name_used", "contribution", "description"],
    "payments": ["reference", "organisation", "role", "amount", "currency", "share", "in_kind", "note"],
    "objectives": ["reference", "text"],
    "tracks": ["reference", "area", "title", "description", "state"],
    "track_results": ["reference", "track", "text"],
    "quotations": ["reference", "text", "language", "speaker", "function", "organisation", "source"],
    "links": ["reference", "title", "url"],
    "sources": ["reference", "title", "url"],
}


@dataclass
class Entry:
    """A row of partnerships.csv, the version that was made of it, and the lines of the other files about it."""

    row: dict
    version: PartnershipVersion
    below: dict
    involvements: list = field(default_factory=list)
    tracks: list = field(default_factory=list)


def load_partnerships(register):
    rows = register.read("partnerships", COLUMNS)
    files = {name: by("reference", register.read(name, columns)) for name, columns in ROW_FILES.items()}
    known = set(Partnership.objects.values_list("reference", flat=True))
    _report_strays(register, files, known | {row["reference"] for row in rows})
    new = [row for row in rows if row["reference"] not in known]
    entries = _entries(register, new, files)
    for lines_of in ROWS:  # one kind after the other: later ones point to earlier ones
        register.save_all(line for entry in entries for line in lines_of(register, entry))
    register.publish_all(
        [(entry.row, entry.version, {"involvements": "mentors", "sources": "source"}) for entry in entries]
    )
    register.count("partnerships", added=len(new), kept=len(rows) - len(new))


def _report_strays(register, files, known):
    for grouped in files.values():
        for reference, rows in grouped.items():
            for row in rows if reference not in known else ():
                register.problem(row, "reference", _("there is no partnership “%(value)s”.") % {"value": reference})


def _entries(register, rows, files):
    """An Entry for each of ``rows`` that can be placed, saved as far as its version."""
    seen = set()
    lines = [(row, _partnership(row), {}) for row in rows if _is_usable(register, row, seen)]
    register.save_all(lines)
    saved = [(row, partnership) for row, partnership, _columns in lines if partnership.pk]
    if saved:
        ReferenceCounter.raise_to(max(_number(row) for row, _partnership in saved))
    entries = [
        Entry(row, _version(register, row, one), {name: grouped[row["reference"]] for name, grouped in files.items()})
        for row, one in saved
    ]
    register.save_all((entry.row, entry.version, {"starts_on": "start", "ends_on": "end"}) for entry in entries)
    register.give_up(*(entry.row["reference"] for entry in entries if not entry.version.pk))
    return [entry for entry in entries if entry.version.pk]


def _is_usable(register, row, seen):
    reference, is_second = row["reference"], row["reference"] in seen
    seen.add(reference)
    if is_second:
        register.problem(row, "reference", _("this reference stands twice."))
    elif not REFERENCE.fullmatch(reference):
        register.give_up(reference)
        register.problem(row, "reference", _("write WOP- and at least four digits."))
    else:
        return True
    return False


def _number(row):
    return int(REFERENCE.fullmatch(row["reference"])[1])


def _partnership(row):
    return Partnership(reference=row["reference"], slug=slugify(row["title"])[:120])


def _version(register, row, partnership):
    return PartnershipVersion(
        partnership=partnership,
        number=1,
        title=row["title"],
        language=row["language"] or "en",
        summary=row["summary"],
        approach=row["approach"],
        note=row["note"],
        status=row["status"].replace(" ", "-") or Status.UNKNOWN,
        starts_on=row["start"],
        ends_on=row["end"],
        cost_amount=amount(register, row, "cost_amount"),
        cost_currency=row["cost_currency"],
        cost_kind="budget" if row["cost_covers"] == "budget" else "",
        cost_covers="" if row["cost_covers"] == "budget" else row["cost_covers"],
    )


def amount(register, row, column):
    """The number in ``column``, None for an empty cell: unknown is never 0, and 0 of money is written as a word."""
    if not row[column]:
        return None
    if column.endswith("amount") and row[column] == NOTHING:
        return Decimal(0)
    try:
        number = Decimal(row[column])
        if column.endswith("amount") and number == 0:
            register.problem(row, column, " ".join(NothingOrUnknown().messages))
        return number
    except InvalidOperation:
        register.problem(row, column, _("“%(value)s” is not a number like 60000 or 29.5.") % {"value": row[column]})
        return None


# --- who takes part ---------------------------------------------------------------------------------------


def _involvements(register, entry):
    row, lines = entry.row, entry.below["involvements"]
    mentors, mentees = register.organisations(row, "mentors"), register.organisations(row, "mentees")
    involved = [(organisation, _main_role(organisation, mentors, mentees)) for organisation in mentors]
    involved += [(organisation, Role.MENTEE) for organisation in mentees if organisation not in mentors]
    details = _details(register, lines)
    _refine(involved, details)
    placed = {organisation for organisation, _role in involved} | {organisation for organisation, _line in details}
    involved += [(one, Role.SUPPORTER) for one in register.organisations(row, "supporters") if one not in placed]
    told = {(organisation, line["role"]): line for organisation, line in details}
    for organisation, role in involved:
        line = told.get((organisation, role))
        yield line or row, _involvement(entry, line, organisation=organisation, role=role), {}
    if country := register.country(row, "unnamed_mentee_country"):
        unnamed = _involvement(entry, None, country_id=country, role=Role.MENTEE)
        yield row, unnamed, {"country": "unnamed_mentee_country"}


def _involvement(entry, line, **who):
    detail = {name: line[name] for name in ("name_used", "contribution", "description")} if line else {}
    made = Involvement(version=entry.version, position=len(entry.involvements), **who, **detail)
    entry.involvements.append(made)
    return made


def _details(register, lines):
    """Pairs of an organisation and what involvements.csv says about a role of it."""
    details, seen = [], set()
    for line in lines:
        if not line["organisation"]:
            register.problem(line, "organisation", _("name the organisation."))
        elif organisation := register.organisation(line, "organisation"):
            if (organisation, line["role"]) in seen:
                register.problem(line, "role", _("this role of the organisation stands twice."))
            seen.add((organisation, line["role"]))
            details.append((organisation, line))
    return details


def _main_role(organisation, mentors, mentees):
    """Who stands on both sides is a peer: the source gives no direction."""
    return Role.PEER if organisation in mentees else Role.MENTOR


def _refine(involved, details):
    """Let involvements.csv say more: a lead role in place of the plain one, or a further role."""
    for organisation, line in details:
        role = line["role"]
        for index, (other, plain) in enumerate(involved):
            if other == organisation and any(role in side and plain in side for side in (LEFT_ROLES, RIGHT_ROLES)):
                involved[index] = (organisation, role)
        if (organisation, role) not in involved:
            involved.append((organisation, role))


def _payments(register, entry):
    for position, line in enumerate(entry.below["payments"]):
        organisation = register.organisation(line, "organisation")
        if line["organisation"] and not organisation:
            continue
        roles = {(one.organisation, one.role): one for one in entry.involvements if one.pk}
        if (organisation, line["role"]) not in roles:
            register.problem(line, "role", _("this organisation does not have this role in the partnership."))
            continue
        payment = Payment(
            version=entry.version,
            involvement=roles[organisation, line["role"]],
            position=position,
            amount=amount(register, line, "amount"),
            currency=line["currency"],
            share=amount(register, line, "share"),
            in_kind=line["in_kind"],
            note=line["note"],
        )
        yield line, payment, {}


def _named_platforms(register, entry):
    for position, name in enumerate(register.several(entry.row, "platform")):
        if platform := register.one(Platform, entry.row, "platform", acronym=name):
            yield entry.row, NamedPlatform(version=entry.version, position=position, platform=platform), {}


def _named_programmes(register, entry):
    for position, name in enumerate(register.several(entry.row, "programme")):
        if programme := register.one(Programme, entry.row, "programme", name=name):
            yield entry.row, NamedProgramme(version=entry.version, position=position, programme=programme), {}


def _agreements(register, entry):
    row = entry.row
    if row["signed_on"] or row["signed_place"]:
        agreement = Agreement(version=entry.version, signed_on=row["signed_on"], place=row["signed_place"])
        yield row, agreement, {"place": "signed_place"}


# --- what they work on ------------------------------------------------------------------------------------


def _tracks(register, entry):
    """The tracks of tracks.csv, then a bare one for every theme that none of them is about."""
    for line in entry.below["tracks"]:
        area = register.one(ImprovementArea, line, "area", code=line["area"]) if line["area"] else None
        yield line, _track(entry, area, **{name: line[name] for name in ("title", "description", "state")}), {}
    covered = {track.area for track in entry.tracks}
    for theme in register.several(entry.row, "improvement_areas"):
        area = register.area_for_theme(theme)
        if area is None:
            reason = _("“%(value)s” is not a theme we know.") % {"value": theme}
            register.problem(entry.row, "improvement_areas", reason)
        elif area not in covered:
            yield entry.row, _track(entry, area), {}
            covered.add(area)


def _track(entry, area, **detail):
    made = Track(version=entry.version, position=len(entry.tracks), area=area, **detail)
    entry.tracks.append(made)
    return made


def _results(register, entry):
    titles = {(track.title,): track for track in reversed(entry.tracks) if track.pk}  # of two, the first
    for position, line in enumerate(entry.below["track_results"]):
        track = register.found(titles, line, "track", line["track"]) if line["track"] else None
        yield line, TrackResult(version=entry.version, position=position, track=track, text=line["text"]), {}


# --- words and sources ------------------------------------------------------------------------------------


def _objectives(register, entry):
    for position, line in enumerate(entry.below["objectives"]):
        yield line, Objective(version=entry.version, position=position, text=line["text"]), {}


def _links(register, entry):
    for position, line in enumerate(entry.below["links"]):
        yield line, Link(version=entry.version, position=position, title=line["title"], url=line["url"]), {}


def _quotations(register, entry):
    for position, line in enumerate(entry.below["quotations"]):
        quotation = Quotation(
            version=entry.version,
            position=position,
            organisation=register.organisation(line, "organisation"),
            source_url=line["source"],
            **{name: line[name] for name in ("text", "language", "speaker", "function")},
        )
        yield line, quotation, {"source_url": "source"}


def _sources(register, entry):
    row, version, lines = entry.row, entry.version, entry.below["sources"]
    titles = {line["url"]: line["title"] for line in lines}
    if row["source"]:
        main = Source(version=version, title=titles.pop(row["source"], ""), url=row["source"])
        yield row, main, {"url": "source"}
    for position, line in enumerate(lines, start=1):
        if line["url"] in titles:
            yield line, Source(version=version, position=position, title=line["title"], url=line["url"]), {}


ROWS = (
    _involvements, _payments, _named_platforms, _named_programmes, _agreements, _tracks, _results, _objectives, _links,
    _quotations, _sources,
)  # fmt: skip
"""What makes the lines of each kind of row, (row, thing, columns)."""
