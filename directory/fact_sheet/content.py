"""What a fact sheet says: one FactSheet, from which the page and the PDF are both laid out."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from directory.absolute_urls import absolute
from directory.fact_sheet.sections import paragraphs, sections_of
from directory.profile import people
from directory.profile.citation import citation_of
from directory.profile.page import facts_of
from directory.profile.sidebar import sources_of
from directory.query_strings import in_sentence
from directory.wording import worded
from partnerships.mentor_mentee import pair_of
from partnerships.services.confirmations import answers_about


@dataclass(frozen=True)
class Operator:
    """``facts`` are (label, [texts])."""

    role: str
    name: str
    full_name: str
    where: str
    facts: list


@dataclass(frozen=True)
class Side:
    """One of the two columns; ``motivations`` are texts."""

    operators: list
    motivations: list


@dataclass(frozen=True)
class FactSheet:
    """All texts, ready to be laid out; parts of which nothing is known are empty.

    ``facts`` are (label, text), ``unknown`` is one line; ``address`` is the permanent one of the version.
    """

    reference: str
    version: str
    title: str
    language: str
    reading: str
    summary: list
    is_peers: bool
    left: Side
    right: Side
    motivations_from: str
    facts: list
    unknown: str
    sections: list
    sources: list
    citation: str
    licence: str
    address: str


def fact_sheet_of(entry, reading=None):
    """The FactSheet of an Entry, in the language that is active; ``reading`` as ``in_readers_language`` gave it."""
    version, said = entry.version, answers_about(entry.version)
    pair, sides = pair_of(version), people.sides_of(entry)
    left, right = _sides(pair, sides)
    facts = facts_of(entry, said)
    address = absolute(reverse("directory:version", args=[version.partnership.reference, version.number]))
    return FactSheet(
        reference=version.partnership.reference,
        version=_version(version),
        title=worded(version.title, version.language) or pair.title,
        language=get_language(),
        summary=paragraphs(version.summary, version.language),
        is_peers=pair.is_peers,
        left=left,
        right=right,
        motivations_from=sides.period if sides else "",
        facts=[(label, value) for label, value, is_known in facts if is_known],
        reading=_reading(reading),
        unknown=", ".join(in_sentence(label) for label, _value, is_known in facts if not is_known),
        sections=sections_of(entry, said),
        sources=_sources(version),
        citation=citation_of(version, address).text,
        licence=_("Data licence: %(data_licence)s") % {"data_licence": settings.DATA_LICENCE}
        if settings.DATA_LICENCE
        else "",
        address=address,
    )


def _reading(reading):
    """“Translated from English”, where it is."""
    if reading is None or reading.is_original:
        return ""
    return _("Translated from %(languages)s") % {"languages": reading.languages}


def _version(version):
    """“version 1, 29 November 2026”."""
    number = _("version %(number)s") % {"number": version.number}
    return f"{number}, {date_format(version.published_at, 'DATE_FORMAT')}" if version.published_at else number


def _sides(pair, sides):
    """The Side of each end of the line; who is not named is said."""
    left = sides.left if sides else [people.Operator(end, {}) for end in pair.left]
    right = sides.right if sides else [people.Operator(end, {}) for end in pair.right]
    motivations = (sides and sides.motivations) or ([], [])
    return [
        Side([_operator(one) for one in operators] or [_unnamed()], told)
        for operators, told in zip((left, right), motivations, strict=True)
    ]


def _operator(operator):
    end = operator.end
    return Operator(
        role=end.role_label,
        name=end.name,
        full_name=end.full_name if end.full_name != end.name else "",
        where=end.where,
        facts=[
            (label, value if isinstance(value, list) else [value])
            for label, value in operator.facts.items()
            if value not in (end.where, end.name)
        ],
    )


def _unnamed():
    return Operator("", _("Operator not named"), "", "", [])


def _sources(version):
    """“The yearbook, read on 3 February 2020, https://…”."""
    return [
        ", ".join(dict.fromkeys(part for part in (row["label"], row["note"], row["url"]) if part))
        for row in sources_of(version)
    ]
