"""Whose word is asked for when an entry is submitted, and whose is given by submitting it."""

from accounts.models import User
from notices.services import notify
from partnerships.models.identity import Confirmation
from reviews.snapshots import fingerprint


def ask_to_confirm(entry, by):
    """Take the submission as the word of the submitter's own organisations; ask the others that have members.

    Whoever has already said something about exactly these words is not asked again: it still holds.
    """
    words = fingerprint(entry)
    own = list(entry.parties().filter(members__user=by))
    for organisation in own:
        Confirmation.objects.of(entry).get_or_create(
            organisation=organisation,
            fingerprint=words,
            defaults={"entry": entry, "answer": Confirmation.Answer.CONFIRMS},
        )
    submitted = entry.events.last()
    notify(
        "please-confirm",
        about=submitted,
        key=f"please-confirm/{submitted.pk}",
        users=_to_ask(entry, words).exclude(organisations__organisation__in=own).exclude(pk=by.pk),
        data={"kind": entry.kind_code},
    )


def _to_ask(entry, words):
    """The members of those who have not said anything about these words."""
    answered = Confirmation.objects.of(entry).filter(fingerprint=words).values("organisation")
    asked = entry.parties().exclude(pk__in=answered)
    return User.objects.filter(is_active=True, organisations__organisation__in=asked).distinct()
