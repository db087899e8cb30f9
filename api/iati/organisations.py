"""Who publishes the file and who takes part. IATI knows neither mentors nor mentees: their role stands in our own
namespace."""

from dataclasses import dataclass, field

from django.conf import settings

from api.iati.elements import add, add_narratives, own, said
from operators.models import OrganisationKind
from partnerships.models import Role

FUNDING, ACCOUNTABLE, EXTENDING, IMPLEMENTING = "1", "2", "3", "4"
ROLES = {
    Role.FUNDER: FUNDING,
    Role.LEAD_MENTOR: IMPLEMENTING,
    Role.MENTOR: IMPLEMENTING,
    Role.LEAD_MENTEE: IMPLEMENTING,
    Role.MENTEE: IMPLEMENTING,
    Role.PEER: IMPLEMENTING,
    Role.BENEFICIARY: IMPLEMENTING,
    Role.TECHNICAL_SUPPORT: IMPLEMENTING,
}
"""Whoever is not in it stands beside the work: accountable. Extending would claim that they manage the money."""
TYPES = {
    OrganisationKind.CITY_DEPARTMENT: "11",
    OrganisationKind.PUBLIC_UTILITY: "15",
    OrganisationKind.PRIVATE_OPERATOR: "70",
    OrganisationKind.COMPANY: "70",
    OrganisationKind.TRAINING_INSTITUTE: "80",
    OrganisationKind.RESEARCH_INSTITUTE: "80",
    OrganisationKind.UN_BODY: "40",
}
"""Only kinds that mean one type of IATI: a donor may be a government, a foundation or a bank."""
NOT_PUBLIC = "An organisation that is not public."
PROVISIONAL = "UNSET-IATI-ORG-REF"
"""Stands where the publisher's identifier is not set: no registration agency is called so."""


def publisher():
    """(identifier, whether it is set)."""
    return settings.IATI_ORG_REF or PROVISIONAL, bool(settings.IATI_ORG_REF)


def identifier(reference):
    """The iati-identifier of a partnership; it never changes as long as the publisher's does not."""
    return f"{publisher()[0]}-{reference}"


def add_reporting_org(activity):
    """The portal retells what others do, so it is a secondary reporter."""
    attributes = {"ref": publisher()[0], "type": settings.IATI_ORG_TYPE, "secondary-reporter": "1"}
    add_narratives(add(activity, "reporting-org", attributes), [(None, settings.IATI_ORG_NAME)])


@dataclass
class Taking:
    """One organisation under one IATI role, with the roles that the portal gives it."""

    row: object
    code: str
    roles: list = field(default_factory=list)


def add_participating_orgs(activity, entry):
    """Everybody involved, whoever pays as funding too, and the supporters that the reports name; each once per role."""
    found = {}
    for row, code, role in _all(entry):
        identity = row.organisation_id or row.key
        taking = found.setdefault((identity, code), Taking(row, code))
        if role not in taking.roles:
            taking.roles.append(role)
    for taking in found.values():
        _add(activity, taking)


def _all(entry):
    """(row, IATI role, role in the portal)."""
    for row in entry.version.involvements.all():
        yield row, ROLES.get(row.role, ACCOUNTABLE), row.role
    for payment in entry.version.payments.all():
        if payment.amount is not None or payment.share is not None:
            row = payment.involvement
            yield row, FUNDING, row.role
    for report in entry.reports:
        for row in report.supporters.all():
            yield row, ACCOUNTABLE, row.role


def _add(activity, taking):
    organisation = taking.row.organisation
    place = getattr(taking.row, "place", None) or (organisation and organisation.country)
    attributes = {
        "type": TYPES.get(organisation.kind) if organisation else None,
        "role": taking.code,
        own("role"): " ".join(taking.roles),
        own("role-in-words"): getattr(taking.row, "role_other", ""),
        own("country"): place.pk if place else None,
        own("name-used"): getattr(taking.row, "name_used", ""),
    }
    add_narratives(add(activity, "participating-org", attributes), _name(taking.row, place))


def _name(row, place):
    if row.organisation:
        return [(None, row.organisation.name)] if row.organisation.is_published else said(NOT_PUBLIC)
    if row.description:
        return [(None, row.description)]
    return said(f"Not named by the source, in {place.name_en}." if place else "Not named by the source.")
