"""What was typed into a form and not saved yet. Every view of a form with ``data-autosave`` does the same three things:

    data = autosaved_data(request)                    # what was just sent, else what was autosaved, else None
    form = TitleForm(data, ...)                       # bound whenever there is something to show
    ...
    discard_autosaved(request)                        # after the successful save

and hands ``autosaved_form(request)`` to its template as ``autosaved`` for components/autosaved.html.
"""

import json
import re
from datetime import timedelta
from urllib.parse import quote, unquote

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import TextField
from django.db.models.functions import Cast, Length
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language_from_path
from django.utils.translation import gettext as _

from accounts.models import AutosavedForm, User

SIZE_LIMIT = 1_000_000  # characters of JSON; the longest form has a tenth of it


FORMS_LIMIT, PERSON_LIMIT = 200, 3_000_000  # forms and characters of JSON per person; the oldest go first


A_MOMENT = timedelta(minutes=10)


NEVER_SAVED = re.compile(r"^csrfmiddlewaretoken$|password|passphrase|secret|^otp|^code$", re.IGNORECASE)


def without_language(path: str) -> str:
    """``/es/workspace/...`` -> ``/workspace/...``: the same form in every language. Escapes are resolved."""
    path = unquote(path)
    language = get_language_from_path(path)
    return path[len(language) + 1 :] if language else path


def address_of(request: HttpRequest) -> str:
    """Under which address the words typed on this page are kept."""
    return without_language(quote(request.path_info))


def autosavable(querydict: QueryDict) -> dict[str, list[str]]:
    """{name: [values]} of what may be kept: without token and passwords. Files are no part of a QueryDict."""
    return {name: values for name, values in querydict.lists() if not NEVER_SAVED.search(name)}


def autosaved_form(request: HttpRequest, *, address: str | None = None) -> AutosavedForm | None:
    """The ``AutosavedForm`` of this person for the form of this page (or the one that posts to ``address``), or
    None."""
    if not request.user.is_authenticated:
        return None
    address = without_language(address) if address else address_of(request)
    return AutosavedForm.objects.filter(user=request.user, address=address).first()


def others_at_work(request: HttpRequest) -> list[AutosavedForm]:
    """The ``AutosavedForm`` of each other person who typed something into the form of this page a moment ago."""
    if not request.user.is_authenticated:
        return []
    lately = timezone.now() - A_MOMENT
    others = AutosavedForm.objects.filter(address=address_of(request), saved_at__gte=lately)
    return list(others.exclude(user=request.user).select_related("user").order_by("-saved_at"))


@transaction.atomic
def autosave_input(*, user: User, address: str, querydict: QueryDict) -> AutosavedForm:
    """Keep what stands in a form, valid or not; the row it is kept in. ValidationError when it is too much."""
    address, data = without_language(address), autosavable(querydict)
    longest = AutosavedForm._meta.get_field("address").max_length or 0
    if len(address) > longest or len(json.dumps(data)) > SIZE_LIMIT:
        raise ValidationError(_("This is more text than can be kept. Save the page."), code="too-long")
    kept, _created = AutosavedForm.objects.update_or_create(user=user, address=address, defaults={"data": data})
    _make_room(user)
    return kept


def _make_room(user):
    """Of what is kept for ``user`` the newest that fits stays."""
    newest_first = AutosavedForm.objects.filter(user=user).order_by("-saved_at", "-pk")
    sizes = newest_first.values_list("pk", Length(Cast("data", TextField())))
    room, surplus = PERSON_LIMIT, []
    for place, (pk, size) in enumerate(sizes):
        room -= size
        if room < 0 or place >= FORMS_LIMIT:
            surplus.append(pk)
    AutosavedForm.objects.filter(pk__in=surplus).delete()


def autosaved_data(request: HttpRequest, *, address: str | None = None) -> QueryDict | None:
    """What a form is bound to: what was just sent (kept at once, so that nothing that follows loses it), else what
    was kept, else None."""
    if request.method == "POST":
        _autosave_sent(request)
        return request.POST
    kept = autosaved_form(request, address=address)
    return kept.querydict if kept else None


def _autosave_sent(request):
    request.is_autosaved = True
    try:
        autosave_input(user=request.user, address=address_of(request), querydict=request.POST)
    except ValidationError:
        return  # too long to be kept is no reason to refuse it: the form answers itself


def autosave_again(request: HttpRequest) -> None:
    """What ``autosaved_data`` had kept in a transaction that was taken back."""
    if getattr(request, "is_autosaved", False):
        _autosave_sent(request)


def discard_autosaved(request: HttpRequest, *, address: str | None = None) -> None:
    """After a successful save, or when the person drops the words."""
    address = without_language(address) if address else address_of(request)
    AutosavedForm.objects.filter(user=request.user.pk, address=address).delete()
