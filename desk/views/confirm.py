"""The partner's word: an organisation that an entry names confirms it, or says where it differs."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.autosave import autosaved_data, autosaved_form, discard_autosaved
from desk.entry_types import entry_or_404, entry_url
from desk.forms.confirm import ConfirmForm
from desk.visibility import visibility_of
from partnerships.models.base import Version
from partnerships.services.confirmations import FROZEN, answers_about, confirm, organisations_to_answer


@login_required
@require_http_methods(["GET", "POST"])
def confirm_entry(request, kind, pk):
    """For members of those on the two sides, once the words stand still."""
    if not issubclass(kind.model, Version):
        raise Http404
    entry = entry_or_404(kind, pk, request.user)
    organisations = organisations_to_answer(entry, request.user)
    if not organisations.exists():
        raise PermissionDenied
    said = [answer for answer in answers_about(entry) if answer.organisation in organisations]
    form = ConfirmForm(autosaved_data(request), organisations=organisations, initial=_first(said))
    if request.method == "POST" and form.is_valid() and _is_noted(entry, form, request):
        discard_autosaved(request)
        return redirect(entry_url(entry))
    context = {
        "entry": entry,
        "kind": kind,
        "why": visibility_of(entry),
        "is_frozen": entry.state in FROZEN,
        "organisations": organisations,
        "said": said,
        "form": form,
        "autosaved": autosaved_form(request) if request.method == "GET" else None,
    }
    return render(request, "desk/confirm.html", context)


def _first(said):
    """What was answered before, to be changed."""
    if not said:
        return {}
    answer = said[0]
    return {
        "organisation": answer.organisation_id,
        "answer": answer.answer,
        "text": answer.text,
        "may_be_shown": answer.may_be_shown,
    }


def _is_noted(entry, form, request):
    """Write the answer down; False when it makes no sense, and the form then says why."""
    try:
        confirm(entry, by=request.user, **form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return False
    organisation = form.cleaned_data["organisation"]
    messages.success(
        request, _("Thank you. Your answer for %(organisation)s is noted.") % {"organisation": organisation}
    )
    return True
