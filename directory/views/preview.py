"""What is not public yet, as it would read: for those who may open it, and for outsiders with a link."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from accounts.models import Invitation
from directory.profile.page import partnership_page, report_page
from directory.profile.public_entry import entry_as_written
from directory.profile.reading import in_readers_language
from partnerships.models import PartnershipVersion
from reports.models import ReportVersion
from reviews.models import PreviewLink
from reviews.services import find_preview

MODELS = {"partnership": PartnershipVersion, "report": ReportVersion}


@login_required
@require_safe
def draft_preview(request, kind, pk):
    """For everybody who may open the entry."""
    if kind not in MODELS:
        raise Http404
    written = get_object_or_404(MODELS[kind].objects.visible_to(request.user), pk=pk)
    return _private(_render(request, written, {"work_kind": kind}))


@require_safe
def preview(request, token):
    """For outsiders, until the link expires or is taken back; only a hash of the link is known here."""
    link = get_object_or_404(PreviewLink, token_hash=Invitation.hash_of(token))
    written = link.entry
    if not isinstance(written, tuple(MODELS.values())):
        raise Http404
    if find_preview(token):
        return _private(_render(request, written, {"expires_at": link.expires_at, "preview_token": token}))
    if type(written).objects.published().filter(pk=written.pk).exists():
        return _private(redirect(written))
    return _private(render(request, "directory/preview_over.html", status=410))


def _render(request, written, context):
    entry = entry_as_written(written)
    context |= {"is_preview": True, "shown": written, "reading": in_readers_language(request, entry)}
    if isinstance(written, PartnershipVersion):
        return render(request, "directory/partnership.html", partnership_page(entry) | context)
    return render(request, "directory/report.html", report_page(entry, entry.latest) | context)


def _private(response):
    """Kept by nobody, found by no search engine, and no page that it links to learns the address."""
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
