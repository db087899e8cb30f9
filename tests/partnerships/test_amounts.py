"""An amount of 0 is a question by every door: was there no money, or does nobody know how much?"""

from decimal import Decimal

import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.test import RequestFactory

from partnerships.forms.sections import QUESTIONNAIRE as ABOUT_A_WOP
from partnerships.models import Involvement, PartnershipVersion, Payment, Role
from partnerships.services import save_draft
from reports.forms.sections import QUESTIONNAIRE as REPORT
from reports.models import ReportVersion
from reports.services import start_report
from reviews.cloning import row_models
from reviews.schema import type_of
from reviews.schema.types import Amount, Number, is_amount
from tests.api.writing import Program, base_of
from tests.posting import fields_of
from vocabularies.forms import AmountField

QUESTION = "0 can mean that there was no money, or that the amount is not known. Choose which."
AMOUNTS = {(PartnershipVersion, "cost_amount"), (ReportVersion, "cost_amount"), (Payment, "amount")}
PLAIN = {"cost_usd_rate", "share", "baseline", "latest", "target", "value"}
"""Of which 0 is a number like others, or refused."""


@pytest.fixture
def report(version, author):
    return start_report(author, partnership=version.partnership, kind="periodic", period="2016")


@pytest.fixture
def either(request, draft, report):
    return {"partnership": draft, "report": report}[request.param]


both = pytest.mark.parametrize("either", ["partnership", "report"], indirect=True)


def numbers():
    """(model, field) of every number that an entry may tell."""
    for model in (PartnershipVersion, ReportVersion):
        for kind in (model, *row_models(model)):
            yield from ((kind, one) for one in kind._meta.concrete_fields if isinstance(one, models.DecimalField))


def page_of(version, section):
    questionnaire = ABOUT_A_WOP if isinstance(version, PartnershipVersion) else REPORT
    return questionnaire.url(version, questionnaire.section(section))


def cost_page(version):
    return page_of(version, "money" if isinstance(version, PartnershipVersion) else "support")


def cost_of(version):
    return type(version).objects.get(pk=version.pk).cost_amount


def test_every_number_is_an_amount_of_money_or_is_none():
    assert {(kind, field.name) for kind, field in numbers() if is_amount(field)} == AMOUNTS
    assert {field.name for _kind, field in numbers() if not is_amount(field)} == PLAIN


@pytest.mark.parametrize("kind", [PartnershipVersion, ReportVersion])
def test_admin_and_api_ask_wherever_the_pages_do(kind, db):
    request = RequestFactory().get("/")
    for _model, field in numbers():
        answer = type_of(field)
        assert (type(answer) is Amount) == is_amount(field)
        assert isinstance(answer, Number)
    own = admin.site._registry[kind]
    assert isinstance(own.formfield_for_dbfield(kind._meta.get_field("cost_amount"), request), AmountField)
    for inline in own.inlines:
        for field in inline.model._meta.concrete_fields:
            if is_amount(field):
                drawn = inline(kind, admin.site).formfield_for_dbfield(field, request)
                assert isinstance(drawn, AmountField)


@both
@pytest.mark.parametrize("typed", ["0", "0.00", "0,0", "-0"])
def test_the_page_asks_and_saves_nothing(writer, either, typed):
    url = cost_page(either)
    response = writer.post(url, fields_of(writer.get(url)) | {"cost_amount": typed, "cost_currency": "USD"})
    assert response.status_code == 200
    assert QUESTION in response.text
    assert "There was no money: it is really 0" in response.text
    assert cost_of(either) is None


@both
@pytest.mark.parametrize(("reading", "meant"), [("nothing", Decimal(0)), ("unknown", None)])
def test_the_answer_on_the_page_counts_and_is_asked_once(writer, either, reading, meant):
    url = cost_page(either)
    sent = {"cost_amount": "0", "cost_amount_reading": reading, "cost_currency": "USD"}
    assert writer.post(url, fields_of(writer.get(url)) | sent).status_code == 302
    assert cost_of(either) == meant
    assert writer.post(url, fields_of(writer.get(url))).status_code == 302
    assert cost_of(either) == meant


@both
def test_the_rate_of_another_currency_does_not_stay(either, author):
    """A report begins with the cost of its partnership: who changes the currency alone would keep its rate."""
    rate = {"cost_usd_rate": Decimal("1.1"), "cost_usd_rate_on": "2015", "cost_usd_rate_source": "A list"}
    money = {"cost_amount": Decimal(7), "cost_currency": "EUR"}
    kept = save_draft(either, by=author, revision=either.revision, fields=money | rate)
    with pytest.raises(ValidationError, match="Write the rate of COP, or take it away") as refused:
        save_draft(kept, by=author, revision=kept.revision, fields={"cost_currency": "COP"})
    assert list(refused.value.message_dict) == ["cost_usd_rate"]
    gone = {"cost_usd_rate": None, "cost_usd_rate_on": "", "cost_usd_rate_source": ""}
    assert (
        save_draft(kept, by=author, revision=kept.revision, fields={"cost_currency": "COP"} | gone).cost_in_usd is None
    )


def test_a_contribution_of_0_is_asked_back_too(writer, draft):
    funder = Involvement.objects.create(version=draft, organisation=None, description="A fund", role=Role.FUNDER)
    url = page_of(draft, "money")
    sent = {"payments-0-involvement": str(funder.key), "payments-0-amount": "0", "payments-0-currency": "USD"}
    response = writer.post(url, fields_of(writer.get(url)) | sent)
    assert QUESTION in response.text
    writer.post(url, fields_of(response) | {"payments-0-amount_reading": "nothing"})
    assert draft.payments.get().amount == 0


@both
@pytest.mark.parametrize("sent", [0, "0", "0.00", 0.0])
def test_the_api_asks_in_the_same_words(client, author, either, sent):
    program = Program(client, author)
    program.get(f"{base_of(either)}draft/")
    response = program.patch(f"{base_of(either)}draft/", {"cost_amount": sent, "cost_currency": "USD"})
    assert (response.status_code, response.json()["errors"]) == (400, {"cost_amount": [QUESTION]})
    assert cost_of(either) is None


@both
def test_the_api_is_told_in_a_word_and_takes_back_what_stands_there(client, author, either):
    program, address = Program(client, author), f"{base_of(either)}draft/"
    program.get(address)
    told = program.patch(address, {"cost_amount": "nothing", "cost_currency": "USD"})
    assert (told.status_code, told.json()["cost_amount"]) == (200, "0")
    again = program.patch(address, {"cost_amount": told.json()["cost_amount"], "cost_covers": "Travel"})
    assert (again.status_code, again.json()["cost_amount"]) == (200, "0")


def test_a_contribution_by_the_api(client, author, draft):
    funder = Involvement.objects.create(version=draft, organisation=None, description="A fund", role=Role.FUNDER)
    program, address = Program(client, author), f"{base_of(draft)}draft/"
    program.get(address)
    row = {"involvement": str(funder.key), "amount": 0, "currency": "USD"}
    assert program.patch(address, {"payments": [row]}).json()["errors"] == {"payments-0-amount": [QUESTION]}
    told = program.patch(address, {"payments": [row | {"amount": "nothing"}]}).json()["payments"]
    assert program.patch(address, {"payments": [told[0] | {"note": "So it is"}]}).json()["payments"][0]["amount"] == "0"


def test_nothing_that_is_stored_is_asked_of_those_who_change_something_else(writer, author, draft):
    fields = {"cost_amount": Decimal(0), "cost_currency": "USD"}
    save_draft(draft, by=author, revision=draft.revision, fields=fields)
    url = page_of(draft, "money")
    assert writer.post(url, fields_of(writer.get(url)) | {"cost_covers": "Travel"}).status_code == 302
