"""What a draft asks, in which order, and in which words: declarations only."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from partnerships.drafting.bound import RowFormSet, SingleField
from reviews.models import NonAnswer


class Asked:
    """What every question can tell; those that are no field and no whole relation tell it in their own way."""

    required = False
    """Nothing is submitted without an answer, so that a reason for silence would not help."""

    reasons = tuple(NonAnswer)
    """Those offered for having no answer."""

    @property
    def may_stay_open(self):
        """Whether a reason for silence may stand in place of an answer."""
        return not (self.neutral or self.required)

    def is_answered(self, answers):
        """Whether ``answers`` (a DraftData) hold an answer, or a reason why there is none."""
        return any(answers.is_answered(name) for name in self.names)

    def answers(self, answers):
        """Its Answers in words, for the page on which everything is checked."""
        return answers.to(self)

    def keys(self, answers):
        """The keys of the rows that answer it."""
        return {str(row.key) for name in self.names if name in answers.kinds for row in answers.rows(name)}

    def own(self, content):
        """What of ``content`` (reviews.snapshots.content_of) it answers beside ``names``: {kind: {key: row}}."""
        return {}


@dataclass(frozen=True)
class Question(Asked):
    """One field of a version, or one column of its rows; what is left empty comes from the model field."""

    name: str
    label: str = ""
    help: str = ""
    example: str = ""
    lines: int = 4
    """Height of a text of several lines."""
    advice: int = 0
    """How many characters read well; nothing is cut or refused."""
    choices: Callable | None = None
    """From the version to [(value, label)]: offered instead of what the model field offers."""
    optional: bool = False
    """The section is done without it."""
    required: bool = False
    neutral: bool = False
    """Always has a value (language, status): says nothing about progress and needs no reason for silence."""

    @property
    def names(self):
        return (self.name,)

    def bound(self, section_form):
        return SingleField(self, section_form)


@dataclass(frozen=True)
class Rows(Asked):
    """A relation of the version: things of which there may be several."""

    name: str
    columns: tuple
    label: str = ""
    one: str = ""
    """What one of them is called: "Improvement track"."""
    add: str = ""
    help: str = ""
    example: str = ""
    optional: bool = False
    required: bool = False
    neutral: bool = False
    adds_partners: bool = False
    """Whether an organisation that is not in the register can be added in place."""
    total_of: str = ""
    """A column whose sum is shown below the rows, never corrected."""

    @property
    def names(self):
        return (self.name,)

    def bound(self, section_form):
        return RowFormSet(self, section_form)


@dataclass(frozen=True)
class Section:
    code: str
    title: str
    help: str = ""
    questions: tuple = ()
    address: str = ""
    """The URL name of a page of its own, called with the primary key of the version."""
    relations: tuple = ()
    """Of a section with a page of its own: the relations it fills."""

    @property
    def names(self):
        """The fields and relations that it answers."""
        return [*self.relations, *(name for question in self.questions for name in question.names)]


@dataclass(frozen=True)
class Questionnaire:
    """All sections of one kind of version; ``namespace`` is that of its addresses."""

    model: type
    namespace: str
    sections: tuple

    @property
    def kind(self):
        """How the pages of the desk call such an entry: "partnership", "report"."""
        return self.namespace.removesuffix("s")

    @property
    def open_names(self):
        """The names under which a reason for silence may be kept."""
        questions = [question for section in self.sections for question in section.questions]
        return {question.names[0] for question in questions if question.may_stay_open}

    def section(self, code):
        return next((section for section in self.sections if section.code == code), None)

    def section_of(self, name):
        """The section that asks for a field or relation; None where nobody asks."""
        return next((section for section in self.sections if name in section.names), None)

    def after(self, section):
        """The next section, None after the last."""
        place = self.sections.index(section) + 1
        return self.sections[place] if place < len(self.sections) else None

    def url(self, version, section):
        if section.address:
            return reverse(section.address, args=[version.pk])
        return reverse(f"{self.namespace}:section", args=[version.pk, section.code])

    def draft_url(self, version):
        return reverse(f"{self.namespace}:draft", args=[version.pk])

    def check_url(self, version):
        return reverse(f"{self.namespace}:check", args=[version.pk])
