"""What all addresses have in common on which people work with their token."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_vary_headers
from rest_framework.permissions import SAFE_METHODS
from rest_framework.response import Response
from rest_framework.views import APIView

from api.conditional_requests import check_match, tag_of
from api.models import Scope
from api.parsers import Json
from api.status import draft_of
from partnerships.field_types import LARGEST


class ScopedView(APIView):
    """Reading needs the scope ``read``, everything else ``writes``. Nobody's cache keeps the answers."""

    parser_classes = [Json]
    writes = Scope.WRITE

    def scope_for(self, request):
        return Scope.READ if request is None or request.method in SAFE_METHODS else self.writes

    def finalize_response(self, request, response, *args, **kwargs):
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Cache-Control"] = "private, no-store"
        patch_vary_headers(response, ("Accept-Language", "Authorization"))
        return response

    def given(self, serializer):
        """The body as ``serializer`` understands it; a refusal by field where it does not."""
        form = serializer(data=self.request.data)
        form.is_valid(raise_exception=True)
        return form.validated_data


class EntryView(ScopedView):
    """An address below one partnership or one report; ``kind`` is a Kind, ``place`` what its address says."""

    kind = None

    @property
    def place(self):
        place = self.kwargs.get("reference", self.kwargs.get("pk"))
        if isinstance(place, int) and place > LARGEST:
            raise Http404
        return place

    def versions(self):
        return self.kind.versions(self.request, self.place)

    def draft(self):
        """The version that is being worked on; 404 without one."""
        return get_object_or_404(self.versions().open())

    def matched_draft(self):
        """The same, when ``If-Match`` names what it is now; 428 or 412 otherwise."""
        version = self.draft()
        check_match(self.request, version)
        return version

    def answer(self, version, status=200, **headers):
        """The whole draft and its new ETag."""
        found = self.kind.model.objects.select_related(*self.kind.related).get(pk=version.pk)
        return Response(draft_of(found, self.request), status=status, headers={"ETag": tag_of(found)} | headers)


def row_or_404(rows, key):
    """The row with this key."""
    for row in rows:
        if row.key == key:
            return row
    raise Http404
