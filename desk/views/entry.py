"""The working page of an entry: where it stands, what comes next, and all that happened."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.autosave import autosaved_form
from desk.entry_page import entry_page
from desk.entry_types import entry_or_404
from desk.forms.comments import CommentForm, PreviewForm


@login_required
@require_safe
def entry(request, kind, pk):
    """For its authors, and for everybody else who may open it."""
    context = entry_page(entry_or_404(kind, pk, request.user), request.user)
    if context["is_insider"]:
        autosaved = autosaved_form(request, address=context["comment_url"])
        context |= {"comment_form": CommentForm(autosaved and autosaved.querydict), "preview_form": PreviewForm()}
    return render(request, "desk/entry.html", context)
