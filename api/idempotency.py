"""A request with an ``Idempotency-Key`` is carried out once, however often it is sent; one without, once in a minute.

Programs that know nothing of keys send again what was not answered in time: the same person, address and body within
AGAIN_WITHIN is the same request.

The work and its answer are written in one transaction. Before it, the key is claimed in a transaction of its own:
whoever sends it meanwhile is told to wait. A claim that nobody has fulfilled after CLAIMED_FOR is taken over; should
its owner only have been slow, it finds its claim gone and takes everything back.
"""

import hashlib
import json
import re
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response

from api.models import RememberedRequest
from api.problems import Conflict

KEPT_FOR = timedelta(hours=24)
AGAIN_WITHIN = timedelta(minutes=1)
CLAIMED_FOR = timedelta(minutes=2)
"""No request takes so long: the server has ended it before."""
SHAPE = re.compile(r"[!-~]{1,200}")
REPLAYED = "Idempotency-Replayed"
NO_KEY = " "
"""Before the fingerprint it makes the key of a request without one: nobody can send it."""


class Reused(exceptions.APIException):
    status_code = 422
    default_code = "key_reused"


def once(request, work):
    """The Response of ``work()``, or the one that it had when this request was sent before.

    What ``work`` refuses by raising is not remembered: nothing was done, and the key is free again. Raises Conflict
    (409) while the first one is still at it, Reused (422) when the key was used for something else.
    """
    claim, is_new = _claimed(request, _key_of(request))
    return _carried_out(claim, work) if is_new else _replayed(claim, request)


def _key_of(request):
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return NO_KEY + _fingerprint(request)
    if not SHAPE.fullmatch(key):
        raise exceptions.ValidationError({"Idempotency-Key": [_("Write 1 to 200 letters, digits and signs.")]})
    return key


def forget_old_requests():
    """Delete what nobody may ask for again; returns how many."""
    now = timezone.now()
    over = Q(created_at__lt=now - KEPT_FOR)
    over |= Q(key__startswith=NO_KEY, created_at__lt=now - AGAIN_WITHIN) & ~Q(status=None)
    return RememberedRequest.objects.filter(over).delete()[0]


def _claimed(request, key):
    """(RememberedRequest, whether it is ours to carry out)."""
    forget_old_requests()
    mine = RememberedRequest.objects.filter(owner=request.user, key=key)
    mine.filter(status=None, created_at__lt=timezone.now() - CLAIMED_FOR).delete()
    claim = RememberedRequest(owner=request.user, key=key, fingerprint=_fingerprint(request))
    try:
        with transaction.atomic():
            claim.save()
        return claim, True
    except IntegrityError as error:
        if (known := mine.first()) is None:
            raise _busy() from error
        return known, False


def _fingerprint(request):
    """Of what is asked for and by which kind of token: another one may not be allowed the same."""
    token = request.auth
    reach = [token.organisation_id, token.platform_id] if token else []
    asked = json.dumps([request.method, request.path, reach, request.data], sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()


def _carried_out(claim, work):
    try:
        with transaction.atomic():
            response = work()
            _remember(claim, response)
    except BaseException:
        RememberedRequest.objects.filter(pk=claim.pk, status=None).delete()
        raise
    return response


def _remember(claim, response):
    fulfilled = RememberedRequest.objects.filter(pk=claim.pk, status=None).update(
        status=response.status_code,
        headers=dict(response.headers),
        body=json.loads(JSONRenderer().render(response.data)),
    )
    if not fulfilled:
        raise _busy()


def _replayed(known, request):
    if known.fingerprint != _fingerprint(request):
        raise Reused(_("This key was used for another request. Take a new one."))
    if known.status is None:
        raise _busy()
    return Response(known.body, status=known.status, headers=known.headers | {REPLAYED: "true"})


def _busy():
    return Conflict(_("This request is being carried out. Ask again in a moment."), code="in_progress")
