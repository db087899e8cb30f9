"""What the texts of a draft are in one other language, each beside its original."""

from dataclasses import dataclass

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from reviews.snapshot_display import kind_label
from reviews.translations import Original, standing
from vocabularies.clean_text import TEXT, Words

SIGNS_OF_A_LINE = 90
MOST_LINES = 14


@dataclass(frozen=True)
class Line:
    """A text on the page: ``field`` asks for its translation; ``again`` is None unless the present one is overtaken."""

    original: Original
    field: forms.BoundField
    again: forms.BoundField | None


class TranslationForm(forms.Form):
    """One input for each text of ``version`` that is written in another language than ``language``."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data, *, version, language):
        super().__init__(data, initial={"revision": version.revision})
        self.version, self.language = version, language
        self.standing = standing(version, language)
        for original, row, fits in self.standing:
            self.fields[name_of(original)] = self._field(original, row)
            if row is not None and not fits:
                label = _("Still right as it stands")
                self.fields[f"again-{name_of(original)}"] = forms.BooleanField(label=label, required=False)

    def _field(self, original, row):
        lines = min(2 + len(original.text) // SIGNS_OF_A_LINE, MOST_LINES)
        longest = original.thing._meta.get_field(original.field).max_length
        label = capfirst(original.thing._meta.get_field(original.field).verbose_name)
        field = Words(lines=lines, required=False, max_length=min(longest, TEXT), label=label, initial=row and row.text)
        field.widget.attrs["lang"] = self.language
        return field

    @property
    def groups(self):
        """[(heading, [Line])] in reading order."""
        groups = {}
        for original, _row, _fits in self.standing:
            name = name_of(original)
            again = self[f"again-{name}"] if f"again-{name}" in self.fields else None
            line = Line(original, self[name], again)
            groups.setdefault(kind_label(type(self.version), original.kind), []).append(line)
        return list(groups.items())

    @property
    def texts(self):
        """{place: what was typed}."""
        return {one.place: self.cleaned_data[name_of(one)] for one, _row, _fits in self.standing}

    @property
    def still_right(self):
        ticked = [one for one, _row, _fits in self.standing if self.cleaned_data.get(f"again-{name_of(one)}")]
        return {one.place for one in ticked}

    def accept(self, error):
        """Show the ``error`` of the service; one that came of a draft that moved on lets the form be sent again."""
        self.add_error(None, [str(message) for message in error.messages])
        if getattr(error, "code", "") == "stale":
            self.data = self.data.copy()
            self.data["revision"] = self.version.revision


def name_of(original):
    """How the input of an Original is called."""
    key, field = original.place
    return f"{key or 'entry'}-{field}"
