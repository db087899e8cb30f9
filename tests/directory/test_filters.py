"""Every parameter of “Where are WOPs happening?” on its own, together, and with an invalid value."""

import re

import pytest
from django.http import QueryDict
from django.utils.translation import override

from directory.filters.others import ReportFilter
from directory.filters.partnerships import PartnershipFilter
from partnerships.models import (
    Agreement,
    Involvement,
    NamedPlatform,
    NamedProgramme,
    PartnershipVersion,
    Role,
    Track,
)
from platforms.models import Platform, Programme
from reports.models import ReportChoice, ReportVersion
from reviews.workflow import perform
from tests import factories
from vocabularies.models import Area, Country, ImprovementArea, Term, TermList

pytestmark = pytest.mark.django_db


def found(query):
    """The titles that a question finds."""
    filterset = PartnershipFilter(QueryDict(query), PartnershipVersion.objects.published())
    assert filterset.is_valid(), filterset.errors
    return {version.title for version in filterset.qs}


def publish(title, **fields):
    return factories.published_version(title=title, **fields)


def test_without_a_question_everything_published_is_found():
    publish("A")
    publish("B")
    factories.draft_version(title="Draft")
    assert found("") == {"A", "B"}


def test_words_are_found_without_accents_and_all_are_needed():
    version = publish("Salée – WASCO", summary="Gestión de redes")
    assert found("q=salee+gestion") == {version.title}
    assert found("q=salee+bogus") == set()


def test_words_of_a_published_report_are_found():
    report = factories.published_report(activities_description="Workshops on chlorination")
    assert found("q=chlorination") == {report.report.partnership.versions.get().title}


def test_words_of_a_draft_report_are_not_found():
    factories.ReportVersionFactory(activities_description="Workshops on chlorination").refresh_search()
    assert found("q=chlorination") == set()


def test_a_country_is_found_by_operator_and_by_unnamed_partner():
    publish("Operator", mentee_in="KE")
    unnamed = factories.draft_version(title="Unnamed")
    unnamed.involvements.filter(role=Role.MENTEE).update(organisation=None, country=Country.objects.get(pk="KE"))
    perform(unnamed, "load", by=None)
    assert found("country=KE") == {"Operator", "Unnamed"}


def test_france_does_not_find_martinique():
    publish("Island", mentor_in="MQ")
    publish("Mainland", mentor_in="FR")
    assert found("country=FR") == {"Mainland"}
    assert found("country=MQ") == {"Island"}


def test_repeated_names_are_or_and_different_names_are_and():
    publish("A", mentee_in="KE", status="completed")
    publish("B", mentee_in="UG")
    publish("C", mentee_in="PE")
    assert found("country=KE&country=UG") == {"A", "B"}
    assert found("country=KE&country=UG&status=completed") == {"A"}


@pytest.mark.parametrize(
    ("region", "country"), [("africa", "KE"), ("002", "KE"), ("014", "KE"), ("lac", "PE"), ("419", "LC"), ("029", "LC")]
)
def test_regions_of_gwopa_and_of_the_united_nations_are_known(region, country):
    publish("Inside", mentor_in=country, mentee_in=country)
    publish("Outside", mentor_in="JP", mentee_in="JP")
    assert found(f"region={region}") == {"Inside"}


def test_country_role_and_organisation_match_the_same_row():
    version = publish("A", mentor_in="KE", mentee_in="UG")
    mentor, mentee = factories.mentor_of(version), factories.mentee_of(version)
    assert found(f"organisation={mentor.key}&role=mentor") == {"A"}
    assert found(f"organisation={mentor.key}&role=mentee") == set()
    assert found("country=KE&role=mentee") == set()
    assert found(f"organisation={mentee.slug}&country=KE") == set()


def test_without_a_role_only_the_two_sides_count():
    version = factories.draft_version(title="A")
    funder = factories.OrganisationFactory(country_id="DE")
    Involvement.objects.create(version=version, organisation=funder, role=Role.FUNDER)
    perform(version, "load", by=None)
    assert found("country=DE") == set()
    assert found("country=DE&role=funder") == {"A"}


def test_asking_for_mentors_finds_lead_mentors():
    version = factories.draft_version(title="A", mentor_in="KE")
    version.involvements.filter(role=Role.MENTOR).update(role=Role.LEAD_MENTOR)
    perform(version, "load", by=None)
    assert found("country=KE&role=mentor") == {"A"}


def test_a_platform_includes_those_below_it_and_none_means_none_named():
    parent = factories.PlatformFactory()
    child = factories.PlatformFactory(parent=parent, level="national")
    version = factories.draft_version(title="Named")
    NamedPlatform.objects.create(version=version, platform=child)
    perform(version, "load", by=None)
    publish("Not named")
    assert found(f"platform={parent.key}") == {"Named"}
    assert found("platform=none") == {"Not named"}
    assert found(f"platform=none&platform={child.key}") == {"Named", "Not named"}
    assert Platform.objects.filter(pk=parent.pk).with_those_below().count() == 2


def test_a_programme_is_found():
    programme = Programme.objects.create(key="blue", slug="blue", name="Blue")
    version = factories.draft_version(title="A")
    NamedProgramme.objects.create(version=version, programme=programme)
    perform(version, "load", by=None)
    publish("B")
    assert found("programme=blue") == {"A"}


def test_an_area_includes_its_details_and_its_group():
    version = factories.draft_version(title="A")
    Track.objects.create(version=version, area=ImprovementArea.objects.get(code="nrw-physical-losses"))
    perform(version, "load", by=None)
    publish("B")
    assert found("area=non-revenue-water") == {"A"}
    assert found("area=technical") == {"A"}
    assert found("area=metering") == set()


@pytest.mark.parametrize(
    ("name", "list_name", "code"),
    [
        ("activity", "activity", "study-tours"),
        ("support", "support_type", "funding"),
        ("factor", "success_factor", "proximity"),
        ("factor", "impeding_factor", "language"),
    ],
)
def test_what_a_published_report_answers_is_found(name, list_name, code):
    report = factories.ReportVersionFactory()
    ReportChoice.objects.create(version=report, term=Term.objects.get(list=list_name, code=code))
    assert found(f"{name}={code}") == set()
    perform(report, "load", by=None)
    assert found(f"{name}={code}") == {report.report.partnership.versions.get().title}


LISTS_WITH_OTHER = [one for one in TermList if one not in (TermList.AREA_GROUP, TermList.INDICATOR, TermList.SDG)]


@pytest.mark.parametrize("name", PartnershipFilter.TERM_LISTS)
@pytest.mark.parametrize("chosen", LISTS_WITH_OTHER)
def test_a_code_that_several_lists_have_is_found_in_the_list_of_the_filter_alone(chosen, name):
    """Seven lists have the code “other”."""
    report = factories.ReportVersionFactory()
    ReportChoice.objects.create(version=report, term=Term.objects.get(list=chosen, code="other"), explanation="Else")
    perform(report, "load", by=None)
    question = QueryDict(f"{name}=other")
    reports = ReportFilter(question, ReportVersion.objects.published()).qs
    assert list(reports) == ([report] if chosen in PartnershipFilter.TERM_LISTS[name] else [])
    if name != "area":  # which stands in the tracks of the partnership
        expected = {version.title for version in PartnershipVersion.objects.published()} if reports else set()
        assert found(f"{name}=other") == expected


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [("nrw-physical-losses", True), ("non-revenue-water", True), ("technical", True), ("metering", False)],
)
def test_a_group_of_areas_finds_reports_on_its_areas_as_it_finds_partnerships(asked, is_found):
    report = factories.ReportVersionFactory()
    area = Term.objects.get(list=TermList.IMPROVEMENT_AREA, code="nrw-physical-losses")
    ReportChoice.objects.create(version=report, term=area)
    perform(report, "load", by=None)
    assert ReportFilter(QueryDict(f"area={asked}"), ReportVersion.objects.published()).qs.exists() == is_found


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
@pytest.mark.parametrize(("name", "listed"), PartnershipFilter.TERM_LISTS.items())
def test_a_term_with_an_english_label_alone_can_be_asked_for_in_every_language(name, listed, language):
    for one in listed:
        term = Term.objects.create(list=one, code="newest", label_en="The newest")
        with override(language):
            filterset = PartnershipFilter(QueryDict(f"{name}=newest"), PartnershipVersion.objects.published())
            assert filterset.is_valid(), filterset.errors
            assert filterset.label_of(name, "newest") == "The newest"
        Term.objects.filter(pk=term.pk).update(code=f"{one}-was-newest")


@pytest.mark.parametrize(("name", "model", "code"), [("country", Country, "KE"), ("region", Area, "014")])
def test_a_place_with_an_english_name_alone_can_be_asked_for_in_every_language(name, model, code):
    model.objects.filter(pk=code).update(name_es="", name_fr="", name_pt="")
    for language in ("es", "fr", "pt"):
        with override(language):
            filterset = PartnershipFilter(QueryDict(f"{name}={code}"), PartnershipVersion.objects.published())
            assert filterset.is_valid(), filterset.errors


def test_years_overlap_start_to_end():
    publish("A", starts_on="2010-05", ends_on="2013")
    assert found("year_from=2013") == found("year_to=2010") == found("year_from=2011&year_to=2012") == {"A"}
    assert found("year_from=2014") == found("year_to=2009") == set()


def test_an_open_end_counts_as_now_only_while_under_way():
    publish("Running", starts_on="2010", status="under-way")
    publish("Silent", starts_on="2010")
    assert found("year_from=2020") == {"Running"}
    assert found("year_from=2010") == {"Running", "Silent"}


def test_the_signature_stands_for_the_start_and_undated_entries_have_no_year():
    version = factories.draft_version(title="Signed")
    Agreement.objects.create(version=version, signed_on="2014-12-03")
    perform(version, "load", by=None)
    publish("Undated")
    assert found("year_from=2014&year_to=2014") == {"Signed"}
    assert found("year_from=1900&year_to=2200") == {"Signed"}


def test_unknown_cost_never_matches_and_other_currencies_need_a_rate():
    publish("Unknown")
    publish("Dollars", cost_amount=40000, cost_currency="USD")
    publish("Euros", cost_amount=40000, cost_currency="EUR")
    rate = {"cost_usd_rate": "1.1", "cost_usd_rate_on": "2020", "cost_usd_rate_source": "A bank"}
    publish("Rated", cost_amount=40000, cost_currency="EUR", **rate)
    publish("Rated dollars", cost_amount=60000, cost_currency="USD", **(rate | {"cost_usd_rate": "0.1"}))
    assert found("cost_max=50000") == {"Dollars", "Rated"}
    assert found("cost_max=42000") == {"Dollars"}


def test_reports_status_and_language():
    report = factories.published_report()
    title = report.report.partnership.versions.get().title
    publish("B", language="es", status="completed")
    assert found("has_report=yes") == {title}
    assert found("has_report=no") == {"B"}
    assert found("status=completed") == found("language=es") == {"B"}


INVALID = [
    "country=XX", "region=moon", "organisation=nobody", "role=boss", "platform=nowhere", "programme=none", "area=x",
    "activity=x", "support=x", "factor=x", "status=x", "language=xx", "year_from=abc", "year_to=99999", "cost_max=-1",
    "cost_max=cheap", "cost_max=50.000", "has_report=maybe", "exact=2", "ordering=x", "view=x", "q=" + "x" * 201,
    "country=KE&country=XX",
]  # fmt: skip


@pytest.mark.parametrize("query", INVALID)
def test_an_invalid_value_is_named_and_shows_nothing(query):
    publish("A", mentee_in="KE")
    filterset = PartnershipFilter(QueryDict(query), PartnershipVersion.objects.published())
    assert list(filterset.errors) == [query.split("=")[0]]
    assert not filterset.qs.exists()


@pytest.mark.parametrize(("typed", "language"), [("50.000", "es"), ("50,000", "en")])
def test_an_amount_that_can_mean_two_is_refused_with_both(typed, language):
    with override(language):
        filterset = PartnershipFilter(QueryDict(f"cost_max={typed}"), PartnershipVersion.objects.published())
        (words,) = filterset.errors["cost_max"]
    assert {"50", "50000"} <= set(re.findall(r"\d+", words.replace(typed, "")))


def test_an_amount_may_be_written_with_spaces_and_decimals():
    publish("Dollars", cost_amount=40000, cost_currency="USD")
    assert found("cost_max=40 000,50") == found("cost_max=40000.5") == {"Dollars"}
    assert found("cost_max=4.1e%2B04") == {"Dollars"}
    assert found("cost_max=2.220446049250313e-16") == set()


def test_every_parameter_has_a_test_with_an_invalid_value():
    assert {query.split("=")[0] for query in INVALID} == set(PartnershipFilter.base_filters)


def test_orderings_are_the_same_on_both_databases():
    publish("Ángel", starts_on="2010")
    publish("b", starts_on="2012")
    publish("Zeta")

    def order(ordering):
        data = QueryDict(f"ordering={ordering}")
        return [version.title for version in PartnershipFilter(data, PartnershipVersion.objects.published()).qs]

    assert order("title") == ["Ángel", "b", "Zeta"]
    assert order("-first_year") == ["b", "Ángel", "Zeta"]
    assert order("first_year") == ["Ángel", "b", "Zeta"]
    assert order("-published_at") == ["Zeta", "b", "Ángel"]
    assert order("reference") == ["Ángel", "b", "Zeta"]
