"""A WOP: ``Partnership`` is identity, ``PartnershipVersion`` is content, everything else is a row of a version."""

from partnerships.models.content import Decision, PartnershipVersion, Status, Step
from partnerships.models.files import PartnershipAttachment, StoredFile
from partnerships.models.identity import Confirmation, Participant, Partnership, ReferenceCounter
from partnerships.models.involvement import EQUAL_ROLES, LEFT_ROLES, RIGHT_ROLES, Involvement, Payment, Role
from partnerships.models.plan import Assessment, PlannedWork, Target, TeamFunction, WorkState
from partnerships.models.rows import (
    Agreement,
    Link,
    Milestone,
    NamedPlatform,
    NamedProgramme,
    Objective,
    PartnershipTranslation,
    PartnershipUnanswered,
    Phase,
    PhasePartner,
    Quotation,
    RelatedPartnership,
    SdgRow,
    Signature,
    Source,
)
from partnerships.models.tracks import Track, TrackResult, TrackState
from partnerships.querysets import MAIN_ROLES

__all__ = [
    "EQUAL_ROLES",
    "LEFT_ROLES",
    "MAIN_ROLES",
    "RIGHT_ROLES",
    "Agreement",
    "Assessment",
    "Confirmation",
    "Decision",
    "Involvement",
    "Link",
    "Milestone",
    "NamedPlatform",
    "NamedProgramme",
    "Objective",
    "Participant",
    "Partnership",
    "PartnershipAttachment",
    "PartnershipTranslation",
    "PartnershipUnanswered",
    "PartnershipVersion",
    "Payment",
    "Phase",
    "PhasePartner",
    "PlannedWork",
    "Quotation",
    "ReferenceCounter",
    "RelatedPartnership",
    "Role",
    "SdgRow",
    "Signature",
    "Source",
    "Status",
    "Step",
    "StoredFile",
    "Target",
    "TeamFunction",
    "Track",
    "TrackResult",
    "TrackState",
    "WorkState",
]
