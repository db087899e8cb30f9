"""What a person sent in a form that could not be carried out: read once more, to be shown and sent again."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.services import keepable

UNREADABLE = (BadRequest, MultiPartParserError, OSError, SuspiciousOperation, UnreadablePostError)
MACHINE_NAME = re.compile(r"(^|-)(revision|fingerprint|key|id|position|next|ORDER|[A-Z]+_FORMS|[A-Z]+_NUM_FORMS)$")


@dataclass
class Field:
    """One name of the form; ``label`` is its name in words, as far as the catalogue has them."""

    name: str
    values: list

    @property
    def label(self):
        """``tracks-0-title`` -> "Tracks 1 · title"."""
        parts = [str(int(part) + 1) if part.isdigit() else _(part.replace("_", " ")) for part in self.name.split("-")]
        head = " ".join(parts[:-1])
        return capfirst(f"{head} · {parts[-1]}" if head else parts[-1])

    @property
    def words(self):
        """What a reader recognises of it; empty for what only machines read."""
        return [] if MACHINE_NAME.search(self.name) else [value for value in self.values if value.strip()]


@dataclass
class Typed:
    """The fields of a form in their order, the names of its files, and where it is sent."""

    fields: list
    files: list
    action: str

    def __bool__(self):
        return bool(self.files) or any(field.words for field in self.fields)


def typed_in(request):
    """What ``request`` brought, without token and passwords. Empty for another site's form and for account forms."""
    if request.method != "POST" or not _is_from_here(request) or is_secret(request):
        return Typed([], [], "")
    try:
        fields = [Field(name, values) for name, values in keepable(request.POST).items()]
        files = [file.name for _name, sent in request.FILES.lists() for file in sent]
    except UNREADABLE:
        return Typed([], [], "")
    return Typed(fields, files, request.get_full_path())


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
