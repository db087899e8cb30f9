"""Lists, areas and countries as the delivered data fill them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import override

from vocabularies.localised import LANGUAGE_CODES, label_field, language_columns
from vocabularies.models import (
    Activity,
    Area,
    Country,
    GwopaRegion,
    ImprovementArea,
    Indicator,
    SdgTarget,
    Term,
    TermList,
    area_chain,
)
from vocabularies.services import load_countries, load_terms

pytestmark = pytest.mark.django_db

# How many entries product.md and the goals name, "other" included.
EXPECTED = {
    TermList.AREA_GROUP: 4,
    TermList.IMPROVEMENT_AREA: 29,
    TermList.MENTOR_MOTIVATION: 9,
    TermList.MENTEE_MOTIVATION: 9,
    TermList.SUPPORT_TYPE: 5,
    TermList.ACTIVITY: 8,
    TermList.SUCCESS_FACTOR: 11,
    TermList.IMPEDING_FACTOR: 11,
    TermList.INDICATOR: 11,
    TermList.SDG: 27,
}


@pytest.fixture
def terms():
    load_terms()


@pytest.fixture
def countries():
    load_countries()


@pytest.mark.parametrize("name", TermList)
def test_every_list_is_complete_in_four_languages(terms, name):
    delivered = Term.objects.of(name).active()
    assert delivered.count() == EXPECTED[name]
    for term in delivered:
        assert all(getattr(term, column) for column in language_columns("label")), term.code


def test_every_list_that_needs_it_ends_with_other(terms):
    ends_with_other = {name for name in TermList if Term.objects.of(name).last().is_other}
    assert ends_with_other == set(TermList) - {TermList.AREA_GROUP, TermList.INDICATOR, TermList.SDG}


def test_every_improvement_area_but_other_has_its_group(terms):
    assert [area.code for area in ImprovementArea.objects.filter(parent=None)] == ["other"]
    assert ImprovementArea.objects.get(code="metering").parent.code == "technical"
    assert not ImprovementArea.objects.exclude(parent=None).exclude(parent__list=TermList.AREA_GROUP).exists()


def test_targets_belong_to_their_goal(terms):
    assert SdgTarget.objects.get(code="17.16").parent.code == "17"
    assert SdgTarget.objects.filter(parent=None).count() == 17


def test_a_proxy_shows_its_own_list_only(terms):
    assert {activity.list for activity in Activity.objects.all()} == {TermList.ACTIVITY}
    assert Term.objects.filter(code="non-revenue-water").count() == 2
    assert Indicator.objects.get(code="non-revenue-water").unit == "%"


def test_saving_through_a_proxy_sets_its_list():
    activity = Activity(code="secondment", label_en="Secondment")
    activity.full_clean()
    activity.save()
    assert Term.objects.get(code="secondment").list == TermList.ACTIVITY


def test_a_link_to_a_proxy_refuses_terms_of_other_lists(terms):
    metering = ImprovementArea.objects.get(code="metering")
    assert not Activity._base_manager.filter(pk=metering.pk).exists()


def test_a_term_cannot_belong_to_one_of_the_wrong_list(terms):
    term = Activity(code="x", label_en="X", parent=ImprovementArea.objects.get(code="metering"))
    with pytest.raises(ValidationError) as caught:
        term.full_clean()
    assert "parent" in caught.value.message_dict


def test_terms_are_never_deleted(terms):
    for delete in (Term.objects.first().delete, Term.objects.all().delete, Activity.objects.all().delete):
        with pytest.raises(ValidationError, match="retired"):
            delete()
    assert not hasattr(Term.objects, "delete")
    assert Term.objects.count() == sum(EXPECTED.values())


def test_a_retired_term_is_no_longer_offered(terms):
    Activity.objects.filter(code="study-tours").update(is_active=False)
    assert Activity.objects.filter(code="study-tours").exists()
    assert not Activity.objects.active().filter(code="study-tours").exists()


def test_a_code_occurs_once_per_list(terms):
    with pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.create(code="study-tours", label_en="Again")


@pytest.mark.parametrize("code", ["Study tours", "-x", "x-", "é", ""])
def test_a_code_is_a_slug(code):
    with pytest.raises(ValidationError) as caught:
        Activity(code=code, label_en="X").full_clean()
    assert "code" in caught.value.message_dict


def test_a_label_is_in_the_active_language_or_english():
    term = Term(label_en="Metering", label_fr="Comptage")
    for language, label in (("fr", "Comptage"), ("es", "Metering"), ("pt-br", "Metering"), ("de", "Metering")):
        with override(language):
            assert term.label == str(term) == label
    with override(None):
        assert term.label == "Metering"


def test_sql_names_the_column_of_the_active_language(countries):
    with override("es"):
        assert label_field("country__name") == "country__name_es"
        assert Country.objects.by_name().filter(code__in=["DE", "CH", "GB"])[0].name == "Alemania"


def test_all_iso_countries_are_complete(countries):
    assert Country.objects.count() == 249
    for country in Country.objects.with_areas():
        assert all(getattr(country, column) for column in language_columns("name")), country.code
        assert not any(sign in country.name for sign in "[]&"), country.name
        assert country.area_codes()[-1] == "001", country.code
        assert country.gwopa_region in GwopaRegion or country.code == "AQ"


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_no_two_countries_share_a_name(countries, language):
    names = Country.objects.values_list(f"name_{language}", flat=True)
    assert len(set(names)) == 249


def test_martinique_is_not_france(countries):
    martinique, france = Country.objects.get(code="MQ"), Country.objects.get(code="FR")
    assert martinique.area_codes() == ["029", "003", "419", "019", "001"]
    assert france.area_codes() == ["155", "150", "001"]
    assert martinique.gwopa_region == GwopaRegion.LAC
    assert -62 < martinique.longitude < -60
    assert 14 < martinique.latitude < 15


def test_palestine_has_its_plain_name_in_every_language(countries):
    palestine = Country.objects.get(code="PS")
    assert palestine.all_names() == ["Palestine", "Palestina"]
    assert palestine.gwopa_region == GwopaRegion.ARAB_STATES
    assert "145" in area_chain(palestine)


def test_gwopa_regions_cut_across_the_united_nations_areas(countries):
    morocco = Country.objects.get(code="MA")
    assert morocco.gwopa_region == GwopaRegion.ARAB_STATES
    assert "002" in morocco.area_codes()
    assert {c.gwopa_region for c in Country.objects.within("143")} == {GwopaRegion.ASIA_PACIFIC}
    assert {c.gwopa_region for c in Country.objects.within("009")} == {GwopaRegion.ASIA_PACIFIC}
    regions = Country.objects.filter(gwopa_region=GwopaRegion.NORTH_AMERICA)
    assert set(regions.values_list("code", flat=True)) == {"BM", "CA", "GL", "PM", "US"}


def test_every_area_contains_its_countries(countries):
    assert Country.objects.within("001").count() == 249
    assert all(Country.objects.within(area.code).exists() for area in Area.objects.all())
    caribbean = set(Country.objects.within("029"))
    assert caribbean < set(Country.objects.within("419"))
    assert caribbean < set(Country.objects.within("003"))
    assert not Country.objects.within("021").filter(code="MX").exists()
    assert set(Country.objects.within("830").values_list("code", flat=True)) == {"GG", "JE"}
    assert not Country.objects.within("").exists()


def test_the_areas_of_many_countries_cost_one_query(countries, django_assert_num_queries):
    with django_assert_num_queries(1):
        chains = [country.area_codes() for country in Country.objects.with_areas()[:30]]
    assert len(chains) == 30


def test_moving_an_area_moves_what_lies_in_it(countries):
    sub_saharan = Area.objects.get(code="202")
    sub_saharan.parent_id = "001"
    sub_saharan.save()
    assert Country.objects.get(code="KE").area_codes() == ["014", "202", "001"]


def test_a_point_lies_on_earth(countries):
    with pytest.raises(IntegrityError), transaction.atomic():
        Country.objects.filter(code="MQ").update(latitude=91)
