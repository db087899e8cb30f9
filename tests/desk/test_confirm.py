"""The page on which the partner confirms an entry or says where it differs."""

import pytest
from django.urls import reverse

from partnerships.models import Confirmation
from reviews.cloning import clone
from reviews.workflow import perform
from tests import factories

WHERE = "The agreement was signed in 2013."


@pytest.fixture
def submitted(version, author):
    return perform(clone(version, by=author, summary="They go on."), "submit", by=author)


def address(entry, kind="partnership"):
    return reverse("desk:confirm", args=[kind, entry.pk])


def sent(entry, **data):
    return {"organisation": factories.mentee_of(entry).pk, "answer": "confirms"} | data


def text_of(response):
    return " ".join(response.content.decode().split())


def answer_of(entry):
    return Confirmation.objects.of(entry).filter(organisation=factories.mentee_of(entry)).first()


def test_the_partner_confirms(client, submitted, counterpart):
    client.force_login(counterpart)
    assert "Yes, we confirm it" in text_of(client.get(address(submitted)))
    response = client.post(address(submitted), sent(submitted))
    assert response.url == reverse("desk:entry", args=["partnership", submitted.pk])
    assert answer_of(submitted).answer == "confirms"
    assert "Confirms the entry" in text_of(client.get(response.url))


def test_the_page_of_the_entry_asks_until_there_is_an_answer(client, submitted, counterpart):
    client.force_login(counterpart)
    entry = reverse("desk:entry", args=["partnership", submitted.pk])
    assert "say whether the entry is right" in text_of(client.get(entry))
    client.post(address(submitted), sent(submitted))
    after = text_of(client.get(entry))
    assert "say whether the entry is right" not in after
    assert "Change what your organisation said" in after


def test_the_partner_says_where_it_differs(client, submitted, counterpart):
    client.force_login(counterpart)
    client.post(address(submitted), sent(submitted, answer="differs", text=WHERE, may_be_shown="on"))
    answer = answer_of(submitted)
    assert (answer.answer, answer.text, answer.may_be_shown) == ("differs", WHERE, True)


def test_a_difference_without_words_is_refused_and_the_rest_is_kept(client, submitted, counterpart):
    client.force_login(counterpart)
    response = client.post(address(submitted), sent(submitted, answer="differs", text=""))
    text = text_of(response)
    assert response.status_code == 200
    assert "Say what differs" in text
    assert 'value="differs"' in text.split("checked")[0][-200:]
    assert answer_of(submitted) is None


def test_no_answer_is_refused(client, submitted, counterpart):
    client.force_login(counterpart)
    text = text_of(client.post(address(submitted), {"organisation": factories.mentee_of(submitted).pk, "text": WHERE}))
    assert "Choose one of the two answers." in text
    assert WHERE in text


def test_the_answer_can_be_changed(client, submitted, counterpart):
    client.force_login(counterpart)
    client.post(address(submitted), sent(submitted, answer="differs", text=WHERE))
    assert WHERE in text_of(client.get(address(submitted)))
    client.post(address(submitted), sent(submitted))
    assert answer_of(submitted).answer == "confirms"
    assert Confirmation.objects.of(submitted).filter(organisation=factories.mentee_of(submitted)).count() == 1


def test_nobody_answers_for_another_organisation(client, submitted, counterpart):
    client.force_login(counterpart)
    mentor = factories.mentor_of(submitted)
    response = client.post(address(submitted), sent(submitted, organisation=mentor.pk))
    assert response.status_code == 200
    assert Confirmation.objects.of(submitted).filter(organisation=mentor).count() == 1  # by submitting it


def test_words_that_change_are_not_confirmed(client, version, author, counterpart):
    draft = clone(version, by=author)
    client.force_login(counterpart)
    assert "is being changed at the moment" in text_of(client.get(address(draft)))
    assert "is being changed" in text_of(client.post(address(draft), sent(draft)))
    assert answer_of(draft) is None


def test_a_report_is_confirmed_by_the_sides_of_its_wop(client, version, author, counterpart):
    report = perform(factories.ReportVersionFactory(partnership=version.partnership), "submit", by=author)
    client.force_login(counterpart)
    client.post(address(report, "report"), sent(version))
    assert Confirmation.objects.of(report).filter(organisation=factories.mentee_of(version)).exists()


def test_somebody_who_is_not_signed_in_is_asked_to(client, submitted):
    assert client.get(address(submitted)).url.startswith("/en/accounts/login/")


def test_a_stranger_finds_nothing(client, submitted, stranger):
    client.force_login(stranger)
    assert client.get(address(submitted)).status_code == 404


def test_a_reviewer_has_no_word(client, submitted, reviewer):
    client.force_login(reviewer)
    assert client.get(address(submitted)).status_code == 403
    assert client.post(address(submitted), sent(submitted)).status_code == 403


def test_an_organisation_itself_is_not_confirmed(client, version, author):
    client.force_login(author)
    assert client.get(f"/en/workspace/organisation/{factories.mentor_of(version).pk}/confirm/").status_code == 404


def test_other_methods_are_refused(client, submitted, counterpart):
    client.force_login(counterpart)
    assert client.put(address(submitted)).status_code == 405
