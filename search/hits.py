"""What a question finds: how many entries, which of them in which order, how often each term stands in them."""

from collections.abc import Iterator
from itertools import product

from django.utils.functional import cached_property
from tantivy import Order

from search.conditions import all_of, but, holding_one, matching, one_of
from search.fields import LEAST, LEVELS

MOST_BUCKETS = 60_000
CLASSES = [(least, most) for least, most in product(LEVELS, LEVELS) if most >= least]
"""How well an entry fits: by the level of the word that fits worst, then by that of the word that fits best.

Whole classes instead of a score for each entry: a score of tantivy depends on what the index held before.
"""


class Hits:
    """Entries of ``kind`` for which all ``conditions`` hold and that hold the ``groups`` of words.

    ``reader``: that of the index; ``order``: (field of numbers or letters, whether the greatest comes first); with
    ``best`` those that fit best come first, and the order decides among them. What fits less well than ``level`` is
    left out (search/fields.py).
    """

    def __init__(self, reader, kind, conditions=(), groups=(), *, order, best=False, level=LEAST):
        self.reader = reader
        self.conditions = [one_of("kind", [kind]), *conditions]
        self.groups = list(groups)
        self.order = order
        self.best = best and bool(self.groups)
        self.level = level

    @property
    def query(self):
        return self._with(*([matching(self.groups, self.level)] if self.groups else []))

    def _with(self, *more):
        return all_of([*self.conditions, *more])

    @cached_property
    def total(self):
        """How many there are."""
        return self._count(self.query)

    def _count(self, query):
        return self.reader.search(query, 1).count

    def terms(self, *names, pattern=""):
        """{field: {term: number of entries}} of the fields ``names``; ``pattern``: an expression for whole terms."""
        only = {"include": pattern} if pattern else {}
        wanted = {name: {"terms": {"field": name, "size": MOST_BUCKETS} | only} for name in names}
        found = self.reader.aggregate(self.query, wanted) if wanted else {}
        return {name: {one["key"]: one["doc_count"] for one in found[name]["buckets"]} for name in names}

    def pks(self, start=0, stop=None):
        """The primary keys from ``start`` to before ``stop``, in order."""
        stop = self.total if stop is None else min(stop, self.total)
        return list(self._best(start, stop)) if self.best else self._keys(self.query, start, stop)

    def _best(self, start, stop) -> Iterator[int]:
        before = 0
        for query in self._classes():
            if before >= stop:
                return
            found = self._count(query)
            yield from self._keys(query, max(start - before, 0), min(stop - before, found))
            before += found

    def _classes(self):
        """A query for each class of fitting entries, the best first; together they find all, each once."""
        classes = CLASSES if len(self.groups) > 1 else zip(LEVELS, LEVELS, strict=True)
        for least, most in (one for one in classes if one[0] >= self.level):
            query = self._with(matching(self.groups, least), holding_one(self.groups, most))
            if least < max(LEVELS):
                query = but(query, matching(self.groups, least + 1))
            if most < max(LEVELS):
                query = but(query, holding_one(self.groups, most + 1))
            yield query

    def _keys(self, query, start, stop):
        if stop <= start:
            return []
        name, falling = self.order
        order = Order.Desc if falling else Order.Asc
        found = self.reader.search(query, stop - start, count=False, order_by_field=name, offset=start, order=order)
        return self.reader.fast_field_values("pk", [address for _value, address in found.hits])
