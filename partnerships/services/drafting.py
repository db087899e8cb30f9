"""Drafts of partnerships and of reports: begun, saved, begun anew from what is public.

Pages and the API call the same functions with plain data.
"""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F, Manager
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from operators.models import Organisation
from partnerships.models import Involvement, Participant, Partnership, PartnershipVersion, Role
from partnerships.models.base import Version
from partnerships.permissions import acting_platform, can_start_as_secretariat, can_start_for, nameable
from partnerships.services.held_translations import check_translations, drop_translations
from partnerships.services.save_rows import Errors, RowsChange, RowValues, check_links, refusals, write
from platforms.models import Platform
from reviews.cloning import clone
from reviews.models import Row
from reviews.rows import rows_of
from reviews.schema import schema_of
from reviews.snapshots import remember
from reviews.states import EDITABLE_STATES, OPEN_STATES, State
from vocabularies.choice_messages import choose_from, list_of
from vocabularies.localised import active_language

AnyVersion = TypeVar("AnyVersion", bound=Version)

STARTING_ROLES = (Role.MENTOR, Role.MENTEE, Role.PEER, Role.PARTNER)


@transaction.atomic
def start_partnership(
    by: User,
    *,
    organisation: Organisation | None = None,
    platform: Platform | None = None,
    title: str = "",
    role: str = "",
    language: str = "",
) -> PartnershipVersion:
    """A new WOP with an empty draft, in ``language`` or that of the page; returns the draft.

    For ``organisation``, of which ``by`` is a member: it takes part, in ``role``, one of STARTING_ROLES.
    Or for ``platform``, of whose secretariat ``by`` is: operators without accounts are entered so.
    """
    if not (can_start_as_secretariat(by, platform) if platform else can_start_for(by, organisation)):
        raise PermissionDenied(_("You may start a partnership for your own organisation or secretariat."))
    if not platform and role not in STARTING_ROLES:
        raise ValidationError({"role": _("Choose whether you are mentor, mentee, peer or partner.")})
    partnership = Partnership.objects.create(entered_by=platform)
    language = language or active_language()
    version = PartnershipVersion(partnership=partnership, created_by=by, title=title.strip(), language=language)
    version.full_clean()
    version.save()
    if organisation and not platform:
        Participant.objects.create(partnership=partnership, organisation=organisation)
        _first_involvement(version, organisation, role)
    remember(version, by=by)
    return version


def _first_involvement(version, organisation, role):
    row = Involvement(version=version, organisation=organisation, role=role)
    row.full_clean()
    row.save()


@transaction.atomic
def start_new_version(partnership: Partnership, by: User) -> PartnershipVersion:
    """The open version of ``partnership``; without one, a draft with the words of the published version."""
    locked = Partnership.objects.select_for_update().get(pk=partnership.pk)
    act_on_behalf(locked, by)
    return open_or_cloned(locked.versions, by)


def act_on_behalf(partnership: Partnership, by: User) -> None:
    """Where nobody who takes part has an account, the secretariat of ``by`` writes from now on, if it may."""
    if platform := acting_platform(by, partnership):
        partnership.entered_by = platform
        partnership.save(update_fields=["entered_by"])


def open_or_cloned(versions: Manager[AnyVersion], by: User) -> AnyVersion:
    """The open one among the versions of one identity, else a copy of the published one; authors only."""
    begun = versions.filter(state__in=OPEN_STATES).first()
    source = begun or versions.filter(state=State.PUBLISHED).first()
    if source is None:
        raise ValidationError(_("There is no published version to start from."), code="wrong_state")
    if not source.is_written_by(by):
        raise PermissionDenied(_("Only those who take part may change this entry."))
    if begun:
        return begun
    draft = clone(source, by=by)
    remember(draft, by=by)
    return draft


@transaction.atomic
def save_draft(
    version: AnyVersion,
    *,
    by: User,
    revision: int,
    fields: Mapping[str, object] | None = None,
    rows: Mapping[str, Sequence[RowValues]] | None = None,
    found: Errors | None = None,
) -> AnyVersion:
    """Write what was changed in a draft; returns the version as it now stands.

    ``fields``: {name: value} of the version. ``rows``: {relation: [{field: value, "key": UUID or None}, ...]},
    each list being all rows of that relation in their order; links to other rows are given as their key.
    What is not named stays. ``revision`` is the one that the writer saw. ``found``: what the door could not understand
    and leaves out of both, by the names below; then nothing is written, and all that is wrong is said at once.

    Nothing is written when nothing differs: the revision stays, and with it every confirmation.
    Raises PermissionDenied, or ValidationError: with code ``wrong_state`` (frozen), ``stale``, or with a
    ``message_dict`` by field, ``relation-<index>-<field>``, ``relation-<index>`` (the row as a whole) or ``relation``.
    """
    stored = type(version)._base_manager.select_for_update().get(pk=version.pk)
    check_may_write(stored, by)
    errors = dict(found or {})
    changed = _apply_fields(stored, fields or {}, errors)
    changes = _apply_rows(stored, rows or {}, errors)
    if not errors and not changed and not any(change.is_effective for change in changes.values()):
        return stored
    _check_revision(stored, revision)
    _check_content(stored, by, changed, changes, errors)
    if errors:
        raise ValidationError(errors)
    _take_revision(stored, revision, changed)
    write(changes.values())
    drop_translations(stored, changes.values())
    saved = type(version)._base_manager.get(pk=version.pk)
    remember(saved, by=by)
    return saved


def check_may_write(stored: Version, by: User) -> None:
    """Raises what ``save_draft`` raises for somebody who may not write the entry, or not now."""
    if not stored.is_written_by(by):
        raise PermissionDenied(_("Only those who take part may change this entry."))
    if not stored.is_editable:
        raise ValidationError(
            _("This entry is “%(state)s” and cannot be changed now."),
            code="wrong_state",
            params={"state": stored.get_state_display()},
        )


def _check_revision(stored, revision):
    if stored.revision != revision:
        raise ValidationError(_("Somebody has changed this entry since you opened it."), code="stale")


def _apply_fields(stored: Version, values: Mapping[str, object], errors: Errors) -> list[str]:
    """Set ``values`` on ``stored``; returns the names of those that differ from before."""
    known, changed = schema_of(type(stored)).fields, []
    for name, value in values.items():
        if name not in known:
            errors[name] = _("There is no such question.")
            continue
        try:
            value = known[name].stored(value)
        except ValidationError as error:
            errors[name] = error
            continue
        if value != getattr(stored, known[name].field.attname):
            setattr(stored, known[name].field.attname, value)
            changed.append(name)
    return changed


def _apply_rows(
    stored: Version, rows: Mapping[str, Sequence[RowValues]], errors: Errors
) -> dict[type[Row], RowsChange]:
    """{kind: RowsChange} of the relations in ``rows``, those first that others point to."""
    before = rows_of([stored])
    names = {name: relation.kind for name, relation in schema_of(type(stored)).relations.items()}
    for name in set(rows) - set(names):
        errors[name] = _("There are no such rows.")
    now = {kind: {str(row.key): row for row in known} for kind, known in before.items()}
    changes = {}
    for name, kind in names.items():
        if name in rows:
            changes[kind] = RowsChange(stored, kind, name, before[kind], rows[name], now, errors)
            now[kind] = changes[kind].by_key
    check_links(changes, now, errors)
    check_translations(stored, changes, now, errors)
    return changes


def _check_content(
    stored: Version, by: User, changed: list[str], changes: dict[type[Row], RowsChange], errors: Errors
) -> None:
    """Everything that holds for a draft, complete or not; what did not change was checked before."""
    if changed:
        others = {field.name for field in stored._meta.concrete_fields} - set(schema_of(type(stored)).fields)
        errors.update(refusals(stored, known=set(errors), unasked=others))
    if stored.has_rate_of_before(changed):  # type: ignore[attr-defined] # every kind of version is a TotalCost too
        words = _("This rate was found for another currency. Write the rate of %(currency)s, or take it away.")
        errors.setdefault("cost_usd_rate", words % {"currency": stored.cost_currency})  # type: ignore[attr-defined]
    for change in changes.values():
        change.check(errors)
    _check_nameable(stored, by, changes, errors)
    _check_open_questions(stored, changed, changes, errors)


def _check_nameable(stored, by, changes, errors):
    """Nobody learns of what is private by naming it: other people's drafts, registrations and files."""
    for change in changes.values():
        for field, named in change.named().items():
            allowed = nameable(field, stored, by, {row.__dict__[field.attname] for _place, row in named})
            for place, row in named:
                if getattr(row, field.attname) not in allowed:
                    errors[f"{change.name}-{place}-{field.name}"] = choose_from(list_of(field))


def _check_open_questions(stored, changed, changes, errors):
    """A question has an answer or a reason why it has none, never both."""
    rows = {change.name: change.rows for change in changes.values()}
    touched = set(changed).union(*(_questions_of(stored, change) for change in changes.values() if change.is_effective))
    for row in _open_questions(stored, changes, touched):
        if stored.has_answer(row.question, rows):
            words = _("You answered and also chose “%(reason)s”. Take one of them back.")
            errors.setdefault(row.question, words % {"reason": row.get_reason_display()})


def _questions_of(stored, change):
    """Those on whose answers something has changed."""
    rows = [*(row for _place, row in change.changed_rows()), *change.gone]
    return stored.questions_of(change.name, rows)


def _open_questions(stored, changes, touched):
    """Those on which something has changed: their answer, or the reason for having none."""
    change = changes.get(stored._meta.get_field("unanswered").related_model)
    fresh = [row for _place, row in change.changed_rows()] if change else []
    rows = change.rows if change else stored.unanswered.all()
    return [row for row in rows if row in fresh or row.question in touched]


def _take_revision(stored, revision, changed):
    """Correctness rests on this line and not on a lock: only one writer finds the revision that it saw."""
    words = {name: getattr(stored, name) for name in changed}
    taken = (
        type(stored)
        ._base_manager.filter(pk=stored.pk, revision=revision, state__in=EDITABLE_STATES)
        .update(revision=F("revision") + 1, updated_at=timezone.now(), **words)
    )
    if not taken:
        raise ValidationError(_("Somebody has changed this entry since you opened it."), code="stale")
