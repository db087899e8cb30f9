"""A large record as its author types it, page after page of the forms.

The facts are those of the real WOP-0083 (``data/partnerships.csv``): its partners but the last three, its programme,
its years, its summary, its themes, the agreements of its second phase, their source and the editor's note. The source
names no place, duration, money, numbers, days or second roles: these, who took part in which phase, the last three
partners, the report and what is left unanswered are MADE for the test. So is the contradiction, of the kind that the
forms allow: the entry has two agreements, and the report answers “Don't know” when asked for one. Nothing here is
loaded anywhere but in the portals of these tests.
"""

from dataclasses import dataclass, field, replace
from itertools import chain

from accounts.models import User
from accounts.services import confirm_email
from operators.models import Organisation, OrganisationMember
from platforms.models import Platform, SecretariatMember
from tests.browser.cast import PASSWORD

AUTHOR, REVIEWER = "author@dommel.example", "reviewer@wop-lac.example"
PERIOD = "2024"
DOMMEL, ASOCARS = "Waterschap De Dommel", "ASOCARS"
FONDO, ESCUELA, CONSEJO = "Fondo Quebrada Alta", "Escuela de Aguas Sumapaz", "Consejo de Cuenca Arrayanes"
NEW = {
    FONDO: ("Donor", "Panama"),
    ESCUELA: ("Training institute", "Ecuador"),
    CONSEJO: ("Association", "Colombia"),
}
"""Added in place: {name: (kind, country)}."""


def engage():
    """Bring in who types it and who publishes it."""
    author, reviewer = (User.objects.create_user(one, PASSWORD, name=one) for one in (AUTHOR, REVIEWER))
    for one in (author, reviewer):
        confirm_email(user=one)
    dommel, platform = Organisation.objects.get(name=DOMMEL), Platform.objects.get(key="wop-lac")
    OrganisationMember.objects.create(user=author, organisation=dommel, role=OrganisationMember.Role.EDITOR)
    SecretariatMember.objects.create(user=reviewer, platform=platform, role=SecretariatMember.Role.COORDINATOR)


@dataclass(frozen=True)
class Page:
    """A section of a form: what is typed into it and chosen, by the labels of its questions."""

    title: str
    answers: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)
    """{what one is called: [{label: answer}]}"""
    ticks: dict = field(default_factory=dict)
    """{question: {term: own words}}"""
    left_open: dict = field(default_factory=dict)
    """{question: why there is no answer}"""


@dataclass(frozen=True)
class Form:
    """All pages of an entry or of a report."""

    pages: tuple

    def answer(self, label):
        return next((page.answers[label] for page in self.pages if label in page.answers), "")

    def rows(self, one):
        return next((page.rows[one] for page in self.pages if one in page.rows), [])

    def ticks(self, question):
        return next((page.ticks[question] for page in self.pages if question in page.ticks), {})

    @property
    def left_open(self):
        return dict(chain.from_iterable(page.left_open.items() for page in self.pages))

    def facts(self):
        """((what one is called or "", label), number of the row, answer) of all that is typed, in the order of it."""
        for page in self.pages:
            yield from ((("", label), 0, answer) for label, answer in page.answers.items() if answer)
            for one, rows in page.rows.items():
                for number, row in enumerate(rows):
                    yield from (((one, label), number, answer) for label, answer in row.items())
            for question, terms in page.ticks.items():
                yield from (((question, term), 0, words) for term, words in terms.items())


@dataclass(frozen=True)
class Record:
    title: str
    entry: Form
    report: Form

    def roles(self, *roles):
        return [row for row in self.entry.rows("Partner") if row["Role"] in roles]


INVOLVED = [
    {"Organisation": DOMMEL, "Role": "Mentor", "Contribution": "Hydrologists for two weeks a year"},
    {"Organisation": "Aguas del Huila", "Role": "Mentee"},
    {"Organisation": "Acuavalle", "Role": "Mentee"},
    {"Organisation": "Empocaldas", "Role": "Mentee"},
    {"Organisation": "Aguas de Manizales", "Role": "Mentee"},
    {"Organisation": "CAM", "Role": "Supporter"},
    {"Organisation": "CAS", "Role": "Supporter"},
    {"Organisation": "CDMB", "Role": "Supporter"},
    {"Organisation": "Department of Santander", "Role": "Supporter"},
    {"Organisation": "CVC", "Role": "Supporter"},
    {"Organisation": "Corpocaldas", "Role": "Supporter"},
    {"Organisation": "Andesco", "Role": "Supporter"},
    {"Organisation": ASOCARS, "Role": "Facilitator"},
    {"Organisation": FONDO, "Role": "Funder"},
    {"Organisation": ESCUELA, "Role": "Technical support", "Contribution": "A classroom in Quito"},
    {"Organisation": CONSEJO, "Role": "Other", "Which other role": "Guest of the river walks"},
    {"Organisation": DOMMEL, "Role": "Funder"},
    {"Organisation": ASOCARS, "Role": "Signatory", "Name it used then": "Red de Corporaciones"},
]
"""Sixteen bodies; the first and ASOCARS have two roles each."""
PARTNERS = Page("Partners", rows={"Partner": INVOLVED})

BASICS = Page(
    "The basics",
    {
        "Summary": "De Dommel, a Dutch water board, has worked since 2018 with four utilities in Colombia. Environment "
        "agencies, one department and associations, which operate no services, take part as well.",
        "Place of the work": "Upper valley of the Magdalena",
        "Status": "Under way",
        "Decision at the end": "Continued",
        "Decided on": "2022-10",
        "Why it was decided so": "Four utilities asked for a second phase.",
        "Start": "2018",
        "End": "2030",
        "Stated duration in months": "150",
    },
    left_open={"Step reached": "Don't know"},
)
MONEY = Page(
    "Cost and contributions",
    {
        "Total cost": "6150000000",
        "Currency": "COP",
        "Kind of figure": "Funding goal",
        "What the amount covers": "Pumps and pipes that are still sought",
        "US dollars for one unit of the currency": "0.00025",
        "Date of the rate": "2024-02",
        "Source of the rate": "Banco de la República",
    },
    {
        "Contribution": [
            {"Partner": f"{DOMMEL} (Funder)", "Amount": "410000", "Currency": "EUR", "Share in per cent": "37.5"},
            {"Partner": f"{FONDO} (Funder)", "Amount": "82000", "Currency": "USD", "Note": "Paid in two parts"},
            {"Partner": f"{ASOCARS} (Facilitator)", "In kind": "Rooms for three workshops"},
        ]
    },
)
AGREED = Page(
    "Agreements and phases",
    rows={
        "Phase": [{"Title": "Phase one", "Start": "2018", "End": "2022"}, {"Title": "Phase two", "Start": "2023"}],
        "Agreement": [
            {
                "Title": "Phase two with the utilities",
                "Signed on": "2023-03-09",
                "Signed in": "Neiva",
                "Signatories": "Both directors",
            },
            {"Title": "Phase two with the agencies", "Address on the web": "https://agencies.example/two"},
        ],
    },
)
LINKED = Page(
    "Agreements and phases",
    rows={
        "Partner in a phase": [
            {"Phase": "Phase two", "Partner": f"{DOMMEL} (Mentor)"},
            {"Phase": "Phase two", "Partner": f"{FONDO} (Funder)"},
        ],
        "Signature": [{"Agreement": "Phase two with the utilities", "Partner": f"{DOMMEL} (Mentor)"}],
    },
)
"""Once the phases and agreements are saved."""
WORK = (
    Page(
        "Platforms and programmes",
        rows={"Programme": [{"Programme": "Blue Deal"}]},
        left_open={"WOP platforms": "Left open"},
    ),
    MONEY,
    AGREED,
    LINKED,
    Page(
        "Objectives and approach",
        rows={
            "Objective": [
                {"Objective": "Wastewater of small towns is treated"},
                {"Objective": "La gente conoce su río", "Language": "Spanish"},
            ]
        },
        left_open={"Approach": "Prefer not to say"},
    ),
    Page(
        "Improvement tracks",
        rows={
            "Improvement track": [
                {"Improvement area": "Wastewater collection and treatment", "Title": "Lagoons", "State": "Under way"},
                {"Improvement area": "Other", "Title": "River walks", "Description": "Children count insects"},
            ]
        },
    ),
    Page(
        "Targets, teams and work plan",
        rows={
            "Target": [
                {
                    "Improvement track": "Lagoons",
                    "Indicator": "Sewerage coverage",
                    "Target value": "63",
                    "Unit": "% of homes",
                    "By when": "2029",
                },
                {"Or in your own words": "A walk in every school year", "By when": "2030-06"},
            ],
            "Function": [
                {
                    "Improvement track": "Lagoons",
                    "Partner": f"{DOMMEL} (Mentor)",
                    "Function": "Hydrologist",
                    "Number of people": "2",
                },
                {"Improvement track": "Lagoons", "Partner": "Aguas del Huila (Mentee)", "Function": "Head of plants"},
                {"Partner": f"{ASOCARS} (Facilitator)", "Function": "Keeper of the calendar"},
            ],
            "Piece of work": [
                {
                    "Improvement track": "Lagoons",
                    "What is done": "Dredging with a crew of eight",
                    "Who does it": "Aguas del Huila (Mentee)",
                    "From": "2023-11",
                    "Until": "2024-02-16",
                    "State": "Done",
                },
                {"What is done": "A fair for the neighbours", "Or who, in words": "Both offices", "State": "Planned"},
            ],
        },
    ),
    Page(
        "Results",
        rows={
            "Result": [
                {
                    "Improvement track": "Lagoons",
                    "Indicator": "Sewerage coverage",
                    "Unit": "% of homes",
                    "Baseline": "41.5",
                    "Date of the baseline": "2019",
                    "Evidence": "Census of the mayors",
                }
            ]
        },
    ),
    Page(
        "Assessments",
        rows={
            "Assessment": [
                {
                    "Date": "2024-04",
                    "What was found": "Sludge comes faster than was thought",
                    "What changed because of it": "A third lagoon is planned",
                },
                {"What was found": "Walks draw whole villages"},
            ]
        },
    ),
    Page(
        "Milestones and links",
        rows={
            "Milestone": [
                {"Date": "2024-02", "What happened": "Work on the first lagoon begins"},
                {
                    "Date": "2024-12-30",
                    "Last day": "2025-01-02",
                    "What happened": "New year at the lagoon",
                },
            ],
            "Goal or target": [{"Goal or target": "6.3 Cleaner water, less untreated wastewater, more reuse"}],
        },
    ),
    Page(
        "Sources and note",
        {"Note on the entry": "They were signed on a 9 March; the source omits the year."},
        {
            "Source": [
                {
                    "Title": "News of the Dutch water boards",
                    "Address on the web": "https://dutchwaterauthorities.com/news/author/harmke/page/11",
                    "Read on": "2026-11-20",
                }
            ]
        },
    ),
)
"""Never touched: related partnerships, links, quotations, files, evidence of the step, parts of most rows."""

RULES = Page(
    "Rules and agreement",
    {"Is there a formal agreement?": "Don't know"},
    left_open={"Was the code of conduct followed?": "Left open"},
)
SUPPORT = Page(
    "Support and cost",
    {
        "Total cost": "185000",
        "Currency": "EUR",
        "Kind of figure": "Budget",
        "What the amount covers": "",
        "US dollars for one unit of the currency": "",
        "Date of the rate": "",
        "Source of the rate": "",
    },
    {
        "Organisation": [
            {"Organisation": FONDO, "Role": "Supporting organisation", "Support given": "Flights of six trainees"}
        ]
    },
    {"Types of support": {"In kind": ""}},
)
"""A report begins with what the entry says; the year had a budget of its own, in euros and without a rate."""
REPORTED = (
    RULES,
    Page(
        "Why you take part",
        ticks={"Motivations of the mentor": {"Share knowledge": "", "Other": "An old friendship"}},
        left_open={"Motivations of the mentee": "Don't know"},
    ),
    SUPPORT,
    Page(
        "Themes and objectives",
        rows={"Objective": [{"Objective": "Staff run a lagoon alone"}]},
        ticks={"Themes": {"Wastewater collection and treatment": "", "Other": "River walks"}},
    ),
    Page(
        "Activities",
        {"What was done, in words": "Six trainees spent May in Eindhoven."},
        ticks={"Types of activities": {"Study tours": "To three lagoons"}},
    ),
    Page(
        "Results",
        rows={"Result": [{"Improvement track": "Lagoons", "Result": "Two lagoons were dredged"}]},
        left_open={"Overall results": "Not yet"},
    ),
    Page("What helped, what stood in the way", ticks={"Factors of success": {"Trust between partners": ""}}),
)
"""Never touched: titles, other themes, link to a code of conduct, what impeded, sources, files, note."""

LARGE = Record("InspirAgua as De Dommel tells it", Form((BASICS, PARTNERS, *WORK)), Form(REPORTED))
FEW = replace(PARTNERS, rows={"Partner": [INVOLVED[number] for number in (0, 1, 2, 12, 13, 16, 17)]})
SMALL = Record("InspirAgua in few words", Form((BASICS, FEW, MONEY, AGREED, LINKED)), Form((RULES, SUPPORT)))
