"""How the answers of tests/browser/large_record.py stand in IATI 2.03, and which have no place there (docs/iati.md)."""

from django.utils.text import slugify

from tests.browser.large_data import coded, country_of
from tests.browser.large_pages import REPORT

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NO_PLACE = "the standard has no place for it"
ON_ITS_PAGE = "an answer of the report, whose page is linked"
IN_CURRENCY = "amounts stay in their currency"

LEFT_OUT = {
    ("", "US dollars for one unit of the currency"): IN_CURRENCY,
    ("", "Date of the rate"): IN_CURRENCY,
    ("", "Source of the rate"): IN_CURRENCY,
    ("", "Stated duration in months"): NO_PLACE,
    ("", "Status"): "a code of the standard says it",
    **{("", label): NO_PLACE for label in ("Decision at the end", "Decided on", "Why it was decided so")},
    ("Partner", "Contribution"): NO_PLACE,
    ("Agreement", "Signed on"): "it is the start only where none is stated",
    ("Agreement", "Signed in"): NO_PLACE,
    ("Agreement", "Signatories"): NO_PLACE,
    ("Agreement", "Title"): "only as the title of a document that has an address",
    ("Improvement track", "State"): NO_PLACE,
    **{("Phase", label): NO_PLACE for label in ("Title", "Start", "End")},
    **{("Partner in a phase", label): NO_PLACE for label in ("Phase", "Partner")},
    **{("Signature", label): NO_PLACE for label in ("Agreement", "Partner")},
    **{("Milestone", label): NO_PLACE for label in ("Date", "Last day", "What happened")},
    ("Function", "Function"): NO_PLACE,
    ("Function", "Number of people"): NO_PLACE,
    **{("Piece of work", label): NO_PLACE for label in ("What is done", "Or who, in words", "From", "Until", "State")},
    **{("Assessment", label): NO_PLACE for label in ("Date", "What was found", "What changed because of it")},
    ("Source", "Read on"): NO_PLACE,
}
LEFT_OUT_OF_REPORT = {
    ("", "Is there a formal agreement?"): ON_ITS_PAGE,
    ("", "What was done, in words"): ON_ITS_PAGE,
    ("", "Total cost"): ON_ITS_PAGE,
    ("", "Currency"): ON_ITS_PAGE,
    ("", "Kind of figure"): ON_ITS_PAGE,
    ("Objective", "Objective"): ON_ITS_PAGE,
    ("Organisation", "Support given"): NO_PLACE,
}
"""What is ticked in a report, and what is left unanswered, is on its page too."""

ROLES = {"Mentor": "4", "Mentee": "4", "Technical support": "4", "Funder": "1"}
BESIDE = "2"
STATUSES = {"Under way": ("2", "2")}
"""{status: (its code, type of a start that is past)}."""


def pieces(element):
    """All that an element of an activity says, in its order: values but addresses of lists, texts in one language."""
    said = [value for name, value in element.attrib.items() if not name.endswith("-uri") and name != LANG]
    said += [element.text.strip()] if element.text and element.text.strip() else []
    below = list(element)
    if any(one.get(LANG) == "en" for one in below):
        below = [one for one in below if one.get(LANG) in (None, "en")]
    return said + [piece for one in below for piece in pieces(one)]


def lines(activity):
    """[tag, pieces ...] of each element of an activity."""
    return [[element.tag, *pieces(element)] for element in activity]


def in_iati(record, reference, address, report_address):
    """The same as it should be."""
    entry, report = record.entry, record.report
    return [
        ["iati-identifier", f"UNSET-IATI-ORG-REF-{reference}"],
        ["reporting-org", "UNSET-IATI-ORG-REF", "90", "1", "WOP Portal"],
        ["title", record.title],
        ["description", "1", entry.answer("Summary")],
        *(["description", "2", row["Objective"]] for row in entry.rows("Objective")),
        *(["description", "4", ". ".join(_about(row))] for row in entry.rows("Improvement track")),
        *([["description", "4", note]] if (note := entry.answer("Note on the entry")) else []),
        ["description", "4", _money(entry)],
        *_organisations(record),
        ["activity-status", STATUSES[entry.answer("Status")][0]],
        _date(STATUSES[entry.answer("Status")][1], entry.answer("Start")),
        _date("3", entry.answer("End")),
        ["recipient-country", "CO", "100", "Colombia"],
        ["location", entry.answer("Place of the work"), "Where the work is done, as the entry says it."],
        ["sector", "1", "14081"],
        *(["tag", "3", *coded(row["Goal or target"])] for row in entry.rows("Goal or target")),
        *(["tag", "99", *coded(row["Improvement area"])] for row in entry.rows("Improvement track")),
        *(["tag", "99", slugify(row["Programme"]), row["Programme"]] for row in entry.rows("Programme")),
        ["document-link", address, "text/html", record.title, "Page in the register.", "A12"],
        *(_link(row, "A09") for row in entry.rows("Agreement") if "Address on the web" in row),
        *(_link(row, "Source of facts in this entry.", "A12") for row in entry.rows("Source")),
        ["document-link", report_address, "text/html", f"{record.title}: {REPORT}", f"{REPORT}.", "A08"],
        *(_measured(row, entry.rows("Target")[0]) for row in entry.rows("Result")),
        *(_planned(row) for row in entry.rows("Target")[1:]),
        *(_told(row) for row in report.rows("Result")),
    ]


def _about(track):
    return [track[label] for label in ("Title", "Description") if label in track]


def _money(entry):
    cost = f"{entry.answer('Currency')} {entry.answer('Total cost')}, a {entry.answer('Kind of figure').lower()}"
    sentences = [f"Total cost: {cost}. It covers: {entry.answer('What the amount covers')}."]
    for row in entry.rows("Contribution"):
        parts = [
            f"{row['Currency']} {row['Amount']}" if "Amount" in row else "",
            f"{row['Share in per cent']} % of the total cost" if "Share in per cent" in row else "",
            f"in kind: {row['In kind']}" if "In kind" in row else "",
            row.get("Note", ""),
        ]
        sentences.append(f"Contribution of {row['Partner'].split(' (')[0]}: {'; '.join(filter(None, parts))}.")
    return " ".join(sentences)


def _organisations(record):
    """Each body once for each role that the standard has; several of ours may be one of them."""
    taking = {}
    for row in [*record.entry.rows("Partner"), *record.report.rows("Organisation")]:
        taking.setdefault((row["Organisation"], ROLES.get(row["Role"], BESIDE)), []).append(row)
    for (name, code), rows in taking.items():
        yield [
            "participating-org",
            *(["80"] if name == "Escuela de Aguas Sumapaz" else []),
            code,
            " ".join(coded(row["Role"])[0] for row in rows),
            *(row["Which other role"] for row in rows if "Which other role" in row),
            country_of(name)[0],
            *(row["Name it used then"] for row in rows if "Name it used then" in row),
            name,
        ]


def _date(kind, year):
    return ["activity-date", kind, f"{year}-01-01", f"Stated as {year}: the year is known, the day is not."]


def _link(row, *rest):
    return ["document-link", row["Address on the web"], "text/html", row["Title"], *rest]


def _measured(row, goal):
    baseline, target = row["Date of the baseline"], goal["By when"]
    return [
        *("result", "9", row["Improvement track"], "2", row["Indicator"], f"Unit: {row['Unit']}."),
        *("99", slugify(row["Indicator"])),
        *(baseline, row["Baseline"], f"Date as stated: {baseline}."),
        *(f"{target}-01-01", f"{target}-12-31", goal["Target value"], f"Date as stated: {target}."),
        row["Evidence"],
    ]


def _planned(row):
    """In words, of the whole."""
    words = row["Or in your own words"]
    by_when = f"To be reached by: {row['By when']}."
    return ["result", "9", "Result of the partnership as a whole", words, "5", words, by_when]


def _told(row):
    result = row["Result"]
    return ["result", "9", row["Improvement track"], result, "5", result, f"Stated in: {REPORT}."]
