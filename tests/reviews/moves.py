"""Short ways to bring an entry into a state and to say what a step comes to."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from reviews.states import ABANDONED_AFTER
from reviews.workflow import perform


def put_in(version, state, **fields):
    """``version`` as it reads in ``state``, without the way there; its reviewers are fixed as at submission."""
    platform = version.reviewing_platform or version.route()
    type(version)._base_manager.filter(pk=version.pk).update(state=state, reviewing_platform=platform, **fields)
    version.refresh_from_db()
    return version


def leave_alone(version, days):
    """Nobody has touched ``version`` for so many days."""
    return put_in(version, version.state, updated_at=timezone.now() - timedelta(days=days))


def abandon(version):
    return leave_alone(version, days=ABANDONED_AFTER.days + 1)


def outcome(version, action, user, *, comment="Because.", **options):
    """The state that ``action`` leads to, "denied", or the code of the ValidationError."""
    options.setdefault("revision", version.revision)
    try:
        return str(perform(version, action, by=user, comment=comment, **options).state)
    except PermissionDenied:
        return "denied"
    except ValidationError as error:
        return code_of(error)


def code_of(error):
    """The one code that all errors of a ValidationError share."""
    fields = error.error_dict.values() if hasattr(error, "error_dict") else [error.error_list]
    (code,) = {single.code for errors in fields for single in errors}
    return code
