"""What can never be stored about a partnership: the database refuses it, and a form says why."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from partnerships.models import (
    Involvement,
    NamedPlatform,
    PartnershipUnanswered,
    PartnershipVersion,
    Payment,
    Phase,
    Quotation,
    RelatedPartnership,
    SdgRow,
    Target,
    Track,
    TrackResult,
)
from tests import factories
from vocabularies.models import Indicator, SdgTarget


def refused(thing, message, field="__all__"):
    """Both guards hold: the words for a person, and the database for everything else."""
    with pytest.raises(ValidationError) as caught:
        thing.full_clean()
    assert message in " ".join(caught.value.message_dict[field])
    with pytest.raises(IntegrityError), transaction.atomic():
        thing.save()


def accepted(thing):
    thing.full_clean()
    thing.save()


# --- money ----------------------------------------------------------------------------------------------

BAD_COSTS = [
    ({"cost_amount": Decimal(60000)}, "needs its currency", "__all__"),
    ({"cost_amount": Decimal(-1), "cost_currency": "USD"}, "Write 0 or more", "cost_amount"),
    ({"cost_usd_rate": Decimal("1.1"), "cost_usd_rate_source": "A list"}, "date and its source", "__all__"),
    ({"cost_usd_rate": Decimal("1.1"), "cost_usd_rate_on": "2015"}, "date and its source", "__all__"),
]
GOOD_COSTS = [
    {},
    {"cost_currency": "USD"},
    {"cost_amount": Decimal(0), "cost_currency": "USD"},
    {"cost_amount": Decimal("9.99"), "cost_currency": "EUR"},
    {"cost_usd_rate": Decimal("1.1"), "cost_usd_rate_on": "2015", "cost_usd_rate_source": "A list"},
]


@pytest.mark.parametrize(("cost", "message", "field"), BAD_COSTS)
def test_a_cost_has_a_currency_and_a_rate_a_source(version, cost, message, field):
    for name, value in cost.items():
        setattr(version, name, value)
    refused(version, message, field)


def test_a_rate_is_not_below_zero(version):
    version.cost_usd_rate, version.cost_usd_rate_on, version.cost_usd_rate_source = Decimal(-1), "2015", "A list"
    with pytest.raises(ValidationError) as caught:
        version.full_clean()
    assert caught.value.message_dict == {"cost_usd_rate": ["Write 0 or more."]}


@pytest.mark.parametrize("cost", GOOD_COSTS)
def test_an_unknown_cost_and_a_cost_of_nothing_are_two_things(version, cost):
    for name, value in cost.items():
        setattr(version, name, value)
    accepted(version)
    stored = PartnershipVersion.objects.get(pk=version.pk)
    assert stored.cost_amount == cost.get("cost_amount")


@pytest.mark.parametrize("currency", ["usd", "US", "EURO", "$"])
def test_a_currency_is_an_iso_code(version, currency):
    version.cost_amount, version.cost_currency = Decimal(5), currency
    with pytest.raises(ValidationError) as caught:
        version.full_clean()
    assert "cost_currency" in caught.value.message_dict


@pytest.mark.parametrize(
    ("cost", "dollars"),
    [
        ({}, None),
        ({"cost_amount": Decimal(0), "cost_currency": "USD"}, Decimal(0)),
        ({"cost_amount": Decimal(7), "cost_currency": "USD"}, Decimal(7)),
        ({"cost_amount": Decimal(7), "cost_currency": "USD", "cost_usd_rate": Decimal("1.5")}, Decimal(7)),
        ({"cost_amount": Decimal(7), "cost_currency": "EUR"}, None),
        ({"cost_amount": Decimal(7), "cost_currency": "EUR", "cost_usd_rate": Decimal("1.5")}, Decimal("10.5")),
    ],
)
def test_dollars_come_from_the_entered_rate_or_not_at_all(cost, dollars):
    assert PartnershipVersion(**cost).cost_in_usd == dollars


@pytest.mark.parametrize(
    ("payment", "message", "field"),
    [
        ({"amount": Decimal(5)}, "needs its currency", "__all__"),
        ({"amount": Decimal(-5), "currency": "USD"}, "Write 0 or more", "amount"),
        ({"share": Decimal("-0.01")}, "Write 0 or more", "share"),
        ({"share": Decimal("100.01")}, "between 0 and 100", "__all__"),
    ],
)
def test_a_payment_is_possible(version, payment, message, field):
    refused(Payment(version=version, involvement=version.involvements.first(), **payment), message, field)


@pytest.mark.parametrize("share", ["0", "29.5", "100"])
def test_shares_are_copied_and_their_sum_is_not_corrected(version, share):
    for involvement in version.involvements.all():
        accepted(Payment(version=version, involvement=involvement, share=Decimal(share)))
    assert {payment.share for payment in version.payments.all()} == {Decimal(share)}


# --- one published and one open version -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "message"),
    [
        ("published", "published", "already a published version"),
        ("draft", "draft", "already working"),
        ("draft", "submitted", "already working"),
        ("submitted", "changes-requested", "already working"),
        ("changes-requested", "draft", "already working"),
    ],
)
def test_a_partnership_has_one_published_and_one_open_version(db, first, second, message):
    partnership = factories.PartnershipFactory()
    factories.VersionFactory(partnership=partnership, state=first)
    refused(PartnershipVersion(partnership=partnership, title="Another", state=second), message)


def test_published_and_open_stand_beside_each_other_and_beside_what_is_over(db):
    partnership = factories.PartnershipFactory()
    for state in ("superseded", "superseded", "discarded", "discarded", "rejected", "rejected", "published", "draft"):
        accepted(PartnershipVersion(partnership=partnership, title="Another", state=state))
    assert [version.number for version in partnership.versions.all()] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_a_version_number_is_taken_once(version):
    refused(PartnershipVersion(partnership=version.partnership, title="Twin", number=version.number), "is taken")


# --- dates ----------------------------------------------------------------------------------------------


def test_an_end_in_an_earlier_year_is_refused(version):
    version.starts_on, version.ends_on = "2015", "2014"
    with pytest.raises(ValidationError, match="before the start"):
        version.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save()


@pytest.mark.parametrize(
    ("start", "end"), [("2015-03", "2015-02"), ("2015-03-02", "2015-03-01"), ("2015-03-02", "2015-02")]
)
def test_an_end_that_is_certainly_earlier_is_refused(version, start, end):
    for dated in (version, Phase(version=version, title="Phase")):
        dated.starts_on, dated.ends_on = start, end
        with pytest.raises(ValidationError) as caught:
            dated.full_clean()
        assert caught.value.message_dict["ends_on"] == ["The end lies before the start."]


@pytest.mark.parametrize(("start", "end"), [("2015-03-02", "2015"), ("2015", "2015-01"), ("", "2014"), ("2014", "")])
def test_an_end_that_may_be_later_is_accepted(version, start, end):
    version.starts_on, version.ends_on = start, end
    accepted(version)


def test_a_date_that_does_not_exist_is_refused(version):
    version.starts_on = "2014-02-30"
    with pytest.raises(ValidationError) as caught:
        version.full_clean()
    assert "starts_on" in caught.value.message_dict
    with pytest.raises(ValidationError):
        version.save()


# --- rows -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [{}, {"source_title": "", "source_url": ""}])
def test_nobody_is_quoted_without_consent_or_a_published_source(version, words):
    refused(Quotation(version=version, text="Yes", **words), "consent or from a published source")


@pytest.mark.parametrize(
    "words", [{"has_consent": True}, {"source_title": "A leaflet"}, {"source_url": "https://source.example/"}]
)
def test_somebody_may_be_quoted_with_consent_or_from_a_source(version, words):
    accepted(Quotation(version=version, text="Yes", **words))


def test_an_organisation_has_a_role_once_and_may_have_several(version):
    mentor = factories.mentor_of(version)
    refused(Involvement(version=version, organisation=mentor, role="mentor"), "already has this role")
    accepted(Involvement(version=version, organisation=mentor, role="funder"))


def test_several_partners_may_be_without_a_name(version):
    for country in ("PS", "TN", "TN"):
        accepted(Involvement(version=version, country_id=country, role="mentee", description="A city"))


def test_what_is_named_is_named_once(version):
    target = SdgTarget.objects.first()
    other = factories.PartnershipFactory()
    for make, message in [
        (lambda: NamedPlatform(version=version, platform=factories.global_platform()), "already named"),
        (lambda: SdgRow(version=version, target=target), "already named"),
        (lambda: RelatedPartnership(version=version, partnership=other, relation="earlier"), "already listed"),
        (lambda: PartnershipUnanswered(version=version, question="cost", reason="not-yet"), "already exists"),
    ]:
        accepted(make())
        refused(make(), message)


def test_a_rows_key_stands_once_in_a_version(version):
    track = Track.objects.create(version=version, title="Losses")
    with pytest.raises(IntegrityError), transaction.atomic():
        Track.objects.create(version=version, title="Billing", key=track.key)


@pytest.mark.parametrize(("kind", "number"), [(TrackResult, "baseline"), (TrackResult, "latest"), (Target, "value")])
def test_a_measured_result_and_a_target_need_their_unit(version, kind, number):
    row = kind(version=version, text="Losses", **{number: Decimal(0)})
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    assert caught.value.message_dict["unit"] == ["A number needs its unit."]
    row.unit = "%"
    accepted(row)


def test_a_target_says_what_is_to_be_reached(version):
    target = Target(version=version, value=Decimal(30), due_on="2026")
    with pytest.raises(ValidationError) as caught:
        target.full_clean()
    assert set(caught.value.message_dict) == {"text", "unit"}
    accepted(Target(version=version, indicator=Indicator.objects.first()))
    accepted(Target(version=version, text="A unit for poor areas"))
