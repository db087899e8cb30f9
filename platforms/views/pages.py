"""The page of a platform as its coordinators change it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.autosave import autosaved_data, discard_autosaved
from operators.views.autosaved import autosaved_for, refused, renewed
from platforms import services
from platforms.forms import PlatformForm
from platforms.models import Platform
from platforms.permissions import can_edit, can_manage_people
from platforms.services.pages import PAGE, page_of
from reviews.edits import describe

PER_PAGE = 20


@login_required
@require_http_methods(["GET", "POST"])
def edit(request, slug):
    """What goes live at once. The buttons of rows add one or take one out, and check nothing."""
    platform = served_platform(request, slug)
    if not can_edit(request.user, platform):
        raise PermissionDenied
    form = PlatformForm(autosaved_data(request), initial=page_of(platform) | {"revision": platform.revision})
    form, meanwhile = renewed(form, request, platform), []
    if request.method == "POST" and (redrawn := form.redrawn(request.POST)):
        form = redrawn
    elif request.method == "POST" and form.is_valid():
        try:
            saved = services.save_page(platform, by=request.user, **form.parts())
        except ValidationError as error:
            form, meanwhile = refused(form, error, platform)
        else:
            discard_autosaved(request)
            messages.success(request, _("Saved; it is public now.") if saved else _("Nothing was changed."))
            return redirect("platforms:edit", slug)
    context = {
        "platform": platform,
        "form": form,
        "meanwhile": describe(PAGE, meanwhile),
        "autosaved": autosaved_for(request),
    }
    context |= {"may_see_people": can_manage_people(request.user, platform), "area": "desk"}
    context |= {"contacts": platform.contacts.count()}
    return render(request, "platforms/edit.html", context)


@login_required
@require_safe
def history(request, slug):
    """Who changed the page, when and what."""
    platform = served_platform(request, slug)
    edits = platform.page_edits.select_related("by", "reverts").prefetch_related("reverted_by")
    page_obj = Paginator(edits, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "platform": platform,
        "page_obj": page_obj,
        "edits": describe(PAGE, page_obj.object_list),
        "may_revert": can_edit(request.user, platform),
        "area": "desk",
    }
    return render(request, "platforms/history.html", context)


@login_required
@require_POST
def revert(request, slug, pk):
    platform = served_platform(request, slug)
    edit = get_object_or_404(platform.page_edits, pk=pk)
    try:
        services.revert_edit(edit, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Taken back; the page shows what stood there before."))
    return redirect("platforms:history", slug)


def served_platform(request, slug):
    """One of the platforms of the person's secretariats, or below these."""
    return get_object_or_404(Platform.objects.served_by(request.user), slug=slug)
