"""How plain values read: numbers, languages, yes and no."""

from contextlib import suppress

from babel import Locale, UnknownLocaleError
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from vocabularies.localised import active_language


def quantity(number):
    """A Decimal with the digits it has and no more: “7,600”, “29.5”."""
    decimals = max(0, -number.normalize().as_tuple().exponent)
    return number_format(number, decimals, force_grouping=True)


def language_name(code):
    """“French” for ``fr``, in the active language; a code that nobody knows stays as it is."""
    with suppress(UnknownLocaleError, ValueError):
        return capfirst(Locale.parse(code, sep="-").get_display_name(active_language())) if code else ""
    return code


def yes_or_no(value):
    return _("Yes") if value else _("No")
