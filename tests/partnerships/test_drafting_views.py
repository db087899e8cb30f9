"""The pages of a draft: who opens them, what they keep, what they refuse."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils.translation import override

from accounts.models import AutosavedForm
from partnerships.services import save_draft
from reviews.workflow import perform
from tests.partnerships.answering import now, section_url, typed
from tests.posting import fields_of

PAGES = ["draft", "check", "section"]


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def page_url(page, draft):
    return section_url(draft, "basics") if page == "section" else reverse(f"partnerships:{page}", args=[draft.pk])


# --- who opens them -------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PAGES)
def test_authors_open_the_pages_of_a_draft(writer, draft, page):
    assert writer.get(page_url(page, draft)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_anonymous_readers_are_asked_to_sign_in(client, draft, page):
    response = client.get(page_url(page, draft))
    assert response.status_code == 302
    assert reverse("account_login") in response.url


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("somebody", ["stranger", "reviewer"])
def test_a_draft_does_not_exist_for_others(request, client, draft, page, somebody):
    client.force_login(request.getfixturevalue(somebody))
    assert client.get(page_url(page, draft)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_a_reviewer_sees_what_was_sent_back_but_does_not_edit_it(client, draft, author, reviewer, page):
    perform(draft, "submit", by=author)
    perform(now(draft), "request_changes", by=reviewer, comment="Name the source.")
    client.force_login(reviewer)
    assert client.get(page_url(page, draft)).status_code == 403
    assert client.post(section_url(draft, "basics"), {"title": "Mine"}).status_code == 403
    assert now(draft).title == draft.title


@pytest.mark.parametrize("page", PAGES)
def test_a_submitted_draft_is_only_read(writer, draft, author, page):
    perform(draft, "submit", by=author)
    response = writer.get(page_url(page, draft))
    assert response.status_code == 302
    assert response.url == reverse("desk:entry", args=["partnership", draft.pk])


@pytest.mark.parametrize("page", ["draft", "check"])
def test_pages_that_only_show_take_no_post(writer, draft, page):
    assert writer.post(page_url(page, draft)).status_code == 405


@pytest.mark.parametrize("method", ["put", "delete"])
def test_a_section_is_read_and_sent(writer, draft, method):
    assert getattr(writer, method)(section_url(draft, "basics")).status_code == 405


def test_there_is_no_other_section(writer, draft):
    assert writer.get(section_url(draft, "nothing")).status_code == 404


def test_the_section_of_files_has_its_own_page(writer, draft):
    page = writer.get(reverse("partnerships:draft", args=[draft.pk])).content.decode()
    assert reverse("partnerships:files", args=[draft.pk]) in page


# --- saving ---------------------------------------------------------------------------------------------


def test_saving_goes_on_to_the_next_section_and_says_when(writer, draft):
    url = section_url(draft, "basics")
    response = writer.post(url, typed(writer, url, title="A better title", then="next"))
    assert response.url == section_url(draft, "partners")
    assert "saved at" in told(response)[0]
    assert now(draft).title == "A better title"


def test_saving_may_lead_back_to_the_list(writer, draft):
    url = section_url(draft, "basics")
    response = writer.post(url, typed(writer, url, title="A better title", then="list"))
    assert response.url == reverse("partnerships:draft", args=[draft.pk])


def test_the_last_questions_lead_to_the_translations(writer, draft):
    url = section_url(draft, "sources")
    response = writer.post(url, typed(writer, url, note="A note"))
    assert response.url == reverse("partnerships:translations", args=[draft.pk])


def test_nothing_changed_is_said_and_not_counted(writer, draft):
    url = section_url(draft, "basics")
    response = writer.post(url, typed(writer, url))
    assert "Nothing was changed" in told(response)[0]
    assert now(draft).revision == draft.revision


def test_words_stay_beside_a_field_that_is_wrong(writer, draft):
    url = section_url(draft, "basics")
    response = writer.post(url, typed(writer, url, summary="Four long pages of words", starts_on="spring 2014"))
    page = response.content.decode()
    assert response.status_code == 200
    assert "Four long pages of words" in page
    assert "spring 2014" in page
    assert 'href="#id_starts_on"' in page
    assert "Write a year (2014), a month (2014-12) or a day (2014-12-03)." in page
    assert now(draft).summary == draft.summary


def test_words_that_were_refused_are_there_in_another_language(writer, draft):
    url = section_url(draft, "basics")
    writer.post(url, typed(writer, url, summary="Words in the air", starts_on="spring"))
    with override("es"):
        page = writer.get(section_url(draft, "basics")).content.decode()
    assert "Words in the air" in page
    assert "spring" in page


def test_kept_words_are_shown_without_a_verdict_and_go_with_the_save(writer, draft, author):
    url = section_url(draft, "basics")
    writer.post(url, typed(writer, url, starts_on="spring"))
    page = writer.get(url)
    assert page.context["autosaved"].user == author
    assert "field-error" not in page.content.decode()
    writer.post(url, typed(writer, url, starts_on="2014"))
    assert not AutosavedForm.objects.filter(user=author).exists()
    assert now(draft).starts_on == "2014"


def test_a_number_that_can_mean_two_is_read_back(writer, draft):
    url = section_url(draft, "money")
    response = writer.post(url, typed(writer, url, cost_amount="2.500", cost_currency="USD"))
    assert "two thousand five hundred" in response.content.decode()
    assert now(draft).cost_amount is None
    response = writer.post(
        url, typed(writer, url, cost_amount="2.500", cost_amount_reading="2500", cost_currency="USD")
    )
    assert response.status_code == 302
    assert now(draft).cost_amount == 2500


def test_an_error_of_the_whole_version_is_said(writer, draft):
    url = section_url(draft, "money")
    response = writer.post(url, typed(writer, url, cost_amount="12"))
    assert "An amount needs its currency" in response.content.decode()


def test_an_answer_and_a_reason_for_silence_exclude_each_other(writer, draft):
    url = section_url(draft, "basics")
    response = writer.post(url, typed(writer, url, starts_on="2014", **{"open-starts_on": "dont-know"}))
    assert "You answered and also chose “Don" in response.content.decode()
    writer.post(url, typed(writer, url, starts_on="", **{"open-starts_on": "dont-know"}))
    assert now(draft).unanswered.get().question == "starts_on"
    writer.post(url, typed(writer, url, starts_on="2014", **{"open-starts_on": ""}))
    assert not now(draft).unanswered.exists()


def test_saving_one_section_keeps_the_open_questions_of_the_others(writer, draft, author):
    rows = [{"question": "approach", "reason": "not-yet"}]
    save_draft(draft, by=author, revision=draft.revision, rows={"unanswered": rows})
    url = section_url(draft, "basics")
    writer.post(url, typed(writer, url, **{"open-starts_on": "dont-know"}))
    assert {row.question for row in now(draft).unanswered.all()} == {"approach", "starts_on"}


def test_a_page_that_lost_its_rows_on_the_way_removes_none(writer, draft):
    url = section_url(draft, "partners")
    writer.post(url, {"revision": draft.revision})
    assert now(draft).involvements.count() == 2


def test_what_is_sent_after_the_draft_was_submitted_is_shown_and_not_saved(writer, draft, author):
    url = section_url(draft, "basics")
    data = typed(writer, url, summary="Too late but not lost")
    perform(draft, "submit", by=author)
    response = writer.post(url, data)
    assert response.status_code == 200
    assert "Too late but not lost" in response.content.decode()
    assert "cannot be changed now" in response.content.decode()
    assert now(draft).summary == draft.summary


# --- two people -----------------------------------------------------------------------------------------


def test_a_stale_save_shows_what_changed_and_keeps_the_words(writer, draft, author):
    url = section_url(draft, "basics")
    data = typed(writer, url, title="Mine", summary="My long summary")
    save_draft(draft, by=author, revision=draft.revision, fields={"title": "Theirs"})
    response = writer.post(url, data)
    page = response.content.decode()
    assert response.status_code == 200
    assert "My long summary" in page
    assert "Theirs" in page
    assert "What changed meanwhile" in page
    assert now(draft).title == "Theirs"
    again = writer.post(url, fields_of(response))
    assert again.status_code == 302
    assert now(draft).title == "Mine"


def test_a_second_change_in_between_is_shown_once_more(writer, draft, author):
    url = section_url(draft, "basics")
    data = typed(writer, url, title="Mine")
    save_draft(draft, by=author, revision=1, fields={"title": "Theirs"})
    response = writer.post(url, data)
    save_draft(draft, by=author, revision=2, fields={"title": "Theirs again"})
    response = writer.post(url, fields_of(response))
    assert response.status_code == 200
    assert "Theirs again" in response.content.decode()


def test_two_people_in_two_sections_do_not_hinder_each_other(writer, draft, author):
    url = section_url(draft, "basics")
    data = typed(writer, url, title="Mine")
    save_draft(draft, by=author, revision=1, rows={"objectives": [{"text": "Theirs"}]})
    assert writer.post(url, data).status_code == 302
    assert now(draft).title == "Mine"
    assert now(draft).objectives.get().text == "Theirs"


def test_the_list_says_who_has_words_there_that_are_not_saved(writer, draft, counterpart, author):
    for person in (author, counterpart):
        AutosavedForm.objects.create(
            user=person, address=f"/workspace/partnerships/{draft.pk}/tracks/", data={"x": ["y"]}
        )
    page = writer.get(reverse("partnerships:draft", args=[draft.pk])).content.decode()
    assert "kept and not saved yet" in page
    assert f"{counterpart.name} is writing here" in page
