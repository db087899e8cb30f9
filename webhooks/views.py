"""The webhooks of a platform and what was delivered to them: for its coordinators alone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.autosave import autosaved_data, autosaved_form, discard_autosaved
from platforms.models import Platform
from webhooks import services
from webhooks.forms import SecretForm, WebhookForm
from webhooks.permissions import can_manage_webhooks

PER_PAGE = 20


@login_required
@require_safe
def webhooks(request, slug):
    platform = _managed_platform(request, slug)
    return _page(request, "webhooks", platform, webhooks=platform.webhooks.all(), most=services.MOST)


@login_required
@require_http_methods(["GET", "POST"])
def new(request, slug):
    """The answer to a successful POST is the only page that ever shows the secret: it is not kept for a next one."""
    platform = _managed_platform(request, slug)
    form = WebhookForm(autosaved_data(request))
    if request.method == "POST" and form.is_valid():
        try:
            webhook, secret = services.make_webhook(platform, by=request.user, **form.parts())
        except ValidationError as error:
            form.add_error(None, error)
        else:
            discard_autosaved(request)
            return _page(request, "secret", platform, webhook=webhook, secret=secret)
    return _page(request, "edit", platform, form=form, autosaved=_autosaved(request))


@login_required
@require_safe
def webhook(request, slug, pk):
    """One webhook with its deliveries, newest first."""
    found = _managed(request, slug, pk)
    page_obj = Paginator(found.deliveries.all(), PER_PAGE).get_page(request.GET.get("page"))
    return _page(request, "webhook", found.platform, webhook=found, page_obj=page_obj)


@login_required
@require_http_methods(["GET", "POST"])
def edit(request, slug, pk):
    found, saved = _managed(request, slug, pk), None
    initial = {"revision": found.revision, "url": found.url, "events": found.events, "note": found.note}
    form = WebhookForm(autosaved_data(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        revision = form.cleaned_data["revision"]
        try:
            services.save_webhook(found, by=request.user, revision=revision, **form.parts())
        except ValidationError as error:
            if getattr(error, "code", "") == "stale":
                form, saved = _with_present_revision(request, found)
            form.add_error(None, error)
        else:
            discard_autosaved(request)
            messages.success(request, _("Saved."))
            return redirect("webhooks:webhook", slug, pk)
    return _page(request, "edit", found.platform, webhook=found, form=form, saved=saved, autosaved=_autosaved(request))


def _with_present_revision(request, webhook):
    """The typed words on top of what is saved now, to be decided upon; and that webhook."""
    webhook.refresh_from_db()
    data = request.POST.copy()
    data["revision"] = webhook.revision
    form = WebhookForm(data)
    form.is_valid()
    return form, webhook


def _autosaved(request):
    """Words that were not saved, when they are what the form shows."""
    return autosaved_form(request) if request.method == "GET" else None


@login_required
@require_http_methods(["GET", "POST"])
def secret(request, slug, pk):
    """GET asks; POST makes a new secret and shows it."""
    found = _managed(request, slug, pk)
    form = SecretForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        made = services.renew_secret(found, by=request.user, **form.cleaned_data)
        return _page(request, "secret", found.platform, webhook=found, secret=made)
    return _page(request, "secret", found.platform, webhook=found, form=form)


@login_required
@require_http_methods(["GET", "POST"])
def delete(request, slug, pk):
    found = _managed(request, slug, pk)
    if request.method == "POST":
        services.delete_webhook(found, by=request.user)
        messages.success(request, _("The webhook and its deliveries are deleted."))
        return redirect("webhooks:webhooks", slug)
    return _page(request, "delete", found.platform, webhook=found)


@login_required
@require_POST
def switch(request, slug, pk):
    found, on = _managed(request, slug, pk), request.POST.get("on") == "yes"
    services.switch(found, by=request.user, on=on)
    messages.success(request, _("Switched on.") if on else _("Switched off: what happens from now on is not told."))
    return redirect("webhooks:webhook", slug, pk)


@login_required
@require_POST
def ping(request, slug, pk):
    found = _managed(request, slug, pk)
    return _act(request, found, lambda: services.ping(found, by=request.user), _("The test is on its way."))


@login_required
@require_POST
def send_again(request, slug, pk, delivery):
    found = _managed(request, slug, pk)
    row = get_object_or_404(found.deliveries, pk=delivery)
    return _act(request, found, lambda: services.send_again(row, by=request.user), _("It is sent again."))


def _act(request, webhook, act, done):
    """Do it and say so, or say why not."""
    try:
        act()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"{done} {_('Load this page again to see what came of it.')}")
    return redirect("webhooks:webhook", webhook.platform.slug, webhook.pk)


def _managed_platform(request, slug):
    """404 for a platform that the person does not serve, 403 for one that they do not coordinate."""
    platform = get_object_or_404(Platform.objects.served_by(request.user), slug=slug)
    if not can_manage_webhooks(request.user, platform):
        raise PermissionDenied
    return platform


def _managed(request, slug, pk):
    platform = _managed_platform(request, slug)
    return get_object_or_404(platform.webhooks.select_related("platform"), pk=pk)


def _page(request, name, platform, **context):
    return render(request, f"webhooks/{name}.html", context | {"platform": platform, "area": "desk"})
