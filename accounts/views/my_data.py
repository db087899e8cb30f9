"""My data: what the portal holds about a person, to see, change, take along and erase."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods, require_safe

from accounts.autosave import autosaved_data, autosaved_form, discard_autosaved
from accounts.forms import EraseForm, ProfileForm
from accounts.personal_data import export_of, losses_of, personal_data_of
from accounts.services import erase_person, save_profile


@login_required
@require_http_methods(["GET", "POST"])
def my_data(request):
    autosaved = autosaved_form(request)
    form = ProfileForm(autosaved_data(request), instance=request.user)
    if request.method == "POST" and form.is_valid():
        save_profile(user=request.user, **form.cleaned_data)
        discard_autosaved(request)
        with override(request.user.language):
            messages.success(request, _("Saved."))
        return redirect("accounts:my-data")
    return render(
        request,
        "accounts/my_data.html",
        {"form": form, "autosaved": autosaved, "holdings": personal_data_of(request.user)},
    )


@login_required
@require_safe
def export(request):
    response = JsonResponse(export_of(request.user), json_dumps_params={"indent": 2, "ensure_ascii": False})
    response.headers["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@login_required
@require_http_methods(["GET", "POST"])
def erase(request):
    losses = losses_of(request.user)
    form = EraseForm(request.POST or None, user=request.user, losses=losses)
    if request.method == "POST" and form.is_valid():
        erase_person(user=request.user, by=request.user)
        get_adapter().logout(request)
        return redirect("accounts:erased")
    return render(request, "accounts/erase.html", {"form": form, "losses": losses})


@require_safe
def erased(request):
    return render(request, "accounts/erased.html")
