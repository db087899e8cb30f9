"""What identifies an organisation – name, acronym, kind, country – changes with the secretariat's word only."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from operators.models import Organisation, OrganisationChange
from operators.permissions import can_request_change
from reviews.snapshots import remember
from reviews.workflow import perform

FIELDS = ("name", "acronym", "kind", "country", "former_until", "reason")
IDENTIFYING = FIELDS[:4]


@transaction.atomic
def request_change(organisation: Organisation, *, by: User, **fields: object) -> OrganisationChange:
    """Ask the secretariat for another name, acronym, kind or country; ``reason`` says why."""
    if not can_request_change(by, organisation):
        raise PermissionDenied(_("Only managers of this organisation ask for a change."))
    change = OrganisationChange(organisation=organisation, created_by=by)
    _fill(change, fields)
    change.save()
    remember(change, by=by)
    return perform(change, "submit", by=by)


@transaction.atomic
def save_change(change: OrganisationChange, *, by: User, revision: int, **fields: object) -> bool:
    """Mend a request that was withdrawn or sent back; True when something changed."""
    if not (change.is_editable and can_request_change(by, change.organisation)):
        raise PermissionDenied(_("You may not change this request."))
    if all(getattr(change, name) == value for name, value in fields.items()):
        return False
    _fill(change, fields)
    waiting = OrganisationChange.objects.filter(pk=change.pk, revision=revision, state=change.state)
    if change.revision != revision or not waiting.update(revision=revision + 1):
        raise ValidationError(_("Somebody changed this request meanwhile."), code="stale")
    change.revision = revision + 1
    change.save()
    remember(change, by=by)
    return True


@transaction.atomic
def submit_change(
    organisation: Organisation, waiting: OrganisationChange | None, *, by: User, revision: int, **fields: object
) -> OrganisationChange:
    """Ask for a change, or mend the request ``waiting`` and submit it again."""
    if waiting is None:
        return request_change(organisation, by=by, **fields)
    save_change(waiting, by=by, revision=revision, **fields)
    waiting.refresh_from_db()
    return perform(waiting, "submit", by=by)


def _fill(change, fields):
    if unknown := set(fields) - set(FIELDS):
        raise ValidationError({name: _("This cannot be set.") for name in unknown})
    for name, value in fields.items():
        setattr(change, name, value)
    change.full_clean()
    if all(getattr(change, name) == getattr(change.organisation, name) for name in IDENTIFYING):
        raise ValidationError(_("This is what the register says already. Change at least one of them."), code="same")
    if missing := change.missing_for_submission():
        raise ValidationError(missing)
