"""How plain values read: numbers, languages, yes and no."""

from contextlib import suppress

from babel import Locale, UnknownLocaleError
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from vocabularies.languages import iso_names
from vocabularies.localised import active_language

MONTHS = (
    gettext_noop("January"), gettext_noop("February"), gettext_noop("March"), gettext_noop("April"),
    gettext_noop("May"), gettext_noop("June"), gettext_noop("July"), gettext_noop("August"),
    gettext_noop("September"), gettext_noop("October"), gettext_noop("November"), gettext_noop("December"),
)  # fmt: skip
"""Marked for our own catalogues, which Django asks first: within a date its Portuguese months have a capital."""


def quantity(number):
    """A Decimal with the digits it has and no more: “7,600”, “29.5”."""
    decimals = max(0, -number.normalize().as_tuple().exponent)
    return number_format(number, decimals, force_grouping=True)


def language_name(code):
    """“French” for ``fr``, in the active language; a code that nobody knows stays as it is."""
    return capfirst(language_in_sentence(code))


def language_in_sentence(code):
    """The same as it stands in the middle of a sentence: “français”, “French”."""
    if not code or (name := Locale(active_language()).languages.get(code)):
        return name if code else ""
    with suppress(UnknownLocaleError, ValueError):
        return Locale.parse(code, sep="-").get_display_name(active_language())
    return iso_names().get(code, code)


def duration(months):
    """“18 months”, “2 years”: whole years as years."""
    years, rest = divmod(months, 12)
    if rest:
        return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
    return ngettext("%(count)s year", "%(count)s years", years) % {"count": years}


def yes_or_no(value):
    return _("Yes") if value else _("No")
