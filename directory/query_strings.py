"""A question to the directory: in words, and as the query string that asks it again."""

from django.utils.formats import number_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from partnerships.models import EQUAL_ROLES, Role
from vocabularies.localised import labelled

UNSAID = ("ordering", "view", "group")
"""Parameters that arrange what is shown and ask for nothing."""


def values_of(filterset, unsaid=UNSAID):
    """[(name, value)] of what is validly asked, each value once, in the order of the filters."""
    found = []
    for name in filterset.filters:
        values = filterset.asked.get(name)
        if name in unsaid or values in (None, "", []):
            continue
        found += [(name, value) for value in (dict.fromkeys(values) if isinstance(values, list) else [values])]
    return found


def query_of(filterset, unsaid=("ordering", "view"), **more):
    """The query string of the same question, always with the same letters: "" when nothing is asked.

    ``more`` goes behind it as far as it is not empty.
    """
    pairs = sorted((name, str(value)) for name, value in values_of(filterset, unsaid))
    return urlencode([*pairs, *((name, value) for name, value in more.items() if value)])


def label_of(filterset, name, value):
    """One value as a reader knows it: “Peru”, “Years it ran, from: 2014”."""
    if isinstance(filterset.asked[name], list) or name == "has_report":
        return str(filterset.label_of(name, value))
    return labelled(filterset.filters[name].label, value)


def title_of(filterset):
    """“All partnerships”, “Partnerships: Peru, Metering, With a report”: the same however many it finds."""
    labels = [label_of(filterset, name, value) for name, value in values_of(filterset)]
    return labelled(_("Partnerships"), ", ".join(labels)) if labels else _("All partnerships")


def sentence(filterset, count):
    """The result as a sentence: “12 partnerships on non-revenue water in the Caribbean”."""
    if not filterset.is_valid():
        return _("No result")
    asked = filterset.asked
    total = ngettext("%(count)s partnership", "%(count)s partnerships", count) % {
        "count": number_format(count, force_grouping=True)
    }
    parts = [total]
    topics, countries, regions = (
        [str(filterset.label_of(name, code)) for code in asked.get(name) or []]
        for name in ("area", "country", "region")
    )
    if topics:
        parts.append(_("on %(topics)s") % {"topics": any_of([in_sentence(topic) for topic in topics])})
    if places := [any_of(labels) for labels in (countries, regions) if labels]:
        parts.append(_placed(filterset, ", ".join(places)))
    if text := asked.get("q"):
        parts.append(_("for “%(text)s”") % {"text": text})
    return " ".join(str(part) for part in parts)


def _placed(filterset, places):
    """What of an entry is in the places: where a mentee is, the work is done; everybody else only comes from there."""
    roles = filterset.asked["role"]
    if roles == [Role.MENTEE]:
        return _("in %(places)s") % {"places": places}
    if not roles:
        return _("with a mentor, mentee, peer or partner from %(places)s") % {"places": places}
    named = any_of([in_sentence(str(filterset.label_of("role", role))) for role in roles])
    return _("with a partner from %(places)s as %(roles)s") % {"places": places, "roles": named}


def sharper(filterset, facets):
    """Who of the partners is in the place asked for: each label, count and query of the question for that role alone.

    Read from the facet of roles; [] where the question says it already.
    """
    asked = filterset.asked
    if not facets or asked["role"] or not (asked["country"] or asked["region"]):
        return []
    roles = next(facet for facet in facets if facet.name == "role")
    return [
        {"label": role.label, "count": role.count, "query": query_of(filterset, unsaid=(), role=role.value)}
        for role in roles.options
        if role.value in (Role.MENTOR, Role.MENTEE, *EQUAL_ROLES)
    ]


def in_sentence(label):
    """A label in the middle of a sentence: small first letter, but “SDG” as it is."""
    return label[0].lower() + label[1:] if label[1:2].islower() else label


def any_of(labels):
    """“Peru, Chile or Bolivia”."""
    *first, last = labels
    return _("%(first)s or %(last)s") % {"first": ", ".join(first), "last": last} if first else last
