"""One step of the workflow, taken by a person: the one address behind every button that moves an entry."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.autosave import autosaved_data, autosaved_form, discard_autosaved
from desk.entry_types import entry_or_404, entry_url, review_url
from desk.forms.steps import StepForm
from desk.refusals import codes_of, problems_of
from desk.steps import CONSEQUENCES, QUIET, comments_asked_about, must_say_why, next_page, question, said_after
from desk.visibility import visibility_of
from reviews.comments import are_known
from reviews.states import TRANSITIONS, Actor
from reviews.workflow import perform


@login_required
@require_http_methods(["GET", "POST"])
def step(request, kind, pk, action):
    """POST takes the step with ``comment`` and ``revision``; GET asks first. What is wrong is said beside the words."""
    transition = TRANSITIONS.get(action)
    if transition is None or Actor.SYSTEM in transition.actors:
        raise Http404
    entry = entry_or_404(kind, pk, request.user)
    actors = entry.roles_of(request.user)
    if not actors & set(transition.actors):
        raise PermissionDenied
    form = _form(request, entry, transition, actors)
    error, comments = None, comments_asked_about(entry, action)
    if request.method == "POST" and form.is_valid() and are_known(comments, request.POST):
        error = _take(entry, action, request, form)
        if error is None:
            discard_autosaved(request)
            return redirect(next_page(entry, transition, actors))
    return render(request, "desk/step.html", _page(request, entry, transition, form, error) | {"comments": comments})


def _form(request, entry, transition, actors):
    return StepForm(
        autosaved_data(request),
        action=transition.action,
        must_say_why=must_say_why(transition, actors),
        initial={"revision": entry.revision},
    )


def _take(entry, action, request, form):
    """Carry it out; returns the ValidationError when that is not possible, None when it is done."""
    try:
        moved = perform(entry, action, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        return error
    messages.success(request, said_after(moved, action))
    return None


def _page(request, entry, transition, form, error):
    codes = codes_of(error) if error else set()
    unseen = "stale" in codes and transition.must_be_seen
    if "comment_required" in codes:
        form.add_error("comment", error.error_dict["comment"])
    return {
        "entry": entry,
        "step": transition,
        "question": question(entry, transition.action),
        "consequence": CONSEQUENCES[transition.action],
        "is_quiet": transition.action in QUIET,
        "is_possible": entry.state in transition.sources and not unseen,
        "why": visibility_of(entry),
        "form": form,
        "revision": entry.revision if "stale" in codes or not form.is_bound else form["revision"].value(),
        "autosaved": autosaved_form(request) if request.method == "GET" else None,
        "problems": problems_of(entry, error) if error else [],
        "back": review_url(entry) if Actor.AUTHOR not in transition.actors else entry_url(entry),
    }
