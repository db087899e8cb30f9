"""A question that is answered by choosing terms of one list, each with words of one's own where they help."""

from dataclasses import dataclass

from partnerships.drafting.bound import BoundQuestion, Problem
from partnerships.drafting.draft_data import Answer
from partnerships.drafting.questions import Asked
from partnerships.services.save_rows import refusals
from reports.models import ReportChoice
from vocabularies.localised import labelled
from vocabularies.models import Term


@dataclass(frozen=True)
class TermsQuestion(Asked):
    """``list`` is a TermList; its code is also the name under which a reason for silence is kept."""

    list: str
    label: str
    help: str = ""
    optional: bool = False
    neutral: bool = False

    @property
    def code(self):
        return str(self.list)

    @property
    def names(self):
        return (self.code,)

    def chosen(self, answers):
        """The rows of a version that answer it."""
        return [row for row in answers.rows("choices") if row.term.list == self.code]

    def is_answered(self, answers):
        return self.code in answers.open_questions or bool(self.chosen(answers))

    def answers(self, answers):
        lines = [": ".join(filter(None, [str(row.term), row.explanation])) for row in self.chosen(answers)]
        return [Answer(self.code, str(self.label), "\n".join(lines), reason=answers.reason(self.code))]

    def keys(self, answers):
        return {str(row.key) for row in self.chosen(answers)}

    def own(self, content):
        terms = set(Term.objects.of(self.code).values_list("pk", flat=True))
        return {"choices": {key: row for key, row in content.get("choices", {}).items() if row["term"] in terms}}

    def bound(self, section_form):
        return BoundTerms(self, section_form)


@dataclass
class Choice:
    """A term as the page offers it."""

    term: Term
    is_chosen: bool
    words: str
    error: str = ""

    def problem(self):
        """What the row would be refused for: said beside its words."""
        row = ReportChoice(term=self.term, explanation=self.words.strip())
        wrong = refusals(row, known=(), unasked={"version"})
        return " ".join(text for reasons in wrong.values() for error in reasons for text in error.messages)


class BoundTerms(BoundQuestion):
    """Tick boxes, each with a line for words of one's own."""

    template = "reports/_terms.html"

    def __init__(self, question, section_form):
        super().__init__(question, section_form)
        self.name = question.code
        self.label, self.help = question.label, question.help
        self.stored = {row.term_id: row for row in question.chosen(section_form.answers)}
        self.was_sent = self.data is not None and f"{self.name}-sent" in self.data
        self.choices = [self._choice(term) for term in self._offered()]

    def _offered(self):
        """What is offered now; what was chosen stays, also when it was retired since."""
        terms = Term.objects.of(self.name).select_related("parent")
        return [term for term in terms if term.is_active or term.pk in self.stored]

    def _choice(self, term):
        if not self.was_sent:
            row = self.stored.get(term.pk)
            return Choice(term, row is not None, row.explanation if row else "")
        chosen = str(term.pk) in self.data.getlist(self.name)
        return Choice(term, chosen, self.data.get(self.words_name(term), ""))

    def words_name(self, term):
        return f"{self.name}-words-{term.pk}"

    @property
    def groups(self):
        """Pairs (heading, [(choice, name of its words)]); one without heading where the terms have no groups."""
        groups = {}
        for choice in self.choices:
            parent = choice.term.parent
            groups.setdefault(str(parent) if parent else "", []).append((choice, self.words_name(choice.term)))
        return list(groups.items())

    @property
    def id_for_label(self):
        return f"id_{self.name}"

    @property
    def reason_field(self):
        return self.reason[f"open-{self.name}"]

    def clean(self):
        is_right = super().clean()
        for choice in self.choices:
            choice.error = choice.problem() if choice.is_chosen else ""
        return is_right and not any(choice.error for choice in self.choices)

    def collect(self, fields, rows):
        super().collect(fields, rows)
        if not self.was_sent:
            return
        given = rows.setdefault("choices", self.section_form.answers.given("choices"))
        chosen = {choice.term.pk: choice.words for choice in self.choices if choice.is_chosen and not choice.error}
        kept = [
            row | {"explanation": chosen.pop(row["term"])} if row["term"] in chosen else row
            for row in given
            if row["term"] in chosen or row["term"] not in self.stored
        ]
        rows["choices"] = kept + [{"term": pk, "explanation": words} for pk, words in chosen.items()]

    def found(self):
        wrong = {f"{self.name}-{choice.term.pk}": [choice.error] for choice in self.choices if choice.error}
        return super().found() | wrong

    def accept(self, name, messages):
        if name != self.name and name.split("-")[0] != "choices":
            return False
        self.errors += messages
        return True

    def problems(self):
        found = [Problem(self.id_for_label, self.label, self.errors)] if self.errors else []
        if self.reason.errors:
            found.append(Problem(self.reason_field.id_for_label, self.label, self.reason_field.errors))
        return found + [
            Problem(f"id_{self.words_name(choice.term)}", labelled(self.label, choice.term), [choice.error])
            for choice in self.choices
            if choice.error
        ]
