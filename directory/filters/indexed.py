"""Filters that are answered by the index (docs/decisions/0030-a-place-made-for-reading.md)."""

from django.utils.functional import cached_property

from directory.filters.base import StrictFilterSet
from directory.filters.found import Found
from search.conditions import any_of
from search.hits import Hits
from search.index import read
from search.lexicons import lexicon_at
from search.questions import Question, understood
from vocabularies.localised import active_language

BEST = "best"
"""The order of a question with words: what fits best first."""


class IndexedFilterSet(StrictFilterSet):
    """Each filter declares what it asks; everything else follows: what is found, in which order, the facets."""

    kind = ""
    """Of the documents."""
    identity = ""
    """Where the rows of the database name what the keys of the documents are of."""
    ORDERS = {}
    """{ordering: (field of the index, whether the greatest comes first)}."""
    default_ordering = ""

    @cached_property
    def qs(self):
        return Found(self.queryset, self.hits_without() if self.is_valid() else None, self.identity)

    def in_order_of_time(self):
        """The same entries, the newest first whatever is asked: feeds tell what is new."""
        hits = self.hits_without(order=self.default_ordering) if self.is_valid() else None
        return Found(self.queryset, hits, self.identity)

    @cached_property
    def _read(self):
        return read()

    @property
    def reader(self):
        """One for the whole question: all that is counted and shown of it is of one moment."""
        return self._read[0]

    @cached_property
    def question(self):
        """What the typed words are understood to mean."""
        text, exact = self.asked.get("q") or "", bool(self.asked.get("exact"))
        if not text:
            return Question(text)
        return understood(text, active_language(), known=lexicon_at(self._read[1]), exact=exact)

    @property
    def ordering(self):
        """The one that is asked for; with words what fits best comes first, unless another one is."""
        return self.asked.get("ordering") or (BEST if self.asked.get("q") else self.default_ordering)

    def hits_without(self, *names, order=None, **instead):
        """The Hits of the question without the parameters ``names``: what facets count."""
        groups = self.question.alternatives
        ordering = order or self.ordering
        order = self.ORDERS[self.default_ordering if ordering == BEST else ordering]
        conditions = self.conditions(names, **instead)
        if self.asked.get("q") and not groups:  # signs that are no words
            conditions.append(any_of([]))
        return Hits(self.reader, self.kind, conditions, groups, order=order, best=ordering == BEST)

    def conditions(self, without=()):
        """What the filters ask, each with the values that it was given."""
        asked = {
            name: value for name, value in self.asked.items() if name not in without and value not in (None, "", [])
        }
        conditions = (self.filters[name].asks.condition(value) for name, value in asked.items())
        return [condition for condition in conditions if condition is not None]
