"""What holds for every answer to a program."""

from rest_framework.exceptions import Throttled

from api.throttles import count_request, headers_of, too_many


class LimitsMiddleware:
    """Counts every request to the API before anything is looked up, and says in every answer how many are left.

    DRF asks its own throttles last: wrong tokens, refusals and unknown addresses would cost nothing.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith("/api/"):
            return self.get_response(request)
        response = self._answer(request)
        for name, value in headers_of(request).items():
            response.headers[name] = value
        return response

    def _answer(self, request):
        try:
            count_request(request)
        except Throttled as refusal:
            return too_many(request, refusal)
        return self.get_response(request)
