"""Every refusal as problem details (RFC 9457), with the words that the pages use."""

from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import (
    NON_FIELD_ERRORS,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from api.renderers import MEDIA_TYPE

STATUS_OF_CODE = {
    "stale": 412,
    "wrong_state": 409,
    "not_frozen": 409,
    "exists": 409,
    "archived": 409,
    "closed": 409,
    "unknown_action": 404,
    "too_big": 413,
    "storage": 503,
}
"""What a rule says with its code; everything else that it refuses is a 400."""


class PreconditionRequired(exceptions.APIException):
    status_code = 428
    default_code = "precondition_required"
    default_detail = "Send If-Match with the ETag of what you have read."


class Stale(exceptions.APIException):
    status_code = 412
    default_code = "stale"


class Gone(exceptions.APIException):
    """Archived: ``extra`` has reference, date and public reason."""

    status_code = 410
    default_code = "archived"

    def __init__(self, detail, **extra):
        super().__init__(detail)
        self.extra = extra


class Conflict(exceptions.APIException):
    """``extra`` tells more than words do."""

    status_code = 409
    default_code = "conflict"

    def __init__(self, detail, code=None, **extra):
        super().__init__(detail, code)
        self.extra = extra


class TooLarge(exceptions.APIException):
    status_code = 413
    default_code = "too_large"


def problem(status, detail="", *, code="", errors=None, **extra):
    """The body of a refusal: {type, title, status, detail, code, errors: {field: [message]}}."""
    body = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status}
    told = {"detail": detail, "code": code, "errors": errors, **extra}
    return body | {name: value for name, value in told.items() if value}


def problem_response(request, status, detail="", **more):
    """The same outside of DRF: unknown addresses, exports."""
    return JsonResponse(problem(status, detail, **more), status=status, content_type=MEDIA_TYPE)


def answer_problem(exc, context):
    """DRF's EXCEPTION_HANDLER; None lets a real error through."""
    if (known := _known(exc)) is None:
        return None
    status, body, headers = known
    set_rollback()
    response = Response(body, status=status, headers=headers)
    response.content_type = MEDIA_TYPE
    return response


def _known(exc):
    """(status, body, headers) of a refusal."""
    if isinstance(exc, ValidationError):
        return _of_rule(exc)
    if isinstance(exc, Http404):
        return 404, problem(404, _("There is nothing here, or you may not see it."), code="not_found"), {}
    if isinstance(exc, RequestDataTooBig):
        return _of_request(TooLarge(_("Send at most %(most)s bytes.") % {"most": settings.DATA_UPLOAD_MAX_MEMORY_SIZE}))
    if isinstance(exc, SuspiciousOperation):
        return 400, problem(400, _("This request cannot be read."), code="suspicious"), {}
    if isinstance(exc, PermissionDenied):
        return 403, problem(403, str(exc) or _("You may not do this."), code="permission_denied"), {}
    return _of_request(exc) if isinstance(exc, exceptions.APIException) else None


def _of_rule(exc):
    """What a service or form refuses: 400 with fields, or the status that its code stands for."""
    if hasattr(exc, "error_dict"):
        errors = {("" if name == NON_FIELD_ERRORS else name): words for name, words in exc.message_dict.items()}
        return 400, problem(400, _("Something is missing or wrong."), code="invalid", errors=errors), {}
    code = getattr(exc, "code", None) or "invalid"
    status = STATUS_OF_CODE.get(code, 400)
    return status, problem(status, " ".join(exc.messages), code=code), {}


def _of_request(exc):
    headers = {}
    if getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = exc.auth_header
    if getattr(exc, "wait", None):
        headers["Retry-After"] = str(exc.wait)
    if isinstance(exc, exceptions.ValidationError):
        errors = exc.detail if isinstance(exc.detail, dict) else {"": exc.detail}
        return 400, problem(400, _("Something is missing or wrong."), code="invalid", errors=errors), headers
    body = problem(exc.status_code, str(exc.detail), code=exc.get_codes(), **getattr(exc, "extra", {}))
    return exc.status_code, body, headers
