"""Saved filters: “tell me when something new matches”."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import sent_once
from directory.filters.partnerships import PartnershipFilter
from directory.forms import SavedFilterForm
from directory.models import SavedFilter
from directory.query_strings import title_of
from directory.services import filterset_of, rename_filter, save_filter
from directory.views.partnerships import problems
from partnerships.models import PartnershipVersion


@login_required
@require_safe
def alerts(request):
    """Those of this person, each with what it asks."""
    rows = [_row(saved) for saved in request.user.saved_filters.all()]
    context = {"area": "workspace", "rows": rows, "crumbs": _crumbs(inside=False)}
    return render(request, "directory/alerts.html", context)


def _row(saved):
    filterset = filterset_of(saved)
    directory = reverse("directory:partnerships")
    return {
        "saved": saved,
        "title": title_of(filterset),
        "is_valid": filterset.is_valid(),
        "url": f"{directory}?{saved.query}" if saved.query else directory,
    }


@login_required
@require_http_methods(["GET", "POST"])
@sent_once
def new(request):
    """Save the filters of the address; an invalid one is answered by 400, as in the directory."""
    filterset = PartnershipFilter(request.GET, PartnershipVersion.objects.published())
    wrong = problems(request, filterset)
    name = SavedFilter._meta.get_field("name")
    form = SavedFilterForm(
        request.POST if request.method == "POST" and not wrong else None,
        initial={"name": title_of(filterset)[: name.max_length]},
        instance=SavedFilter(user=request.user),
    )
    if form.is_bound and form.is_valid() and _tried(form, save_filter, user=request.user, filterset=filterset):
        messages.success(request, _("Saved: you are told when something new matches “%(name)s”.") % form.cleaned_data)
        return redirect("alerts:alerts")
    context = {
        "area": "workspace",
        "form": form,
        "title": title_of(filterset),
        "problems": wrong,
        "crumbs": _crumbs(),
    }
    return render(request, "directory/alerts_new.html", context, status=400 if wrong else 200)


@login_required
@require_http_methods(["GET", "POST"])
def rename(request, pk):
    saved = get_object_or_404(request.user.saved_filters, pk=pk)
    title, old = title_of(filterset_of(saved)), saved.name
    form = SavedFilterForm(request.POST or None, instance=saved)
    if form.is_bound and form.is_valid() and _tried(form, rename_filter, saved=saved):
        messages.success(request, _("Renamed: “%(name)s”.") % form.cleaned_data)
        return redirect("alerts:alerts")
    context = {"area": "workspace", "form": form, "title": title, "name": old, "crumbs": _crumbs()}
    return render(request, "directory/alerts_rename.html", context)


@login_required
@require_POST
def delete(request, pk):
    saved = get_object_or_404(request.user.saved_filters, pk=pk)
    messages.success(request, _("Deleted: you are no longer told about “%(name)s”.") % {"name": saved.name})
    saved.delete()
    return redirect("alerts:alerts")


def _tried(form, service, **arguments):
    """Whether the service took the name; else the form says why not."""
    try:
        service(**arguments, name=form.cleaned_data["name"])
    except ValidationError as error:
        form.add_error(None, error.messages)
        return False
    return True


def _crumbs(*, inside=True):
    crumbs = [(_("Workspace"), reverse("desk:workspace"))]
    return [*crumbs, (_("Saved filters"), reverse("alerts:alerts"))] if inside else crumbs
