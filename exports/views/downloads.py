"""Whole sets to take away, in the formats of exports/; large ones are made behind the scenes."""

import tempfile
from http import HTTPStatus

from django.conf import settings
from django.http import FileResponse, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.decorators import api_view, authentication_classes, content_negotiation_class, throttle_classes
from rest_framework.exceptions import ValidationError

from api.authentication import TokenAuthentication
from api.negotiation import OneFormat
from api.openapi.parameters import LABELS, LANGUAGE_HEADER, parameters_of
from api.problems import problem_response
from api.throttles import Exports
from directory.filters.base import NOT_A_CHOICE
from directory.filters.partnerships import PartnershipFilter
from directory.selection import CountDiffers, in_language, question, select
from exports.build import TRIES, write_whole
from exports.codebook import FLAT_TABLE, HEADINGS, TABLES, codebook
from exports.csv_writer import MARK, line_maker
from exports.formats import FORMATS
from exports.orders import TooManyExports, order
from exports.views.jobs import Download, answer_about
from vocabularies.localised import LANGUAGE_CODES, active_language

COUNT = "X-Total-Count"
COUNTED = OpenApiParameter(
    COUNT, int, OpenApiParameter.HEADER, response=[200, 202], description=gettext_lazy("Number of partnerships in it.")
)
WHEN_LARGE = {
    202: OpenApiResponse(Download, description=gettext_lazy("It is large and being made: ask its Location.")),
    303: OpenApiResponse(description=gettext_lazy("The same for browsers: the page of the download.")),
    503: OpenApiResponse(description=gettext_lazy("Several are being made already: try again in a few minutes.")),
}


def _door(form):
    """The view of one Format."""
    responses = {(200, form.media_type.partition(";")[0]): _shape(form)}
    if form.write:
        responses |= WHEN_LARGE

    @extend_schema(
        operation_id=form.operation,
        summary=form.label,
        parameters=[*parameters_of(PartnershipFilter), LABELS, LANGUAGE_HEADER, COUNTED],
        responses=responses,
    )
    @api_view(["GET", "HEAD"])
    @throttle_classes([Exports])
    @content_negotiation_class(OneFormat)
    def door(request):
        return _hand_out(request, form)

    return door


def _shape(form):
    """What a file is for the schema: GeoJSON is one JSON value, lines of JSON are none."""
    if form.media_type.endswith("+json"):
        return OpenApiTypes.OBJECT
    return OpenApiTypes.BINARY if form.write else OpenApiTypes.STR


VIEWS = [(form, _door(form)) for form in FORMATS.values()]


@extend_schema(
    operation_id="codebook",
    summary=gettext_lazy("What every column of every export means"),
    parameters=[LABELS, LANGUAGE_HEADER],
    responses={(200, "text/csv"): OpenApiTypes.STR},
)
@api_view(["GET", "HEAD"])
@authentication_classes([TokenAuthentication])
@content_negotiation_class(OneFormat)
def codes(request):
    errors = {name: [NOT_A_CHOICE % {"value": name, "possible": "labels"}]
              for name in request.query_params if name != "labels"}  # fmt: skip
    language = _language(request, errors)
    if errors:
        raise ValidationError(errors)
    with override(language):
        lines = map(line_maker(), [HEADINGS, *codebook([FLAT_TABLE, *TABLES])])
        response = HttpResponse(MARK + "".join(lines), content_type="text/csv; charset=utf-8")
    return _named(response, "wop-codebook.csv", language)


def _hand_out(request, form):
    """All partnerships that the question finds."""
    selection = _selection(request)
    if request.method == "HEAD":
        response = StreamingHttpResponse((), content_type=form.media_type)
    elif form.parts:
        parts = in_language(selection.language, form.parts(selection))
        response = StreamingHttpResponse(parts, content_type=form.media_type)
    elif len(selection) <= settings.EXPORT_AT_ONCE:
        selection, response = _made_at_once(request, form, selection)
    else:
        return _made_later(request, form, selection)
    response.headers[COUNT] = str(len(selection))
    return _named(response, form.file_name(selection.at), selection.language)


def _selection(request):
    """The Selection that is asked for; everything that is wrong with the question is told at once, by a 400."""
    errors = {}
    language = _language(request, errors)
    with override(language):  # from the start: a form that has been looked at keeps its labels
        filterset = _asked(request, errors)
    return select(filterset, language)


def _asked(request, errors):
    """The valid question; otherwise its errors are raised together with ``errors``."""
    filterset = question(request.query_params)
    known = [*filterset.filters, "labels"]
    for name in request.query_params:
        if name not in known:
            errors[name] = [NOT_A_CHOICE % {"value": name, "possible": ", ".join(known)}]
    errors |= {name: list(words) for name, words in filterset.form.errors.items()}
    if errors:
        raise ValidationError(errors)
    return filterset


def _language(request, errors):
    """The language of the labels: ``?labels=``, else what Accept-Language asks for."""
    asked = request.query_params.get("labels")
    if asked and asked not in LANGUAGE_CODES:
        errors["labels"] = [NOT_A_CHOICE % {"value": asked, "possible": ", ".join(LANGUAGE_CODES)}]
    return asked if asked in LANGUAGE_CODES else active_language()


def _made_at_once(request, form, selection):
    """(Selection, answer): read anew when something is archived between counting and writing."""
    for left in reversed(range(TRIES)):
        file = tempfile.TemporaryFile()  # noqa: SIM115 - the answer closes it
        try:
            write_whole(form, selection, file)
        except CountDiffers:
            file.close()
            if not left:
                raise
            selection = _selection(request)
        else:
            return selection, FileResponse(file, content_type=form.media_type)
    raise CountDiffers


def _made_later(request, form, selection):
    """Browsers go to the page of the download, programs are told where to ask."""
    by = request.user if request.user.is_authenticated else None
    try:
        job = order(selection, form.code, by=by)
    except TooManyExports:
        detail = _("Several large downloads are being made already. Try again in a few minutes.")
        response = problem_response(request, 503, detail, code="too_many_exports")
        response.headers["Retry-After"] = "300"
        return response
    if "text/html" in request.headers.get("Accept", ""):
        with override(selection.language):
            response = HttpResponseRedirect(reverse("exports:job", args=[job.token]), status=HTTPStatus.SEE_OTHER)
    else:
        response = answer_about(job, status=HTTPStatus.ACCEPTED)
    response.headers[COUNT] = str(len(selection))
    patch_vary_headers(response, ("Accept", "Accept-Language"))
    return response


def _named(response, name, language):
    response.headers["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Language"] = language
    response.headers["Cache-Control"] = "public, no-cache"
    response.headers["Link"] = f'<{reverse("api:codebook")}>; rel="describedby"'
    patch_vary_headers(response, ("Accept-Language",))
    return response
