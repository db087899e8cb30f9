"""Addresses that only tests have: one of every sort of view, before all those of the portal."""

from django.http import HttpResponse
from django.urls import path
from rest_framework.response import Response
from rest_framework.views import APIView

from api.models import Scope
from api.permissions import within_reach
from api.throttles import Exports, Uploads, limited
from partnerships.models import PartnershipVersion
from reviews.workflow import perform
from wopportal import urls


class Me(APIView):
    scope = Scope.READ

    def get(self, request):
        return Response({"email": request.user.email})


class Write(APIView):
    scope = Scope.WRITE

    def post(self, request):
        return Response({"email": request.user.email})


class Reach(APIView):
    """The versions that a token reaches among those that its owner sees."""

    scope = Scope.READ

    def get(self, request):
        seen = PartnershipVersion.objects.visible_to(request.user)
        return Response(list(within_reach(request, seen).values_list("pk", flat=True)))


class Publish(APIView):
    scope = Scope.REVIEW

    def post(self, request, pk):
        version = PartnershipVersion.objects.get(pk=pk)
        return Response({"state": perform(version, "publish", by=request.user, revision=version.revision).state})


class Upload(Write):
    throttle_classes = [Uploads]


class Export(APIView):
    throttle_classes = [Exports]

    def get(self, request):
        return Response([])


@limited("export")
def plain_export(request):
    return HttpResponse("rows")


class Broken(APIView):
    scope = Scope.READ

    def get(self, request):
        raise RuntimeError("Something that nobody thought of.")


urlpatterns = [
    path("api/doors/me/", Me.as_view()),
    path("api/doors/write/", Write.as_view()),
    path("api/doors/reach/", Reach.as_view()),
    path("api/doors/publish/<int:pk>/", Publish.as_view()),
    path("api/doors/upload/", Upload.as_view()),
    path("api/doors/export/", Export.as_view()),
    path("api/doors/plain-export/", plain_export),
    path("api/doors/broken/", Broken.as_view()),
    *urls.urlpatterns,
]
