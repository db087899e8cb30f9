"""A partnership is begun, written section by section, and checked before it is submitted."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.autosave import autosaved_form, discard_autosaved
from accounts.decorators import sent_once
from partnerships.drafting import pages
from partnerships.forms.new import StartForm, words_for
from partnerships.forms.sections import QUESTIONNAIRE
from partnerships.models import Partnership, PartnershipVersion
from partnerships.services import start_new_version, start_partnership


@login_required
@require_http_methods(["GET", "POST"])
@sent_once
def new(request):
    form = StartForm(words_for(request), user=request.user, initial=_initial(request))
    if request.method == "POST" and form.is_valid() and (version := _begun(form, request.user)):
        discard_autosaved(request)
        messages.success(request, _("The draft is begun. Only you and your colleagues see it."))
        return redirect("partnerships:draft", version.pk)
    autosaved = autosaved_form(request) if request.method == "GET" else None
    return render(request, "partnerships/new.html", {"form": form, "autosaved": autosaved})


def _begun(form, by):
    """The draft; None with the reason in the form."""
    try:
        return start_partnership(by, **form.chosen)
    except ValidationError as error:
        form.add_error(None, error)
        return None


def _initial(request):
    """Pages of an organisation or a platform lead here with ``?for=organisation-7``."""
    return {"behalf": request.GET.get("for", "")}


@login_required
@require_safe
def draft(request, pk):
    return pages.tasks(request, _version(request, pk), QUESTIONNAIRE)


@login_required
@require_http_methods(["GET", "POST"])
def section(request, pk, section):
    return pages.section(request, _version(request, pk), QUESTIONNAIRE, section)


@login_required
@require_safe
def check(request, pk):
    return pages.check(request, _version(request, pk), QUESTIONNAIRE)


@login_required
@require_POST
def new_version(request, reference):
    partnership = get_object_or_404(Partnership.objects.known_to(request.user), reference=reference)
    try:
        version = start_new_version(partnership, request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("directory:partnership", reference)
    return redirect("partnerships:draft", version.pk)


def _version(request, pk):
    versions = PartnershipVersion.objects.visible_to(request.user).select_related("partnership__entered_by")
    return get_object_or_404(versions, pk=pk)
