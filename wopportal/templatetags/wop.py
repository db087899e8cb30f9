"""Tags and filters every template may use without loading them."""

import json

from django import template
from django.core.serializers.json import DjangoJSONEncoder
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from vocabularies.localised import labelled

register = template.Library()

FACET_LIMIT = 6  # how many options of a long facet stand open
FACET_SLACK = 2  # so few more are not worth folding away


def _folds(options, limit):
    return len(options) > limit + FACET_SLACK


@register.filter("labelled")
def labelled_in_page(label, value):
    """“Country: Choose one.”: of a list of errors all of them."""
    return labelled(label, " ".join(map(str, value)) if isinstance(value, list) else value)


@register.filter
def first_options(options, limit=FACET_LIMIT):
    """The options of a facet that stand open: the first ``limit`` and every chosen one."""
    if not _folds(options, limit):
        return options
    return [option for place, option in enumerate(options) if place < limit or option.is_on]


@register.filter
def folded(options, limit=FACET_LIMIT):
    """The options that ``first_options`` leaves out."""
    if not _folds(options, limit):
        return []
    return [option for option in options[limit:] if not option.is_on]


@register.simple_tag
def elided_pages(page_obj):
    """The page numbers to link, with ``Paginator.ELLIPSIS`` where some are left out."""
    return page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=1, on_ends=1)


@register.simple_tag
def lang_attr(*codes):
    """`` lang="fr"`` where the first given of ``codes`` is not the language of the page."""
    code = next(filter(None, codes), "")
    return format_html(' lang="{}"', code) if code and code != get_language() else ""


@register.simple_tag
def lang_of(text, *codes):
    """The same of a ``text`` that may have been translated for the reader, else written in the first of ``codes``."""
    return lang_attr(getattr(text, "language", ""), *codes)


END_OF_SCRIPT = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""With these as escapes no text can end the element that the data stands in."""


@register.simple_tag
def linked_data(data):
    """A description for search engines. Browsers do not run it, so the content security policy does not ask for it."""
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False).translate(END_OF_SCRIPT)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 - escaped above
