"""How plain values read: numbers, languages, yes and no."""

from contextlib import suppress

from babel import Locale, UnknownLocaleError
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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


def duration(months):
    """“18 months”, “2 years”: whole years as years."""
    years, rest = divmod(months, 12)
    if rest:
        return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
    return ngettext("%(count)s year", "%(count)s years", years) % {"count": years}


def yes_or_no(value):
    return _("Yes") if value else _("No")
