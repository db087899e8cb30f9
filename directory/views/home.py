"""The home page, and the way from ``/`` to it."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request, override
from django.views.decorators.http import require_safe

from directory.discovery import open_graph
from directory.insights.numbers import counts
from directory.map import map_of
from directory.wording import entry_of
from partnerships.models import PartnershipVersion

NEWEST = 4


@require_safe
def to_language(request):
    """To the home page in the reader's language; the only page that varies by Accept-Language."""
    with override(get_language_from_request(request)):
        answer = redirect(reverse("directory:home"))
    patch_vary_headers(answer, ["Accept-Language"])
    return answer


@require_safe
def home(request):
    """One sentence, the map with the real arcs, live counts, the newest entries and two doors."""
    published = PartnershipVersion.objects.published()
    newest = published.with_published_at().with_years().for_list().order_by("-published_at", "-pk")[:NEWEST]
    return render(
        request,
        "directory/home.html",
        {
            "map": map_of(published),
            "counts": counts(published),
            "counted_on": timezone.localdate(),
            "newest": [entry_of(version) for version in newest],
            "discovery": open_graph.of_home(),
        },
    )
