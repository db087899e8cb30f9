"""The figures in words: the sentence above each chart, how it counts, and what its lines and columns are called."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directory.insights.numbers import ALL
from vocabularies.models import OTHER, GwopaRegion, TermList

PAIRINGS = {
    "south-south": gettext_lazy("South to South"),
    "north-south": gettext_lazy("North to South"),
    "north-north": gettext_lazy("North to North"),
    "south-north": gettext_lazy("South to North"),
    "mixed": gettext_lazy("South and North on one side"),
}
QUESTIONS = {
    "all": gettext_lazy("Partnerships in all"),
    "partners": gettext_lazy("Who: every partner by name"),
    "place": gettext_lazy("Where the work is done"),
    "years": gettext_lazy("Since when"),
    "areas": gettext_lazy("On what"),
    "status": gettext_lazy("How far it is"),
    "cost": gettext_lazy("What it costs"),
    "results": gettext_lazy("What came of it"),
    "report": gettext_lazy("A published report"),
}
PROVENANCES = {
    "difference": gettext_lazy("a side reports a difference"),
    "both-sides": gettext_lazy("confirmed by both sides"),
    "reported": gettext_lazy("reported by a partner"),
    "public-sources": gettext_lazy("compiled from public sources"),
}
KINDS = {
    TermList.ACTIVITY: gettext_lazy("What they did"),
    TermList.SUCCESS_FACTOR: gettext_lazy("What helped"),
    TermList.IMPEDING_FACTOR: gettext_lazy("What stood in the way"),
}
STRIPS = {
    1: gettext_lazy("1 or 2 improvement tracks"),
    3: gettext_lazy("3 or 4 improvement tracks"),
    5: gettext_lazy("5 improvement tracks or more"),
    0: gettext_lazy("Number of tracks not known"),
}
"""{least number of tracks: how the partnerships with so many are called}; 0 where it is not known."""
CODES = dict(GwopaRegion.choices) | PAIRINGS | QUESTIONS | PROVENANCES
"""{code of a line or column: what it is called}; everything else brings its label from the database."""
NAMES = {
    "places": gettext_lazy("Where"),
    "flows": gettext_lazy("Who mentors whom"),
    "pairings": gettext_lazy("South and North"),
    "years": gettext_lazy("When"),
    "areas": gettext_lazy("On what, where"),
    "practice": gettext_lazy("How"),
    "costs": gettext_lazy("For how much"),
    "record": gettext_lazy("What is known"),
}
"""The charts in their order, each with its short name."""
FIRST_COLUMNS = {
    "places": gettext_lazy("Country or territory"),
    "flows": gettext_lazy("Region of the mentor"),
    "pairings": gettext_lazy("From mentor to mentee"),
    "years": gettext_lazy("Year"),
    "areas": gettext_lazy("Improvement area"),
    "practice": gettext_lazy("Activity or factor"),
    "record": gettext_lazy("Question"),
}
ABOUT = {
    "places": gettext_lazy(
        "Partnerships by the country of the mentee, or of peers and partners. One that works in several countries "
        "counts in each."
    ),
    "flows": gettext_lazy(
        "Partnerships by the region of the mentor (left) and of the mentee (right). One of several regions counts in "
        "each. Peers and partners, who stand side by side, are not here."
    ),
    "pairings": gettext_lazy(
        "The South: Africa, Latin America and the Caribbean, Asia and Oceania without Australia, Cyprus, Israel, "
        "Japan, Korea (Republic of) and New Zealand. Peers and partners stand on both sides."
    ),
    "years": gettext_lazy(
        "Partnerships by the year in which they began: their start, else their first signature, else their end."
    ),
    "areas": gettext_lazy(
        "Partnerships by improvement area, and by the region where the work is done. One may name several areas. The "
        "kinds of loss count as non-revenue water."
    ),
    "practice": gettext_lazy(
        "Partnerships whose published reports name an activity or a factor, beside the groups of areas that they work "
        "on. Named in one record: nobody says that one led to the other."
    ),
    "costs": gettext_lazy(
        "Each sign is the total cost that a partnership states, in US dollars of its time, by its number of "
        "improvement tracks. What was spent, planned and hoped for has signs of its own."
    ),
    "record": gettext_lazy("How many partnerships have an answer, by who stands behind the entry."),
}


COUNTED = {
    "flows": gettext_lazy(
        "n = %(n)s of %(total)s; the other %(unknown)s are between peers or partners, or a place is not known."
    ),
}
"""Where something else than not knowing leaves a partnership out."""


def sentence(code, figures):
    """The title of a chart, made from its figures; its short name while there are none."""
    return _SENTENCES[code](figures) if figures.n else str(NAMES[code])


def counted(code, figures):
    """“n = 48 of 85; of 37 it is not known.”"""
    numbers = {"n": _many(figures.n), "total": _many(figures.total), "unknown": _many(figures.not_known)}
    if not figures.not_known:
        return _("n = %(n)s.") % numbers
    return COUNTED.get(code, _("n = %(n)s of %(total)s; of %(unknown)s it is not known.")) % numbers


def label_of(line):
    return str(line.label or CODES[line.key])


def columns_of(figures):
    """[(key, label)] of the columns beside ALL."""
    return [(key, str(label or CODES[key])) for key, label in figures.columns]


def _leader(lines):
    """The line with the most, None where two have as many; “Other” never leads."""
    most = sorted((line for line in lines if line.key != OTHER), key=lambda line: -line.count)[:2]
    return most[0] if most and (len(most) == 1 or most[0].count > most[1].count) else None


def _many(number):
    return number_format(number, force_grouping=True)


def _places(figures):
    count, first = len(figures.lines), _leader(figures.lines)
    if first is None:
        text = ngettext(
            "Work is done in %(count)s country or territory",
            "Work is done in %(count)s countries and territories",
            count,
        )
        return text % {"count": _many(count)}
    text = ngettext(
        "All the work is done in %(count)s country or territory: %(place)s",
        "%(place)s comes first among %(count)s countries and territories",
        count,
    )
    return text % {"count": _many(count), "place": label_of(first)}


def _flows(figures):
    total = sum(line.count for line in figures.lines)
    within = sum(line.cells.get(line.key, 0) for line in figures.lines)
    text = ngettext(
        "Of %(total)s link from mentor to mentee, %(within)s stays within one region",
        "Of %(total)s links from mentor to mentee, %(within)s stay within one region",
        total,
    )
    return text % {"total": _many(total), "within": _many(within)}


def _pairings(figures):
    south = next((line.count for line in figures.lines if line.key == "south-south"), 0)
    text = ngettext(
        "%(count)s of %(n)s partnership goes from South to South",
        "%(count)s of %(n)s partnerships go from South to South",
        figures.n,
    )
    return text % {"count": _many(south), "n": _many(figures.n)}


def _years(figures):
    first = _leader(figures.lines)
    if first is None:
        ends = {"first": figures.lines[0].label, "last": figures.lines[-1].label}
        return _("They began between %(first)s and %(last)s") % ends
    text = _("More began in %(year)s than in any other year: %(count)s")
    return text % {"year": first.label, "count": _many(first.count)}


def _areas(figures):
    first = _leader(figures.lines)
    words = {"n": _many(figures.n), "area": first and label_of(first), "count": _many(first.count if first else 0)}
    if first is None:
        return _("No improvement area stands out among %(n)s partnerships") % words
    return _("%(area)s is the commonest aim: %(count)s of %(n)s name it") % words


def _practice(figures):
    activities = [line for line in figures.lines if line.kind == TermList.ACTIVITY]
    first = _leader(activities)
    if first is None:
        text = ngettext(
            "%(n)s partnership has a report that says how it worked",
            "%(n)s partnerships have a report that says how they worked",
            figures.n,
        )
        return text % {"n": _many(figures.n)}
    words = {"what": label_of(first), "count": _many(first.count), "n": _many(figures.n)}
    return _("%(what)s: the activity that reports name most, %(count)s of %(n)s") % words


def _costs(figures):
    text = ngettext(
        "%(n)s of %(total)s partnership states what it cost",
        "%(n)s of %(total)s partnerships state what they cost",
        figures.total,
    )
    return text % {"n": _many(figures.n), "total": _many(figures.total)}


def _record(figures):
    known = {line.key: _many(line.cells[ALL]) for line in figures.lines}
    text = ngettext(
        "Of %(total)s partnership, %(cost)s states a cost and %(results)s a result",
        "Of %(total)s partnerships, %(cost)s state a cost and %(results)s a result",
        figures.total,
    )
    return text % {"total": _many(figures.total), "cost": known["cost"], "results": known["results"]}


_SENTENCES = {
    "places": _places,
    "flows": _flows,
    "pairings": _pairings,
    "years": _years,
    "areas": _areas,
    "practice": _practice,
    "costs": _costs,
    "record": _record,
}
