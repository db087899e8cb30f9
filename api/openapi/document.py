"""The finished description of the API, worked out once per language and process."""

from functools import cache
from threading import Lock

from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer2

from vocabularies.localised import active_language

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


class YamlRenderer(OpenApiYamlRenderer2):
    """Writes the document once per language and process: it takes many times as long as any other answer."""

    def render(self, data, accepted_media_type=None, renderer_context=None):
        language = active_language()
        return _as_yaml(language) if data is document(language) else super().render(data)


@cache
def _as_yaml(language):
    return OpenApiYamlRenderer2().render(document(language))
