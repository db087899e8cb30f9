"""How the answers of tests/browser/large_record.py read on the public pages, section by section."""

from collections import Counter
from decimal import Decimal

from tests.browser.large_data import QUESTIONS, country_of
from tests.browser.large_record import PERIOD

REPORT = f"Periodic report, {PERIOD}"
TEXTS = """main => {
    const found = [];
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const place = walker.currentNode.parentElement;
        const words = walker.currentNode.textContent.trim().replace(/\\s+/g, " ");
        const heading = place.closest("section, .band, .lead, .note")?.querySelector("h2")?.textContent.trim() ?? "";
        if (words && words !== heading && place.checkVisibility()) found.push([heading, words]);
    }
    return found;
}"""
"""All that can be read, each piece with the heading of its section."""

BESIDE = {
    "All that they did together", "Cite this", "Fact sheet", "More by the same operators", "Others at work on the same",
    "Partnership", "Reports",
}  # fmt: skip
"""Sections that say nothing of this entry but its address."""
OWN = {
    "": "Partnerships|WOP-\\d+|version 1|published .+|Status|Dates|Stated duration|Place of the work|Cost|Tracks|"
    "Programme|Confirmation|Platform of the country|WOP-LAC|"
    "reported by Waterschap De Dommel|1 under way|Periodic report, 2024",
    "Improvement tracks": "Baseline|Targets|Team|Work plan|From the report:|Periodic report, 2024|state not stated",
    "Plan for the partnership as a whole": "Targets|Team|Work plan",
    "Side by side": "Kind|Place|Contribution|Services|Water|Water operator|Why they took part|"
    "Why they took part: as answered in the report “Periodic report, 2024”.",
    "Cost and who pays": "Who|Amount|Share|In kind, remarks|not stated",
    "Agreements": "date not known",
    "Assessments": "date not known",
    **dict.fromkeys(
        ("What was done", "What helped, what stood in the way", "Also reported"),
        "From the report:|Periodic report, 2024",
    ),
}
"""{heading: what stands in the section of its own accord, as a pattern}. None of it is an answer."""
OWN_OF_REPORT = {"": f"{OWN['']}|Mentor:|Mentee:"}
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December")  # fmt: skip


def day(stated):
    """“9 March 2023”, “February 2024”, “2018”."""
    year, month, day_of_month = [*stated.split("-"), "", ""][:3]
    return " ".join(filter(None, [day_of_month.lstrip("0"), month and MONTHS[int(month) - 1], year]))


def number(stated):
    return f"{Decimal(stated):,f}"


def place_of(name):
    """The register knows the town of one of them."""
    return f"Manizales, {country_of(name)[1]}" if name == "Aguas de Manizales" else country_of(name)[1]


def on_the_profile(record):
    """{heading: Counter of texts}, without what stands there of its own accord."""
    entry, report = record.entry, record.report
    return _counted(
        {
            "": _head(record),
            "Editor’s note": [entry.answer("Note on the entry")],
            "Objectives": [row["Objective"] for row in entry.rows("Objective")],
            "Improvement tracks": _work(record),
            "Plan for the partnership as a whole": _planned(entry, ""),
            "Side by side": _sides(record),
            "Who else took part": _others(record),
            "Cost and who pays": _money(entry),
            "Agreements": _agreements(entry),
            "Phases": _phases(entry),
            "Milestones": _milestones(entry),
            "Assessments": _assessments(entry),
            "Decision at the end": [
                f"{entry.answer('Decision at the end')} ({day(entry.answer('Decided on'))})",
                entry.answer("Why it was decided so"),
            ],
            "What was done": [*_ticked(report, "Types of activities"), report.answer("What was done, in words")],
            "What helped, what stood in the way": _ticked(report, "Factors of success"),
            "Also reported": _also_reported(report),
            "Not answered": [*_open(entry), *_open(report, f" ({REPORT})")],
            "Source": [
                text for row in entry.rows("Source") for text in (row["Title"], f"read on {day(row['Read on'])}")
            ],
            "Sustainable Development Goals": [row["Goal or target"] for row in entry.rows("Goal or target")],
        }
    )


def _counted(sections):
    counted = {heading: Counter(filter(None, texts)) for heading, texts in sections.items()}
    return {heading: texts for heading, texts in counted.items() if texts}


def _head(record):
    entry = record.entry
    main = [row for role in ("Mentor", "Mentee") for row in record.roles(role)]
    cost = f"{entry.answer('Kind of figure')}, {_amount(entry)} ({entry.answer('What the amount covers')})"
    return [
        record.title,
        *(text for row in main for text in (row["Role"], row["Organisation"], place_of(row["Organisation"]))),
        entry.answer("Status"),
        entry.answer("Place of the work"),
        f"{entry.answer('Stated duration in months')} months",
        f"{entry.answer('Start')} – {entry.answer('End')}",
        cost,
        *(row["Programme"] for row in entry.rows("Programme")),
        entry.answer("Summary"),
    ]


def _amount(form):
    return f"{form.answer('Currency')} {number(form.answer('Total cost'))}"


def _work(record):
    texts = []
    for track in record.entry.rows("Improvement track"):
        texts += [track.get(label) for label in ("Title", "State", "Improvement area", "Description")]
        texts += _planned(record.entry, track["Title"])
    for row in record.entry.rows("Result"):
        texts += [row["Indicator"], row["Evidence"]]
        texts += [f"{number(row['Baseline'])} {row['Unit']} ({day(row['Date of the baseline'])})"]
    return texts + [row["Result"] for row in record.report.rows("Result")]


def _planned(entry, track):
    """What is to be reached in one track, or by the whole, who works on it and what they do."""
    texts = []
    for row in entry.rows("Target"):
        if row.get("Improvement track", "") == track:
            goal = f"{number(row['Target value'])} {row['Unit']} by " if "Target value" in row else "by "
            texts += [row.get("Indicator"), row.get("Or in your own words"), goal + day(row["By when"])]
    for row in entry.rows("Function"):
        if row.get("Improvement track", "") == track:
            people = f" × {row['Number of people']}" if "Number of people" in row else ""
            texts += [*row["Partner"].removesuffix(")").split(" ("), row["Function"] + people]
    for row in entry.rows("Piece of work"):
        if row.get("Improvement track", "") == track:
            texts += [row["What is done"], row["State"], row.get("Or who, in words")]
            texts += [row["Who does it"].split(" (")[0]] if "Who does it" in row else []
            texts += [f"{day(row['From'])} – {day(row['Until'])}"] if "From" in row else []
    return texts


def _sides(record):
    texts = []
    for row in record.roles("Mentor", "Mentee"):
        texts += [row["Role"], row["Organisation"], place_of(row["Organisation"]), row.get("Contribution")]
    motivations = record.report.ticks("Motivations of the mentor").items()
    return texts + [": ".join(filter(None, motivation)) for motivation in motivations]


def _others(record):
    """Each role once, with all who have it."""
    beside = [row for row in record.entry.rows("Partner") if row["Role"] not in ("Mentor", "Mentee")]
    texts = list(dict.fromkeys(row.get("Which other role") or row["Role"] for row in beside))
    for row in beside:
        called = row.get("Name it used then")
        texts += [row["Organisation"], country_of(row["Organisation"])[1], row.get("Contribution")]
        texts += [f"then called {called}"] if called else []
    return texts


def _money(entry):
    currency, rate = entry.answer("Currency"), entry.answer("US dollars for one unit of the currency")
    dollars = number(str((Decimal(entry.answer("Total cost")) * Decimal(rate)).quantize(Decimal(1))))
    source = f"{day(entry.answer('Date of the rate'))}, {entry.answer('Source of the rate')}"
    texts = [_amount(entry), entry.answer("Kind of figure"), entry.answer("What the amount covers")]
    texts.append(f"about USD {dollars} at 1 {currency} = {rate} USD, {source}")
    for row in entry.rows("Contribution"):
        texts += row["Partner"].removesuffix(")").split(" (")
        texts += [f"{row['Currency']} {number(row['Amount'])}" if "Amount" in row else ""]
        texts += [f"{row['Share in per cent']} %" if "Share in per cent" in row else ""]
        texts += [row.get("Note"), row.get("In kind")]
    return texts


def _agreements(entry):
    texts = []
    for row in entry.rows("Agreement"):
        signed = [row.get("Signed in"), _signed_by(row, entry)]
        texts += [row["Title"], day(row.get("Signed on", "")), " · ".join(filter(None, signed))]
    return texts


def _signed_by(agreement, entry):
    """The partners, then the words in brackets."""
    names = _partners(entry, "Signature", "Agreement", agreement["Title"])
    words = agreement.get("Signatories", "")
    told = f"{names} ({words})" if names and words else names or words
    return f"signed by {told}" if told else ""


def _phases(entry):
    texts = []
    for row in entry.rows("Phase"):
        texts += [f"{row['Start']} – {row['End']}" if "End" in row else f"from {row['Start']}", row["Title"]]
        names = _partners(entry, "Partner in a phase", "Phase", row["Title"])
        texts += [f"with {names}"] if names else []
    return texts


def _partners(entry, one, label, title):
    return ", ".join(row["Partner"].split(" (")[0] for row in entry.rows(one) if row[label] == title)


def _milestones(entry):
    texts = []
    for row in entry.rows("Milestone"):
        days = [day(row[label]) for label in ("Date", "Last day") if label in row]
        texts += [" – ".join(days), row["What happened"]]
    return texts


def _assessments(entry):
    texts = []
    for row in entry.rows("Assessment"):
        changes = row.get("What changed because of it")
        texts += [day(row.get("Date", "")), row["What was found"]]
        texts += [f"What changed because of it: {changes}"] if changes else []
    return texts


def _ticked(form, question):
    return [text for line in form.ticks(question).items() for text in line]


def _open(form, after=""):
    return [text for asked, why in form.left_open.items() for text in (QUESTIONS[asked][1], f"{why}{after}")]


def _also_reported(report):
    """What is answered; what is left open stands under “Not answered”, once."""
    agreed = "Is there a formal agreement?"
    texts = [agreed, report.answer(agreed)]
    for question in ("Types of support", "Themes"):
        texts += [question, *_ticked(report, question)] if report.ticks(question) else []
    return texts


def on_the_report(record):
    """Every question of the form stands there; those that nobody touched are “not answered”."""
    report, nothing = record.report, "not answered"
    agreed, conduct = "Is there a formal agreement?", "Was the code of conduct followed?"
    cost = [_amount(report), report.answer("Kind of figure")]
    names = [row["Organisation"] for role in ("Mentor", "Mentee") for row in record.roles(role)]
    supporters = [row[label] for row in report.rows("Organisation") for label in ("Organisation", "Support given")]
    results = [text for row in report.rows("Result") for text in row.values()]

    def ticked(question, words=""):
        answer = _ticked(report, question) or [report.left_open.get(question, nothing)]
        return [words or question, *answer]

    def told(question, texts):
        return [question, *(texts or [report.left_open.get(question, nothing)])]

    return _counted(
        {
            "": [f"{record.title}: {REPORT}", *names],
            "Rules and agreement": [
                *(conduct, report.left_open[conduct], agreed, report.answer(agreed)),
                *("Link to the code of conduct", nothing),
            ],
            "Why they took part": [
                *ticked("Motivations of the mentor", "Motivations of mentors"),
                *ticked("Motivations of the mentee", "Motivations of mentees"),
            ],
            "Support and cost": [
                *("Facilitator", nothing, "Supporting organisations", *supporters),
                *ticked("Types of support"),
                *("Total cost", *cost),
            ],
            "What it was about": [
                *ticked("Themes"),
                *("Other themes", nothing),
                *told("Objectives", [row["Objective"] for row in report.rows("Objective")]),
            ],
            "What was done": [
                *ticked("Types of activities"),
                *told("Activities in words", [answer] if (answer := report.answer("What was done, in words")) else []),
            ],
            "What came of it": [*told("Results of the improvement tracks", results), *told("Overall results", [])],
            "What helped, what stood in the way": [*ticked("Factors of success"), "Impeding factors", nothing],
            "Files": ["Attachments", nothing],
        }
    )
