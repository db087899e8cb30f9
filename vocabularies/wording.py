"""How plain values read: numbers, languages, yes and no."""

from django.utils.formats import number_format
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _


def quantity(number):
    """A Decimal with the digits it has and no more: “7,600”, “29.5”."""
    decimals = max(0, -number.normalize().as_tuple().exponent)
    return number_format(number, decimals, force_grouping=True)


def language_name(code):
    """“French” for ``fr``; a code that Django does not know stays as it is."""
    try:
        return get_language_info(code)["name_translated"] if code else ""
    except KeyError:
        return code


def yes_or_no(value):
    return _("Yes") if value else _("No")
