"""One question on a page: its inputs, what they give to ``save_draft``, and what is wrong with them."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.forms.utils import ErrorDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partnerships.drafting.fields import field_for
from vocabularies.choice_messages import list_of
from vocabularies.forms import Choice
from vocabularies.numbers import written

NEW = "__new__"
"""Stands for the number of a row in the pattern that static/js/rows.js copies."""


@dataclass(frozen=True)
class Problem:
    """A line of components/errors.html."""

    id_for_label: str
    label: str
    errors: list

    @property
    def auto_id(self):
        return self.id_for_label


class BoundQuestion:
    """What every question has in common. ``data`` is what was typed, None for a page as it is stored."""

    template = ""

    def __init__(self, question, section_form):
        self.question, self.section_form = question, section_form
        self.data = section_form.data
        self.reason = _reason_field(question, section_form) if question.may_stay_open else None
        self.errors = []

    @property
    def comments(self):
        """The Threads about the question."""
        return self.section_form.comments.at(self.question)

    def clean(self):
        """Read what was typed; False when something is wrong with it."""
        return self.reason is None or self.reason.is_valid()

    def collect(self, fields, rows):
        """Put what is to be saved into ``fields`` and ``rows``."""
        if self.reason is not None and self.reason.is_valid():
            name = self.question.names[0]
            open_rows = rows.setdefault("unanswered", self.section_form.answers.given("unanswered"))
            rows["unanswered"] = _with_reason(open_rows, name, self.reason.cleaned_data[f"open-{name}"])

    def found(self):
        """{name: messages} of what could not be read, as ``save_draft`` would name it."""
        return dict(self.reason.errors) if self.reason is not None else {}

    def accept(self, name, messages):
        """Show an error of ``save_draft``; False when it is not about this question."""
        raise NotImplementedError

    def problems(self):
        raise NotImplementedError

    def forms(self):
        """All forms of it, so that words which were only kept stand there without a verdict."""
        return [self.reason] if self.reason is not None else []


class Tick(forms.CheckboxInput):
    """The only reason there is: ticked, its code is sent."""

    def __init__(self, code):
        super().__init__()
        self.code = code

    def value_from_datadict(self, data, files, name):
        return self.code if super().value_from_datadict(data, files, name) else ""


def _reason_field(question, section_form):
    """The choice of why there is no answer, a form of one field."""
    name = question.names[0]
    known = section_form.answers.open_questions.get(name)
    form = forms.Form(section_form.data, initial={f"open-{name}": known.reason if known else ""})
    choices = [("", gettext_lazy("I answer, now or later")), *((code, code.label) for code in question.reasons)]
    options = {"label": gettext_lazy("No answer?")}
    if len(question.reasons) == 1:
        options = {"label": gettext_lazy("We, or our source, leave this open"), "widget": Tick(question.reasons[0])}
    of = list_of(section_form.answers.kinds["unanswered"]._meta.get_field("reason"))
    form.fields[f"open-{name}"] = Choice(of=of, choices=choices, required=False, **options)
    return form


def _with_reason(open_rows, name, reason):
    """The open questions with ``reason`` for one of them, at its old place when it has one."""
    known = next((row for row in open_rows if row["question"] == name), None)
    if not reason:
        return [row for row in open_rows if row is not known]
    if known is None:
        return [*open_rows, {"question": name, "reason": reason}]
    return [row | {"reason": reason} if row is known else row for row in open_rows]


class SingleField(BoundQuestion):
    """A field of the version."""

    template = "components/question.html"

    def __init__(self, question, section_form):
        super().__init__(question, section_form)
        self.name = question.name
        field = section_form.version._meta.get_field(self.name)
        self.form = forms.Form(section_form.data, initial={self.name: getattr(section_form.version, field.attname)})
        self.form.fields[self.name] = field_for(question, field, section_form.offer)

    @property
    def field(self):
        return self.form[self.name]

    @property
    def reason_field(self):
        return self.reason[f"open-{self.name}"] if self.reason is not None else None

    def forms(self):
        return [self.form, *super().forms()]

    def clean(self):
        return all([super().clean(), self.form.is_valid()])

    def collect(self, fields, rows):
        super().collect(fields, rows)
        fields |= self.form.cleaned_data

    def found(self):
        return super().found() | self.form.errors

    def accept(self, name, messages):
        if name != self.name:
            return False
        self.form.add_error(self.name, messages)
        return True

    def problems(self):
        return [Problem(bound.id_for_label, bound.label, bound.errors) for bound in self._bound() if bound.errors]

    def _bound(self):
        return [self.field, *([self.reason_field] if self.reason is not None else [])]


class RowForm(forms.Form):
    """One row: its fields, and its key in hiding."""

    def __init__(self, formset, number, data, initial):
        self.number, self.formset = number, formset
        super().__init__(data, initial=initial, prefix=f"{formset.name}-{number}")
        self.fields["key"] = forms.CharField(required=False, widget=forms.HiddenInput)
        for column in formset.question.columns:
            model_field = formset.kind._meta.get_field(column.name)
            field = field_for(column, model_field, formset.section_form.offer, in_row=True)
            if field.initial is None and model_field.has_default() and initial is None:
                self.initial[column.name] = model_field.get_default()
            self.fields[column.name] = field

    @property
    def comments(self):
        """The Threads about the row and its fields."""
        return self.formset.section_form.comments.at_row(self["key"].value())

    @property
    def is_blank(self):
        """Nothing was typed or chosen in it: such a row is left out, also one that stood there before."""
        return all(self._is_untouched(name, field) for name, field in self.fields.items() if name != "key")

    def _is_untouched(self, name, field):
        value = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
        if isinstance(value, tuple):
            value = value[0]
        is_new = not self.data.get(self.add_prefix("key"))
        return value in (None, "", False) or (is_new and value == self.initial.get(name))


class RowFormSet(BoundQuestion):
    """All rows of one relation."""

    template = "components/rows.html"

    def __init__(self, question, section_form):
        super().__init__(question, section_form)
        self.name = question.name
        self.kind = section_form.answers.kinds[self.name]
        self.label = question.label or capfirst(self.kind._meta.verbose_name_plural)
        self.one = question.one or capfirst(self.kind._meta.verbose_name)
        self.add = question.add or _("Add another")
        self.was_sent = self.data is not None and f"{self.name}-sent" in self.data
        self.rows = self._typed() if self.was_sent else self._stored()
        self.sent = []

    def _stored(self):
        """The rows of the draft, and an empty one where there is none: without a script there is a place to type."""
        names = [column.name for column in self.question.columns]
        given = self.section_form.answers.given(self.name)
        initials = [{"key": row["key"]} | {name: row[name] for name in names} for row in given]
        stored = [RowForm(self, place, None, initial) for place, initial in enumerate(initials)]
        return stored or [RowForm(self, 0, None, None)]

    def _typed(self):
        return [RowForm(self, number, self.data, None) for number in numbers_in(self.data, self.name)]

    @property
    def pattern(self):
        return RowForm(self, NEW, None, None)

    @property
    def id_for_label(self):
        return f"id_{self.name}"

    @property
    def reason_field(self):
        return self.reason[f"open-{self.name}"] if self.reason is not None else None

    def forms(self):
        return [*self.rows, *super().forms()]

    def clean(self):
        if not self.was_sent:
            return super().clean()
        self.sent = [row for row in self.rows if not row.is_blank]
        for row in self.rows:
            if row.is_blank:
                pardon(row)
        return all([super().clean(), *[row.is_valid() for row in self.sent]])

    def collect(self, fields, rows):
        """A page that lost this question on its way (``was_sent`` is False) leaves the rows alone."""
        super().collect(fields, rows)
        if self.was_sent:
            rows[self.name] = [row.cleaned_data for row in self.sent]

    def found(self):
        places = enumerate(self.sent)
        wrong = {f"{self.name}-{place}-{name}": texts for place, row in places for name, texts in row.errors.items()}
        return super().found() | wrong

    def accept(self, name, messages):
        if name == self.name:
            self.errors += messages
            return True
        found = re.fullmatch(rf"{self.name}-(\d+)(?:-(\w+))?", name)
        if not found or int(found[1]) >= len(self.sent):
            return False
        row = self.sent[int(found[1])]
        row.add_error(found[2] if found[2] in row.fields and found[2] != "key" else None, messages)
        return True

    def problems(self):
        problems = [Problem(self.id_for_label, self.label, self.errors)] if self.errors else []
        if self.reason is not None and self.reason_field.errors:
            problems.append(Problem(self.reason_field.id_for_label, self.label, self.reason_field.errors))
        for place, row in enumerate(self.rows, start=1):
            if row not in self.sent:
                continue
            called = f"{self.one} {place}"
            if row.non_field_errors():
                problems.append(Problem(f"id_{row.prefix}", called, row.non_field_errors()))
            problems += [
                Problem(bound.id_for_label, f"{called}, {bound.label}", bound.errors) for bound in row if bound.errors
            ]
        return problems

    @property
    def total(self):
        """The sum of a column as it is stored, in words of the locale; "" where nothing is to be added up."""
        values = [getattr(row, self.question.total_of) for row in self._all()] if self.question.total_of else []
        known = [value for value in values if value is not None]
        return written(sum(known, Decimal(0))) if known else ""

    def _all(self):
        return self.section_form.answers.rows(self.name)

    @property
    def unverified(self):
        """Names of organisations that were added in place: private until the entry is published."""
        named = [row.organisation for row in self._all() if getattr(row, "organisation_id", None)]
        return sorted({organisation.name for organisation in named if not organisation.is_published})


def pardon(form):
    """Without a verdict, whatever it would be."""
    form._errors, form.cleaned_data = ErrorDict(), {}


def numbers_in(data, name):
    """The numbers of the rows of a relation that were sent, in their order; some may be missing in between."""
    found = {int(match[1]) for key in data if (match := re.match(rf"{re.escape(name)}-(\d{{1,5}})-", key))}
    return sorted(found)


def rearranged(data, name, change):
    """``data``, a QueryDict, after ``change`` of the list of rows of one relation; everything typed stays.

    ``change`` gets [{rest of the name: [values]}] and returns such a list; ``rows_after`` makes one.
    """
    rows = []
    for number in numbers_in(data, name):
        start = f"{name}-{number}-"
        rows.append({key[len(start) :]: data.getlist(key) for key in data if key.startswith(start)})
    copy = data.copy()
    for key in list(copy):
        if re.match(rf"{re.escape(name)}-\d+-", key):
            del copy[key]
    for number, row in enumerate(change(rows)):
        for rest, values in row.items():
            copy.setlist(f"{name}-{number}-{rest}", values)
    return copy


def rows_after(action, place):
    """The function for ``rearranged`` that adds, removes or moves the row at ``place`` of the list."""

    def change(rows):
        if action == "add":
            return [*rows, {"key": [""]}]
        if action == "remove":
            return rows[:place] + rows[place + 1 :] or [{"key": [""]}]
        other = place + (-1 if action == "up" else 1)
        if 0 <= place < len(rows) and 0 <= other < len(rows):
            rows[place], rows[other] = rows[other], rows[place]
        return rows

    return change
