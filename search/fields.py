"""The fields of the index: what documents say to it, and in which form."""

import hashlib

from tantivy import SchemaBuilder

from partnerships.models import PartnershipVersion

MADE = 5
"""Raise it when documents say something else under the same names: all of them are made anew then."""

CHOICES = [field.name for field in PartnershipVersion._meta.concrete_fields if field.choices and field.name != "state"]
"""Every column of the entry that is a choice, under its own name: a filter of one is declared and that is all."""
TERMS = ["kind", "key", "rows", "parties", "platform", "programme", "area", "area_asked",
         "activity", "support", "factor", "has_report", *CHOICES]  # fmt: skip
"""Codes, any number in each, compared as they are."""
NUMBERS = ["pk", "first_year", "last_year", "newest", "latest", "earliest", "reference"]
AMOUNTS = ["dollars"]
RUNNING = 9999
"""The ``last_year`` of what is under way without an end; which year that is now, the question knows."""
SORTED = ["title"]
"""Texts by whose letters lists are sorted."""
TIERS = (4, 3, 2, 1)
"""Words by what they say of an entry: its title, the names of its organisations, places and topics, all the rest."""


def _schema():
    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("state", stored=True, tokenizer_name="raw", index_option="basic")
    for name in (*TERMS, *SORTED):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in NUMBERS:
        builder.add_integer_field(name, indexed=True, fast=True)
    for name in AMOUNTS:
        builder.add_float_field(name, indexed=True, fast=True)
    for tier in TIERS:
        builder.add_text_field(words_in(tier), tokenizer_name="whitespace")
        builder.add_text_field(stems_in(tier), tokenizer_name="whitespace")
    return builder.build()


TYPED = {4: 8, 3: 6, 2: 4, 1: 2}
SAME = {4: 7, 3: 1, 2: 3, 1: 1}
"""{tier: level} of what was typed and of what means the same: companies are called *Saneamiento* whatever they do."""
LEVELS = tuple(range(max(TYPED.values()), 0, -1))
"""How well a word fits, the best first."""
LEAST = min(LEVELS)


def tiers_from(level, *, as_typed):
    """The tiers in which words reach ``level``, those that were typed or those that stand for them."""
    return [tier for tier, reached in (TYPED if as_typed else SAME).items() if reached >= level]


def words_in(tier):
    """The field of the words of a tier, as they are written."""
    return f"words{tier}"


def stems_in(tier):
    """The field of their stems."""
    return f"stems{tier}"


SCHEMA = _schema()
FORM = hashlib.sha256(repr((MADE, TERMS, NUMBERS, AMOUNTS, SORTED, TIERS)).encode()).hexdigest()[:16]
"""Documents and indexes of another form than this are made anew."""
