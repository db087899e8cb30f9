"""partnerships.csv and the files with rows of its partnerships."""

import re
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
from vocabularies.services import area_for_theme

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


def load_partnerships(register):
    rows = register.read("partnerships", COLUMNS)
    files = {name: by("reference", register.read(name, columns)) for name, columns in ROW_FILES.items()}
    known = set(Partnership.objects.values_list("reference", flat=True))
    _report_strays(register, files, known | {row["reference"] for row in rows})
    new = [row for row in rows if row["reference"] not in known]
    seen = set()
    for row in new:
        if row["reference"] in seen:
            register.problem(row, "reference", _("this reference stands twice."))
        elif not REFERENCE.fullmatch(row["reference"]):
            register.give_up(row["reference"])
            register.problem(row, "reference", _("write WOP- and at least four digits."))
        else:
            _load_partnership(register, row, {name: grouped[row["reference"]] for name, grouped in files.items()})
        seen.add(row["reference"])
    register.count("partnerships", added=len(new), kept=len(rows) - len(new))


def _report_strays(register, files, known):
    for grouped in files.values():
        for reference, rows in grouped.items():
            for row in rows if reference not in known else ():
                register.problem(row, "reference", _("there is no partnership “%(value)s”.") % {"value": reference})


def _load_partnership(register, row, below):
    partnership = Partnership(reference=row["reference"], slug=slugify(row["title"])[:120])
    if not register.save(row, partnership):
        return
    ReferenceCounter.raise_to(int(REFERENCE.fullmatch(row["reference"])[1]))
    version = PartnershipVersion(
        partnership=partnership,
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
    if not register.save(row, version, starts_on="start", ends_on="end"):
        register.give_up(row["reference"])
        return
    _load_rows(register, row, version, below)
    register.publish(row, version, involvements="mentors", sources="source")


def _load_rows(register, row, version, below):
    _load_involvements(register, row, version, below["involvements"])
    _load_payments(register, version, below["payments"])
    _load_named(register, row, version)
    if row["signed_on"] or row["signed_place"]:
        agreement = Agreement(version=version, signed_on=row["signed_on"], place=row["signed_place"])
        register.save(row, agreement, place="signed_place")
    _load_tracks(register, row, version, below["tracks"])
    _load_results(register, version, below["track_results"])
    for position, line in enumerate(below["objectives"]):
        register.save(line, Objective(version=version, position=position, text=line["text"]))
    for position, line in enumerate(below["links"]):
        register.save(line, Link(version=version, position=position, title=line["title"], url=line["url"]))
    _load_quotations(register, version, below["quotations"])
    _load_sources(register, row, version, below["sources"])


def amount(register, row, column):
    """The number in ``column``, None for an empty cell: unknown is never 0."""
    if not row[column]:
        return None
    try:
        return Decimal(row[column])
    except InvalidOperation:
        register.problem(row, column, _("“%(value)s” is not a number like 60000 or 29.5.") % {"value": row[column]})
        return None


# --- who takes part ---------------------------------------------------------------------------------------


def _load_involvements(register, row, version, lines):
    mentors, mentees = register.organisations(row, "mentors"), register.organisations(row, "mentees")
    involved = [(organisation, _main_role(organisation, mentors, mentees)) for organisation in mentors]
    involved += [(organisation, Role.MENTEE) for organisation in mentees if organisation not in mentors]
    details = _details(register, lines)
    _refine(involved, details)
    placed = {organisation for organisation, _role in involved} | {organisation for organisation, _line in details}
    involved += [(one, Role.SUPPORTER) for one in register.organisations(row, "supporters") if one not in placed]
    told = {(organisation, line["role"]): line for organisation, line in details}
    for position, (organisation, role) in enumerate(involved):
        _save_involvement(register, row, version, position, organisation, role, told.get((organisation, role)))
    if country := register.country(row, "unnamed_mentee_country"):
        unnamed = Involvement(version=version, position=len(involved), country_id=country, role=Role.MENTEE)
        register.save(row, unnamed, country="unnamed_mentee_country")


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


def _save_involvement(register, row, version, position, organisation, role, line):
    detail = {name: line[name] for name in ("name_used", "contribution", "description")} if line else {}
    involvement = Involvement(version=version, position=position, organisation=organisation, role=role, **detail)
    register.save(line or row, involvement)


def _load_payments(register, version, lines):
    for position, line in enumerate(lines):
        organisation = register.organisation(line, "organisation")
        if line["organisation"] and not organisation:
            continue
        involvement = version.involvements.filter(organisation=organisation, role=line["role"]).first()
        if involvement is None:
            register.problem(line, "role", _("this organisation does not have this role in the partnership."))
            continue
        payment = Payment(
            version=version,
            involvement=involvement,
            position=position,
            amount=amount(register, line, "amount"),
            currency=line["currency"],
            share=amount(register, line, "share"),
            in_kind=line["in_kind"],
            note=line["note"],
        )
        register.save(line, payment)


def _load_named(register, row, version):
    for position, name in enumerate(register.several(row, "platform")):
        if platform := register.one(Platform.objects, row, "platform", acronym=name):
            register.save(row, NamedPlatform(version=version, position=position, platform=platform))
    for position, name in enumerate(register.several(row, "programme")):
        if programme := register.one(Programme.objects, row, "programme", name=name):
            register.save(row, NamedProgramme(version=version, position=position, programme=programme))


# --- what they work on ------------------------------------------------------------------------------------


def _load_tracks(register, row, version, lines):
    """The tracks of tracks.csv, then a bare one for every theme that none of them is about."""
    tracks = []
    for line in lines:
        area = register.one(ImprovementArea.objects, line, "area", code=line["area"]) if line["area"] else None
        detail = {name: line[name] for name in ("title", "description", "state")}
        tracks.append((line, Track(version=version, area=area, **detail)))
    covered = {track.area for _line, track in tracks}
    for theme in register.several(row, "improvement_areas"):
        area = area_for_theme(theme)
        if area is None:
            register.problem(row, "improvement_areas", _("“%(value)s” is not a theme we know.") % {"value": theme})
        elif area not in covered:
            tracks.append((row, Track(version=version, area=area)))
            covered.add(area)
    for position, (line, track) in enumerate(tracks):
        track.position = position
        register.save(line, track)


def _load_results(register, version, lines):
    for position, line in enumerate(lines):
        track = None
        if line["track"]:
            track = register.one(version.tracks, line, "track", title=line["track"])
        register.save(line, TrackResult(version=version, position=position, track=track, text=line["text"]))


# --- words and sources ------------------------------------------------------------------------------------


def _load_quotations(register, version, lines):
    for position, line in enumerate(lines):
        quotation = Quotation(
            version=version,
            position=position,
            organisation=register.organisation(line, "organisation"),
            source_url=line["source"],
            **{name: line[name] for name in ("text", "language", "speaker", "function")},
        )
        register.save(line, quotation, source_url="source")


def _load_sources(register, row, version, lines):
    titles = {line["url"]: line["title"] for line in lines}
    if row["source"]:
        main = Source(version=version, title=titles.pop(row["source"], ""), url=row["source"])
        register.save(row, main, url="source")
    for position, line in enumerate(lines, start=1):
        if line["url"] in titles:
            register.save(line, Source(version=version, position=position, title=line["title"], url=line["url"]))
