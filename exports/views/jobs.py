"""How far a large download is, and its file. Whoever has the address may look: it cannot be guessed."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema, extend_schema_serializer
from rest_framework import serializers
from rest_framework.decorators import api_view, authentication_classes, content_negotiation_class
from rest_framework.response import Response

from api.authentication import TokenAuthentication
from api.negotiation import OneFormat
from api.problems import Conflict, Gone
from directory.query_strings import label_of, values_of
from directory.selection import question
from exports.about import licence
from exports.formats import FORMATS
from exports.models import ExportJob
from exports.orders import take_up_lost
from notices.rendering import absolute
from operators.storage_failures import STORAGE_FAILURES
from reports.views.files import hand_out
from vocabularies.localised import LANGUAGE_CODES

SECONDS_TO_WAIT = 10


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "being made",
            value={
                "state": "working",
                "format": "xlsx",
                "labels": "en",
                "query": "region=lac",
                "partnerships": 12000,
                "done": 4500,
                "url": "https://portal.example/api/v1/exports/5f2b/",
                "page": "https://portal.example/en/exports/5f2b/",
                "file": None,
                "expires_at": "2026-05-10T09:30:00Z",
            },
            status_codes=["200", "202"],
            response_only=True,
        )
    ]
)
class Download(serializers.Serializer):
    """How far a large download is."""

    state = serializers.ChoiceField(
        [*ExportJob.State.values, "overtaken"],
        help_text=gettext_lazy("“overtaken”: something was archived since; ask for it again."),
    )
    format = serializers.ChoiceField([code for code, form in FORMATS.items() if form.write])
    labels = serializers.ChoiceField(LANGUAGE_CODES)
    query = serializers.CharField(allow_blank=True, help_text=gettext_lazy("What was asked for, as a query string."))
    partnerships = serializers.IntegerField()
    done = serializers.IntegerField(help_text=gettext_lazy("Partnerships written."))
    url = serializers.URLField(help_text=gettext_lazy("Where to ask again."))
    page = serializers.URLField(help_text=gettext_lazy("The same for people."))
    file = serializers.URLField(allow_null=True, help_text=gettext_lazy("The file, once it is ready."))
    expires_at = serializers.DateTimeField(help_text=gettext_lazy("Until then it is kept."))


@extend_schema(
    operation_id="exports_read", summary=gettext_lazy("How far a large download is"), responses={200: Download}
)
@api_view(["GET", "HEAD"])
@authentication_classes([TokenAuthentication])
def job(request, token):
    """How far it is."""
    return answer_about(_job(token))


@extend_schema(
    operation_id="exports_file",
    summary=gettext_lazy("The file of a large download"),
    responses={
        **{(200, form.media_type): OpenApiTypes.BINARY for form in FORMATS.values() if form.write},
        302: OpenApiResponse(description=gettext_lazy("It lies in another storage: fetch it there.")),
        409: OpenApiResponse(description=gettext_lazy("It is not ready yet.")),
        410: OpenApiResponse(description=gettext_lazy("Something in it was archived since.")),
    },
)
@api_view(["GET", "HEAD"])
@authentication_classes([TokenAuthentication])
@content_negotiation_class(OneFormat)
def file(request, token):
    """The file itself: 409 while it is not ready, 410 when something in it was archived since."""
    found = _job(token)
    if found.is_overtaken:
        raise Gone(_("Something was archived since this file was made. Ask for it again."))
    if not found.is_ready:
        raise Conflict(_("This file is not ready yet."))
    form = FORMATS[found.kind]
    response = hand_out(found.file, form.file_name(found.read_at), form.media_type)
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def page(request, token):
    """The same for people; reloading shows how far it is."""
    found = _job(token)
    filterset = question(found.query)
    context = {
        "job": found,
        "name": FORMATS[found.kind].label,
        "asked": [label_of(filterset, name, value) for name, value in values_of(filterset)],
        "again": f"{reverse(f'api:partnerships-{found.kind}')}?{_query(found)}",
        "directory": f"{reverse('directory:partnerships')}?{found.query}",
        "licence": licence(),
        "size": _size(found),
    }
    response = render(request, "exports/job.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def answer_about(found, status=200):
    """What programs are told about an ExportJob."""
    is_at_hand = found.is_ready and not found.is_overtaken
    address = absolute("api:export", found.token)
    told = {
        "state": "overtaken" if found.is_overtaken else found.state,
        "format": found.kind,
        "labels": found.language,
        "query": found.query,
        "partnerships": found.total,
        "done": found.done,
        "url": address,
        "page": absolute("exports:job", found.token),
        "file": absolute("api:export-file", found.token) if is_at_hand else None,
        "expires_at": found.expires_at.isoformat(timespec="seconds"),
    }
    headers = {"Location": address, "Cache-Control": "private, no-store"}
    if found.is_under_way:
        headers["Retry-After"] = str(SECONDS_TO_WAIT)
    return Response(told, status=status, headers=headers)


def _job(token):
    """Whoever looks at one whose worker has died has it begun anew."""
    found = get_object_or_404(ExportJob.objects.kept().select_related("requested_by"), token=token)
    if found.has_stalled:
        take_up_lost()
        found.refresh_from_db()
    return found


def _size(found):
    """Bytes of its file; None while there is none or the storage does not answer."""
    try:
        return found.file.size if found.file else None
    except STORAGE_FAILURES:
        return None


def _query(found):
    return "&".join(part for part in (found.query, f"labels={found.language}") if part)
