"""Forms with rows that can be added again and taken out, one page and one button to save, with or without JavaScript.

The buttons ``add_row`` (its value: the name of the rows) and ``remove_row`` (``name-number``) draw the page again with
a row more or less and everything that was typed; they check nothing. static/js/rows.js spares that way to the server.
"""

import re

from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.functional import cached_property

ADD = "add_row"
REMOVE = "remove_row"
MOST = 100


class RowSet(BaseFormSet):
    """Rows of one kind. A row in which nothing is filled in is none."""

    def values(self):
        """What was filled in."""
        return [form.cleaned_data for form in self.forms if form.has_changed()]

    def leave_unchecked(self):
        """Show what was typed without judging it yet."""
        self._errors, self._non_form_errors = [{} for _one in self.forms], self.error_class()
        for form in self.forms:
            form._errors, form.cleaned_data = {}, {}

    @property
    def pattern(self):
        """An empty row for static/js/rows.js to copy."""
        return self.form(prefix=self.add_prefix("__new__"), use_required_attribute=False, **self.get_form_kwargs(None))


def rows_of(form):
    """The RowSet class of rows that ``form`` asks for."""
    return formset_factory(form, formset=RowSet, extra=0, max_num=MOST, absolute_max=MOST)


class FormWithRows:
    """A form and sets of rows, sent and shown together; for templates like one form.

    Subclasses name ``form_class`` and ``row_classes``, {name: RowSet class}. ``initial`` holds the values of the form
    and, by their names, lists of the values of the rows.
    """

    form_class = None
    row_classes = {}

    def __init__(self, data=None, files=None, *, initial=None):
        self.data = data.copy() if data is not None else None
        self.files = files
        self.initial = initial or {}
        if self.data is not None:
            self._count_rows()

    def _count_rows(self):
        """A script may have added or removed some: what counts are the rows that came."""
        for name in self.row_classes:
            numbers = [number for number, _field in self._numbered(name)]
            self.data[f"{name}-TOTAL_FORMS"] = str(min(max([-1, *numbers]) + 1, MOST))
            self.data[f"{name}-INITIAL_FORMS"] = "0"

    def _numbered(self, name):
        """(number, name of its field) of everything that was sent for the rows ``name``."""
        for key in self.data:
            if match := re.fullmatch(rf"{name}-([0-9]{{1,4}})-(\w+)", key):
                yield int(match[1]), match[2]

    @cached_property
    def form(self):
        return self.form_class(self.data, self.files, initial=self.initial)

    @cached_property
    def row_sets(self):
        """{name: RowSet}."""
        return {name: self._row_set(name, kind) for name, kind in self.row_classes.items()}

    def _row_set(self, name, kind):
        initial = None if self.is_bound else self.initial.get(name, [])
        return kind(self.data, initial=initial, prefix=name, form_kwargs=self.row_options(name))

    def row_options(self, name):
        """What every form of the rows ``name`` is made with besides."""
        return {}

    @property
    def is_bound(self):
        return self.data is not None

    def is_valid(self):
        # Every part is asked, so that all that is wrong is said at once.
        return all([self.form.is_valid(), *(rows.is_valid() for rows in self.row_sets.values())])

    def cleaned(self):
        """{name: value} of the form, and of the rows {name: [values]}."""
        return self.form.cleaned_data | {name: rows.values() for name, rows in self.row_sets.items()}

    def redrawn(self, asked):
        """The same words with the row more or less that the buttons in ``asked`` ask for; nothing is judged.

        None when it asks for none.
        """
        if ADD not in asked and REMOVE not in asked:
            return None
        data = self.data.copy()
        if asked.get(ADD) in self.row_classes:
            name = asked[ADD]
            # Any field shows that the row is there.
            field = next(iter(self.row_classes[name].form.base_fields))
            data[f"{name}-{self.row_sets[name].total_form_count()}-{field}"] = ""
        else:
            self._take_out(data, asked.get(REMOVE, ""))
        drawn = type(self)(data, initial=self.initial)
        drawn.form._errors, drawn.form.cleaned_data = {}, {}
        for rows in drawn.row_sets.values():
            rows.leave_unchecked()
        return drawn

    def _take_out(self, data, which):
        name, _dash, text = which.rpartition("-")
        if name not in self.row_classes or not (text.isascii() and text.isdigit()):
            return
        gone = int(text)
        for number, field in sorted(self._numbered(name)):
            values = data.getlist(f"{name}-{number}-{field}")
            if number >= gone:
                del data[f"{name}-{number}-{field}"]
            if number > gone:
                data.setlist(f"{name}-{number - 1}-{field}", values)

    def with_value(self, name, value):
        """The same words with another value in one field."""
        data = self.data.copy() if self.is_bound else QueryDict(mutable=True)
        data[name] = str(value)
        return type(self)(data, self.files, initial=self.initial)

    def add_error(self, field, error):
        self.form.add_error(field if field in self.form.fields else None, error)

    # What components/errors.html reads:

    @property
    def errors(self):
        if not self.is_bound:
            return []
        wrong = [*self.form.errors.values()]
        for rows in self.row_sets.values():
            wrong += [errors for form in rows.forms for errors in form.errors.values()]
            wrong += rows.non_form_errors()
        return wrong

    def non_field_errors(self):
        own = list(self.form.non_field_errors())
        for rows in self.row_sets.values():
            own += rows.non_form_errors()
            own += [error for form in rows.forms for error in form.non_field_errors()]
        return own

    def __iter__(self):
        yield from self.form
        for rows in self.row_sets.values():
            for form in rows.forms:
                yield from form
