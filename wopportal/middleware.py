"""What holds for every answer."""

from django.conf import settings


class PrivateAnswersMiddleware:
    """Nobody's cache keeps what was made for one person; the Back button asks again.

    A public page asked for without session and token is the same for everybody and stays as it is: neither the
    session nor the user is read here.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers or response.cookies:
            response.headers["Cache-Control"] = "private, no-store"
        return response
