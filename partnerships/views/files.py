"""The files of a draft. Reports have the same pages: ``show_files`` and the others take the version of either."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.autosave import autosave_input, autosaved_data, autosaved_form, discard_autosaved
from accounts.decorators import takes_files
from accounts.rate_limits import is_too_often
from operators.storage_failures import NO_ROOM
from partnerships.attachment_cards import card_of
from partnerships.drafting.comments import DraftComments
from partnerships.forms.files import FILE, AttachmentForm, not_kept
from partnerships.models import PartnershipVersion
from partnerships.services.files import (
    attach,
    change_attachment,
    remove_attachment,
    store_file,
    ticket_of,
)
from partnerships.uploads import KIND_NAMES


def _writes(user, pk, **place):
    return PartnershipVersion.objects.written_by(user).filter(pk=pk).exists()


@takes_files(_writes)
@login_required
@require_http_methods(["GET", "POST"])
def files(request, pk):
    return show_files(request, _version(request, pk))


@takes_files(_writes)
@login_required
@require_http_methods(["GET", "POST"])
def file(request, pk, key):
    return show_file(request, _version(request, pk), key)


@login_required
@require_POST
def remove(request, pk, key):
    return remove_file(request, _version(request, pk), key)


def _version(request, pk):
    return get_object_or_404(PartnershipVersion.objects.visible_to(request.user), pk=pk)


def _turned_away(request, version):
    """The answer to whoever may see the entry and not write it, or not now; None for the others."""
    if not version.is_written_by(request.user):
        raise PermissionDenied(_("Only those who take part may change this entry."))
    # What is sent is never dropped: ``save_draft`` refuses it, and the page shows it again.
    if not version.is_editable and request.method != "POST":
        return redirect("desk:entry", version._meta.app_label.removesuffix("s"), version.pk)
    return None


def show_files(request, version):
    """The list of a draft's attachments, and the form for one more."""
    if (answer := _turned_away(request, version)) is not None:
        return answer
    form = _form(request, version)
    if request.method == "POST" and _saved(form, request, version, None):
        return redirect(page_of(version))
    comments = DraftComments(version)
    cards = [
        card_of(row) | {"key": row.key, "comments": comments.at_row(row.key)}
        for row in version.attachments.select_related("stored_file")
    ]
    context = _context(request, version, form) | {"cards": cards}
    return render(request, "partnerships/files.html", context, status=_status(form))


def show_file(request, version, key):
    """One attachment: its words, another file in its place, and out of the draft."""
    if (answer := _turned_away(request, version)) is not None:
        return answer
    row = get_object_or_404(version.attachments.select_related("stored_file"), key=key)
    form = _form(request, version, row)
    if request.method == "POST" and _saved(form, request, version, row):
        return redirect(page_of(version))
    context = _context(request, version, form) | {"row": row}
    return render(request, "partnerships/file.html", context, status=_status(form))


def _status(form):
    """503 where the portal had no room for the file: it is no fault of its person."""
    return 503 if form.has_error("upload", NO_ROOM) else 200


def remove_file(request, version, key):
    """Out of the draft; versions that show it keep it."""
    _turned_away(request, version)
    row = get_object_or_404(version.attachments.all(), key=key)
    try:
        remove_attachment(version, key, by=request.user, revision=_number(request.POST.get("revision")))
    except ValidationError as error:
        messages.error(request, " ".join([*error.messages, _("Look at the files again.")]))
    else:
        messages.success(request, _("“%(file)s” is no longer part of this draft.") % {"file": row.description})
    return redirect(page_of(version))


def page_of(version):
    """The list of files of a partnership's or a report's draft."""
    return reverse(f"{version._meta.app_label}:files", args=[version.pk])


def _number(text):
    return int(text) if (text or "").isdecimal() else None


def _form(request, version, row=None):
    sent = request.FILES if request.method == "POST" else None
    form = AttachmentForm(autosaved_data(request), sent, by=request.user, version=version, row=row)
    # Kept words bring the revision of the day they were typed; only a change of the same attachment is in their way.
    if request.method == "GET" and form.is_bound and not form.is_overtaken:
        form.renew(version.revision)
    return form


def _context(request, version, form):
    return {
        "version": version,
        "form": form,
        "autosaved": autosaved_form(request) if request.method == "GET" else None,
        "files_url": page_of(version),
        "draft_url": reverse(f"{version._meta.app_label}:draft", args=[version.pk]),
        "namespace": version._meta.app_label,
        "kinds": KIND_NAMES,
        "largest": settings.UPLOAD_MAX_BYTES,
    }


def _saved(form, request, version, row):
    """Carry out a form that was sent; False leaves it with its errors, and its upload kept."""
    is_valid = form.is_valid()
    stored = _upload(form, request)
    if not is_valid or form.errors:
        return False
    try:
        _write(form, version, row, request.user, stored)
    except ValidationError as error:
        _explain(form, error, version)
        return False
    discard_autosaved(request)
    messages.success(request, _("“%(file)s” is saved.") % {"file": form.cleaned_data["description"]})
    return True


def _upload(form, request):
    """The StoredFile that the form stands for; a good file is kept although another field is wrong."""
    checked = form.cleaned_data.get("upload")
    if not checked:
        return form.present_file
    if is_too_often(request, "upload"):
        form.add_error("upload", _("You have sent many files. Your words are kept: choose this one again in an hour."))
        return None
    try:
        stored = store_file(checked, by=request.user)
    except ValidationError as error:
        form.add_error("upload", not_kept(checked.name, error))
        return None
    form.keep(stored, ticket_of(stored, by=request.user))
    autosave_input(user=request.user, address=request.path_info, querydict=form.data)
    return stored


def _write(form, version, row, by, stored):
    values = form.words() | {"stored_file": stored if form.cleaned_data["held"] == FILE else None}
    saving = {"by": by, "revision": form.cleaned_data["revision"]}
    if row is None:
        attach(version, stored=values.pop("stored_file"), **saving, **values)
    else:
        change_attachment(version, row.key, **saving, **values)


def _explain(form, error, version):
    """The errors of the service at the fields that they are about."""
    if getattr(error, "code", None) == "stale":
        version.refresh_from_db()
        form.renew(version.revision)
        form.add_error(None, _("Somebody has changed this entry since you opened it; what it says now is shown here. "
                               "What you typed is still here: send it again to save it too."))  # fmt: skip
        return
    for name, errors in error.update_error_dict({}).items():
        field = name.rsplit("-", 1)[-1]
        form.add_error(field if name != NON_FIELD_ERRORS and field in form.fields else None, errors)
