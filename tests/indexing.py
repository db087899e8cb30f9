"""The index beside the tests."""

from search.index import searcher


def up_to_date():
    """Before queries are counted: whoever reads first after something was published makes its documents."""
    searcher()
