"""Find an organisation in the register, or register it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.autosave import autosaved_data, discard_autosaved
from accounts.decorators import sent_once
from operators.forms import RegistrationForm
from operators.models import Organisation
from operators.permissions import can_edit_registration
from operators.services import possible_duplicates, register_organisation, save_registration
from operators.services.registration import registration_of
from operators.views.autosaved import autosaved_for
from reviews.comments import are_known, unsettled
from reviews.diffs import changes_between
from reviews.snapshots import at_revision, content_of
from reviews.workflow import perform
from vocabularies.localised import LANGUAGE_CODES
from vocabularies.search import matching

PER_PAGE = 20


@login_required
@require_safe
def find(request):
    """Search the published register; nothing is listed before something is asked."""
    query = request.GET.get("q", "").strip()[:200]
    found = Organisation.objects.none()
    if query:
        published = Organisation.objects.published().with_standing(request.user).select_related("country")
        found = matching(published, "search_text", query)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "operators/find.html", {"query": query, "page_obj": page, "area": "workspace"})


@login_required
@require_http_methods(["GET", "POST"])
@sent_once
def register(request):
    """What the register holds already is shown before anything is written."""
    data = autosaved_data(request)
    form = RegistrationForm(data, initial={"about_language": _language(), "name": request.GET.get("name", "")})
    similar = []
    if request.method == "POST" and form.is_valid():
        try:
            organisation = register_organisation(by=request.user, not_ours=_seen(request), **form.cleaned_data)
        except ValidationError as error:
            similar = _refused(form, error, request.user)
        else:
            discard_autosaved(request)
            messages.success(request, _submitted(organisation))
            return redirect("operators:manage", organisation.slug)
    context = {"form": form, "similar": similar, "autosaved": autosaved_for(request), "area": "workspace"}
    return render(request, "operators/register.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def registration(request, slug):
    """Mend a registration that was withdrawn or sent back, and submit it again."""
    organisation = get_object_or_404(Organisation.objects.visible_to(request.user), slug=slug)
    if not can_edit_registration(request.user, organisation):
        raise PermissionDenied
    form, meanwhile = RegistrationForm(autosaved_data(request), initial=registration_of(organisation)), []
    comments = unsettled(organisation)
    is_asked = "submit" in request.POST and not are_known(comments, request.POST)
    if request.method == "POST" and form.is_valid() and not is_asked:
        try:
            save_registration(organisation, by=request.user, revision=revision_of(request), **form.cleaned_data)
            if "submit" in request.POST:
                organisation.refresh_from_db()
                organisation = perform(organisation, "submit", by=request.user)
        except ValidationError as error:
            organisation.refresh_from_db()
            meanwhile = changes_meanwhile(organisation, error, revision_of(request))
            form.add_error(None, error)
        else:
            discard_autosaved(request)
            messages.success(request, _submitted(organisation) if organisation.state == "submitted" else _("Saved."))
            return redirect("operators:manage", slug)
    context = {
        "form": form,
        "organisation": organisation,
        "changes": meanwhile,
        "comments": comments,
        "is_asked": is_asked,
        "last": organisation.events.order_by("-created_at", "-pk").first(),
        "autosaved": autosaved_for(request),
        "area": "workspace",
    }
    return render(request, "operators/registration.html", context)


def _refused(form, error, user):
    """Look-alikes to be shown; what else is wrong stands at its field."""
    if getattr(error, "code", "") == "look_alikes":
        data = form.cleaned_data
        return possible_duplicates(data["name"], data["acronym"], data["country"], user=user)
    form.add_error(None, error)
    return []


def _seen(request):
    """The look-alikes of which the person has said that they are others."""
    return {int(text) for text in request.POST.get("not_ours", "").split(",") if text.isascii() and text.isdigit()}


def changes_meanwhile(entry, error, seen):
    """What others changed since revision ``seen``, when that is why a save was refused."""
    before = at_revision(entry, seen) if entry and getattr(error, "code", "") == "stale" else None
    return changes_between(type(entry), before, content_of(entry)) if before else []


def revision_of(request):
    """The one that the person saw."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() else 0


def _language():
    language = (get_language() or "en").split("-")[0]
    return language if language in LANGUAGE_CODES else "en"


def _submitted(organisation):
    platform = organisation.reviewing_platform
    if platform is None:
        return _("Your registration was submitted. The secretariat looks at it.")
    return _("Your registration was submitted. %(platform)s looks at it.") % {"platform": platform}
