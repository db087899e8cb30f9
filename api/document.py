"""The finished description of the API, worked out once per language and process."""

from functools import cache
from threading import Lock

from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator

LOCK = Lock()
"""The generator keeps its warnings in one place for all threads."""


def document(language):
    """The OpenAPI document as a dict, its words in ``language``. Nobody may change it: it is the same for all."""
    with LOCK:
        return _made(language)


@cache
def _made(language):
    with override(language):
        return SchemaGenerator().get_schema(request=None, public=True)
