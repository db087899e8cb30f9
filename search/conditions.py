"""What can be asked of the index, as its queries. They are built from values and never parsed from what people type."""

from tantivy import FieldType, Occur, Query

from search.fields import LEAST, SCHEMA, stems_in, tiers_from, words_in
from search.words import stem


def one_of(name, terms):
    """Entries with at least one of ``terms`` in the field ``name``."""
    return Query.term_set_query(SCHEMA, name, sorted(set(terms)))


def at_least(name, number):
    return Query.range_query(SCHEMA, name, _type_of(number), number, None)


def at_most(name, number):
    return Query.range_query(SCHEMA, name, _type_of(number), None, number)


def exactly(name, number):
    return Query.term_query(SCHEMA, name, number)


def all_of(queries):
    queries = list(queries)
    return Query.boolean_query([(Occur.Must, query) for query in queries]) if queries else Query.all_query()


def any_of(queries):
    queries = list(queries)
    return Query.boolean_query([(Occur.Should, query) for query in queries]) if queries else Query.empty_query()


def but(query, other):
    """What ``query`` finds and ``other`` does not."""
    return Query.boolean_query([(Occur.Must, query), (Occur.MustNot, other)])


def matching(groups, level=LEAST):
    """Entries that hold each of ``groups`` on ``level`` (search/fields.py) or on one that says more.

    A group is a list of alternatives, what was typed first; each is a tuple of tokens: several tokens are a phrase.
    """
    return all_of(any_of(_written(group, level)) for group in groups)


def holding_one(groups, level):
    """Entries that hold at least one of ``groups`` so."""
    return any_of(matching([group], level) for group in groups)


def _written(group, level):
    for place, words in enumerate(group):
        for tier in tiers_from(level, as_typed=not place):
            yield _phrase(words_in(tier), list(words))
            yield _phrase(stems_in(tier), [stem(word) for word in words])


def _phrase(name, words):
    return Query.term_query(SCHEMA, name, words[0]) if len(words) == 1 else Query.phrase_query(SCHEMA, name, words)


def _type_of(number):
    return FieldType.Float if isinstance(number, float) else FieldType.Integer
