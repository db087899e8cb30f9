"""Words as they come in: what no program can show is taken out once, at the door; and how long they may be."""

import re
import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

REMARK, PARAGRAPH, TEXT = 4_000, 8_000, 20_000
"""Characters of what is said beside an entry, of a row of it, of a text that tells its story."""

UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"  # controls; tab, line feed and carriage return stay
    "\u202a-\u202e\u2066-\u2069"  # turn the direction of what follows: marks of right-to-left writing stay
    "\ufeff\ufff9-\ufffb\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
"""Controls, halves of characters and what Unicode gives to none: no spreadsheet or XML that holds one opens."""

MARKS = "".join(chr(code) for code in range(0x300, 0x1E950) if unicodedata.combining(chr(code)))
TOO_MANY = re.compile(f"([{MARKS}]{{30}})[{MARKS}]+")
"""Marks on one letter beyond what Unicode calls stream-safe: putting them in order takes the square of their number."""
NOTHING_TO_SEE = re.compile(
    r"[\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2060-\u2064\u2800\u3164\uffa0]*"
)
"""Blanks, joints between letters and letters without a shape: a text of these alone says nothing."""
LONG = 100
"""From this length on somebody may reach the limit of a text while writing."""
AS_TYPED = re.compile(r"password|passphrase|secret|^otp|^code$", re.IGNORECASE)
"""Names of fields that are compared and never shown."""


def cleaned(text):
    """``text`` without what nobody can see, its letters composed (NFC); empty where nothing in it can be seen."""
    text = unicodedata.normalize("NFC", TOO_MANY.sub(r"\1", UNSEEN.sub("", text)))
    return "" if NOTHING_TO_SEE.fullmatch(text) else text


def cleaned_data(data):
    """The same for every text in ``data``, whatever it is made of: what a body in JSON says."""
    if isinstance(data, str):
        return cleaned(data)
    if isinstance(data, list):
        return [cleaned_data(one) for one in data]
    if isinstance(data, dict):
        return {cleaned(name): cleaned_data(one) for name, one in data.items()}
    return data


def cleaned_form(sent):
    """A QueryDict like ``sent`` with cleaned words; what is only compared with what was given once stays as typed."""
    form = sent.copy()
    for name, values in sent.lists():
        if not AS_TYPED.search(name):
            form.setlist(name, [cleaned(value) for value in values])
    return form


class Words(forms.CharField):
    """Text that is never cut by the browser: what is too long is counted and said."""

    def __init__(self, *, lines=0, **options):
        """``lines``: how high the input is; 0 for one that holds a single line."""
        if lines:
            options["widget"] = forms.Textarea({"rows": lines})
        super().__init__(**options)

    def widget_attrs(self, widget):
        if not self.max_length:
            return {}
        return {"data-count": str(self.max_length)} if self.max_length >= LONG else {"class": "is-short"}


class ProseField(models.TextField):
    """Text of several lines of at most ``max_length`` characters: in forms, in the API and in the database."""

    description = _("Text of several lines")

    def __init__(self, *args, max_length, **options):
        super().__init__(*args, max_length=max_length, **options)
        self.validators.append(MaxLengthValidator(max_length))

    def formfield(self, **options):
        return super().formfield(**{"form_class": Words, "widget": forms.Textarea} | options)

    def refuse_longer(self, text):
        """Raise what ``full_clean`` would, for rules that write this column without it."""
        try:
            self.run_validators(text)
        except ValidationError as error:
            raise ValidationError({self.name: error}) from error

    def db_type(self, connection):
        return f"varchar({self.max_length})" if connection.vendor == "postgresql" else super().db_type(connection)

    def db_check(self, connection):
        """SQLite takes the length in the type of a column for a remark."""
        column = connection.ops.quote_name(self.column)
        return f"length({column}) <= {self.max_length}" if connection.vendor == "sqlite" else None


def refuse_longer_rows(apps, app, limits):
    """For a migration to ProseField: say what is longer than ``limits``, {(model, field): characters}, allow."""
    for (model, field), limit in limits.items():
        for pk, text in apps.get_model(app, model).objects.values_list("pk", field).iterator():
            if len(text) > limit:
                raise ValueError(
                    f"{app}.{model} {pk}: “{field}” has {len(text):,} characters, at most {limit:,} fit from now on. "
                    "Shorten it with the version that is installed, then migrate again."
                )
