"""What becomes of each part of an entry in IATI 2.03. Every file is held against the official schema and rules."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from iati.required import checked
from partnerships.models import (
    Agreement,
    NamedPlatform,
    NamedProgramme,
    Objective,
    PartnershipVersion,
    Payment,
    RelatedPartnership,
    SdgRow,
    Track,
)
from platforms.models import Programme
from tests import factories
from tests.iati.rules import LANG, WOP, activity_of, complete, exported, texts
from tests.translating import translated
from vocabularies.models import ImprovementArea, SdgTarget

pytestmark = pytest.mark.django_db


def lacks(version):
    (one,) = checked(PartnershipVersion.objects.filter(pk=version.pk))
    return one.lacks


def dates(activity):
    return [(one.get("type"), one.get("iso-date")) for one in activity.findall("activity-date")]


def organisations(activity):
    return {(one.findtext("narrative"), one.get("role"), one.get(f"{WOP}role")) for one in _orgs(activity)}


def _orgs(activity):
    return activity.findall("participating-org")


# --- what is required -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "element"),
    [
        ({"status": "unknown"}, "activity-status"),
        ({"starts_on": ""}, "activity-date"),
        ({"starts_on": "", "ends_on": "2015"}, "activity-date"),
        ({"summary": ""}, "description"),
    ],
)
def test_what_nobody_said_is_listed_and_not_guessed(fields, element):
    assert lacks(complete(**fields)) == (element,)


def test_without_a_country_that_receives_there_is_no_activity():
    version = complete()
    version.involvements.filter(role="mentee").update(role="supporter")
    assert lacks(version) == ("recipient-country",)


def test_without_anybody_involved_there_is_no_activity():
    version = complete()
    version.involvements.all().delete()
    assert lacks(version) == ("participating-org", "recipient-country")


@pytest.mark.parametrize(
    ("status", "code"),
    [("planned", "1"), ("under-way", "2"), ("completed", "4"), ("cancelled", "5"), ("suspended", "6")],
)
def test_every_known_status_has_its_code(status, code):
    assert activity_of(complete(status=status)).find("activity-status").get("code") == code


def test_an_objective_is_description_enough():
    version = complete(summary="")
    Objective.objects.create(version=version, text="Lose less water", language="es")
    (description,) = activity_of(version).findall("description")
    assert (description.get("type"), description[0].text, description[0].get(LANG)) == ("2", "Lose less water", "es")


# --- dates ----------------------------------------------------------------------------------------------


def test_days_are_actual_dates_once_they_are_past():
    assert dates(activity_of(complete(ends_on="2015-02-28"))) == [("2", "2014-03-01"), ("4", "2015-02-28")]


@pytest.mark.parametrize("status", ["planned", "cancelled"])
def test_dates_are_planned_while_nobody_says_that_the_work_began(status):
    version = complete(status=status, ends_on="2015-02-28")
    assert dates(activity_of(version)) == [("1", "2014-03-01"), ("3", "2015-02-28")]


def test_the_end_of_what_is_under_way_is_planned():
    assert dates(activity_of(complete(status="under-way", ends_on="2015-02-28")))[1] == ("3", "2015-02-28")


def test_a_date_in_the_future_is_never_an_actual_one():
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert dates(activity_of(complete(ends_on=tomorrow)))[1] == ("3", tomorrow)
    assert dates(activity_of(complete(starts_on=tomorrow))) == [("1", tomorrow)]


def test_a_year_or_a_month_becomes_its_first_day_and_says_so():
    activity = activity_of(complete(starts_on="2012", ends_on="2013-05"))
    assert dates(activity) == [("2", "2012-01-01"), ("4", "2013-05-01")]
    assert texts(activity, "activity-date") == [
        "Stated as 2012: the year is known, the day is not.",
        "Stated as 2013-05: the month is known, the day is not.",
    ]


def test_an_end_known_as_a_year_is_not_put_before_the_start():
    assert dates(activity_of(complete(starts_on="2014-05-20", ends_on="2014")))[1] == ("4", "2014-05-20")


def test_a_signature_stands_for_a_start_that_nobody_stated_and_says_so():
    version = complete(starts_on="")
    Agreement.objects.create(version=version, signed_on="2014-12-03")
    activity = activity_of(version)
    assert dates(activity) == [("1", "2014-12-03")]
    assert texts(activity, "activity-date") == ["The day on which the agreement was signed; no start is stated."]


def test_an_end_that_contradicts_the_signature_is_left_out():
    version = complete(starts_on="", ends_on="2013", status="planned")
    Agreement.objects.create(version=version, signed_on="2014-12-03")
    assert dates(activity_of(version)) == [("1", "2014-12-03")]


# --- who receives ---------------------------------------------------------------------------------------


def recipients(activity):
    found = activity.findall("recipient-country") + activity.findall("recipient-region")
    return [(one.tag, one.get("code"), one.get("percentage")) for one in found]


def locations(activity):
    return [one.find("location-id").get("code") for one in activity.findall("location")]


def mentee_in(version, place):
    mentee = factories.OrganisationFactory(country_id=place)
    return factories.InvolvementFactory(version=version, organisation=mentee, role="mentee", position=9)


def test_one_country_receives_the_whole():
    version = complete(mentee_in="MQ")
    mentee_in(version, "MQ")
    activity = activity_of(version)
    assert (recipients(activity), locations(activity)) == ([("recipient-country", "MQ", "100")], [])


def test_among_several_countries_no_share_is_invented():
    version = complete(mentee_in="LC")
    mentee_in(version, "PE")
    activity = activity_of(version)
    assert recipients(activity) == [("recipient-region", "419", "100")]
    assert activity.find("recipient-region").get("vocabulary") == "2"
    assert "is not stated" in texts(activity, "recipient-region")[0]
    assert locations(activity) == ["LC", "PE"]


def test_countries_of_two_continents_have_the_world_in_common():
    version = complete(mentee_in="LC")
    mentee_in(version, "KE")
    assert recipients(activity_of(version)) == [("recipient-region", "001", "100")]


def test_the_place_of_the_work_is_a_location_beside_the_country():
    version = complete(mentee_in="LC")
    version.place = "Castries, northern zone"
    version.save()
    activity = activity_of(version)
    assert recipients(activity) == [("recipient-country", "LC", "100")]
    assert [one.findtext("name/narrative") for one in activity.findall("location")] == ["Castries, northern zone"]


@pytest.mark.parametrize("role", ["peer", "partner"])
def test_both_equals_take_part_and_receive(role):
    version = complete(mentor_in="UG", mentee_in="KE")
    version.involvements.update(role=role)
    activity = activity_of(version)
    assert {one.get("role") for one in activity.findall("participating-org")} == {"4"}
    assert (recipients(activity), locations(activity)) == ([("recipient-region", "014", "100")], ["UG", "KE"])


def test_a_country_does_not_receive_the_whole_while_another_one_is_not_known():
    version = complete(mentee_in="LC")
    factories.InvolvementFactory(version=version, organisation=None, description="A town", role="mentee")
    activity = activity_of(version)
    assert recipients(activity) == [("recipient-region", "001", "100")]
    assert "is not known" in texts(activity, "recipient-region")[0]
    assert locations(activity) == ["LC"]


# --- who takes part -------------------------------------------------------------------------------------


def test_mentor_and_mentee_implement_and_keep_their_role_in_our_own_namespace():
    version = complete()
    names = [factories.mentor_of(version).name, factories.mentee_of(version).name]
    assert organisations(activity_of(version)) == {(names[0], "4", "mentor"), (names[1], "4", "mentee")}


@pytest.mark.parametrize(
    ("role", "code"), [("funder", "1"), ("technical-support", "4"), ("broker", "2"), ("supporter", "2")]
)
def test_those_beside_them_have_the_role_that_claims_least(role, code):
    version = complete()
    row = factories.InvolvementFactory(version=version, role=role)
    assert (row.organisation.name, code, role) in organisations(activity_of(version))


def test_two_roles_that_are_one_in_the_standard_both_keep_their_words():
    version = complete()
    row = factories.InvolvementFactory(version=version, role="supporter")
    beside = {"version": version, "organisation": row.organisation}
    factories.InvolvementFactory(**beside, role="other", role_other="Patron", name_used="The old fund")
    (one,) = [one for one in _orgs(activity_of(version)) if one.get(f"{WOP}role") == "supporter other"]
    assert (one.get(f"{WOP}role-in-words"), one.get(f"{WOP}name-used")) == ("Patron", "The old fund")


def test_a_partner_that_is_not_named_is_given_by_description_or_country():
    version = complete()
    involvement = version.involvements.get(role="mentee")
    involvement.organisation, involvement.country_id = None, "BO"
    involvement.save()
    assert texts(activity_of(version), "participating-org")[1] == "Not named by the source, in Bolivia."
    involvement.description = "A town's operator"
    involvement.save()
    assert texts(activity_of(version), "participating-org")[1] == "A town's operator"


def test_whoever_pays_is_named_as_funding_too_and_only_once():
    version = complete()
    mentor = version.involvements.get(role="mentor")
    Payment.objects.create(version=version, involvement=mentor, share=Decimal("25"))
    Payment.objects.create(version=version, involvement=mentor, amount=Decimal("500"), currency="EUR")
    Payment.objects.create(version=version, involvement=version.involvements.get(role="mentee"), in_kind="Two pumps")
    activity = activity_of(version)
    assert [one.findtext("narrative") for one in _orgs(activity) if one.get("role") == "1"] == [
        mentor.organisation.name
    ]
    (words,) = texts(activity, "description[@type='4']")
    assert "25 % of the total cost" in words
    assert "EUR 500" in words
    assert "in kind: Two pumps" in words
    assert activity.find("transaction") is activity.find("planned-disbursement") is None


# --- money ----------------------------------------------------------------------------------------------

BUDGET = {"cost_amount": Decimal("54540.50"), "cost_currency": "USD", "cost_kind": "budget"}


def test_an_unknown_cost_is_no_budget():
    activity = activity_of(complete(ends_on="2014-12-31"))
    assert activity.find("budget") is None
    assert "budget-not-provided" not in activity.attrib
    assert not activity.findall("description[@type='4']")


def test_a_budget_with_a_known_period_is_one():
    budget = activity_of(complete(ends_on="2015-02", **BUDGET)).find("budget")
    assert [budget[0].get("iso-date"), budget[1].get("iso-date")] == ["2014-03-01", "2015-02-28"]
    assert (budget[2].text, dict(budget[2].attrib)) == ("54540.5", {"currency": "USD", "value-date": "2014-03-01"})


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"cost_kind": "actual"}, "an actual cost"),
        ({"cost_kind": "goal"}, "a funding goal"),
        ({"cost_kind": ""}, "a figure whose kind is not stated"),
        ({"ends_on": "2016"}, "a budget"),
        ({"ends_on": ""}, "a budget"),
    ],
)
def test_a_cost_that_is_no_budget_or_has_no_year_is_said_in_words(fields, words):
    activity = activity_of(complete(**({"ends_on": "2014-12-31", "cost_covers": "six missions"} | BUDGET | fields)))
    assert activity.find("budget") is None
    assert texts(activity, "description[@type='4']") == [f"Total cost: USD 54540.5, {words}. It covers: six missions."]


def test_two_currencies_stand_beside_each_other():
    version = complete(ends_on="2014", **BUDGET)
    mentor = version.involvements.get(role="mentor")
    Payment.objects.create(version=version, involvement=mentor, amount=Decimal("100"), currency="CHF")
    activity = activity_of(version)
    assert activity.find("budget/value").get("currency") == "USD"
    assert "default-currency" not in activity.attrib
    assert "CHF 100" in texts(activity, "description[@type='4']")[0]


# --- topics, related activities -------------------------------------------------------------------------


def test_topics_are_tags_because_sectors_would_need_shares():
    version = complete()
    for position, code in enumerate(("metering", "asset-management", "metering")):
        Track.objects.create(version=version, area=ImprovementArea.objects.get(code=code), position=position)
    for position, code in enumerate(("6", "6.1")):
        SdgRow.objects.create(version=version, target=SdgTarget.objects.get(code=code), position=position)
    NamedPlatform.objects.create(version=version, platform=factories.PlatformFactory(key="wop-x"))
    programme = Programme.objects.create(key="prog", slug="prog", name="A programme")
    NamedProgramme.objects.create(version=version, programme=programme)
    activity = activity_of(version)
    assert [(one.get("vocabulary"), one.get("code")) for one in activity.findall("sector")] == [("1", "14081")]
    assert [(one.get("vocabulary"), one.get("code")) for one in activity.findall("tag")] == [
        ("2", "6"), ("3", "6.1"), ("99", "metering"), ("99", "asset-management"), ("99", "prog"), ("99", "wop-x"),
    ]  # fmt: skip


@pytest.mark.parametrize("relation", ["earlier", "later"])
def test_a_related_wop_is_a_related_activity_when_it_is_one_itself(relation):
    version, other, incomplete = complete(), complete(), factories.published_version()
    for place, one in enumerate((other, incomplete)):
        RelatedPartnership.objects.create(
            version=version, partnership=one.partnership, relation=relation, position=place
        )
    related = activity_of(version).findall("related-activity")
    assert [one.get("ref") for one in related] == [f"UNSET-IATI-ORG-REF-{other.partnership.reference}"]
    assert related[0].findtext(f"{WOP}relation") == relation


# --- the text itself ------------------------------------------------------------------------------------


def test_characters_that_xml_forbids_do_not_break_the_file():
    activity = activity_of(complete(summary="Losses\x0b down & <out> ]]> \ufffe", title="A\x1fB"))
    assert texts(activity, "title") == ["AB"]
    assert texts(activity, "description")[0] == "Losses down & <out> ]]>"


def test_one_language_stands_with_the_activity_and_others_with_their_narrative():
    version = complete(language="fr")
    Track.objects.create(version=version, title="Medidores", language="pt")
    activity = activity_of(version)
    assert activity.get(LANG) == "fr"
    assert activity.find("title/narrative").get(LANG) == "fr"
    assert activity.find("description[@type='4']/narrative").get(LANG) == "pt"


def test_entries_in_every_combination_of_what_is_known_are_valid():
    for status in ("planned", "under-way", "completed"):
        for start, end in (("2012", "2012"), ("2013-02", ""), ("2030-05-01", "2031")):
            complete(status=status, starts_on=start, ends_on=end, **BUDGET)
    assert len(exported().findall("iati-activity")) == 9


def test_a_text_stands_as_it_was_written_and_then_in_the_languages_that_it_is_translated_into():
    version = complete(language="en", summary="Meters are read.")
    objective = Objective.objects.create(version=version, text="Read every meter", position=1)
    translated(version, "summary", "Se leen los medidores.")
    translated(version, "text", "Lire chaque compteur", row=objective, language="fr")
    translated(version, "approach", "De un texto que no existe", of="another text")
    descriptions = [
        {one.get(LANG): one.text for one in element.findall("narrative")}
        for element in activity_of(version).findall("description")
    ]
    assert {"en": "Meters are read.", "es": "Se leen los medidores."} in descriptions
    assert {"en": "Read every meter", "fr": "Lire chaque compteur"} in descriptions
    assert not any("De un texto que no existe" in one.values() for one in descriptions)
