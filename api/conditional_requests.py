"""Conditional requests: nothing is sent twice, and nobody overwrites what they have not seen."""

import hashlib
import re

from django.utils.translation import gettext as _

from api.problems import PreconditionRequired, Stale

QUOTED = re.compile(r'(?:W/)?"([^"]*)"')


def tag_of(entry):
    """The ETag of an entry that is being worked on: it names the revision."""
    return f'"{entry._meta.model_name}-{entry.pk}-{entry.revision}"'


def check_match(request, entry):
    """``If-Match`` must name ``tag_of(entry)``; raises 428 without it, 412 when it names something else.

    Returns the revision for the service, which checks it again when it writes. Compressing an answer
    makes its tag a weak one, so ``W/`` is accepted.
    """
    given = request.headers.get("If-Match", "")
    if not given.strip():
        raise PreconditionRequired(_("Send If-Match with the ETag of what you have read."))
    if tag_of(entry).strip('"') not in QUOTED.findall(given):
        raise Stale(_("Somebody has changed this entry since you opened it."))
    return entry.revision


def content_tag(body):
    """The ETag of an answer that everybody may read; ``body`` is what is sent, before compression."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def is_known(request, tag):
    """True when ``If-None-Match`` names ``tag``: 304 is enough."""
    given = request.headers.get("If-None-Match", "")
    return given.strip() == "*" or tag.strip('"') in QUOTED.findall(given)
