"""What a draft says so far: its rows in few queries, what is answered, how far each section is."""

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import TextChoices
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from operators.models import Organisation
from reviews.cloning import row_links
from reviews.models import TranslationRow
from reviews.rows import attach, load_rows
from reviews.schema import FIXED, schema_of, type_of
from reviews.translations import standing
from vocabularies.formatting import language_name


class Progress(TextChoices):
    DONE = "done", gettext_lazy("Done")
    STARTED = "started", gettext_lazy("In progress")
    EMPTY = "empty", gettext_lazy("Not started")


@dataclass(frozen=True)
class Answer:
    """A question with its answer in words: ``text``, or ``rows``, each a list of (label, text); or the reason."""

    name: str
    label: str
    text: str = ""
    rows: tuple = ()
    reason: str = ""


class DraftData:
    """The answers of one version. Costs one query for all rows and one for each kind of thing that they name."""

    def __init__(self, version):
        self.version = version
        self.model = type(version)
        self.kinds = {name: relation.kind for name, relation in schema_of(self.model).relations.items()}
        load_rows([version])
        self._attach()

    def _attach(self):
        places = defaultdict(list)
        for target, name, column in schema_of(self.model).links:
            places[target].append((self.rows(name), column))
        for target, found in places.items():
            things = target._base_manager.all()
            attach(things.select_related("country") if target is Organisation else things, *found)

    def rows(self, name):
        return list(getattr(self.version, name).all())

    def given(self, name):
        """The rows of a relation as ``save_draft`` takes them: unchanged, they change nothing."""
        kind = self.kinds[name]
        links = {link.name for link in row_links(kind)}
        return [
            {"key": str(row.key)}
            | {
                field.name: self._given(row, field, field.name in links)
                for field in kind._meta.concrete_fields
                if field.name not in FIXED
            }
            for row in self.rows(name)
        ]

    @staticmethod
    def _given(row, field, is_link):
        if is_link:
            target = getattr(row, field.name)
            return str(target.key) if target else None
        return getattr(row, field.attname)

    @cached_property
    def open_questions(self):
        """{question: row} of those that were left open for a reason."""
        return {row.question: row for row in self.rows("unanswered")}

    def is_answered(self, name):
        if name in self.open_questions:
            return True
        return bool(self.rows(name)) if name in self.kinds else getattr(self.version, name) not in (None, "")

    @cached_property
    def missing(self):
        """What submission still needs, by field or relation: the same that ``perform`` asks for."""
        return self.version.missing_for_submission()

    def progress(self, section):
        if section.address:
            return Progress.DONE if any(self.is_answered(name) for name in section.relations) else Progress.EMPTY
        telling = [question for question in section.questions if not question.neutral]
        answered = [question for question in telling if question.is_answered(self)]
        open_ones = [question for question in telling if question not in answered and not question.optional]
        if not answered:
            return Progress.EMPTY
        return Progress.STARTED if open_ones or set(section.names) & set(self.missing) else Progress.DONE

    # --- in words ---------------------------------------------------------------------------------------

    def of(self, section):
        """The answers of a section in the order of its questions."""
        answers = [answer for question in section.questions for answer in question.answers(self)]
        for name in section.relations:
            is_translation = issubclass(self.kinds[name], TranslationRow)
            answers.append(self._translated(name) if is_translation else self._rows_answer(name, ""))
        return answers

    def _translated(self, name):
        """Of translations, how many there are into each language: word for word they stand on a page of their own."""
        lines = []
        for code in dict.fromkeys(row.language for row in self.rows(name)):
            found = standing(self.version, code)
            words = _("%(done)s of %(all)s texts") % {"done": sum(fit for *_rest, fit in found), "all": len(found)}
            lines.append([(language_name(code), words)])
        return Answer(name, capfirst(self.kinds[name]._meta.verbose_name_plural), rows=tuple(lines))

    def to(self, question):
        """The Answers to one question: what its fields and relations hold."""
        for name in question.names:
            if name in self.kinds:
                yield self._rows_answer(name, question.label, getattr(question, "columns", ()))
            else:
                field = self.model._meta.get_field(name)
                label = question.label or capfirst(field.verbose_name)
                yield Answer(name, label, in_words(self.version, field), reason=self.reason(name))

    def _rows_answer(self, name, label, columns=()):
        kind = self.kinds[name]
        label = label or capfirst(kind._meta.verbose_name_plural)
        return Answer(
            name, label, rows=tuple(row_in_words(row, columns) for row in self.rows(name)), reason=self.reason(name)
        )

    def reason(self, name):
        return self.open_questions[name].get_reason_display() if name in self.open_questions else ""


def row_in_words(row, columns=()):
    """[(label, text)] of what is filled in a row, in the order of ``columns``, else of the model."""
    labels = {column.name: column.label for column in columns}
    names = labels or [field.name for field in row._meta.concrete_fields if field.name not in FIXED]
    pairs = []
    for name in names:
        field = row._meta.get_field(name)
        if text := in_words(row, field):
            pairs.append((labels.get(name) or capfirst(field.verbose_name), text))
    return pairs


def in_words(thing, field):
    """The value of a field as a reader sees it; "" when there is none, and for a box that nobody ticked."""
    value = getattr(thing, field.name)
    return "" if value in (None, "", False) else type_of(field).in_words(value)
