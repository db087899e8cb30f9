"""Readers report errors on public pages; the secretariat answers."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from desk.error_reports import thing_at
from desk.models import ErrorReport
from notices.models import OutgoingMail
from tests import factories

pytestmark = pytest.mark.django_db
FORM = "/en/report-an-error/"


@pytest.fixture(autouse=True)
def nobody_was_here_before():
    cache.clear()
    yield
    cache.clear()


def report(**fields):
    return {"address": "/en/partnerships/", "text": "The mentor is called SICSM.", "email": ""} | fields


def text_of(response):
    return " ".join(response.content.decode().split())


class TestReporting:
    def test_every_public_page_leads_there_with_its_address_and_sets_no_cookie(self, client, version):
        page = client.get(f"/en/partnerships/{version.partnership.reference}/", follow=True)
        assert f"{FORM}?page=/en/partnerships/{version.partnership.reference}/" in page.content.decode()
        assert not page.cookies

    def test_the_form_knows_the_page(self, client):
        page = text_of(client.get(FORM, {"page": "/en/partnerships/WOP-0001/"}))
        assert 'value="/en/partnerships/WOP-0001/"' in page

    def test_pages_of_the_workspace_do_not_lead_there(self, client, author):
        client.force_login(author)
        assert FORM not in client.get(reverse("desk:workspace")).content.decode()

    def test_without_an_account_it_lands_on_the_desk_of_the_platform(self, client, version, reviewer):
        address = f"/en/partnerships/{version.partnership.reference}/"
        response = client.post(FORM, report(address=address))
        assert response.url == reverse("desk:error-reported")
        assert "Thank you" in text_of(client.get(response.url))
        made = ErrorReport.objects.get()
        assert (made.about, made.platform, made.by) == (version.partnership, version.reviewing_platform, None)
        client.force_login(reviewer)
        assert "The mentor is called SICSM." in text_of(client.get("/en/desk/"))

    def test_a_page_about_nothing_in_particular_is_for_the_global_secretariat(self, client, version):
        client.post(FORM, report(address="/en/about/what-is-a-wop/"))
        assert ErrorReport.objects.get().platform == factories.global_platform()

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("text", " ", "Say what is wrong."),
            ("address", "", "Say which page it is"),
            ("address", "https://evil.example/", "Write the address as it stands"),
            ("address", "//evil.example/", "Write the address as it stands"),
            ("address", "javascript:alert(1)", "Write the address as it stands"),
            ("email", "nobody", "Enter a valid email address."),
        ],
    )
    def test_what_is_wrong_is_told_and_the_words_stay(self, client, field, value, words):
        response = client.post(FORM, report(**{field: value}))
        assert response.status_code == 200
        assert words in text_of(response)
        assert field == "text" or "The mentor is called SICSM." in text_of(response)
        assert not ErrorReport.objects.exists()

    def test_a_program_that_fills_in_everything_is_thanked_and_forgotten(self, client):
        response = client.post(FORM, report(website="https://spam.example/"))
        assert response.url == reverse("desk:error-reported")
        assert not ErrorReport.objects.exists()

    def test_too_many_from_one_address_are_refused_with_the_words_kept(self, client):
        answers = [client.post(FORM, report()).status_code for _number in range(6)]
        assert answers == [302] * 5 + [429]
        page = text_of(client.post(FORM, report()))
        assert "The mentor is called SICSM." in page
        assert ErrorReport.objects.count() == 5

    def test_a_forged_address_of_the_sender_does_not_help(self, client):
        for number in range(6):
            last = client.post(FORM, report(), headers={"x-forwarded-for": f"203.0.113.{number}"})
        assert last.status_code == 429

    def test_wrong_methods(self, client):
        assert client.put(FORM).status_code == 405
        assert client.post(reverse("desk:error-reported")).status_code == 405


class TestWhichThing:
    def test_each_public_page_is_known_in_every_language(self, version):
        mentor, platform = factories.mentor_of(version), version.reviewing_platform
        wop = version.partnership
        assert thing_at(f"/es/partnerships/{wop.reference}/?from=map") == (wop, platform)
        assert thing_at(f"/pt/operators/{mentor.slug}/") == (mentor, mentor.reviewing_platform or mentor.route())
        assert thing_at(f"/en/platforms/{platform.slug}/") == (platform, platform)
        public = factories.published_report(partnership=wop)
        assert thing_at(public.report.get_absolute_url()) == (public.report, public.reviewing_platform)

    def test_what_is_not_public_is_not_told_apart_from_what_does_not_exist(self):
        draft = factories.draft_version()
        assert thing_at(f"/en/partnerships/{draft.partnership.reference}/") == (None, None)
        assert thing_at("/en/partnerships/WOP-9999/") == (None, None)
        assert thing_at("/nowhere") == (None, None)


class TestAnswering:
    @pytest.fixture
    def reported(self, version):
        return ErrorReport.objects.create(
            address="/en/", text="Wrong name", email="reader@example.org", platform=version.reviewing_platform
        )

    def test_the_secretariat_answers_and_the_reader_is_told(self, client, reported, reviewer):
        client.force_login(reviewer)
        page = reverse("desk:error", args=[reported.pk])
        assert "Wrong name" in text_of(client.get(page))
        assert client.post(page, {"answer": "Mended, thank you."}).url == "/en/desk/"
        reported.refresh_from_db()
        assert (reported.answer, reported.closed_by) == ("Mended, thank you.", reviewer)
        assert OutgoingMail.objects.get(kind="error-answered").address == "reader@example.org"
        assert "Mended, thank you." in text_of(client.get(page))

    def test_without_an_answer_it_stays_open(self, client, reported, reviewer):
        client.force_login(reviewer)
        response = client.post(reverse("desk:error", args=[reported.pk]), {"answer": " "})
        assert "Say what was done, or why nothing was." in text_of(response)
        reported.refresh_from_db()
        assert reported.closed_at is None

    def test_a_second_answer_is_refused_and_kept(self, client, reported, reviewer, colleague):
        page = reverse("desk:error", args=[reported.pk])
        client.force_login(reviewer)
        client.post(page, {"answer": "Mended."})
        client.force_login(colleague)
        response = text_of(client.post(page, {"answer": "I say it differs."}))
        assert "A colleague has answered this meanwhile." in response
        assert "I say it differs." in response

    def test_who_may(self, client, reported, author, stranger):
        page = reverse("desk:error", args=[reported.pk])
        assert "/accounts/login/" in client.get(page).url
        for person in (author, stranger):
            client.force_login(person)
            assert client.get(page).status_code == 403
        client.force_login(factories.SecretariatMemberFactory().user)
        assert client.get(page).status_code == 404
        client.force_login(factories.SecretariatMemberFactory(platform=factories.global_platform()).user)
        assert client.get(page).status_code == 200
        assert client.put(page).status_code == 405
