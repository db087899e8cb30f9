"""The pictures that other sites show beside a link to the portal."""

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from directory.social_cards.drawing import card_of, card_of_portal, drawn
from directory.views.profile import gone
from partnerships.models import PartnershipVersion


@require_safe
def partnership(request, reference):
    """The pair of a public WOP, drawn; 410 or 404 as its profile."""
    versions = PartnershipVersion.objects.published().filter(partnership__reference=reference)
    version = versions.with_years().for_list().first()
    return _picture(request, card_of(version)) if version else gone(request, reference)


@require_safe
def portal(request):
    """For every page that is not about one WOP."""
    return _picture(request, card_of_portal())


def _picture(request, card):
    """Drawn only for who has not got it yet: the tag follows from what the picture says."""
    tag = f'"{card.fingerprint}"'
    answer = get_conditional_response(request, etag=tag) or HttpResponse(drawn(card), content_type="image/png")
    answer.headers["ETag"] = tag
    return answer
