"""Organisations: what can never be stored, which are operators, how they are found."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from operators.models import (
    OPERATOR_KINDS,
    Figure,
    FormerName,
    Need,
    Organisation,
    OrganisationKind,
    OrganisationMember,
    OrganisationService,
    Strength,
)
from tests import factories
from vocabularies.models import ImprovementArea, Indicator
from vocabularies.search import matching

pytestmark = pytest.mark.django_db

BESIDE = [
    "association", "umbrella-body", "government-body", "development-bank", "donor", "ngo", "training-institute",
    "un-body", "company", "research-institute", "other",
]  # fmt: skip


def refused(thing, message):
    with pytest.raises(ValidationError, match=message):
        thing.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        thing.save()


@pytest.fixture
def organisation():
    return factories.OrganisationFactory(name="Water and Sewerage Company", acronym="WASCO")


# --- constraints ----------------------------------------------------------------------------------------


def test_an_acronym_may_be_shared_and_a_key_may_not(organisation):
    factories.OrganisationFactory(acronym="WASCO")
    refused(Organisation(key=organisation.key, slug="another", name="Another"), "already exists")


@pytest.mark.parametrize("point", [(14, None), (None, -61), (91, 0), (-91, 0), (0, 181), (0, -181)])
def test_a_point_is_whole_and_on_earth(organisation, point):
    organisation.latitude, organisation.longitude = point
    refused(organisation, "latitude")


@pytest.mark.parametrize("point", [(None, None), (0, 0), (-90, 180), (Decimal("14.01012"), Decimal("-60.98744"))])
def test_a_point_may_be_anywhere_or_unknown(organisation, point):
    organisation.latitude, organisation.longitude = point
    organisation.full_clean()
    organisation.save()


def figure(organisation, **fields):
    values = {"value": Decimal(7600), "unit": "persons"} | fields
    return Figure(organisation=organisation, indicator=Indicator.objects.get(code="employees"), **values)


@pytest.mark.parametrize(
    ("fields", "message"),
    [({"value": -1}, "zero or more"), ({"year": 15}, "four digits"), ({"year": 20155}, "four digits")],
)
def test_a_figure_is_plausible(organisation, fields, message):
    refused(figure(organisation, **fields), message)


def test_a_figure_has_a_unit(organisation):
    with pytest.raises(ValidationError) as caught:
        figure(organisation, unit="").full_clean()
    assert caught.value.message_dict.keys() == {"unit"}
    with pytest.raises(IntegrityError), transaction.atomic():
        figure(organisation, unit="").save()


def test_a_figure_may_be_nothing_and_its_year_unknown(organisation):
    nothing = figure(organisation, value=Decimal(0), year=None)
    nothing.full_clean()
    nothing.save()
    assert organisation.figures.get().value == 0


def test_a_figure_counts_services_that_there_are(organisation):
    several = figure(organisation, services="water;sanitation")
    several.full_clean()
    assert [str(label) for label in several.service_labels] == ["Water", "Sanitation"]
    with pytest.raises(ValidationError) as caught:
        figure(organisation, services="water;gas").full_clean()
    assert caught.value.message_dict.keys() == {"services"}


@pytest.mark.parametrize("kind", [Need, Strength])
def test_an_improvement_area_is_listed_once(organisation, kind):
    area = ImprovementArea.objects.first()
    kind.objects.create(organisation=organisation, area=area)
    refused(kind(organisation=organisation, area=area), "already listed")
    kind.objects.create(organisation=factories.OrganisationFactory(), area=area)


def test_a_service_and_a_member_are_listed_once(organisation):
    OrganisationService.objects.create(organisation=organisation, service="water")
    refused(OrganisationService(organisation=organisation, service="water"), "already listed")
    member = factories.OrganisationMemberFactory(organisation=organisation)
    refused(OrganisationMember(organisation=organisation, user=member.user, role="manager"), "already a member")


# --- kinds ----------------------------------------------------------------------------------------------


def test_every_kind_is_an_operator_or_stands_beside_them():
    assert {*OPERATOR_KINDS, *BESIDE} == set(OrganisationKind.values)
    assert not {*OPERATOR_KINDS} & {*BESIDE}


@pytest.mark.parametrize("kind", OrganisationKind.values)
def test_counts_of_operators_leave_the_other_kinds_out(kind):
    organisation = factories.OrganisationFactory(kind=kind)
    assert organisation.is_operator == (kind not in BESIDE)
    assert Organisation.objects.operators().exists() == (kind not in BESIDE)


# --- found ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["wasco", "sewerage", "CASTRIES", "Sainte-Lucie", "santa lucia", "régie", "rdo"])
def test_an_organisation_is_found_by_its_names_and_place(organisation, query):
    FormerName.objects.create(organisation=organisation, name="Regie des Odeurs", acronym="RDO", used_until="1999")
    organisation.city = "Castries"
    organisation.save()
    organisation.refresh_search()
    assert matching(Organisation.objects.all(), "search_text", query).get() == organisation


@pytest.mark.parametrize("text", ["WASCO", "wasco", "Water and Sewerage Company", "water AND sewerage company"])
def test_an_organisation_is_named_by_key_name_or_acronym(organisation, text):
    assert Organisation.objects.named(text).get() == organisation
    assert Organisation.objects.named(organisation.key).get() == organisation
    assert not Organisation.objects.named("WASC").exists()


def test_what_is_missing_in_a_registration(organisation):
    assert organisation.missing_for_submission() == {}
    organisation.country = None
    organisation.name = ""
    assert organisation.missing_for_submission().keys() == {"name", "country"}
    assert organisation.missing_for_loading().keys() == {"name"}


def test_the_short_name_is_the_acronym_where_there_is_one(organisation):
    assert organisation.short_name == "WASCO"
    assert Organisation(name="Vitens").short_name == "Vitens"
