"""reports.csv and the files with the answers of its reports."""

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
}


def load_reports(register):
    rows = register.read("reports", COLUMNS)
    files = {name: _by_report(register.read(name, columns)) for name, columns in ROW_FILES.items()}
    known = set(Report.objects.values_list("partnership__reference", "kind", "period"))
    new = [row for row in rows if (row["reference"], row["kind"], row["period"]) not in known]
    for row in new:
        below = {name: grouped.get((row["reference"], row["period"]), []) for name, grouped in files.items()}
        _load_report(register, row, below)
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


def _load_report(register, row, below):
    partnership = register.one(Partnership.objects, row, "reference", reference=row["reference"])
    if partnership is None or register.is_broken(row["reference"]):
        return
    report = Report(partnership=partnership, kind=row["kind"], period=row["period"])
    if not register.save(row, report):
        return
    version = ReportVersion(
        report=report,
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
    if register.save(row, version, code_of_conduct_url="code_of_conduct_link"):
        _load_rows(register, row, version, below)
        register.publish(row, version, sources="source")


def _load_rows(register, row, version, below):
    for position, line in enumerate(below["report_choices"]):
        if term := register.one(Term.objects.filter(list=line["list"]), line, "term", code=line["term"]):
            choice = ReportChoice(version=version, position=position, term=term, explanation=line["explanation"])
            register.save(line, choice)
    for position, line in enumerate(below["report_objectives"]):
        register.save(line, ReportObjective(version=version, position=position, text=line["text"]))
    for position, line in enumerate(below["report_results"]):
        _load_result(register, version, position, line)
    for position, line in enumerate(below["report_attachments"]):
        attachment = ReportAttachment(
            version=version,
            position=position,
            url=line["link"],
            **{name: line[name] for name in ("description", "language", "stated_type", "stated_size")},
        )
        register.save(line, attachment, url="link")
    if row["source"]:
        register.save(row, ReportSource(version=version, url=row["source"]), url="source")


def _load_result(register, version, position, line):
    """A result belongs to a track of the WOP by the track's key, or to the whole."""
    track = None
    if line["track"]:
        wop = version.wop().versions.published().first()
        track = wop and register.one(wop.tracks, line, "track", title=line["track"])
    result = ReportResult(
        version=version,
        position=position,
        track_key=track.key if track else None,
        track_title=line["track"],
        text=line["text"],
    )
    register.save(line, result)
