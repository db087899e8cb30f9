"""An organisation enters the register: by its own people, or as the partner of a WOP."""

from collections.abc import Collection

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.models import User
from operators.duplicates import PossibleDuplicates, possible_duplicates
from operators.models import Organisation, OrganisationMember, OrganisationService, Service
from operators.permissions import can_edit_registration
from reviews.snapshots import remember
from reviews.workflow import perform
from vocabularies.models import Country
from vocabularies.search import folded

FIELDS = ("name", "acronym", "kind", "country", "city", "website", "about", "about_language", "source")


@transaction.atomic
def register_organisation(
    *, by: User, not_ours: Collection[int] = (), services: Collection[str] = (), **fields: object
) -> Organisation:
    """A new organisation with ``by`` as its manager, submitted to the platform that covers its country.

    ``fields``: of FIELDS. Raises PossibleDuplicates while the register holds some that it may be
    and whose primary keys are not in ``not_ours``.
    """
    _check_duplicates(fields, by, known=not_ours)
    organisation = _new(by, **fields)
    _write_services(organisation, services)
    OrganisationMember.objects.create(organisation=organisation, user=by, role=OrganisationMember.Role.MANAGER)
    remember(organisation, by=by)
    return perform(organisation, "submit", by=by)


@transaction.atomic
def add_partner(
    *,
    by: User,
    name: str,
    kind: str,
    country: Country | None = None,
    city: str = "",
    acronym: str = "",
    is_new: bool = False,
) -> Organisation:
    """The partner of a WOP that is not in the register: a draft without members, published with the WOP that names it.

    Raises PossibleDuplicates while the register holds some that it may be, unless ``by`` says that it is another one.
    """
    fields = {"name": name, "acronym": acronym, "kind": kind, "country": country, "city": city}
    if not is_new:
        _check_duplicates(fields, by)
    organisation = _new(by, **fields)
    remember(organisation, by=by)
    return organisation


@transaction.atomic
def save_registration(
    organisation: Organisation, *, by: User, revision: int, services: Collection[str] = (), **fields: object
) -> bool:
    """Mend a registration that was withdrawn or sent back; True when something changed."""
    if not can_edit_registration(by, organisation):
        raise PermissionDenied(_("You may not change this registration."))
    if organisation.revision != revision:
        raise ValidationError(_("Somebody changed this registration meanwhile."), code="stale")
    before = registration_of(organisation)
    if before == {name: fields.get(name, before[name]) for name in FIELDS} | {"services": sorted(services)}:
        return False
    for name, value in fields.items():
        setattr(organisation, name, value)
    organisation.full_clean()
    if not Organisation.objects.filter(pk=organisation.pk, revision=revision).update(revision=revision + 1):
        raise ValidationError(_("Somebody changed this registration meanwhile."), code="stale")
    organisation.revision = revision + 1
    organisation.save()
    organisation.services.all().delete()
    _write_services(organisation, services)
    organisation.refresh_search()
    remember(organisation, by=by)
    return True


def registration_of(organisation: Organisation) -> dict[str, object]:
    """What a registration says: {field: value}, with the codes of its services."""
    values = {name: getattr(organisation, name) for name in FIELDS}
    return values | {"services": sorted(organisation.services.values_list("service", flat=True))}


def _check_duplicates(fields, by, *, known=()):
    found = possible_duplicates(fields.get("name", ""), fields.get("acronym", ""), fields.get("country"), user=by)
    if {one.pk for one in found} - set(known):
        raise PossibleDuplicates(found)


def _new(by, *, country=None, **fields):
    if unknown := set(fields) - set(FIELDS):
        raise ValidationError({name: _("This cannot be set.") for name in unknown})
    organisation = Organisation(created_by=by, country=country, **fields)
    if missing := organisation.missing_for_submission():
        raise ValidationError(missing)
    organisation.key = organisation.slug = _free_key(organisation.name)
    organisation.full_clean()
    organisation.save()
    organisation.refresh_search()
    return organisation


def _free_key(name):
    """Made of the name; numbered where another organisation has it already."""
    base = slugify(folded(name))[:70].strip("-") or "organisation"
    taken = set(Organisation.objects.filter(key__startswith=base).values_list("key", flat=True))
    taken |= set(Organisation.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    candidates = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
    return next(key for key in candidates if key not in taken)


def _write_services(organisation, services):
    if unknown := set(services) - set(Service.values):
        raise ValidationError({"services": _("“%(service)s” is not a service we know.") % {"service": min(unknown)}})
    order = [code for code in Service.values if code in services]
    OrganisationService.objects.bulk_create(
        OrganisationService(organisation=organisation, service=one) for one in order
    )
