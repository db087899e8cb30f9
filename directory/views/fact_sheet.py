"""The fact sheet of a public partnership, to read and to print; 410 or 404 as its profile."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.fact_sheet.content import fact_sheet_of
from directory.fact_sheet.document import Document
from directory.fact_sheet.qr_code import qr_code_of
from directory.profile.public_entry import public_entry
from directory.profile.reading import in_readers_language
from directory.views.profile import gone


@require_safe
def page(request, reference):
    """As HTML."""
    entry = public_entry(reference)
    if entry is None:
        return gone(request, reference)
    reading = in_readers_language(request, entry)
    sheet = fact_sheet_of(entry, reading)
    profile = reverse("directory:partnership", args=[reference])
    context = {
        "section": "partnerships",
        "crumbs": [(_("Partnerships"), reverse("directory:partnerships")), (reference, profile)],
        "sheet": sheet,
        "version": entry.version,
        "reading": reading,
        "qr": qr_code_of(sheet.address),
    }
    return render(request, "directory/fact_sheet.html", context)


@require_safe
def pdf(request, reference):
    """As PDF, set only for who has not got it yet: the tag follows from what the sheet says."""
    entry = public_entry(reference)
    if entry is None:
        return gone(request, reference)
    document = Document(fact_sheet_of(entry, in_readers_language(request, entry)))
    tag = f'"{document.fingerprint}"'
    answer = get_conditional_response(request, etag=tag)
    if answer is None:
        answer = HttpResponse(document.pdf(), content_type="application/pdf")
        answer.headers["Content-Disposition"] = f'inline; filename="{reference}-{get_language()}.pdf"'
    answer.headers["ETag"] = tag
    return answer
