"""The files of a report's draft, and the download of any file."""

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from storages.backends.s3 import S3Storage

from accounts.decorators import takes_files
from partnerships.models import StoredFile
from partnerships.views.files import remove_file, show_file, show_files
from reports.models import ReportVersion
from reports.permissions import can_read_file, is_public_file, link_shows_file

SANDBOX = "default-src 'none'; sandbox"
"""Even a browser that opened the file in place would run nothing in it."""


@require_safe
def download(request, pk, name):
    """The bytes, never shown in place. Without the right to read them there is no such file.

    ``?preview=`` takes the token of a preview link.
    """
    stored = get_object_or_404(StoredFile, pk=pk, name=name)
    is_public = is_public_file(stored)
    if not is_public and not _is_shown_to(request, stored):
        raise Http404
    response = hand_out(stored.file, stored.name, stored.media_type)
    if not isinstance(response, HttpResponseRedirect):
        response.headers["ETag"] = f'"{stored.sha256}"'
    response.headers.setdefault("Cache-Control", "public, no-cache" if is_public else "private, no-store")
    return response


def _is_shown_to(request, stored):
    token = request.GET.get("preview", "")
    return bool(token and link_shows_file(token, stored)) or can_read_file(request.user, stored)


def hand_out(file, name, media_type):
    """The answer that gives the stored ``file`` away as an attachment; Http404 when its bytes are lost."""
    answer = _redirect if isinstance(file.storage, S3Storage) else _stream
    response = answer(file, name, media_type)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _stream(file, name, media_type):
    try:
        content = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return FileResponse(content, as_attachment=True, filename=name, content_type=media_type)


def _redirect(file, name, media_type):
    """To the storage itself, under a signed address that lasts five minutes and hands out an attachment."""
    parameters = {
        "ResponseContentDisposition": content_disposition_header(as_attachment=True, filename=name),
        "ResponseContentType": media_type,
    }
    response = HttpResponseRedirect(file.storage.url(file.name, parameters=parameters))
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _writes(user, pk, **place):
    return ReportVersion.objects.written_by(user).filter(pk=pk).exists()


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
    return get_object_or_404(
        ReportVersion.objects.visible_to(request.user).select_related("report__partnership"), pk=pk
    )
