"""Where programs begin, and where they end up with a wrong address."""

from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import api_view
from rest_framework.response import Response
from rest_framework.reverse import reverse

from api.problems import problem_response

LISTS = (
    "partnerships", "reports", "organisations", "platforms", "programmes", "terms", "countries", "areas", "schema",
    "docs",
)  # fmt: skip
"""Names of what the first page leads to."""


@extend_schema(exclude=True)
@api_view(["GET", "HEAD"])
def root(request):
    return Response({name: reverse(f"api:{name}", request=request) for name in LISTS})


@csrf_exempt
def unknown(request):
    """Whatever the method: a form's refusal would be a page."""
    return problem_response(request, 404, _("There is no such address."), code="not_found")
