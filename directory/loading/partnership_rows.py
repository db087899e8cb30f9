"""The rows below a partnership, made of the lines of the files beside partnerships.csv."""

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from partnerships.models import (
    LEFT_ROLES,
    RIGHT_ROLES,
    Agreement,
    Involvement,
    Link,
    Milestone,
    NamedPlatform,
    NamedProgramme,
    Objective,
    Partnership,
    PartnershipVersion,
    Payment,
    Phase,
    Quotation,
    RelatedPartnership,
    Role,
    SdgRow,
    Source,
    Track,
    TrackResult,
)
from platforms.models import Platform, Programme
from vocabularies.models import ImprovementArea, Indicator, SdgTarget
from vocabularies.numbers import NOTHING, NothingOrUnknown


@dataclass
class Entry:
    """A row of partnerships.csv, the version that was made of it, and the lines of the other files about it."""

    row: dict
    version: PartnershipVersion
    below: dict
    involvements: list = field(default_factory=list)
    tracks: list = field(default_factory=list)
    placed: Counter = field(default_factory=Counter)
    cited: set = field(default_factory=set)
    """Addresses of the sources that the version names already."""

    def add(self, kind, **values):
        """A further row of ``kind``, after those that the version has."""
        self.placed[kind] += 1
        return kind(version=self.version, position=self.placed[kind] - 1, **values)

    def lines(self, name):
        """Those of a file that a release of the data may do without."""
        return self.below.get(name, [])


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
    row, lines = entry.row, entry.lines("involvements")
    mentors, mentees = register.organisations(row, "mentors"), register.organisations(row, "mentees")
    involved = [(organisation, _main_role(organisation, mentors, mentees)) for organisation in mentors]
    involved += [(organisation, Role.MENTEE) for organisation in mentees if organisation not in mentors]
    details = _details(register, lines)
    _refine(involved, details)
    placed = {organisation for organisation, _role in involved} | {organisation for organisation, _line in details}
    involved += [(one, Role.SUPPORTER) for one in register.organisations(row, "supporters") if one not in placed]
    told = {(organisation, line["role"]): line for organisation, line in details}
    known = {(one.organisation, one.role) for one in entry.involvements}
    for organisation, role in (one for one in involved if one not in known):
        line = told.get((organisation, role))
        yield line or row, _involvement(entry, line, organisation=organisation, role=role), {}
    if country := register.country(row, "unnamed_mentee_country"):
        unnamed = _involvement(entry, None, country_id=country, role=Role.MENTEE)
        yield row, unnamed, {"country": "unnamed_mentee_country"}


def _involvement(entry, line, **who):
    detail = {name: line[name] for name in ("name_used", "contribution", "description")} if line else {}
    made = entry.add(Involvement, **who, **detail)
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
    for line in entry.lines("payments"):
        organisation = register.organisation(line, "organisation")
        if line["organisation"] and not organisation:
            continue
        roles = {(one.organisation, one.role): one for one in entry.involvements if one.pk}
        if (organisation, line["role"]) not in roles:
            register.problem(line, "role", _("this organisation does not have this role in the partnership."))
            continue
        payment = entry.add(
            Payment,
            involvement=roles[organisation, line["role"]],
            amount=amount(register, line, "amount"),
            currency=line["currency"],
            share=amount(register, line, "share"),
            in_kind=line["in_kind"],
            note=line["note"],
        )
        yield line, payment, {}


def _named_platforms(register, entry):
    for name in register.several(entry.row, "platform"):
        if platform := register.one(Platform, entry.row, "platform", acronym=name):
            yield entry.row, entry.add(NamedPlatform, platform=platform), {}


def _named_programmes(register, entry):
    for name in register.several(entry.row, "programme"):
        if programme := register.one(Programme, entry.row, "programme", name=name):
            yield entry.row, entry.add(NamedProgramme, programme=programme), {}


def _agreements(register, entry):
    row = entry.row
    if row["signed_on"] or row["signed_place"]:
        agreement = entry.add(Agreement, signed_on=row["signed_on"], place=row["signed_place"])
        yield row, agreement, {"place": "signed_place"}


def _related(register, entry):
    for line in entry.lines("related"):
        if other := register.one(Partnership, line, "partnership", loaded_as=line["partnership"]):
            yield line, entry.add(RelatedPartnership, partnership=other, relation=line["relation"]), {}


def _phases(register, entry):
    for line in entry.lines("phases"):
        dates = {"starts_on": line["starts_on"], "ends_on": line["ends_on"]}
        yield line, entry.add(Phase, title=line["title"], description=line["description"], **dates), {}


def _milestones(register, entry):
    for line in entry.lines("milestones"):
        cells = {name: line[name] for name in ("text", "happened_on", "ended_on")}
        yield line, entry.add(Milestone, **cells), {}


# --- what they work on ------------------------------------------------------------------------------------


def _tracks(register, entry):
    """The tracks of tracks.csv, then a bare one for every theme that none of them is about."""
    for line in entry.lines("tracks"):
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
    made = entry.add(Track, area=area, **detail)
    entry.tracks.append(made)
    return made


def _results(register, entry):
    """A result names its track by its title or, of a bare one, by its area; of two, the first is meant."""
    names = {(track.title or getattr(track.area, "code", ""),): track for track in reversed(entry.tracks) if track.pk}
    for line in entry.lines("track_results"):
        track = register.found(names, line, "track", line["track"]) if line["track"] else None
        yield line, entry.add(TrackResult, track=track, text=line["text"], **_measured(register, line)), {}


def _measured(register, line):
    """The indicator of a result with its values, as far as the line states them."""
    indicator = register.one(Indicator, line, "indicator", code=line["indicator"]) if line["indicator"] else None
    values = {name: amount(register, line, name) for name in ("baseline", "latest")}
    dates = {name: line[name] for name in ("baseline_on", "latest_on")}
    return {"indicator": indicator, "unit": line["unit"], **values, **dates}


# --- words and sources ------------------------------------------------------------------------------------


def _objectives(register, entry):
    for line in entry.lines("objectives"):
        yield line, entry.add(Objective, text=line["text"]), {}


def _sdg_targets(register, entry):
    for line in entry.lines("sdg_targets"):
        if target := register.one(SdgTarget, line, "target", code=line["target"]):
            yield line, entry.add(SdgRow, target=target), {}


def _links(register, entry):
    for line in entry.lines("links"):
        yield line, entry.add(Link, title=line["title"], url=line["url"]), {}


def _quotations(register, entry):
    for line in entry.lines("quotations"):
        quotation = entry.add(
            Quotation,
            organisation=register.organisation(line, "organisation"),
            source_url=line["source"],
            **{name: line[name] for name in ("text", "language", "speaker", "function")},
        )
        yield line, quotation, {"source_url": "source"}


def _sources(register, entry):
    """The main source, then the other ones; a page that the version names already is not named again."""
    titles = {line["url"]: line["title"] for line in entry.lines("sources")}
    if (url := entry.row["source"]) and url not in entry.cited:
        yield entry.row, entry.add(Source, title=titles.get(url, ""), url=url), {"url": "source"}
    for line in entry.lines("sources"):
        if line["url"] not in {*entry.cited, url}:
            yield line, entry.add(Source, title=line["title"], url=line["url"]), {}


ROWS = (
    _involvements, _payments, _named_platforms, _named_programmes, _phases, _agreements, _milestones, _related, _tracks,
    _results, _objectives, _sdg_targets, _links, _quotations, _sources,
)  # fmt: skip
"""What makes the lines of each kind of row, (row, thing, columns)."""
