"""The working page of an entry: where it stands, what comes next, and all that happened."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.services import kept_input
from desk.entry import entry_page
from desk.forms.comments import CommentForm, PreviewForm
from desk.kinds import entry_or_404


@login_required
@require_safe
def entry(request, kind, pk):
    """For its authors, and for everybody else who may open it."""
    context = entry_page(entry_or_404(kind, pk, request.user), request.user)
    if context["is_insider"]:
        kept = kept_input(request, address=context["remark_url"])
        context |= {"comment_form": CommentForm(kept and kept.querydict), "preview_form": PreviewForm()}
    return render(request, "desk/entry.html", context)
