"""The index beside the tests."""

from search.index import read
from search.lexicons import lexicon_at


def up_to_date():
    """Before queries are counted: whoever reads first after something was published makes its documents."""
    _reader, stamp = read()
    lexicon_at(stamp)
