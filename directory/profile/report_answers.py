"""The standard reporting form as questions and answers, in the order of the form."""

from dataclasses import dataclass, field
from operator import methodcaller

from django.urls import reverse
from django.utils.translation import gettext as _

from directory.profile.further import further_of
from directory.profile.people import cost_details
from directory.profile.question_titles import question_label
from directory.profile.results import result_of
from directory.profile.sidebar import attachment_of
from directory.wording import money, worded
from reports.models import ReportSupporter
from reviews.models import NonAnswer
from vocabularies.models import TermList


@dataclass(frozen=True)
class Item:
    """One answer of possibly several: a text that may lead somewhere, and notes in small print below it."""

    text: str
    notes: list = field(default_factory=list)
    url: str = ""
    results: list = field(default_factory=list)
    attachment: dict | None = None


@dataclass(frozen=True)
class Answer:
    code: str
    question: str
    items: list = field(default_factory=list)
    reason: str = ""
    """Why there is no answer, when the authors say so."""

    @property
    def is_list(self):
        return len(self.items) > 1


def form_of(report):
    """Pairs (heading, answers): the whole form, unanswered questions too."""
    ask = _Form(report)
    form = [(heading, [answer(ask) for answer in answers]) for heading, answers in _sections()]
    others = [*ask.further(), *ask.left_over()]
    return form + ([(_("Other questions"), others)] if others else [])


def terms_of(report, name):
    """The chosen terms of one list as Items, each with its explanation."""
    return [
        Item(str(choice.term), [worded(choice.explanation, report.language)] if choice.explanation else [])
        for choice in report.choices.all()
        if choice.term.list == name
    ]


def supporters_of(report, role):
    return [_supporter(row, report) for row in report.supporters.all() if row.role == role]


def _supporter(row, report):
    body = row.organisation
    url = reverse("directory:operator", args=[body.slug]) if body and body.is_published else ""
    description = worded(row.description, report.language)
    notes = [description if body else "", worded(row.support, report.language)]
    return Item(str(body) if body else description or _("Not named"), [note for note in notes if note], url)


class _Form:
    """The answers of one report. Each reason given for silence is used once; what is left has no question here."""

    def __init__(self, report):
        self.report = report
        self.reasons = {row.question: row.get_reason_display() for row in report.unanswered.all()}

    def answer(self, items, *codes, question=""):
        reasons = [self.reasons.pop(code) for code in codes if code in self.reasons]
        return Answer(codes[0], question or question_label(type(self.report), codes[0]), items, ", ".join(reasons))

    def yes_no(self, name):
        value = getattr(self.report, name)
        label = getattr(self.report, f"get_{name}_display")()
        if value in NonAnswer.values:
            return Answer(name, question_label(type(self.report), name), [], label)
        return self.answer([Item(label)] if value else [], name)

    def code_of_conduct(self):
        url = self.report.code_of_conduct_url
        return self.answer([Item(url, url=url)] if url else [], "code_of_conduct_url")

    def text(self, name):
        value = getattr(self.report, name)
        return self.answer([Item(worded(value, self.report.language))] if value else [], name)

    def terms(self, name):
        question = _("Themes") if name == TermList.IMPROVEMENT_AREA else ""
        return self.answer(terms_of(self.report, name), str(name), question=question)

    def facilitators(self):
        """Asked for together with the supporting organisations: what leaves these open leaves it open."""
        found = supporters_of(self.report, ReportSupporter.Role.FACILITATOR)
        silence = "" if found else self.reasons.get("supporters", "")
        return Answer("facilitator", question_label(type(self.report), "facilitator"), found, silence)

    def supporters(self):
        found = supporters_of(self.report, ReportSupporter.Role.SUPPORTER)
        return self.answer(found, "supporters", question=_("Supporting organisations"))

    def cost(self):
        amount = self.report.cost_amount
        known = [] if amount is None else [Item(money(amount, self.report.cost_currency), cost_details(self.report))]
        return self.answer(known, "cost_amount", "cost")

    def objectives(self):
        rows = self.report.objectives.all()
        return self.answer([Item(worded(row.text, row.language, self.report.language)) for row in rows], "objectives")

    def results(self):
        """By track, in the order in which they first occur; those of the whole last."""
        by_track = {}
        for row in sorted(self.report.results.all(), key=lambda row: not row.track_title):
            by_track.setdefault(row.track_title, []).append(result_of(row, self.report))
        items = [Item(title or _("Overall"), results=results) for title, results in by_track.items()]
        return self.answer(items, "results", question=_("Results of the improvement tracks"))

    def attachments(self):
        rows = self.report.attachments.all()
        return self.answer([Item(row.description, attachment=attachment_of(row)) for row in rows], "attachments")

    def further(self):
        """What is asked since these sections were laid out."""
        for one in further_of(self.report):
            rows = [Item("; ".join(f"{label} {text}" for label, text in row)) for row in one.rows]
            text = [Item(worded(one.text, self.report.language))] if one.text else []
            yield self.answer([*text, *rows], one.code, question=one.question)

    def left_over(self):
        return [self.answer([], question) for question in list(self.reasons)]


def _sections():
    """Pairs (heading, functions that take a _Form and give an Answer)."""
    return [
        (_("Rules and agreement"), [_yes_no("code_of_conduct"), _Form.code_of_conduct, _yes_no("formal_agreement")]),
        (_("Why they took part"), [_terms(TermList.MENTOR_MOTIVATION), _terms(TermList.MENTEE_MOTIVATION)]),
        (_("Support and cost"), [_Form.facilitators, _Form.supporters, _terms(TermList.SUPPORT_TYPE), _Form.cost]),
        (_("What it was about"), [_terms(TermList.IMPROVEMENT_AREA), _text("other_themes"), _Form.objectives]),
        (_("What was done"), [_terms(TermList.ACTIVITY), _text("activities_description")]),
        (_("What came of it"), [_Form.results, _text("overall_results")]),
        (_("What helped, what stood in the way"), [_terms(TermList.SUCCESS_FACTOR), _terms(TermList.IMPEDING_FACTOR)]),
        (_("Files"), [_Form.attachments]),
    ]


def _yes_no(name):
    return methodcaller("yes_no", name)


def _text(name):
    return methodcaller("text", name)


def _terms(name):
    return methodcaller("terms", name)
