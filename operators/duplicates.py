"""Which organisations of the register a name may mean: shown before a second one is entered."""

import re
from difflib import SequenceMatcher

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from operators.models import FormerName, Organisation
from vocabularies.search import folded

SIMILAR = 0.8
"""From here on two names are worth a second look (difflib: 1.0 is equal)."""
SIMILAR_PROPER = 0.75
LIMIT = 8
SHORT = {"co": "company", "corp": "corporation", "dept": "department", "st": "saint"}
SILENT = frozenset(re.findall(r"\w+", """
    the de del la las los le les du des da do das dos et y e and of for in en inc ltd limited sa s a plc llc
"""))  # fmt: skip
COMMON = frozenset(re.findall(r"\w+", """
    water wastewater sanitation sewerage sewage sewer supply service services company corporation utility utilities
    authority board public national city municipal regional department office works waterworks
    agua aguas potable saneamiento alcantarillado empresa servicio servicios publica publico nacional
    eau eaux assainissement societe regie saneamento companhia
"""))  # fmt: skip
"""Words that say what an operator does and not which one it is."""


class PossibleDuplicates(ValidationError):
    """The organisations ``found`` may be the one that somebody wants to enter."""

    def __init__(self, found):
        super().__init__(_("The register has organisations that this may be. Look at them first."), code="look_alikes")
        self.found = found


def possible_duplicates(name, acronym, country, *, user=None):
    """Published organisations, and those that ``user`` may see, that may be the one meant; those of the country first.

    Equal names or acronyms count anywhere, former ones included, similar names in the same ``country`` (Country, its
    code or None) only.
    """
    code = getattr(country, "pk", country) or ""
    seen = Organisation.objects.published()
    if user is not None:
        seen = Organisation.objects.filter(Q(pk__in=seen.values("pk")) | Q(pk__in=_own(user)))
    ranked = []
    for organisation, names in _candidates(seen, name, acronym, code):
        if rank := max(_likeness(name, acronym, one, here=organisation.country_id == code) for one in names):
            ranked.append((organisation.country_id != code, -rank, organisation.name, organisation.pk, organisation))
    return [organisation for *_order, organisation in sorted(ranked, key=lambda row: row[:4])[:LIMIT]]


def _own(user):
    return Organisation.objects.open().written_by(user).order_by().values("pk")


def _candidates(seen, name, acronym, code):
    """(organisation, [(name, acronym), present and former]): those of the country, and equal ones anywhere."""
    equal = Q()
    for word in filter(None, {name.strip(), acronym.strip()}):
        for field in ("name", "acronym", "former_names__name", "former_names__acronym"):
            equal |= Q(**{f"{field}__iexact": word})
    # The folded name finds what case-insensitive SQL does not: accents.
    if words := folded(name):
        equal |= Q(search_text__contains=words)
    found = seen.filter(pk__in=seen.filter(Q(country=code) | equal).order_by().values("pk")).select_related("country")
    former = {}
    for row in FormerName.objects.filter(organisation__in=found):
        former.setdefault(row.organisation_id, []).append((row.name, row.acronym))
    return [(one, [(one.name, one.acronym), *former.get(one.pk, [])]) for one in found]


def _likeness(name, acronym, known, *, here):
    """0 for different; 3 equal name, 2 equal acronym, up to 1 similar name."""
    mine, theirs = plain(name), plain(known[0])
    if mine and mine == theirs:
        return 3
    shorts = {plain(acronym), mine} - {""}
    if plain(known[1]) in shorts or (plain(acronym) and plain(acronym) == theirs):
        return 2
    return similarity(mine, theirs) if here else 0


def similarity(one, other):
    """How alike two plain names are; 0 when they differ in the words that tell operators apart."""
    proper_one, proper_other = _proper(one), _proper(other)
    if proper_one and proper_other:
        alike = max(
            SequenceMatcher(None, proper_one, proper_other, autojunk=False).ratio(),
            float(_contains(proper_one, proper_other)),
        )
        return alike if alike >= SIMILAR_PROPER else 0
    alike = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return alike if alike >= SIMILAR else 0


def _contains(one, other):
    """Whether all words of the shorter one stand in the longer one."""
    shorter, longer = sorted((set(one.split()), set(other.split())), key=len)
    return shorter <= longer


def plain(name):
    """A name without accents, signs, legal forms and little words."""
    words = (SHORT.get(word, word) for word in re.findall(r"\w+", folded(name)))
    return " ".join(word for word in words if word not in SILENT)


def _proper(name):
    return " ".join(word for word in name.split() if word not in COMMON)
