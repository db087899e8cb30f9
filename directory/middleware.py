"""References as people write them: in any case, with or without zeros and hyphen."""

import re

from django.http import HttpResponsePermanentRedirect

from partnerships.models import Partnership

WRITTEN = re.compile(r"(?<=/partnerships/)wop(?:[-_ ]|%20)?0*([1-9][0-9]{0,7})(?=[/.]|$)", re.IGNORECASE)


class ReferenceMiddleware:
    """Nothing is found below ``/partnerships/wop-1/``, page or API: it may stand below ``/partnerships/WOP-0001/``."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in ("GET", "HEAD"):
            return response
        asked = request.get_full_path()
        path, mark, query = asked.partition("?")
        right = WRITTEN.sub(lambda found: Partnership.reference_of(int(found[1])), path, count=1)
        return response if right == path else HttpResponsePermanentRedirect(right + mark + query)
