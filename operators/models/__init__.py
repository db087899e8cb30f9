"""Organisations of every kind: operators and the bodies beside them."""

from operators.models.changes import OrganisationChange
from operators.models.contacts import Contact, ContactRefusal, OrganisationContact
from operators.models.organisation import (
    AreaRow,
    Figure,
    FormerName,
    Need,
    Organisation,
    OrganisationKind,
    OrganisationLanguage,
    OrganisationService,
    Service,
    Strength,
)
from operators.models.people import JoinRequest, OrganisationInvitation, OrganisationMember
from operators.querysets import OPERATOR_KINDS

__all__ = [
    "OPERATOR_KINDS",
    "AreaRow",
    "Contact",
    "ContactRefusal",
    "Figure",
    "FormerName",
    "JoinRequest",
    "Need",
    "Organisation",
    "OrganisationChange",
    "OrganisationContact",
    "OrganisationInvitation",
    "OrganisationKind",
    "OrganisationLanguage",
    "OrganisationMember",
    "OrganisationService",
    "Service",
    "Strength",
]
