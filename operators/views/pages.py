"""The working page of an organisation: what its managers change at once, and what they ask the secretariat to."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.autosave import autosaved_data, discard_autosaved
from accounts.decorators import takes_files
from operators import permissions, services
from operators.forms import ChangeForm, PageForm
from operators.models import Organisation
from operators.services.changes import FIELDS, IDENTIFYING
from operators.services.pages import PAGE, page_of
from operators.storage_failures import NO_ROOM
from operators.views.autosaved import autosaved_for, refused, renewed
from operators.views.registration import changes_meanwhile, revision_of
from operators.visibility import why_public
from reviews.comments import are_known, unsettled
from reviews.edits import describe

PER_PAGE = 20


@login_required
@require_safe
def manage(request, slug):
    """Where everything about an organisation begins."""
    organisation = _organisation(request, slug)
    user = request.user
    context = {
        "organisation": organisation,
        "why": why_public(organisation),
        "last": organisation.events.order_by("-created_at", "-pk").first(),
        "member": organisation.members.filter(user=user).first(),
        "members": organisation.members.count(),
        "contacts": organisation.contacts.count() if permissions.can_see_contacts(user, organisation) else None,
        "has_manager": organisation.managers().exists(),
        "waiting": organisation.join_requests.answerable_by(user).count(),
        "change": organisation.changes.open().first(),
        "may_register": permissions.can_edit_registration(user, organisation),
        "may_edit": permissions.can_edit_page(user, organisation),
        "may_change": permissions.can_request_change(user, organisation),
        "may_claim": permissions.can_invite_to_claim(user, organisation),
        "area": "workspace",
    }
    return render(request, "operators/manage.html", context)


@takes_files(lambda user, slug: Organisation.objects.managed_by(user).filter(slug=slug).exists())
@login_required
@require_http_methods(["GET", "POST"])
def page(request, slug):
    """What goes live at once. The buttons of rows add one or take one out, and check nothing."""
    organisation = _organisation(request, slug)
    if not permissions.can_edit_page(request.user, organisation):
        raise PermissionDenied
    files = request.FILES if request.method == "POST" else None
    form = PageForm(
        autosaved_data(request), files, initial=PageForm.initial_of(page_of(organisation), organisation.revision)
    )
    form, meanwhile, status = renewed(form, request, organisation), [], 200
    if request.method == "POST" and (redrawn := form.redrawn(request.POST)):
        form = redrawn
    elif request.method == "POST" and form.is_valid():
        try:
            edit = services.save_page(organisation, by=request.user, **form.parts())
        except ValidationError as error:
            form, meanwhile = refused(form, error, organisation)
            status = 503 if getattr(error, "code", "") == NO_ROOM else 200
        else:
            discard_autosaved(request)
            messages.success(request, _("Saved; it is public now.") if edit else _("Nothing was changed."))
            return redirect("operators:manage", slug)
    context = {
        "organisation": organisation,
        "form": form,
        "meanwhile": describe(PAGE, meanwhile),
        "autosaved": autosaved_for(request),
    }
    context |= {"choose_again": list(request.FILES.values()) if files else [], "area": "workspace"}
    return render(request, "operators/page.html", context, status=status)


@login_required
@require_safe
def history(request, slug):
    """Who changed the page, when and what; to be taken back by managers and the secretariat."""
    organisation = _organisation(request, slug)
    edits = organisation.page_edits.select_related("by", "reverts").prefetch_related("reverted_by")
    page_obj = Paginator(edits, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "organisation": organisation,
        "page_obj": page_obj,
        "edits": describe(PAGE, page_obj.object_list),
        "may_revert": permissions.can_revert(request.user, organisation),
        "area": "workspace",
    }
    return render(request, "operators/history.html", context)


@login_required
@require_POST
def revert(request, slug, pk):
    organisation = _organisation(request, slug)
    edit = get_object_or_404(organisation.page_edits, pk=pk)
    try:
        services.revert_edit(edit, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Taken back; the page shows what stood there before."))
    return redirect("operators:history", slug)


@require_safe
def logo(request, slug):
    """The logo, public like the organisation: a small PNG that we wrote ourselves."""
    organisation = get_object_or_404(Organisation.objects.published(), slug=slug)
    if not organisation.logo or not organisation.logo.storage.exists(organisation.logo.name):
        raise Http404
    headers = {"X-Content-Type-Options": "nosniff"}
    return FileResponse(organisation.logo.open("rb"), content_type="image/png", headers=headers)


@login_required
@require_http_methods(["GET", "POST"])
def change(request, slug):
    """Name, acronym, kind and country change with the secretariat's word; the request that waits is shown."""
    organisation = _organisation(request, slug)
    if not permissions.can_request_change(request.user, organisation):
        raise PermissionDenied
    waiting = organisation.changes.open().first()
    if waiting and not waiting.is_editable:
        return render(request, "operators/change_waits.html", _change_context(organisation, waiting))
    start = {name: getattr(waiting or organisation, name, "") for name in FIELDS}
    form, meanwhile = ChangeForm(autosaved_data(request), initial=start), []
    comments = unsettled(waiting) if waiting else []
    is_asked = request.method == "POST" and not are_known(comments, request.POST)
    if request.method == "POST" and form.is_valid() and not is_asked:
        try:
            revision = revision_of(request)
            services.submit_change(organisation, waiting, by=request.user, revision=revision, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
            meanwhile = changes_meanwhile(waiting, error, revision)
        else:
            discard_autosaved(request)
            messages.success(
                request, _("The secretariat has been asked. The register stays as it is until it answers.")
            )
            return redirect("operators:change", slug)
    context = _change_context(organisation, waiting) | {"form": form, "autosaved": autosaved_for(request)}
    context |= {"changes": meanwhile, "comments": comments, "is_asked": is_asked}
    return render(request, "operators/change.html", context)


def _change_context(organisation, waiting):
    pairs = []
    for name in IDENTIFYING if waiting else ():
        label = waiting._meta.get_field(name).verbose_name
        pairs.append((label, _shown(organisation, name), _shown(waiting, name)))
    last = waiting.events.order_by("-created_at", "-pk").first() if waiting else None
    return {"organisation": organisation, "waiting": waiting, "pairs": pairs, "last": last, "area": "workspace"}


def _shown(thing, name):
    return thing.get_kind_display() if name == "kind" else getattr(thing, name)


def _organisation(request, slug):
    seen = Organisation.objects.visible_to(request.user)
    return get_object_or_404(seen.select_related("country", "reviewing_platform"), slug=slug)
