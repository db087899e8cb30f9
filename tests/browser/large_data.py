"""Where programs find each answer of tests/browser/large_record.py: in JSON, and in the tables of CSV and XLSX.

Every place is named; a question that has none here fails its test.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import Enum

from django.utils.text import slugify

from tests.browser.large_record import NEW, PERIOD


class As(Enum):
    """How an answer is written."""

    TEXT, CHOICE, DATE, BODY, THING, LANGUAGE, ROW, TRACK = range(8)


@dataclass(frozen=True)
class Place:
    json: str
    """Below the entry, or below its row."""
    kind: As = As.TEXT
    column: str = ""
    """In a table; as in JSON where empty."""

    @property
    def in_table(self):
        return self.column or self.json


RELATIONS = {
    "Partner": "involvements",
    "Contribution": "payments",
    "Programme": "named_programmes",
    "Phase": "phases",
    "Partner in a phase": "phase_partners",
    "Agreement": "agreements",
    "Signature": "signatures",
    "Objective": "objectives",
    "Improvement track": "tracks",
    "Target": "targets",
    "Function": "teams",
    "Piece of work": "work_plan",
    "Result": "results",
    "Milestone": "milestones",
    "Assessment": "assessments",
    "Goal or target": "sdg_targets",
    "Source": "sources",
    "Organisation": "supporters",
}
TABLES = {"results": "track_results", "sdg_targets": "sdg"}
"""Tables of an entry that are not called as in JSON; those of a report are called report_…"""
LISTS = {
    "Motivations of the mentor": ("mentor_motivation", "Motivations of mentors"),
    "Types of support": ("support_type", "Types of support"),
    "Themes": ("improvement_area", "Improvement areas"),
    "Types of activities": ("activity", "Types of activities"),
    "Factors of success": ("success_factor", "Factors of success"),
}
QUESTIONS = {
    "Step reached": ("lifecycle_step", "Step reached"),
    "WOP platforms": ("named_platforms", "Named platforms"),
    "Approach": ("approach", "Approach"),
    "Was the code of conduct followed?": ("code_of_conduct", "Was the code of conduct followed?"),
    "Motivations of the mentee": ("mentee_motivation", "Motivations of mentees"),
    "Overall results": ("overall_results", "Overall results"),
}
"""{as the form asks: (code, as the public reads it)} of what is left unanswered."""
CODES = {"Funding goal": "goal", "Supporting organisation": "supporter", "Spanish": "es"}
"""Those that are not made of the words."""

PLACES = {
    ("", "Summary"): Place("summary"),
    ("", "Place of the work"): Place("place"),
    ("", "Status"): Place("status", As.CHOICE),
    ("", "Decision at the end"): Place("decision", As.CHOICE),
    ("", "Decided on"): Place("decided_on", As.DATE),
    ("", "Why it was decided so"): Place("decision_reason"),
    ("", "Start"): Place("starts_on", As.DATE),
    ("", "End"): Place("ends_on", As.DATE),
    ("", "Stated duration in months"): Place("duration_months"),
    ("", "Note on the entry"): Place("note"),
    ("", "Total cost"): Place("cost.amount", column="cost_amount"),
    ("", "Currency"): Place("cost.currency", column="cost_currency"),
    ("", "Kind of figure"): Place("cost.kind", As.CHOICE, "cost_kind"),
    ("", "What the amount covers"): Place("cost.covers", column="cost_covers"),
    ("", "US dollars for one unit of the currency"): Place("cost.usd.rate", column="cost_usd_rate"),
    ("", "Date of the rate"): Place("cost.usd.rate_date", As.DATE, "cost_usd_rate_on"),
    ("", "Source of the rate"): Place("cost.usd.rate_source", column="cost_usd_rate_source"),
    ("", "Is there a formal agreement?"): Place("formal_agreement", As.CHOICE),
    ("", "What was done, in words"): Place("activities_description"),
    ("Partner", "Organisation"): Place("organisation", As.BODY),
    ("Partner", "Role"): Place("role", As.CHOICE),
    ("Partner", "Which other role"): Place("role_other"),
    ("Partner", "Name it used then"): Place("name_used"),
    ("Partner", "Contribution"): Place("contribution"),
    ("Contribution", "Partner"): Place("involvement", As.ROW),
    ("Contribution", "Amount"): Place("amount"),
    ("Contribution", "Currency"): Place("currency"),
    ("Contribution", "Share in per cent"): Place("share"),
    ("Contribution", "In kind"): Place("in_kind"),
    ("Contribution", "Note"): Place("note"),
    ("Programme", "Programme"): Place("programme", As.THING),
    ("Phase", "Title"): Place("title"),
    ("Phase", "Start"): Place("starts_on", As.DATE),
    ("Phase", "End"): Place("ends_on", As.DATE),
    ("Partner in a phase", "Phase"): Place("phase", As.ROW),
    ("Partner in a phase", "Partner"): Place("involvement", As.ROW),
    ("Signature", "Agreement"): Place("agreement", As.ROW),
    ("Signature", "Partner"): Place("involvement", As.ROW),
    ("Agreement", "Title"): Place("title"),
    ("Agreement", "Signed on"): Place("signed_on", As.DATE),
    ("Agreement", "Signed in"): Place("place"),
    ("Agreement", "Signatories"): Place("signatories"),
    ("Agreement", "Address on the web"): Place("url"),
    ("Objective", "Objective"): Place("text"),
    ("Objective", "Language"): Place("language", As.LANGUAGE),
    ("Improvement track", "Improvement area"): Place("area", As.CHOICE),
    ("Improvement track", "Title"): Place("title"),
    ("Improvement track", "Description"): Place("description"),
    ("Improvement track", "State"): Place("state", As.CHOICE),
    ("Target", "Improvement track"): Place("track", As.ROW),
    ("Target", "Indicator"): Place("indicator", As.CHOICE),
    ("Target", "Or in your own words"): Place("text"),
    ("Target", "Target value"): Place("value"),
    ("Target", "Unit"): Place("unit"),
    ("Target", "By when"): Place("due_on", As.DATE),
    ("Function", "Improvement track"): Place("track", As.ROW),
    ("Function", "Partner"): Place("involvement", As.ROW),
    ("Function", "Function"): Place("function"),
    ("Function", "Number of people"): Place("people"),
    ("Piece of work", "Improvement track"): Place("track", As.ROW),
    ("Piece of work", "What is done"): Place("text"),
    ("Piece of work", "Who does it"): Place("involvement", As.ROW),
    ("Piece of work", "Or who, in words"): Place("who"),
    ("Piece of work", "From"): Place("starts_on", As.DATE),
    ("Piece of work", "Until"): Place("ends_on", As.DATE),
    ("Piece of work", "State"): Place("state", As.CHOICE),
    ("Result", "Improvement track"): Place("track", As.ROW),
    ("Result", "Result"): Place("text"),
    ("Result", "Indicator"): Place("indicator", As.CHOICE),
    ("Result", "Unit"): Place("unit"),
    ("Result", "Baseline"): Place("baseline.value", column="baseline"),
    ("Result", "Date of the baseline"): Place("baseline.date", As.DATE, "baseline_on"),
    ("Result", "Evidence"): Place("evidence"),
    ("Milestone", "Date"): Place("happened_on", As.DATE),
    ("Milestone", "Last day"): Place("ended_on", As.DATE),
    ("Milestone", "What happened"): Place("text"),
    ("Assessment", "Date"): Place("held_on", As.DATE),
    ("Assessment", "What was found"): Place("text"),
    ("Assessment", "What changed because of it"): Place("changes"),
    ("Goal or target", "Goal or target"): Place("target", As.CHOICE),
    ("Source", "Title"): Place("title"),
    ("Source", "Address on the web"): Place("url"),
    ("Source", "Read on"): Place("accessed_on", As.DATE),
    ("Organisation", "Organisation"): Place("organisation", As.BODY),
    ("Organisation", "Role"): Place("role", As.CHOICE),
    ("Organisation", "Support given"): Place("support"),
}
IN_A_REPORT = {("Result", "Improvement track"): Place("track", As.TRACK)}


def coded(answer):
    """(code, words) of what was chosen; goals are chosen with their number in front."""
    if answer[0].isdigit():
        return tuple(answer.split(" ", 1))
    return CODES.get(answer) or slugify(answer), answer


def country_of(name):
    """(code, name): as typed for who is new, else as the register says."""
    if name in NEW:
        country = NEW[name][1]
        return {"Panama": "PA", "Ecuador": "EC", "Colombia": "CO"}[country], country
    return ("NL", "Netherlands") if name == "Waterschap De Dommel" else ("CO", "Colombia")


def _refer(record, answer):
    """The row that an answer of the form names."""
    for number, row in enumerate(record.entry.rows("Partner")):
        if answer == f"{row['Organisation']} ({row['Role']})":
            return f"involvements[{number}]"
    for one in ("Phase", "Agreement", "Improvement track"):
        titles = [row["Title"] for row in record.entry.rows(one)]
        if answer in titles:
            return f"{RELATIONS[one]}[{titles.index(answer)}]"
    raise LookupError(answer)


def _labelled(path, code_and_label):
    return dict(zip((f"{path}.code", f"{path}.label"), code_and_label, strict=True))


JSON = {
    As.TEXT: lambda answer, _row: {"": answer},
    As.CHOICE: lambda answer, _row: _labelled("", coded(answer)),
    As.LANGUAGE: lambda answer, _row: _labelled("", coded(answer)),
    As.DATE: lambda answer, _row: {".date": answer},
    As.BODY: lambda answer, _row: {
        ".name": answer,
        **_labelled(".country", country_of(answer)),
    },
    As.THING: lambda answer, _row: {".name": answer},
    As.ROW: lambda _answer, row: {"": row},
    As.TRACK: lambda answer, row: {"_key": row, "_title": answer},
}
TABLE = JSON | {
    As.CHOICE: lambda answer, _row: dict(zip(("", "_label"), coded(answer), strict=True)),
    As.LANGUAGE: lambda answer, _row: {"": coded(answer)[0]},
    As.DATE: lambda answer, _row: {"": answer},
    As.BODY: lambda answer, _row: {"": slugify(answer), "_name": answer},
    As.THING: lambda answer, _row: {"": slugify(answer), "_label": answer},
}
"""{how: function of the answer and of the row that it names, to {end of the place: what stands there}}."""


def _written(record, is_report, writers, path_of):
    form = record.report if is_report else record.entry
    places = PLACES | (IN_A_REPORT if is_report else {})
    found = {}
    for (one, label), number, answer in form.facts():
        if one in LISTS:
            continue
        place = places[one, label]
        row = _refer(record, answer) if place.kind in (As.ROW, As.TRACK) else ""
        path = path_of(RELATIONS[one] if one else "", number, place)
        found |= {path + end: value for end, value in writers[place.kind](answer, row).items()}
    return found


def in_json(record):
    """{path: value} of all that an entry with its report says."""
    return {
        "title": record.title,
        **_json_of(record.entry, _written(record, False, JSON, _json_path)),
        **{f"reports[0].{path}": value for path, value in _reported(record).items()},
        **_worked_out(record),
    }


def _json_path(relation, number, place):
    return f"{relation}[{number}].{place.json}" if relation else place.json


def _reported(record):
    return {
        "title": f"{record.title}: Periodic report, {PERIOD}",
        "period.code": PERIOD,
        "period.label": PERIOD,
        **_json_of(record.report, _written(record, True, JSON, _json_path)),
    }


def _json_of(form, answers):
    """With what was ticked and what was left unanswered."""
    for question, (code, words) in LISTS.items():
        for term, own in form.ticks(question).items():
            path = f"choices[{code}/{coded(term)[0]}]"
            answers |= {f"{path}.list.code": code, f"{path}.list.label": words, f"{path}.term.code": coded(term)[0]}
            answers |= {f"{path}.term.label": term} | ({f"{path}.explanation": own} if own else {})
    for question, reason in form.left_open.items():
        code, words = QUESTIONS[question]
        answers |= {f"unanswered[{code}].question.code": code, f"unanswered[{code}].question.label": words}
        answers |= _labelled(f"unanswered[{code}].reason", coded(reason))
    return answers


def _worked_out(record):
    """What the API makes of the answers."""
    dollars = Decimal(record.entry.answer("Total cost")) * Decimal(
        record.entry.answer("US dollars for one unit of the currency")
    )
    found = {"signed_on.date": record.entry.rows("Agreement")[0]["Signed on"], "cost.usd.amount": str(dollars)}
    for number, row in enumerate(record.entry.rows("Improvement track")):
        found |= _labelled(f"areas[{number}]", coded(row["Improvement area"]))
    for number, row in enumerate(record.entry.rows("Partner")):
        found |= _labelled(f"involvements[{number}].country", country_of(row["Organisation"]))
    return found


def in_tables(record):
    """{table[row].column: value} of the tidy tables."""

    def path_of(relation, number, place):
        return f"{TABLES.get(relation, relation) or 'partnerships'}[{number}].{place.in_table}"

    def reported(relation, number, place):
        return f"report{f'_{relation}' if relation else 's'}[{number}].{place.in_table}"

    found = {"partnerships[0].title": record.title, "reports[0].title": f"{record.title}: Periodic report, {PERIOD}"}
    found |= {"reports[0].period": PERIOD}
    found |= _written(record, False, TABLE, path_of) | _written(record, True, TABLE, reported)
    for number, row in enumerate(record.entry.rows("Partner")):
        found[f"involvements[{number}].place"] = country_of(row["Organisation"])[0]
    for start, form in (("", record.entry), ("report_", record.report)):
        found |= _chosen_in_tables(form, start)
    return found


def _chosen_in_tables(form, start):
    found = {}
    for question, (code, _words) in LISTS.items():
        for term, own in form.ticks(question).items():
            path = f"{start}choices[{code}/{coded(term)[0]}]"
            found |= {f"{path}.term_list": code, f"{path}.term": coded(term)[0], f"{path}.term_label": term}
            found |= {f"{path}.explanation": own} if own else {}
    for question, reason in form.left_open.items():
        path = f"{start}unanswered[{QUESTIONS[question][0]}]"
        found[f"{path}.question"] = QUESTIONS[question][0]
        found |= dict(zip((f"{path}.reason", f"{path}.reason_label"), coded(reason), strict=True))
    return found


NOT_IN_ONE_ROW = {"/note", "/decision_reason"}
"""Too long for one line of many."""


def in_one_row(record):
    """{column: value} of the table with one row for each partnership."""
    entry, join = record.entry, "; ".join
    mentors, mentees = ([row["Organisation"] for row in record.roles(role)] for role in ("Mentor", "Mentee"))
    beside = [row for row in entry.rows("Partner") if row["Role"] not in ("Mentor", "Mentee")]
    found = {
        "title": record.title,
        "mentors": join(mentors),
        "mentor_keys": join(map(slugify, mentors)),
        "mentor_countries": join(dict.fromkeys(country_of(name)[0] for name in mentors)),
        "mentees": join(mentees),
        "mentee_keys": join(map(slugify, mentees)),
        "mentee_countries": join(dict.fromkeys(country_of(name)[0] for name in mentees)),
        "others": join(f"{row['Organisation']} ({row.get('Which other role') or row['Role']})" for row in beside),
        "signed_on": entry.rows("Agreement")[0]["Signed on"],
        "cost_known": "true",
        "cost_usd": _worked_out(record)["cost.usd.amount"],
    }
    for one, name in (("Programme", "programmes"), ("Improvement track", "areas"), ("Goal or target", "sdg")):
        column = {"Improvement track": "Improvement area"}.get(one, one)
        chosen = [coded(row[column]) for row in entry.rows(one)]
        found |= {name: join(code for code, _words in chosen), f"{name}_labels": join(words for _code, words in chosen)}
    of_entry = _written(record, False, TABLE, lambda relation, _number, place: f"{relation}/{place.in_table}")
    found |= {
        path[1:]: value for path, value in of_entry.items() if path.startswith("/") and path not in NOT_IN_ONE_ROW
    }
    return {column: value for column, value in found.items() if value}


def plain(value):
    """A value to be compared: numbers without the zeros that a column adds, days without hours."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    try:
        return f"{Decimal(str(value)).normalize():f}"
    except InvalidOperation:
        return str(value)


def plainly(values):
    return {path: plain(value) for path, value in values.items()}
