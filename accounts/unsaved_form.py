"""What a person sent in a form that could not be carried out: read once more, to be shown and sent again."""

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.autosave import autosavable

UNREADABLE = (BadRequest, MultiPartParserError, OSError, SuspiciousOperation, UnreadablePostError)
WORDS_OF_A_TERM = re.compile(r"-words-[0-9]+$")
MACHINE_NAME = re.compile(r"(^|-)(revision|told|sent|fingerprint|key|id|position|next|ORDER|([A-Z]+_)?[A-Z]+_FORMS)$")


def _in_words(name, relation=""):
    """As pages call it: questions and rows are named after fields, relations and lists; ``relation``: whose rows."""
    words = _words_of_rows().get(relation, {})
    return str(words.get(name) or _words_of_models().get(name) or _(name.replace("_", " ")))


@cache
def _words_of_models():
    """{name: label} of the fields and relations of the portal's own models and of the lists, in lazy texts."""
    models = [model for model in apps.get_models() if _is_ours(model)]
    models.sort(key=lambda model: hasattr(model, "identity_field"))  # what an entry says itself comes before its rows
    fields = [field for model in models for field in model._meta.get_fields()]
    relations = {
        field.get_accessor_name(): field.related_model._meta.verbose_name_plural
        for field in fields
        if field.auto_created and not field.concrete and _is_ours(field.related_model)
    }
    lists = {name: label for model in models for name, label in getattr(model, "input_labels", dict)().items()}
    named = {field.name: field.verbose_name for field in fields if hasattr(field, "verbose_name")}
    return {"open": gettext_lazy("No answer?")} | lists | named | relations


@cache
def _words_of_rows():
    """{relation: {field: label}}: two kinds of row may call the same thing otherwise."""
    return {
        field.get_accessor_name(): {
            one.name: one.verbose_name for one in field.related_model._meta.concrete_fields if not one.primary_key
        }
        for model in apps.get_models()
        if hasattr(model, "identity_field")
        for field in model._meta.related_objects
        if _is_ours(field.related_model)
    }


def _is_ours(model):
    return (settings.BASE_DIR / model._meta.app_config.label).is_dir()


@dataclass
class Field:
    """One name of the form; ``label`` is its name in words, as far as the catalogue has them."""

    name: str
    values: list

    @property
    def label(self):
        """``tracks-0-starts_on`` -> "Improvement tracks 1 · begins"."""
        name = WORDS_OF_A_TERM.sub("", self.name)
        relation, *_rest = name.split("-")
        parts = [str(int(part) + 1) if part.isdigit() else _in_words(part, relation) for part in name.split("-")]
        head = " ".join(parts[:-1])
        return capfirst(f"{head} · {parts[-1]}" if head else parts[-1])

    @property
    def words(self):
        """What a reader recognises of it; empty for what only machines read."""
        return [] if MACHINE_NAME.search(self.name) else [value for value in self.values if value.strip()]


@dataclass
class UnsavedForm:
    """The fields of a form in their order, the names of its files, and where it is sent."""

    fields: list
    files: list
    action: str

    def __bool__(self):
        return bool(self.files) or any(field.words for field in self.fields)


def unsaved_form_of(request):
    """What ``request`` brought, without token and passwords. Empty for another site's form and for account forms."""
    if request.method != "POST" or not _is_from_here(request) or is_secret(request):
        return UnsavedForm([], [], "")
    try:
        fields = [Field(name, values) for name, values in autosavable(request.POST).items()]
        files = [file.name for _name, sent in request.FILES.lists() for file in sent]
    except UNREADABLE:
        return UnsavedForm([], [], "")
    return UnsavedForm(fields, files, request.get_full_path())


def is_secret(request):
    """Sign-in, passwords and codes are never shown again: all of them are pages of allauth, or the admin's door."""
    match = request.resolver_match
    return not match or match.func.__module__.startswith("allauth") or match.view_name == "admin:login"


def _is_from_here(request):
    """Another site must not bring words that a reader then sends in good faith. Browsers say where a form stood."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site == "same-origin"
    origin = request.headers.get("Origin") or request.headers.get("Referer")
    return not origin or urlsplit(origin).netloc == request.get_host()
