"""Deciding on an entry: its page, who has it in hand, what somebody has seen."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.autosave import autosaved_form
from accounts.decorators import second_factor_required
from accounts.models import User
from desk.entry_types import entry_or_404, review_url, step_url
from desk.forms.comments import CommentForm, PreviewForm
from desk.forms.steps import StepForm
from desk.permissions import can_read_desk
from desk.review_page import review_page
from desk.services import assign as assign_to
from desk.services import mark_seen


def _entry(request, kind, pk):
    """Unseen is 404; seen by its authors, but not from the desk, is 403."""
    entry = entry_or_404(kind, pk, request.user)
    if not can_read_desk(request.user, entry):
        raise PermissionDenied
    return entry


@second_factor_required
@require_safe
def review(request, kind, pk):
    """What changed, remarks, checks, and the decision."""
    entry = _entry(request, kind, pk)
    context = review_page(entry, request.user, request.GET.get("view", ""))
    return render(request, "desk/review.html", context | _forms(request, entry, context) | {"area": "desk"})


def _forms(request, entry, context):
    """Each posts to an address of its own; words autosaved for it are there again."""
    reason_url = step_url(entry, "request_changes")
    return {
        "comment_form": CommentForm(_kept(request, context["comment_url"])),
        "step_form": StepForm(_kept(request, reason_url), action="request_changes", must_say_why=True),
        "preview_form": PreviewForm(),
    }


def _kept(request, address):
    autosaved = autosaved_form(request, address=address)
    return autosaved and autosaved.querydict


@second_factor_required
@require_POST
def seen(request, kind, pk):
    """From now on “since I last looked” begins at the revision that was on the screen."""
    entry = _entry(request, kind, pk)
    revision = request.POST.get("revision", "")
    if revision.isascii() and revision.isdigit() and len(revision) < 10:
        mark_seen(entry, by=request.user, revision=int(revision))
        messages.success(request, _("Noted: you will be shown what changes from here on."))
    return redirect(review_url(entry))


@second_factor_required
@require_POST
def assign(request, kind, pk):
    """Into the hands of the person with the primary key ``to``; empty: of nobody."""
    entry = _entry(request, kind, pk)
    chosen = request.POST.get("to", "")
    to = get_object_or_404(User, pk=chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else None
    try:
        assign_to(entry, to=to, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(
            request, _("%(name)s has it in hand now.") % {"name": to} if to else _("Nobody has it in hand.")
        )
    return redirect(review_url(entry))
