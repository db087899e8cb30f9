"""Questions that every app asks in the same way."""

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import DecimalValidator, MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from vocabularies.choice_messages import choose_from
from vocabularies.formatting import language_name
from vocabularies.languages import code_of, likeliest
from vocabularies.localised import active_language
from vocabularies.numbers import NOTHING, Ambiguous, NothingOrUnknown, in_words, is_whole, parse_number, written
from vocabularies.partial_dates import AmbiguousDate, PartialDate, parse_date
from vocabularies.typed_units import apart, is_same

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


class LanguagesField(forms.CharField):
    """Languages in the order in which they are written, by name or by code: a list of codes of ISO 639."""

    MOST = 20

    def __init__(self, **options):
        super().__init__(max_length=500, empty_value=[], **options)

    def prepare_value(self, value):
        return ", ".join(map(language_name, value)) if isinstance(value, list) else value

    def clean(self, value):
        text = super().clean(value)
        words = [word.strip() for word in re.split(r"[,;\n]", text) if word.strip()] if text else []
        if unknown := [word for word in words if not code_of(word)]:
            raise ValidationError([self._refusal(word) for word in unknown])
        codes = list(dict.fromkeys(map(code_of, words)))
        if len(codes) > self.MOST:
            raise ValidationError(_("Name at most %(most)s languages.") % {"most": self.MOST})
        return codes

    def _refusal(self, word):
        about = {"value": word, "name": language_name(likeliest(word))}
        if about["name"]:
            return ValidationError(_("“%(value)s” is no language we know. Do you mean %(name)s?"), params=about)
        return ValidationError(
            _("“%(value)s” is no language we know. Write its name, or its code in ISO 639, for example fr."),
            params=about,
        )


class Typed(NamedTuple):
    """A number or a date as it came from the form: the text, and the reading chosen of one that can mean two."""

    text: str
    reading: str = ""
    unit: str = ""
    """What stands beside a number as its unit."""


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
    beside = unit = ""
    """The name of the field in which the unit stands; or the unit, where it is always the same."""
    is_money = False

    def apart(self, text):
        """(number, unit) of what was typed."""
        return apart(text, is_money=self.is_money) if self.beside or self.unit else (text, "")

    def value_from_datadict(self, data, files, name):
        typed = super().value_from_datadict(data, files, name)
        return typed._replace(unit=self.unit or data.get(_beside(name, self.beside)) or "")

    def read(self, text):
        return parse_number(self.apart(text)[0], active_language())

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

    is_money = True

    def readings(self, value):
        typed = value if isinstance(value, Typed) else Typed(written(value), NOTHING)
        if not self.is_zero(typed.text):
            return super().readings(value)
        return [
            (NOTHING, _("There was no money: it is really 0"), typed.reading == NOTHING),
            (UNKNOWN, _("The amount is not known"), typed.reading == UNKNOWN),
        ]

    def is_zero(self, text):
        try:
            return self.read(text) == 0
        except ValidationError:
            return False


class UnitInput(forms.TextInput):
    """The unit of the fields ``numbers`` beside it: left empty, it takes what was typed together with one of them."""

    def __init__(self, numbers, *, is_money=False):
        super().__init__()
        self.numbers, self.is_money = numbers, is_money

    def value_from_datadict(self, data, files, name):
        own = super().value_from_datadict(data, files, name)
        typed = (data.get(_beside(name, number)) or "" for number in self.numbers)
        units = (apart(text, is_money=self.is_money)[1] for text in typed)
        return own if (own or "").strip() else next(filter(None, units), own)


class NumberField(forms.Field):
    """A Decimal, or None when empty. ``min_value`` is 0 unless told otherwise; None: any.

    ``beside``: the field in which its unit stands, ``unit``: the only one that it has; either may be typed with it.
    With ``max_digits=None`` only ``validators`` say how long it may be: those of a model field do.
    """

    widget = NumberInput

    def __init__(self, *, max_digits=18, decimal_places=4, min_value=0, max_value=None, beside="", unit="", **options):
        super().__init__(**options)
        self.widget.beside, self.widget.unit = beside, unit
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
        self._check_unit(typed)
        try:
            return self.widget.read(typed.text)
        except Ambiguous as ambiguous:
            chosen = _decimal(typed.reading)
            if chosen in ambiguous.readings:
                return chosen
            raise

    def _check_unit(self, typed):
        unit = self.widget.apart(typed.text)[1]
        if unit and typed.unit and not is_same(unit, typed.unit, is_money=self.widget.is_money):
            words = _("“%(text)s” says “%(unit)s”, but beside it stands “%(beside)s”. Take one of the two away.")
            meanings = {"text": typed.text.strip(), "unit": unit, "beside": typed.unit.strip()}
            raise ValidationError(words, code="unit", params=meanings)

    def has_changed(self, initial, data):
        """A number written in another way is the same number."""
        try:
            new = self.to_python(data)
        except ValidationError:
            return True
        return new != initial


class WholeNumberField(NumberField):
    """The same without a part behind the decimal sign, as an int."""

    def to_python(self, value):
        number = super().to_python(value)
        if number is None:
            return None
        if not is_whole(number):
            raise ValidationError(_("Write a whole number, for example 12."), code="invalid")
        return int(number)


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
    """A year, a month or a day as people write them, as a vocabularies.partial_dates.PartialDate; empty: not known."""

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


def _beside(name, field):
    """The name in the page of another ``field`` of the same form or row."""
    return name[: name.rfind("-") + 1] + field


def _decimal(text):
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
