"""partnerships.csv and the files with rows of its partnerships."""

import re

from django.utils.text import slugify
from django.utils.translation import gettext as _

from directory.loading.partnership_rows import ROWS, Entry, amount
from directory.loading.register import by
from partnerships.models import Partnership, PartnershipVersion, ReferenceCounter, Status

REFERENCE = re.compile(r"WOP-([0-9]{4,})")
COLUMNS = [
    "reference", "title", "language", "mentors", "mentees", "unnamed_mentee_country", "platform", "programme",
    "supporters", "start", "end", "signed_on", "signed_place", "status", "cost_amount", "cost_currency", "cost_covers",
    "improvement_areas", "summary", "approach", "note", "source", "duration_months",
]  # fmt: skip
ROW_FILES = {
    "involvements": ["reference", "organisation", "role", "name_used", "contribution", "description"],
    "payments": ["reference", "organisation", "role", "amount", "currency", "share", "in_kind", "note"],
    "objectives": ["reference", "text"],
    "tracks": ["reference", "area", "title", "description", "state"],
    "track_results": [
        "reference", "track", "text", "indicator", "unit", "baseline", "baseline_on", "latest", "latest_on",
    ],
    "phases": ["reference", "title", "description", "starts_on", "ends_on"],
    "milestones": ["reference", "happened_on", "ended_on", "text"],
    "sdg_targets": ["reference", "target"],
    "related": ["reference", "partnership", "relation"],
    "quotations": ["reference", "text", "language", "speaker", "function", "organisation", "source"],
    "links": ["reference", "title", "url"],
    "sources": ["reference", "title", "url"],
}  # fmt: skip


def load_partnerships(register, translations):
    rows = register.read("partnerships", COLUMNS)
    files = {name: by("reference", register.read(name, columns)) for name, columns in ROW_FILES.items()}
    known = set(Partnership.objects.values_list("loaded_as", flat=True))
    report_strays(register, files, known | {row["reference"] for row in rows})
    new = [row for row in rows if row["reference"] not in known]
    entries = _entries(register, new, files)
    for lines_of in ROWS:  # one kind after the other: later ones point to earlier ones
        register.save_all(line for entry in entries for line in lines_of(register, entry))
    register.save_all(translations.of(["partnerships", *ROW_FILES]))
    register.publish_all(
        [(entry.row, entry.version, {"involvements": "mentors", "sources": "source"}) for entry in entries]
    )
    register.count("partnerships", added=len(new), kept=len(rows) - len(new))


def report_strays(register, files, known):
    for grouped in files.values():
        for reference, rows in grouped.items():
            for row in rows if reference not in known else ():
                register.problem(row, "reference", _("there is no partnership “%(value)s”.") % {"value": reference})


def _entries(register, rows, files):
    """An Entry for each of ``rows`` that can be placed, saved as far as its version."""
    seen = set()
    usable = [row for row in rows if _is_usable(register, row, seen)]
    if usable:
        ReferenceCounter.raise_to(max(map(_number, usable)))
    taken = set(Partnership.objects.values_list("reference", flat=True))
    lines = [(row, _partnership(row, taken), {}) for row in usable]
    register.save_all(lines)
    saved = [(row, partnership) for row, partnership, _columns in lines if partnership.pk]
    entries = [
        Entry(row, version_of(register, row, one), {name: grouped[row["reference"]] for name, grouped in files.items()})
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


def _partnership(row, taken):
    """Under the reference of its row or, where another WOP was entered under it meanwhile, the next free one."""
    known_as = row["reference"]
    reference = Partnership.reference_of(ReferenceCounter.take()) if known_as in taken else known_as
    return Partnership(reference=reference, loaded_as=known_as, slug=slugify(row["title"])[:120])


def version_of(register, row, partnership):
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
        duration_months=row["duration_months"] or None,
        cost_amount=amount(register, row, "cost_amount"),
        cost_currency=row["cost_currency"],
        cost_kind="budget" if row["cost_covers"] == "budget" else "",
        cost_covers="" if row["cost_covers"] == "budget" else row["cost_covers"],
    )
