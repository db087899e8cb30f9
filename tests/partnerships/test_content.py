"""When a version is complete, and under which words it is found."""

import pytest

from partnerships.models import (
    Assessment,
    Involvement,
    NamedPlatform,
    NamedProgramme,
    Objective,
    PartnershipVersion,
    PlannedWork,
    Role,
    Target,
    Track,
)
from platforms.models import Programme
from reviews.workflow import perform
from tests import factories
from vocabularies.models import ImprovementArea
from vocabularies.search import matching

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return factories.draft_version()


def with_roles(*roles):
    version = factories.VersionFactory()
    for position, role in enumerate(roles):
        factories.InvolvementFactory(version=version, role=role, position=position)
    return version


# --- complete -------------------------------------------------------------------------------------------


def test_a_title_a_summary_and_two_sides_are_enough(draft):
    assert draft.missing_for_submission() == {}


@pytest.mark.parametrize("field", ["title", "summary"])
def test_title_and_summary_are_asked_for(draft, field):
    setattr(draft, field, "")
    assert draft.missing_for_submission().keys() == {field}


@pytest.mark.parametrize(
    "roles",
    [
        *(("mentor", "mentee"), ("lead-mentor", "mentee"), ("mentor", "lead-mentee")),
        *(("peer", "peer"), ("partner", "partner"), ("peer", "partner")),
    ],
)
def test_these_two_make_a_partnership(roles):
    assert with_roles(*roles).missing_for_submission() == {}


@pytest.mark.parametrize(
    "roles",
    [
        *((), ("mentor",), ("mentee",), ("peer",), ("partner",)),
        *(("mentor", "mentor"), ("mentor", "peer"), ("mentor", "partner"), ("funder", "broker")),
    ],
)
def test_these_do_not_make_a_partnership(roles):
    assert with_roles(*roles).missing_for_submission().keys() == {"involvements"}


@pytest.mark.parametrize(
    ("partner", "complete"),
    [
        ({}, False),
        ({"description": "A city"}, False),
        ({"country_id": "PS"}, False),
        ({"description": "A city", "country_id": "PS"}, True),
    ],
)
def test_a_partner_without_a_name_is_described_and_placed(partner, complete):
    version = with_roles("mentor")
    Involvement.objects.create(version=version, role=Role.MENTEE, **partner)
    assert (version.missing_for_submission() == {}) == complete


def test_another_role_says_which(draft):
    row = factories.InvolvementFactory(version=draft, role=Role.OTHER)
    assert "other role" in str(draft.missing_for_submission()["involvements"])
    row.role_other = "Translator"
    row.save()
    assert draft.missing_for_submission() == {}
    assert row.role_label == "Translator"


def test_another_improvement_area_says_which(draft):
    track = Track.objects.create(version=draft, area=ImprovementArea.objects.get(code="other"))
    assert draft.missing_for_submission().keys() == {"tracks"}
    track.title = "Desalination"
    track.save()
    assert draft.missing_for_submission() == {}


def test_what_is_loaded_may_know_less_but_has_a_title_somebody_and_a_source():
    version = factories.VersionFactory(summary="")
    assert version.missing_for_loading().keys() == {"involvements"}
    Involvement.objects.create(version=version, country_id="PS", role=Role.MENTEE)
    assert version.missing_for_loading() == {}
    version.sources.all().delete()
    version.title = ""
    assert version.missing_for_loading().keys() == {"title", "sources"}


def test_the_status_is_stored_and_never_worked_out_from_dates():
    version = factories.published_version(starts_on="1999", ends_on="2001")
    assert version.status == "unknown"


# --- found ----------------------------------------------------------------------------------------------


def found(query):
    return list(matching(PartnershipVersion.objects.published(), "search_text", query))


@pytest.fixture
def everywhere(draft):
    """A published version with a word of its own in every place that search looks at."""
    Track.objects.create(version=draft, title="Fugas", area=ImprovementArea.objects.get(code="asset-management"))
    Objective.objects.create(version=draft, text="Balance the zones")
    Target.objects.create(version=draft, text="Fewer bursts", value=12, unit="bursts")
    PlannedWork.objects.create(version=draft, text="Tests step by step")
    Assessment.objects.create(version=draft, text="Valves stuck")
    programme = Programme.objects.create(key="p", slug="p", name="Deal of waters")
    NamedProgramme.objects.create(version=draft, programme=programme)
    NamedPlatform.objects.create(version=draft, platform=factories.PlatformFactory(acronym="WOP-X"))
    mentor = draft.involvements.get(role="mentor")
    mentor.name_used = "Régie d’antan"
    mentor.save()
    Involvement.objects.create(version=draft, role=Role.MENTEE, country_id="PS", description="Hill town")
    draft.place = "The old Charco works"
    draft.save()
    return perform(draft, "load", by=None)


QUERIES = [
    "fugas", "gestión de activos", "asset", "BALANCE", "deal of waters", "wop-x", "regie d'antan", "Régie d’antan",
    "hill town", "Palestine", "Martinica", "Sainte-Lucie", "lose less water", "charco works",
    "fewer bursts", "tests step", "valves stuck",
]  # fmt: skip


@pytest.mark.parametrize("query", QUERIES)
def test_a_partnership_is_found_by(everywhere, query):
    assert found(query) == [everywhere]


def test_a_partnership_is_found_by_reference_and_organisation(everywhere):
    for query in (everywhere.partnership.reference.lower(), factories.mentor_of(everywhere).name):
        assert found(query) == [everywhere]


def test_every_word_has_to_match(everywhere):
    assert found("fugas nowhere") == []


def test_drafts_have_no_search_text(draft):
    assert draft.search_text == ""
