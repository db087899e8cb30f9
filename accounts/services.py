"""Words that were typed and not saved yet. Every view of a form with ``data-keep`` does the same three things:

    data = typed_input(request)                       # what was just sent, else what was kept, else None
    form = TitleForm(data, ...)                       # bound whenever there is something to show
    ...
    forget_input(request)                             # after the successful save

and hands ``kept_input(request)`` to its template as ``kept`` for components/kept.html.
"""

import json
import re
from datetime import timedelta
from urllib.parse import quote, unquote

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast, Length
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _

from accounts.holdings import addressed_to, holdings_of
from accounts.models import KeptInput, User

SIZE_LIMIT = 1_000_000  # characters of JSON; the longest form has a tenth of it
FORMS_LIMIT, KEPT_LIMIT = 200, 3_000_000  # forms and characters of JSON per person; the oldest go first
A_MOMENT = timedelta(minutes=10)
NEVER_KEPT = re.compile(r"^csrfmiddlewaretoken$|password|passphrase|secret|^otp|^code$", re.IGNORECASE)


def without_language(path: str) -> str:
    """``/es/workspace/...`` -> ``/workspace/...``: the same form in every language. Escapes are resolved."""
    path = unquote(path)
    language = get_language_from_path(path)
    return path[len(language) + 1 :] if language else path


def address_of(request: HttpRequest) -> str:
    """Under which address the words typed on this page are kept."""
    return without_language(quote(request.path_info))


def keepable(querydict: QueryDict) -> dict[str, list[str]]:
    """{name: [values]} of what may be kept: without token and passwords. Files are no part of a QueryDict."""
    return {name: values for name, values in querydict.lists() if not NEVER_KEPT.search(name)}


def kept_input(request: HttpRequest, *, address: str | None = None) -> KeptInput | None:
    """The ``KeptInput`` of this person for the form of this page (or the one that posts to ``address``), or None."""
    if not request.user.is_authenticated:
        return None
    address = without_language(address) if address else address_of(request)
    return KeptInput.objects.filter(user=request.user, address=address).first()


def others_at_work(request: HttpRequest) -> list[KeptInput]:
    """The ``KeptInput`` of each other person who typed something into the form of this page a moment ago."""
    if not request.user.is_authenticated:
        return []
    lately = timezone.now() - A_MOMENT
    others = KeptInput.objects.filter(address=address_of(request), saved_at__gte=lately)
    return list(others.exclude(user=request.user).select_related("user").order_by("-saved_at"))


@transaction.atomic
def keep_input(*, user: User, address: str, querydict: QueryDict) -> KeptInput:
    """Keep what stands in a form, valid or not; the row it is kept in. ValidationError when it is too much."""
    address, data = without_language(address), keepable(querydict)
    longest = KeptInput._meta.get_field("address").max_length or 0
    if len(address) > longest or len(json.dumps(data)) > SIZE_LIMIT:
        raise ValidationError(_("This is more text than can be kept. Save the page."), code="too-long")
    kept, _created = KeptInput.objects.update_or_create(user=user, address=address, defaults={"data": data})
    _make_room(user)
    return kept


def _make_room(user):
    """Of what is kept for ``user`` the newest that fits stays."""
    newest_first = KeptInput.objects.filter(user=user).order_by("-saved_at", "-pk")
    sizes = newest_first.values_list("pk", Length(Cast("data", TextField())))
    room, surplus = KEPT_LIMIT, []
    for place, (pk, size) in enumerate(sizes):
        room -= size
        if room < 0 or place >= FORMS_LIMIT:
            surplus.append(pk)
    KeptInput.objects.filter(pk__in=surplus).delete()


def typed_input(request: HttpRequest, *, address: str | None = None) -> QueryDict | None:
    """What a form is bound to: what was just sent (kept at once, so that nothing that follows loses it), else what
    was kept, else None."""
    if request.method == "POST":
        _keep_sent(request)
        return request.POST
    kept = kept_input(request, address=address)
    return kept.querydict if kept else None


def _keep_sent(request):
    request.is_kept = True
    try:
        keep_input(user=request.user, address=address_of(request), querydict=request.POST)
    except ValidationError:
        return  # too long to be kept is no reason to refuse it: the form answers itself


def keep_again(request: HttpRequest) -> None:
    """What ``typed_input`` had kept in a transaction that was taken back."""
    if getattr(request, "is_kept", False):
        _keep_sent(request)


def forget_input(request: HttpRequest, *, address: str | None = None) -> None:
    """After a successful save, or when the person drops the words."""
    address = without_language(address) if address else address_of(request)
    KeptInput.objects.filter(user=request.user.pk, address=address).delete()


@transaction.atomic
def save_profile(*, user: User, name: str, language: str) -> None:
    """What others see of a person, and the language of their mails."""
    user.name, user.language = name, language
    user.full_clean(exclude=["password"])
    user.save(update_fields=["name", "language"])


def confirm_email(*, user: User) -> None:
    """Somebody else than a mail vouches for the address: the one who made the account."""
    EmailAddress.objects.update_or_create(
        user=user, email=user.email.lower(), defaults={"verified": True, "primary": True}
    )


@transaction.atomic
def erase_person(*, user: User, by: User) -> None:
    """The person goes, the record stays: what they did keeps its place without their name.

    Memberships, sessions, factors, messages and kept words go with the account, and what others wrote down about
    the owner of its address; a membership may have something to say ``after_erasure``.
    """
    if by != user:
        raise PermissionDenied
    for session in UserSession.objects.filter(user=user):
        session.end()
    for holding in addressed_to(user):
        for row in holding.rows:
            row.delete()
    left = [row for holding in holdings_of(user) for row in holding.rows if hasattr(row, "after_erasure")]
    user.delete()
    for row in left:
        row.after_erasure()
