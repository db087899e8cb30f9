"""No field of an entry is forgotten: its value stands in the activity, or here with the reason why it cannot."""

from decimal import Decimal

import pytest

from iati.money import exactly
from partnerships.models import (
    Agreement,
    Assessment,
    Involvement,
    Milestone,
    PartnershipVersion,
    Phase,
    PhasePartner,
    PlannedWork,
    Quotation,
    RelatedPartnership,
    Signature,
    Source,
    StoredFile,
    TeamFunction,
    Track,
)
from partnerships.models.base import Version
from partnerships.models.files import AttachmentRow
from reports.models import (
    ReportChoice,
    ReportObjective,
    ReportResult,
    ReportSource,
    ReportSupporter,
    ReportVersion,
)
from reviews.cloning import row_models
from reviews.models import Row, TranslationRow, UnansweredRow
from tests.everything import everything
from tests.iati.rules import activity_of
from vocabularies.models import Country, Term
from vocabularies.partial_dates import PartialDate

pytestmark = pytest.mark.django_db

MACHINE = "machine key or part of the workflow"
NO_PLACE = "IATI has no place for it"
ON_ITS_PAGE = "an answer of the form: the activity links the page of the report"

LEFT_OUT = {
    **{(Version, name): MACHINE for name in ("id", "state", "revision", "created_by", "created_at", "updated_at")},
    **{(Version, name): MACHINE for name in ("search_text", "reviewing_platform")},
    **{(Row, name): MACHINE for name in ("id", "key", "version", "position")},
    **{(PartnershipVersion, name): NO_PLACE for name in ("lifecycle_step", "lifecycle_evidence")},
    (PartnershipVersion, "duration_months"): "IATI knows days, and none is worked out from it",
    **{(PartnershipVersion, name): NO_PLACE for name in ("decision", "decided_on", "decision_reason")},
    **{
        (PartnershipVersion, name): "amounts stay in their currency"
        for name in ("cost_usd_rate", "cost_usd_rate_on", "cost_usd_rate_source")
    },
    **{(Involvement, name): NO_PLACE for name in ("contribution", "description")},
    (Agreement, "signed_on"): "it is the start only where none is stated",
    **{(Agreement, name): NO_PLACE for name in ("place", "signatories", "phase")},
    **{(Track, name): NO_PLACE for name in ("state", "phase")},
    **{(AttachmentRow, name): NO_PLACE for name in ("stated_type", "stated_size")},
    **{(kind, "accessed_on"): NO_PLACE for kind in (Source, ReportSource)},
    (ReportResult, "track_key"): MACHINE,
    **{(ReportSupporter, name): NO_PLACE for name in ("description", "support")},
    **{
        (ReportVersion, name): ON_ITS_PAGE
        for name in (
            "report", "note", "code_of_conduct", "code_of_conduct_url", "formal_agreement", "other_themes",
            "activities_description", "overall_results", "cost_amount", "cost_currency", "cost_kind", "cost_covers",
            "cost_usd_rate", "cost_usd_rate_on", "cost_usd_rate_source",
        )
    },
}  # fmt: skip
KINDS_LEFT_OUT = {
    TranslationRow: "narratives beside the original, as far as that has one (test_activities.py)",
    UnansweredRow: "why a question has no answer is no part of an activity",
    Assessment: NO_PLACE,
    Milestone: NO_PLACE,
    Phase: NO_PLACE,
    PhasePartner: NO_PLACE,
    Signature: NO_PLACE,
    PlannedWork: "IATI plans money and not work: a planned disbursement has an amount",
    Quotation: NO_PLACE,
    TeamFunction: NO_PLACE,
    RelatedPartnership: "only where the other is an activity too (test_activities.py)",
    **dict.fromkeys((ReportChoice, ReportObjective, ReportSource), ON_ITS_PAGE),
}
CODED = {
    "status": 'activity-status[@code="2"]',
    "cost_kind": "description[@type='4']",
    "starts_on": 'activity-date[@iso-date="2012-11-01"]',
}
"""Values that stand as a code of IATI."""


@pytest.fixture
def record(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return everything()


def things(record):
    """The versions and every row below them that is exported."""
    for version in record:
        yield version
        for kind in row_models(type(version)):
            if not issubclass(kind, tuple(KINDS_LEFT_OUT)):
                yield from kind._base_manager.filter(version=version)


def is_left_out(thing, name):
    return any(isinstance(thing, kind) and field == name for kind, field in LEFT_OUT)


def reading(value):
    """How a value stands in the activity."""
    if isinstance(value, Decimal):
        return exactly(value)
    if isinstance(value, PartialDate):
        return value.earliest.isoformat() if value.precision != "month" else str(value)
    if isinstance(value, Country):
        return value.pk
    if isinstance(value, StoredFile):
        return value.media_type
    if isinstance(value, Term):
        return value.code
    return getattr(value, "key", "") if hasattr(value, "slug") and not hasattr(value, "kind") else str(value)


def test_every_value_stands_in_the_activity_or_is_left_out_for_a_reason(record):
    activity = activity_of(record[0])
    said = "\n".join(text for one in activity.iter() for text in (one.text or "", *one.attrib.values()))
    forgotten = []
    for thing in things(record):
        for field in thing._meta.concrete_fields:
            value = getattr(thing, field.name)
            if value in (None, "") or is_left_out(thing, field.name):
                continue
            is_coded = field.name in CODED and activity.find(CODED[field.name]) is not None
            if not is_coded and reading(value) not in said:
                forgotten.append(f"{type(thing).__name__}.{field.name}: {reading(value)}")
    assert forgotten == []


@pytest.mark.parametrize(("kind", "name"), LEFT_OUT)
def test_every_exception_names_a_field(kind, name):
    assert name in {field.name for model in [kind, *kind.__subclasses__()] for field in model._meta.get_fields()}


def test_pages_and_files_are_links_with_what_is_known_of_them(record):
    links = activity_of(record[0]).findall("document-link")
    assert len({one.get("url") for one in links}) == len(links)
    known = {one.get("url"): (one.get("format"), one.find("category").get("code")) for one in links}
    assert known["https://agreement.example/text"] == ("text/html", "A09")
    assert known["https://partnership.example/slides"] == ("application/octet-stream", "A02")
    stored = {kind: code for url, (kind, code) in known.items() if "/files/" in url and "partnership" in url}
    assert stored == {"application/pdf": "A02"}
    assert all(one.get("url").startswith(("http://", "https://")) for one in links)


def test_a_file_that_the_portal_knows_by_name_only_is_left_out(record):
    row = record[0].attachments.get(stored_file=None)
    row.url = ""
    row.save()
    titles = [one.findtext("title/narrative") for one in activity_of(record[0]).findall("document-link")]
    assert row.description not in titles


def test_who_supported_by_a_report_takes_part(record):
    (supporter,) = record[1].supporters.all()
    names = [one.findtext("narrative") for one in activity_of(record[0]).findall("participating-org")]
    assert supporter.organisation.name in names


def test_an_organisation_that_is_not_public_is_not_named(record):
    organisation = record[1].supporters.get().organisation
    type(organisation).objects.filter(pk=organisation.pk).update(state="archived")
    names = [one.findtext("narrative") for one in activity_of(record[0]).findall("participating-org")]
    assert organisation.name not in names
    assert "An organisation that is not public." in names
