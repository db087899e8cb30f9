"""Remarks on an entry, and links for people outside: written by authors and reviewers alike."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.autosave import autosaved_data, autosaved_form, discard_autosaved
from accounts.decorators import sent_once
from desk.comments import place_of, where
from desk.entry_types import entry_or_404, entry_url, review_url
from desk.forms.comments import CommentForm, PreviewForm
from desk.permissions import can_comment, can_read_desk
from desk.services import add_comment as write_comment
from desk.services import resolve_comment as resolve_thread
from reviews.models import Comment
from reviews.services import can_share, make_preview, revoke_preview


def _back(request, entry):
    """To the page of the reader: the desk for reviewers, the workspace for authors."""
    return review_url(entry) if can_read_desk(request.user, entry) else entry_url(entry)


@login_required
@require_http_methods(["GET", "POST"])
@sent_once
def comment(request, kind, pk, place):
    """Write a remark on ``place`` (see ``desk.comments.place_of``)."""
    entry = entry_or_404(kind, pk, request.user)
    pinned = place_of(entry, place)
    if not can_comment(request.user, entry):
        raise PermissionDenied
    form = CommentForm(autosaved_data(request))
    if request.method == "POST" and form.is_valid():
        comment = write_comment(entry, by=request.user, text=form.cleaned_data["text"], **pinned)
        discard_autosaved(request)
        return redirect(f"{_back(request, entry)}#remark-{comment.answers_id or comment.pk}")
    context = {
        "entry": entry,
        "form": form,
        "where": where(entry, pinned),
        "answers": pinned["answers"],
        "back": _back(request, entry),
        "autosaved": autosaved_form(request) if request.method == "GET" else None,
    }
    return render(request, "desk/comment.html", context)


@login_required
@require_POST
def resolve(request, kind, pk, comment):
    """Settle a thread."""
    entry = entry_or_404(kind, pk, request.user)
    ids = [entry.pk, *entry.siblings().values_list("pk", flat=True)]
    found = get_object_or_404(Comment.objects.select_related("answers"), pk=comment, object_id__in=ids)
    if not isinstance(found.entry, type(entry)):
        raise Http404
    resolve_thread(found, by=request.user)
    messages.success(request, _("The remark is settled. It stays readable."))
    return redirect(f"{_back(request, entry)}#remarks")


@login_required
@require_POST
def preview(request, kind, pk):
    """Make a link for somebody outside; its address is shown once."""
    entry = entry_or_404(kind, pk, request.user)
    if not can_share(request.user, entry):
        raise PermissionDenied
    form = PreviewForm(request.POST)
    if not form.is_valid():
        return render(request, "desk/preview.html", {"entry": entry, "form": form, "back": _back(request, entry)})
    link, token = make_preview(entry, by=request.user, note=form.cleaned_data["note"])
    address = request.build_absolute_uri(reverse("directory:preview", args=[token]))
    words = _("This link is for %(note)s and shown only now: copy it.") % {"note": link.note}
    messages.success(request, format_html('{} <a href="{}">{}</a>', words, address, address))
    return redirect(_back(request, entry))


@login_required
@require_POST
def revoke(request, kind, pk, link):
    """Take a link back."""
    entry = entry_or_404(kind, pk, request.user)
    revoke_preview(get_object_or_404(entry.preview_links, pk=link), by=request.user)
    messages.success(request, _("The link opens nothing any more."))
    return redirect(f"{_back(request, entry)}#previews")
