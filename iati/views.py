"""The register as IATI activities: everything that a question finds, one entry, and what is left out and why."""

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import api_view, authentication_classes, content_negotiation_class, throttle_classes
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response
from rest_framework.reverse import reverse

from api.authentication import TokenAuthentication
from api.negotiation import OneFormat
from api.openapi.parameters import parameters_of
from api.problems import problem_response
from api.throttles import Exports
from api.views.read_only import refuse
from directory.archived import archived_partnership
from directory.filters.base import unknown_parameters
from directory.filters.partnerships import PartnershipFilter
from iati.document import IatiFile
from iati.required import checked, requirements
from partnerships.models import PartnershipVersion

MEDIA_TYPE = "application/xml"
XML = {(200, MEDIA_TYPE): OpenApiTypes.STR}
NO_ACTIVITY = OpenApiResponse(description=gettext_lazy("What is found lacks something that IATI requires."))
GONE = OpenApiResponse(description=gettext_lazy("Archived: it was public and is no more."))


class IatiLeftOut(serializers.Serializer):
    """A published partnership that is no IATI activity."""

    reference = serializers.CharField()
    title = serializers.CharField()
    lacks = serializers.ListField(
        child=serializers.ChoiceField(list(requirements())), help_text=gettext_lazy("Elements that it cannot fill.")
    )


class IatiMissing(serializers.Serializer):
    """What the IATI file of the same question holds and what it leaves out."""

    generated_at = serializers.DateTimeField()
    partnerships = serializers.IntegerField(help_text=gettext_lazy("Found by the question."))
    exported = serializers.IntegerField()
    omitted = serializers.IntegerField()
    results = IatiLeftOut(many=True)


def _reads(view):
    """A session says nothing here: everybody reads the same."""
    view = throttle_classes([Exports])(authentication_classes([TokenAuthentication])(view))
    return api_view(["GET", "HEAD"])(content_negotiation_class(OneFormat)(view))


@extend_schema(
    operation_id="partnerships_iati",
    summary=gettext_lazy("IATI activities, standard 2.03"),
    parameters=parameters_of(PartnershipFilter),
    responses=XML | {404: NO_ACTIVITY},
)
@_reads
def partnerships(request):
    """All partnerships that the question finds and that have what IATI requires, as one file."""
    found = _found(request)
    file = IatiFile.of(found.as_queryset(), found.pks())
    address = _missing_address(request)
    if not file.exported:
        detail = _why_there_is_none(file.omitted)
        return problem_response(request, 404, detail, code="no_activity", omitted=file.omitted, missing=address)
    response = _file_response(file, "partnerships.iati.xml")
    response.headers["Link"] = f'<{address}>; rel="related"'
    return response


@extend_schema(
    operation_id="partnership_iati",
    summary=gettext_lazy("One partnership as IATI activity"),
    responses=XML | {410: GONE},
)
@_reads
def partnership(request, reference):
    """One partnership as a file of its own."""
    _refuse(unknown_parameters(request.query_params, ()))
    found = checked(PartnershipVersion.objects.published().filter(partnership__reference=reference))
    if not found:
        refuse(archived_partnership(reference))
    if lacks := list(found[0].lacks):
        detail = _("IATI requires something that this partnership lacks: %(lacks)s.") % {"lacks": ", ".join(lacks)}
        return problem_response(request, 404, detail, code="no_activity", lacks=lacks)
    return _file_response(IatiFile([found[0].partnership], 0), f"{reference}.iati.xml")


@extend_schema(
    operation_id="partnerships_iati_missing",
    summary=gettext_lazy("Partnerships that are no IATI activities, with what each lacks"),
    parameters=parameters_of(PartnershipFilter),
    responses=IatiMissing,
)
@_reads
def missing(request):
    """The partnerships that a question finds and that are no activities, each with the elements it lacks."""
    asked = _found(request)
    found = checked(asked.as_queryset(), asked.pks())
    omitted = [one for one in found if one.lacks]
    told = {
        "generated_at": timezone.now(),
        "partnerships": len(found),
        "exported": len(found) - len(omitted),
        "omitted": len(omitted),
        "results": omitted,
    }
    return Response(IatiMissing(told).data, content_type="application/json")


def _why_there_is_none(omitted):
    """IATI knows no file without an activity; ``omitted`` partnerships were found and left out."""
    if not omitted:
        return _("No partnership matches all of this")
    return ngettext(
        "The %(total)s partnership found lacks something that IATI requires.",
        "Each of the %(total)s partnerships found lacks something that IATI requires.",
        omitted,
    ) % {"total": omitted}


def _found(request):
    """What the question of the directory finds; all that is wrong with the question is told at once."""
    filterset = PartnershipFilter(request.query_params, PartnershipVersion.objects.published())
    errors = unknown_parameters(request.query_params, filterset.filters)
    _refuse(errors | {name: list(words) for name, words in filterset.form.errors.items()})
    return filterset.qs


def _refuse(errors):
    if errors:
        raise ValidationError(errors)


def _missing_address(request):
    address = reverse("api:partnerships-iati-missing", request=request)
    return f"{address}?{request.query_params.urlencode()}" if request.query_params else address


def _file_response(file, name):
    headers = {f"X-IATI-{key.capitalize()}": value for key, value in file.facts.items()}
    headers |= {"Content-Disposition": f'inline; filename="{name}"', "Cache-Control": "public, no-cache"}
    return StreamingHttpResponse(file.chunks(), content_type=f"{MEDIA_TYPE}; charset=utf-8", headers=headers)
