"""Numbers as people write them: Mexico writes a decimal point, Argentina a comma, and `2.500` may be either.

Both conventions are read in every language. What can mean two numbers is never guessed: ``Ambiguous`` holds both, for
the form to read back in words and ask once.
"""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.utils.formats import get_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from num2words import num2words

from vocabularies.localised import active_language

GROUPERS = dict.fromkeys(map(ord, " \u00a0\u2009\u202f'’"))
"""Signs between thousands that nobody takes for a decimal sign."""
zero_or_more = MinValueValidator(0, gettext_lazy("Write %(limit_value)s or more."))
DECIMAL_POINT_FIRST = {"en"}
SHAPE = re.compile(r"-?[0-9][0-9.,]*")
TWO_WAYS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
EXACT = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
GROUPED = r"-?[0-9]{1,3}(?:%s[0-9]{3})+"


class Ambiguous(ValidationError):
    """Text that can mean two numbers. ``readings``: both Decimals, the likelier in the person's language first."""

    def __init__(self, text, readings):
        self.readings = readings
        meanings = {"text": text, "one": in_words(readings[0]), "other": in_words(readings[1])}
        super().__init__(
            _("“%(text)s” can mean %(one)s or %(other)s. Choose which."), code="ambiguous", params=meanings
        )


NOTHING = "nothing"
"""How 0 of an amount of money is said, so that nobody says it for want of knowing."""


class NothingOrUnknown(ValidationError):
    """An amount of money that is given as 0."""

    def __init__(self):
        super().__init__(
            _("0 can mean that there was no money, or that the amount is not known. Choose which."), code="zero"
        )


def parse_number(text, language):
    """``text`` as a Decimal; raises Ambiguous where it can mean two, ValidationError (code ``invalid``) for none.

    ``language`` only orders the two readings: nobody's convention is taken for granted.
    """
    plain = text.strip().replace("−", "-").translate(GROUPERS)
    if not SHAPE.fullmatch(plain):
        raise _not_a_number(text)
    if TWO_WAYS.fullmatch(plain):
        raise Ambiguous(text.strip(), _readings(plain, language))
    points, commas = plain.count("."), plain.count(",")
    if points and commas:
        return _with_both(plain, text)
    if points + commas > 1:
        return _grouped(plain, "." if points else ",", text)
    return Decimal(plain.replace(",", ".").rstrip("."))


def exact_number(text):
    """``text`` as programs write numbers, with a point before the decimals and nothing else, as a Decimal."""
    if not EXACT.fullmatch(text):
        raise _not_a_number(text)
    return Decimal(text)


def is_whole(number):
    """Whether nothing stands behind the decimal sign; of a Decimal of any length, which ``%`` cannot divide."""
    return number == number.to_integral_value()


def in_words(number, language=None):
    """``number`` in words of ``language``, by default the active one, and behind them in digits."""
    language = language or active_language()
    words = num2words(number.normalize(), lang=language).replace(",", "") if number % 1 else _whole(number, language)
    return f"{words} ({number_format(_short(number), use_l10n=True, force_grouping=bool(number >= 1000))})"


def written(number):
    """``number`` as a form shows it: by the locale, without thousands, and never so that it can mean two."""
    if number is None:
        return ""
    text = format(_short(number), "f").replace(".", get_format("DECIMAL_SEPARATOR"))
    # A last zero says no more and cannot be taken for the last of three digits.
    return f"{text}0" if TWO_WAYS.fullmatch(text) else text


def _short(number):
    """Without idle zeros, and without an exponent."""
    short = Decimal(number).normalize()
    return short if short.as_tuple().exponent <= 0 else short.quantize(Decimal(1))


def _whole(number, language):
    words = num2words(int(number), lang=language).replace(",", "")
    # Before "mil" the package leaves "uno", where Spanish says "un".
    return words.replace("veintiuno mil", "veintiún mil").replace("y uno mil", "y un mil")


def _readings(plain, language):
    whole, part = Decimal(re.sub("[.,]", "", plain)), Decimal(plain.replace(",", "."))
    point_is_decimal = (language or "").split("-")[0] in DECIMAL_POINT_FIRST
    return [part, whole] if ("." in plain) == point_is_decimal else [whole, part]


def _with_both(plain, text):
    """The last sign is the decimal one, the other one groups thousands."""
    decimal_sign = max(".,", key=plain.rfind)
    whole, sign, part = plain.rpartition(decimal_sign)
    return Decimal(f"{_grouped(whole, '.' if sign == ',' else ',', text)}.{part or 0}")


def _grouped(plain, sign, text):
    if not re.fullmatch(GROUPED % re.escape(sign), plain):
        raise _not_a_number(text)
    return Decimal(plain.replace(sign, ""))


def _not_a_number(text):
    message = _("“%(text)s” is not a number. Write digits, for example 2500 or %(part)s.")
    return ValidationError(
        message, code="invalid", params={"text": text.strip(), "part": number_format(Decimal("2.5"))}
    )
