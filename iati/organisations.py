"""Who publishes the file and who takes part. IATI knows neither mentors nor mentees: their role stands in our own
namespace."""

from dataclasses import dataclass, field

from django.conf import settings

from iati.elements import add, add_narratives, own, said
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
    Role.PARTNER: IMPLEMENTING,
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
BETWEEN = "; "
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
    """One organisation under one IATI role, with all rows of the portal that come to it."""

    code: str
    rows: list = field(default_factory=list)

    def told(self, name):
        """What the rows say in a field, each once: texts that are not empty."""
        return [text for text in dict.fromkeys(getattr(row, name, "") for row in self.rows) if text]


def add_participating_orgs(activity, entry):
    """Everybody involved, whoever pays as funding too, and the supporters that the reports name; each once per role."""
    found = {}
    for row, code in _all(entry):
        identity = row.organisation_id or row.key
        found.setdefault((identity, code), Taking(code)).rows.append(row)
    for taking in found.values():
        _add(activity, taking)


def _all(entry):
    """(row, IATI role)."""
    for row in entry.version.involvements.all():
        yield row, ROLES.get(row.role, ACCOUNTABLE)
    for payment in entry.version.payments.all():
        if payment.amount is not None or payment.share is not None:
            yield payment.involvement, FUNDING
    for report in entry.reports:
        for row in report.supporters.all():
            yield row, ACCOUNTABLE


def _add(activity, taking):
    row = taking.rows[0]
    place = getattr(row, "place", None) or (row.organisation and row.organisation.country)
    attributes = {
        "type": TYPES.get(row.organisation.kind) if row.organisation else None,
        "role": taking.code,
        own("role"): " ".join(taking.told("role")),
        own("role-in-words"): BETWEEN.join(taking.told("role_other")),
        own("country"): place.pk if place else None,
        own("name-used"): BETWEEN.join(taking.told("name_used")),
    }
    add_narratives(add(activity, "participating-org", attributes), _name(row, place))


def _name(row, place):
    if row.organisation:
        return [(None, row.organisation.name)] if row.organisation.is_published else said(NOT_PUBLIC)
    if row.description:
        return [(None, row.description)]
    return said(f"Not named by the source, in {place.name_en}." if place else "Not named by the source.")
