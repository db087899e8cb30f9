"""reports.csv and the files with the answers of its reports."""

from typing import NamedTuple

from django.utils.translation import gettext as _

from directory.loading.register import by
from partnerships.models import Partnership
from reports.models import (
    Report,
    ReportAttachment,
    ReportChoice,
    ReportObjective,
    ReportResult,
    ReportSource,
    ReportSupporter,
    ReportVersion,
)
from vocabularies.models import Term

COLUMNS = [
    "reference", "kind", "period", "language", "title", "code_of_conduct", "code_of_conduct_link", "formal_agreement",
    "activities_description", "overall_results", "other_themes", "note", "source",
]  # fmt: skip
ROW_FILES = {
    "report_choices": ["reference", "period", "list", "term", "explanation"],
    "report_objectives": ["reference", "period", "text"],
    "report_results": ["reference", "period", "track", "text"],
    "report_attachments": ["reference", "period", "description", "language", "stated_type", "stated_size", "link"],
    "report_supporters": ["reference", "period", "organisation", "role", "support", "description"],
    "report_sources": ["reference", "period", "title", "url"],
}


class Entry(NamedTuple):
    """A row of reports.csv, the version that was made of it, and the lines of the other files about it."""

    row: dict
    version: ReportVersion
    below: dict


def load_reports(register, translations):
    rows = register.read("reports", COLUMNS)
    files = {name: _by_report(register.read(name, columns)) for name, columns in ROW_FILES.items()}
    known = set(Report.objects.values_list("partnership__loaded_as", "kind", "period"))
    new = [row for row in rows if (row["reference"], row["kind"], row["period"]) not in known]
    entries = _entries(register, new, files)
    for lines_of in ROWS:
        register.save_all(line for entry in entries for line in lines_of(register, entry))
    register.save_all(translations.of(["reports", *ROW_FILES]))
    register.publish_all([(entry.row, entry.version, {"sources": "source"}) for entry in entries])
    _report_strays(register, files, {(row["reference"], row["period"]) for row in rows})
    register.count("reports", added=len(new), kept=len(rows) - len(new))


def _by_report(rows):
    return {
        (reference, period): lines
        for reference, of_partnership in by("reference", rows).items()
        for period, lines in by("period", of_partnership).items()
    }


def _report_strays(register, files, known):
    for grouped in files.values():
        for place, lines in grouped.items():
            for line in lines if place not in known else ():
                register.problem(line, "period", _("reports.csv has no report of this partnership and period."))


def _entries(register, rows, files):
    """An Entry for each of ``rows`` that can be placed, saved as far as its version."""
    lines = [(row, report, {}) for row in rows if (report := _report(register, row))]
    register.save_all(lines)
    entries = [
        Entry(row, _version(row, report), {name: grouped.get(_place(row), []) for name, grouped in files.items()})
        for row, report, _columns in lines
        if report.pk
    ]
    register.save_all((entry.row, entry.version, {"code_of_conduct_url": "code_of_conduct_link"}) for entry in entries)
    return [entry for entry in entries if entry.version.pk]


def _place(row):
    return row["reference"], row["period"]


def _report(register, row):
    partnership = register.one(Partnership, row, "reference", loaded_as=row["reference"])
    if partnership is None or register.is_broken(row["reference"]):
        return None
    return Report(partnership=partnership, kind=row["kind"], period=row["period"])


def _version(row, report):
    return ReportVersion(
        report=report,
        number=1,
        language=row["language"] or "en",
        title=row["title"],
        code_of_conduct=row["code_of_conduct"],
        code_of_conduct_url=row["code_of_conduct_link"],
        formal_agreement=row["formal_agreement"],
        activities_description=row["activities_description"],
        overall_results=row["overall_results"],
        other_themes=row["other_themes"],
        note=row["note"],
    )


def _choices(register, entry):
    for position, line in enumerate(entry.below["report_choices"]):
        if term := register.one(Term, line, "term", code=line["term"], list=line["list"]):
            explanation = line["explanation"]
            yield line, ReportChoice(version=entry.version, position=position, term=term, explanation=explanation), {}


def _objectives(register, entry):
    for position, line in enumerate(entry.below["report_objectives"]):
        yield line, ReportObjective(version=entry.version, position=position, text=line["text"]), {}


def _results(register, entry):
    """A result belongs to a track of the WOP by the track's key, or to the whole."""
    wop = entry.version.wop().versions.published().first()
    titles = {(track.title,): track for track in wop.tracks.reverse()} if wop else {}  # of two, the first
    for position, line in enumerate(entry.below["report_results"]):
        track = register.found(titles, line, "track", line["track"]) if wop and line["track"] else None
        result = ReportResult(
            version=entry.version,
            position=position,
            track_key=track.key if track else None,
            track_title=line["track"],
            text=line["text"],
        )
        yield line, result, {}


def _attachments(register, entry):
    for position, line in enumerate(entry.below["report_attachments"]):
        attachment = ReportAttachment(
            version=entry.version,
            position=position,
            url=line["link"],
            **{name: line[name] for name in ("description", "language", "stated_type", "stated_size")},
        )
        yield line, attachment, {"url": "link"}


def _supporters(register, entry):
    for position, line in enumerate(entry.below["report_supporters"]):
        supporter = ReportSupporter(
            version=entry.version,
            position=position,
            organisation=register.organisation(line, "organisation"),
            **{name: line[name] for name in ("role", "support", "description")},
        )
        yield line, supporter, {}


def _sources(register, entry):
    if entry.row["source"]:
        yield entry.row, ReportSource(version=entry.version, url=entry.row["source"]), {"url": "source"}
    for position, line in enumerate(entry.below["report_sources"], start=1):
        title, url = line["title"], line["url"]
        yield line, ReportSource(version=entry.version, position=position, title=title, url=url), {}


ROWS = (_choices, _objectives, _results, _attachments, _supporters, _sources)
"""What makes the lines of each kind of row, (row, thing, columns)."""
