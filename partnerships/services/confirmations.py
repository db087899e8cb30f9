"""What an organisation says about an entry that names it: it confirms the words, or says where they differ."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AnyUser, User
from notices.services import notify
from operators.models import Organisation
from partnerships.models import Confirmation
from partnerships.models.base import Version
from reviews.snapshots import fingerprint, fingerprints
from reviews.states import State

AnyVersion = TypeVar("AnyVersion", bound=Version)

FROZEN = (State.SUBMITTED, State.PUBLISHED)
"""Words that cannot change under the answer."""
CHOOSE_ANSWER = gettext_lazy("Choose one of the two answers.")


@transaction.atomic
def confirm(
    entry: Version, organisation: Organisation, *, by: User, answer: str, text: str = "", may_be_shown: bool = False
) -> Confirmation:
    """Write down what ``organisation`` says about the words of ``entry`` as they are; returns the Confirmation.

    Another answer about the same words takes the place of the first. Raises PermissionDenied unless ``by`` is a
    member and the organisation stands on one of the two sides, and ValidationError for an answer that makes no sense.
    """
    if not organisations_to_answer(entry, by).filter(pk=organisation.pk).exists():
        raise PermissionDenied(_("Only members of the organisations that take part may answer for them."))
    if entry.state not in FROZEN:
        raise ValidationError(_("The entry is being changed. You are asked once it is submitted."), code="not_frozen")
    if answer not in Confirmation.Answer.values:
        raise ValidationError({"answer": CHOOSE_ANSWER})
    words = fingerprint(entry)
    said = Confirmation.objects.of(entry).filter(organisation=organisation, fingerprint=words).first()
    said = said or Confirmation(entry=entry, organisation=organisation, fingerprint=words)
    said.answer, said.text = answer, text.strip()
    said.may_be_shown = bool(may_be_shown and said.text)
    said.full_clean()
    said.save()
    if said.answer == Confirmation.Answer.DIFFERS:
        _tell_of_difference(said, entry, by)
    return said


def _tell_of_difference(said, entry, by):
    """The other authors, and who decides or has decided, each time that something else is said."""
    platform = entry.reviewing_platform
    deciders = entry.deciders([platform]) if platform else User.objects.none()
    users = User.objects.filter(Q(pk__in=entry.authors().values("pk")) | Q(pk__in=deciders.values("pk")))
    key = f"differs/{said.pk}/{hashlib.sha256(said.text.encode()).hexdigest()[:16]}"
    notify("differs", about=said, key=key, users=users.filter(is_active=True).exclude(pk=by.pk))


def organisations_to_answer(entry: Version, user: AnyUser) -> QuerySet[Organisation]:
    """The organisations of ``user`` whose word counts on ``entry``."""
    return entry.parties().filter(members__user=user.pk) if user.is_authenticated else Organisation.objects.none()


def answers_about(entry: Version) -> list[Confirmation]:
    """The Confirmations of exactly the words that ``entry`` has now, in the order in which they were given."""
    return answers_to([entry])[entry.pk]


def answers_to(entries: Sequence[Version]) -> dict[int, list[Confirmation]]:
    """{primary key: ``answers_about`` it} of ``entries``, all of one model, in at most three queries."""
    found: dict[int, list[Confirmation]] = {entry.pk: [] for entry in entries}
    answers = list(Confirmation.objects.of(*entries).select_related("organisation")) if entries else []
    asked = {answer.object_id for answer in answers}
    words = fingerprints([entry for entry in entries if entry.pk in asked])
    for answer in answers:
        if answer.fingerprint == words[answer.object_id]:
            found[answer.object_id].append(answer)
    return found


def unanswered_by(user: User, entries: Sequence[AnyVersion]) -> Sequence[AnyVersion]:
    """Those of ``entries``, all of one model, about whose words an organisation of ``user`` has not said anything."""
    if not entries:
        return []
    words = fingerprints(entries)
    said: dict[int, set[str]] = {}
    answers = Confirmation.objects.filter(
        content_type__app_label=entries[0]._meta.app_label,
        content_type__model=entries[0]._meta.model_name,
        object_id__in=list(words),
        organisation__members__user=user,
    )
    for answer in answers:
        said.setdefault(answer.object_id, set()).add(answer.fingerprint)
    return [entry for entry in entries if words[entry.pk] not in said.get(entry.pk, set())]
