"""Questions that every app asks in the same way."""

from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import DecimalValidator, MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from vocabularies.choosing import choose_from
from vocabularies.dates import AmbiguousDate, PartialDate, parse_date
from vocabularies.localised import active_language
from vocabularies.numbers import NOTHING, Ambiguous, NothingOrUnknown, in_words, parse_number, written

READING = "_reading"
"""What follows the name of a field in the name of the choice between its two readings."""
UNKNOWN = "unknown"


class OfAList:
    """Mixin of a field that offers a list: whoever is refused is told which. ``of``: its name, else the label."""

    def __init__(self, *args, of="", **options):
        words = dict.fromkeys(("required", "invalid_choice", "invalid_list"), choose_from(of or options["label"]))
        super().__init__(*args, **options | {"error_messages": words | options.get("error_messages", {})})


class Choice(OfAList, forms.ChoiceField):
    """One of a list."""


class Choices(OfAList, forms.MultipleChoiceField):
    """Any of a list."""


class Thing(OfAList, forms.ModelChoiceField):
    """One of the things of a model."""


class Typed(NamedTuple):
    """A number or a date as it came from the form: the text, and the reading chosen of one that can mean two."""

    text: str
    reading: str = ""


class AskingInput(forms.TextInput):
    """A text; one that can mean two things is followed by the choice of which is meant."""

    template_name = "components/asking.html"
    attributes = {"autocomplete": "off"}

    def __init__(self, attrs=None):
        super().__init__(self.attributes | (attrs or {}))

    def value_from_datadict(self, data, files, name):
        return Typed(data.get(name) or "", data.get(name + READING) or "")

    def value_omitted_from_data(self, data, files, name):
        return name not in data

    def format_value(self, value):
        return value.text if isinstance(value, Typed) else value

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["readings"] = self.readings(value)
        context["widget"]["reading_name"] = name + READING
        return context

    def readings(self, value):
        """[(value, words, is chosen)] where ``value`` can mean two things."""
        if not isinstance(value, Typed):
            return []
        try:
            self.read(value.text)
        except self.doubt as ambiguous:
            return [(str(one), self.words_for(one), self.is_meant(one, value)) for one in ambiguous.readings]
        except ValidationError:
            pass
        return []

    def is_meant(self, reading, typed):
        return str(reading) == typed.reading


class NumberInput(AskingInput):
    attributes = {"inputmode": "decimal", "autocomplete": "off"}
    doubt = Ambiguous
    words_for = staticmethod(in_words)

    def read(self, text):
        return parse_number(text, active_language())

    def format_value(self, value):
        return written(value) if isinstance(value, Decimal | int) else super().format_value(value)

    def is_meant(self, reading, typed):
        return _decimal(typed.reading) == reading


class DateInput(AskingInput):
    attributes = {"autocomplete": "off", "class": "is-date"}
    doubt = AmbiguousDate
    read = staticmethod(parse_date)

    def words_for(self, reading):
        return reading.localised()


class AmountInput(NumberInput):
    """An amount of money; 0 is followed by the choice whether there was none or nobody knows how much."""

    def readings(self, value):
        typed = value if isinstance(value, Typed) else Typed(written(value), NOTHING)
        if not _is_zero(typed.text):
            return super().readings(value)
        return [
            (NOTHING, _("There was no money: it is really 0"), typed.reading == NOTHING),
            (UNKNOWN, _("The amount is not known"), typed.reading == UNKNOWN),
        ]


class NumberField(forms.Field):
    """A Decimal, or None when empty. ``min_value`` is 0 unless told otherwise; None: any.

    With ``max_digits=None`` only ``validators`` say how long it may be: those of a model field do.
    """

    widget = NumberInput

    def __init__(self, *, max_digits=18, decimal_places=4, min_value=0, max_value=None, **options):
        super().__init__(**options)
        if max_digits is not None:
            self.validators.append(DecimalValidator(max_digits, decimal_places))
        if min_value is not None:
            self.validators.append(MinValueValidator(min_value, _("Write %(limit_value)s or more.")))
        if max_value is not None:
            self.validators.append(MaxValueValidator(max_value, _("Write %(limit_value)s or less.")))

    def to_python(self, value):
        typed = value if isinstance(value, Typed) else Typed(str(value) if value is not None else "")
        if not typed.text.strip():
            return None
        try:
            return parse_number(typed.text, active_language())
        except Ambiguous as ambiguous:
            chosen = _decimal(typed.reading)
            if chosen in ambiguous.readings:
                return chosen
            raise

    def has_changed(self, initial, data):
        """A number written in another way is the same number."""
        try:
            new = self.to_python(data)
        except ValidationError:
            return True
        return new != initial


class AmountField(NumberField):
    """An amount of money: 0 is asked back, and “not known” leaves it empty."""

    widget = AmountInput

    def to_python(self, value):
        number = super().to_python(value)
        reading = value.reading if isinstance(value, Typed) else ""
        if number != 0 or reading == NOTHING:
            return number
        if reading == UNKNOWN:
            return None
        raise NothingOrUnknown


class DateField(forms.Field):
    """A year, a month or a day as people write them, as a vocabularies.dates.PartialDate; empty: not known."""

    widget = DateInput

    def to_python(self, value):
        typed = value if isinstance(value, Typed) else Typed(value or "")
        try:
            return parse_date(typed.text)
        except AmbiguousDate as ambiguous:
            if typed.reading in ambiguous.readings:
                return PartialDate(typed.reading)
            raise

    def has_changed(self, initial, data):
        """A date written in another way is the same date."""
        try:
            return self.to_python(data) != (initial or "")
        except ValidationError:
            return True


class PartialDateInput(DateField):
    def __init__(self, **options):
        help_text = _("A year (2014), a month (12/2014) or a day (3 December 2014). Empty: not known.")
        super().__init__(**{"required": False, "help_text": help_text} | options)


def _is_zero(text):
    try:
        return parse_number(text, active_language()) == 0
    except ValidationError:
        return False


def _decimal(text):
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
