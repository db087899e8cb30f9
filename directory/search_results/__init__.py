"""What a search shows: the entries of one kind that it found, the counts of all kinds, help where there is nothing."""

from collections.abc import Callable
from typing import NamedTuple

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from directory.search_results import organisations, partnerships, platforms, reports
from search.documents.places import places_at
from search.hits import Hits
from search.index import read
from search.lexicons import lexicon_at
from search.questions import understood
from vocabularies.localised import active_language

PARTNERSHIPS = "partnerships"


class Kind(NamedTuple):
    """A tab of the page: what it is called, which documents it finds, how equals are sorted, what reads the entries."""

    tab: str
    document: str
    order: tuple[str, bool]
    lines: Callable


KINDS = {
    PARTNERSHIPS: Kind(_("Partnerships"), "partnership", ("newest", True), partnerships.lines),
    "organisations": Kind(_("Organisations"), "organisation", ("title", False), organisations.lines),
    "platforms": Kind(_("Platforms"), "platform", ("title", False), platforms.lines),
    "reports": Kind(_("Reports"), "report", ("title", False), reports.lines),
}
"""By their names in addresses."""


class Results:
    """What ``text`` finds; ``exact``: without putting its mistakes right."""

    def __init__(self, text, *, exact=False):
        self._reader, self._stamp = read()
        self.known = lexicon_at(self._stamp)
        self.question = understood(text, active_language(), known=self.known, exact=exact)

    def hits(self, kind, groups=None):
        """The Hits of a kind; of no words at all there are none."""
        groups = self.question.alternatives if groups is None else groups
        return Hits(self._reader, KINDS[kind].document, groups=groups, order=KINDS[kind].order, best=True)

    @cached_property
    def counts(self):
        return {kind: self.hits(kind).total if self.question else 0 for kind in KINDS}

    @property
    def fullest(self):
        """The kind to show where none was asked for: partnerships, unless they have nothing and another one has."""
        return next((kind for kind, count in self.counts.items() if count), PARTNERSHIPS)

    def lines(self, kind, start, stop):
        """The Line of each hit from ``start`` to before ``stop``."""
        return KINDS[kind].lines(self.hits(kind).pks(start, stop), self.question, places_at(self._stamp))

    def without_one(self, kind):
        """[(the words left, how many of ``kind`` they find)] when one word is left out, the most first."""
        groups = self.question.groups
        if len(groups) < 2:
            return []
        rests = [[*groups[:place], *groups[place + 1 :]] for place in range(len(groups))]
        counted = [
            (" ".join(group.text for group in rest), self.hits(kind, [group.alternatives for group in rest]).total)
            for rest in rests
        ]
        return sorted([one for one in counted if one[1]], key=lambda one: -one[1])

    @property
    def unknown(self):
        """The words that no entry has, as they were typed."""
        return [group.text for group in self.question.groups if not self._is_used(group)]

    def _is_used(self, group):
        return any(self.known.is_used(word) for words in group.alternatives for word in words)


class Page:
    """The hits of a kind as a paginator takes them."""

    def __init__(self, results, kind):
        self.results, self.kind = results, kind

    def __len__(self):
        return self.results.counts[self.kind]

    count = __len__

    def __getitem__(self, place):
        return self.results.lines(self.kind, place.start, place.stop) if len(self) else []
