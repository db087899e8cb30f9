"""What somebody may mean who is still typing: organisations, countries, improvement areas, partnerships."""

from functools import lru_cache

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from directory.organisation_pages import place_of
from directory.wording import dates_of
from operators.models import Organisation
from partnerships.mentor_mentee import pair_of
from partnerships.models import PartnershipVersion
from search.hits import Hits
from search.index import read
from search.lexicons import lexicon_at
from search.questions import beginning
from search.words import tokens
from vocabularies.models import Country, ImprovementArea

PER_GROUP = 4
LEAST_LETTERS = 2
NAMES = 6
"""The level of search/fields.py down to which a hit is one by its name, and not by what is told of it."""


def suggestions(text):
    """[{"label", "items": [{"text", "note", "url"}]}]: groups with something in them."""
    if len(text.strip()) < LEAST_LETTERS:
        return []
    reader, stamp = read()
    groups = beginning(text, known=lexicon_at(stamp))
    typed = tokens(text)
    found = (
        (_("Organisations"), _organisations(_best(reader, "organisation", groups))),
        (_("Countries"), _places(typed, stamp)),
        (_("Improvement areas"), _areas(typed)),
        (_("Partnerships"), _partnerships(_best(reader, "partnership", groups))),
    )
    return [{"label": label, "items": items} for label, items in found if items]


def _best(reader, kind, groups):
    if not groups:
        return []
    order = ("newest", True) if kind == "partnership" else ("title", False)
    return Hits(reader, kind, groups=groups, order=order, best=True, level=NAMES).pks(0, PER_GROUP)


def _organisations(keys):
    found = Organisation.objects.published().select_related("country").in_bulk(keys)
    return [
        _item(
            one.short_name, " · ".join(filter(None, [one.name if one.acronym else "", place_of(one)])), one.public_url
        )
        for one in (found[key] for key in keys if key in found)
    ]


def _partnerships(keys):
    versions = PartnershipVersion.objects.published().filter(partnership__in=keys).with_involved()
    found = {version.partnership_id: version for version in versions}
    items = []
    for version in (found[key] for key in keys if key in found):
        reference = version.partnership.reference
        note = " · ".join(filter(None, [reference, dates_of(version)]))
        items.append(
            _item(pair_of(version).title or version.title, note, reverse("directory:partnership", args=[reference]))
        )
    return items


def _places(typed, stamp):
    countries = (one for one in _countries(stamp) if _begins(typed, one.all_names()))
    return [_item(str(one), "", reverse("directory:country", args=[one.code])) for one in countries][:PER_GROUP]


@lru_cache(maxsize=2)
def _countries(stamp):
    """Those with an organisation in a public partnership, kept until something is published or edited."""
    public = PartnershipVersion.objects.published().order_by()
    return list(Country.objects.filter(organisations__involvements__version__in=public).distinct())


def _areas(typed):
    return [
        _item(str(one), "", f"{reverse('directory:partnerships')}?{urlencode({'area': one.code})}")
        for one in ImprovementArea.objects.active()
        if _begins(typed, one.all_names())
    ][:PER_GROUP]


def _begins(typed, names):
    """Whether each typed word begins one of a name's."""
    return bool(typed) and any(
        all(any(word.startswith(part) for word in words) for part in typed) for words in map(tokens, names)
    )


def _item(text, note, url):
    return {"text": text, "note": note, "url": url}
