"""What the index answers to many questions: to see that it answers the same after it was made anew."""

from search.documents import KINDS
from search.fields import TERMS, TIERS, words_in
from search.hits import Hits
from search.index import searcher

ORDERS = ("newest", "latest", "earliest", "reference", "title")
WORDS_ASKED = 200
"""Of each tier; more would ask for the same again."""


def answers():
    """{question: its hits in their order, or its counts}."""
    reader, found = searcher(), {}
    words = {word for tier in TIERS for word, _count in reader.terms_with_prefix(words_in(tier), "", limit=WORDS_ASKED)}
    for kind in (module.KIND for module in KINDS):
        for name in ORDERS:
            found[kind, name] = Hits(reader, kind, order=(name, True)).pks()
        for name, counted in Hits(reader, kind, order=("pk", True)).terms(*TERMS).items():
            found[kind, "terms", name] = sorted(counted.items())
        for word in sorted(words):
            found[kind, "word", word] = Hits(reader, kind, groups=[[(word,)]], order=("newest", True), best=True).pks()
    return found
