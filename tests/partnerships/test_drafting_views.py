"""The pages of a draft: who opens them, what they keep, what they refuse."""

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils.translation import override

from accounts.models import KeptInput
from operators.models import Organisation
from partnerships.forms.record import QUESTIONNAIRE
from partnerships.models import Partnership, PartnershipVersion, Track
from partnerships.services import save_draft, start_new_version
from reviews.states import State
from reviews.workflow import perform
from tests import factories
from tests.posting import fields_of


@pytest.fixture
def draft(author, version):
    return start_new_version(version.partnership, author)


@pytest.fixture
def writer(client, author):
    client.force_login(author)
    return client


def section_url(draft, code):
    return reverse("partnerships:section", args=[draft.pk, code])


def typed(client, url, **changes):
    """What a browser sends from the page at ``url`` after ``changes``."""
    return fields_of(client.get(url)) | changes


def now(draft):
    return PartnershipVersion.objects.get(pk=draft.pk)


def told(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


PAGES = ["draft", "check", "section"]


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


def test_the_last_section_leads_to_the_check(writer, draft):
    url = section_url(draft, "sources")
    response = writer.post(url, typed(writer, url, note="A note"))
    assert response.url == reverse("partnerships:check", args=[draft.pk])


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
    assert page.context["kept"].user == author
    assert "field-error" not in page.content.decode()
    writer.post(url, typed(writer, url, starts_on="2014"))
    assert not KeptInput.objects.filter(user=author).exists()
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
        KeptInput.objects.create(user=person, address=f"/workspace/partnerships/{draft.pk}/tracks/", data={"x": ["y"]})
    page = writer.get(reverse("partnerships:draft", args=[draft.pk])).content.decode()
    assert "kept and not saved yet" in page
    assert f"{counterpart.name} is writing here" in page


# --- rows without a script ------------------------------------------------------------------------------


def test_a_row_is_added_with_everything_typed_and_nothing_saved(writer, draft):
    url = section_url(draft, "tracks")
    data = typed(writer, url, **{"tracks-0-title": "Meters"}) | {"add-tracks": "1"}
    response = writer.post(url, data)
    assert response.status_code == 200
    assert fields_of(response)["tracks-0-title"] == ["Meters"]
    assert fields_of(response)["tracks-1-title"] == [""]
    assert not now(draft).tracks.exists()
    assert fields_of(writer.get(url))["tracks-0-title"] == ["Meters"]


def test_a_row_is_removed_from_the_middle(writer, draft):
    for position, title in enumerate(["One", "Two", "Three"]):
        Track.objects.create(version=draft, title=title, position=position)
    url = section_url(draft, "tracks")
    response = writer.post(url, typed(writer, url) | {"remove-tracks-1": "1"})
    data = fields_of(response)
    assert (data["tracks-0-title"], data["tracks-1-title"]) == (["One"], ["Three"])
    assert "tracks-2-title" not in data
    assert now(draft).tracks.count() == 3
    writer.post(url, data)
    assert [track.title for track in now(draft).tracks.all()] == ["One", "Three"]


def test_rows_are_moved(writer, draft):
    for position, title in enumerate(["One", "Two"]):
        Track.objects.create(version=draft, title=title, position=position)
    url = section_url(draft, "tracks")
    response = writer.post(url, typed(writer, url) | {"up-tracks-1": "1"})
    writer.post(url, fields_of(response))
    assert [track.title for track in now(draft).tracks.all()] == ["Two", "One"]


def test_empty_rows_are_left_out(writer, draft):
    url = section_url(draft, "tracks")
    response = writer.post(url, typed(writer, url))
    assert response.status_code == 302
    assert not now(draft).tracks.exists()


def test_what_is_wrong_in_a_row_is_linked_to_its_field(writer, draft):
    url = section_url(draft, "course")
    response = writer.post(url, typed(writer, url, **{"links-0-title": "Home", "links-0-url": "nowhere"}))
    page = response.content.decode()
    assert 'href="#id_links-0-url"' in page
    assert "Link 1, Address on the web" in page
    assert 'value="Home"' in page


def test_a_rule_about_a_whole_row_is_said_at_the_row(writer, draft):
    url = section_url(draft, "voices")
    response = writer.post(url, typed(writer, url, **{"quotations-0-text": "We learned a lot."}))
    page = response.content.decode()
    assert 'href="#id_quotations-0"' in page
    assert "consent" in page
    assert "We learned a lot." in page


# --- partners -------------------------------------------------------------------------------------------


def partner_row(**values):
    return {f"involvements-2-{name}": value for name, value in {"key": "", "role": "funder", **values}.items()}


def test_a_partner_is_chosen_by_its_label(writer, draft):
    bank = factories.OrganisationFactory(name="Bank of Rivers", acronym="BOR")
    url = section_url(draft, "partners")
    writer.post(url, typed(writer, url) | partner_row(organisation="Bank of Rivers (BOR), Saint Lucia"))
    assert now(draft).involvements.last().organisation == bank


@pytest.mark.parametrize("text", ["bank of rivers", "BOR", "bank-of-rivers"])
def test_a_partner_is_found_by_name_acronym_or_key(writer, draft, text):
    bank = factories.OrganisationFactory(name="Bank of Rivers", acronym="BOR", key="bank-of-rivers")
    url = section_url(draft, "partners")
    writer.post(url, typed(writer, url) | partner_row(organisation=text))
    assert now(draft).involvements.last().organisation == bank


def test_two_of_the_same_acronym_are_told_apart(writer, draft):
    factories.OrganisationFactory(name="Western Water", acronym="WASCO")
    factories.OrganisationFactory(name="Southern Water", acronym="WASCO", country_id="MQ")
    url = section_url(draft, "partners")
    response = writer.post(url, typed(writer, url) | partner_row(organisation="WASCO"))
    page = response.content.decode()
    assert "Western Water (WASCO), Saint Lucia" in page
    assert "Southern Water (WASCO), Martinique" in page
    assert now(draft).involvements.count() == 2


def test_a_private_organisation_is_not_among_the_suggestions(writer, draft):
    factories.OrganisationFactory(name="Hidden Waters", state=State.SUBMITTED)
    url = section_url(draft, "partners")
    response = writer.post(url, typed(writer, url) | partner_row(organisation="Hidden"))
    assert "Hidden Waters" not in response.content.decode()
    response = writer.post(url, typed(writer, url) | partner_row(organisation="Hidden Waters"))
    assert "is not in the register" in response.content.decode()


NEW = {"partner-name": "Agua Nueva", "partner-acronym": "AN", "partner-kind": "public-utility", "partner-country": "BO"}


def test_a_partner_that_is_not_in_the_register_is_added_in_place(writer, draft, author):
    url = section_url(draft, "partners")
    response = writer.post(url, typed(writer, url) | NEW | {"partner-add": "1"})
    organisation = Organisation.objects.get(name="Agua Nueva")
    assert (organisation.state, organisation.created_by) == (State.DRAFT, author)
    data = fields_of(response)
    assert data["involvements-2-organisation"][0].startswith("Agua Nueva (AN), Bolivia")
    assert data["partner-name"] == [""]
    response = writer.post(url, data | {"involvements-2-role": ["mentee"]})
    assert response.status_code == 302
    assert now(draft).involvements.last().organisation == organisation
    assert "Not verified" in writer.get(url).content.decode()


def test_look_alikes_are_shown_before_a_partner_is_added(writer, draft):
    known = factories.OrganisationFactory(name="Agua Nueva", country_id="BO")
    url = section_url(draft, "partners")
    response = writer.post(url, typed(writer, url) | NEW | {"partner-add": "1"})
    assert "Is it one of these?" in response.content.decode()
    assert Organisation.objects.filter(name="Agua Nueva").count() == 1
    response = writer.post(url, fields_of(response) | {f"partner-use-{known.pk}": "1"})
    writer.post(url, fields_of(response) | {"involvements-2-role": ["mentee"]})
    assert now(draft).involvements.last().organisation == known


def test_a_new_one_may_be_added_all_the_same(writer, draft):
    factories.OrganisationFactory(name="Agua Nueva", country_id="BO")
    url = section_url(draft, "partners")
    writer.post(url, typed(writer, url) | NEW | {"partner-anyway": "1"})
    assert Organisation.objects.filter(name="Agua Nueva").count() == 2


def test_an_incomplete_partner_is_refused_and_its_words_stay(writer, draft):
    url = section_url(draft, "partners")
    response = writer.post(url, typed(writer, url) | NEW | {"partner-country": "", "partner-add": "1"})
    assert response.status_code == 200
    assert "Agua Nueva" in response.content.decode()
    assert 'href="#id_partner-country"' in response.content.decode()
    assert not Organisation.objects.filter(name="Agua Nueva").exists()


def test_shares_are_shown_with_their_sum(writer, draft):
    row = draft.involvements.first()
    for share in (60, 55):
        draft.payments.create(involvement=row, share=share)
    assert "Shares as saved add up to 115 %" in writer.get(section_url(draft, "money")).content.decode()


# --- check ----------------------------------------------------------------------------------------------


@pytest.fixture
def incomplete(draft, author):
    rows = {"involvements": [], "tracks": [{"area": None, "description": "Work"}]}
    return save_draft(draft, by=author, revision=draft.revision, fields={"title": "", "summary": ""}, rows=rows)


def test_everything_missing_is_said_at_once_with_links(writer, incomplete):
    page = writer.get(reverse("partnerships:check", args=[incomplete.pk])).content.decode()
    for code, name in (("basics", "title"), ("basics", "summary"), ("partners", "involvements")):
        assert f'href="{section_url(incomplete, code)}#id_{name}"' in page
        assert f'id="id_{name}"' in writer.get(section_url(incomplete, code)).content.decode()
    assert reverse("desk:step", args=["partnership", incomplete.pk, "submit"]) not in page


def test_the_check_asks_exactly_what_submission_asks(writer, incomplete, author):
    page = writer.get(reverse("partnerships:check", args=[incomplete.pk]))
    assert len(page.context["gaps"]) == len(incomplete.missing_for_submission()) == 3


def test_a_complete_draft_is_submitted_from_the_check(writer, draft):
    page = writer.get(reverse("partnerships:check", args=[draft.pk]))
    assert fields_of(page)["revision"] == [str(draft.revision)]
    assert reverse("desk:step", args=["partnership", draft.pk, "submit"]) in page.content.decode()


def test_the_check_shows_answers_reasons_and_silence(writer, draft, author):
    rows = {"unanswered": [{"question": "approach", "reason": "prefer-not-to-say"}]}
    save_draft(draft, by=author, revision=draft.revision, fields={"starts_on": "2014-12"}, rows=rows)
    page = writer.get(reverse("partnerships:check", args=[draft.pk])).content.decode()
    assert "December 2014" in page
    assert "Prefer not to say" in page
    assert "Not answered" in page
    for section in QUESTIONNAIRE.sections:
        assert QUESTIONNAIRE.url(draft, section) in page


def test_the_check_warns_of_words_that_are_not_saved(writer, draft):
    url = section_url(draft, "basics")
    writer.post(url, typed(writer, url, starts_on="spring"))
    page = writer.get(reverse("partnerships:check", args=[draft.pk])).content.decode()
    assert "You typed something in “The basics” that is not saved yet." in page


# --- beginning ------------------------------------------------------------------------------------------


def test_a_partnership_is_begun_for_ones_organisation(client, db):
    member = factories.OrganisationMemberFactory()
    client.force_login(member.user)
    url = reverse("partnerships:new")
    data = fields_of(client.get(url)) | {"role": "mentee", "title": "Ours"}
    response = client.post(url, data)
    version = PartnershipVersion.objects.get()
    assert response.url == reverse("partnerships:draft", args=[version.pk])
    assert version.involvements.get().organisation == member.organisation
    assert client.get(response.url).status_code == 200


def test_without_a_role_nothing_is_begun_and_the_title_stays(client, db):
    member = factories.OrganisationMemberFactory()
    client.force_login(member.user)
    data = {"behalf": f"organisation-{member.organisation.pk}", "title": "Ours in words"}
    response = client.post(reverse("partnerships:new"), data)
    assert response.status_code == 200
    assert "Ours in words" in response.content.decode()
    assert "Choose whether you are mentor, mentee or peer." in response.content.decode()
    assert not Partnership.objects.exists()


def test_nobody_begins_for_an_organisation_of_others(client, stranger):
    other = factories.OrganisationFactory()
    client.force_login(stranger)
    response = client.post(reverse("partnerships:new"), {"behalf": f"organisation-{other.pk}", "role": "mentor"})
    assert response.status_code == 200
    assert not Partnership.objects.exists()


def test_a_secretariat_begins_for_operators_without_accounts(client, db):
    secretary = factories.SecretariatMemberFactory()
    client.force_login(secretary.user)
    client.post(reverse("partnerships:new"), {"behalf": f"platform-{secretary.platform.pk}"})
    assert PartnershipVersion.objects.get().partnership.entered_by == secretary.platform


def test_whoever_has_no_organisation_is_told_what_to_do(client, stranger):
    client.force_login(stranger)
    page = client.get(reverse("partnerships:new")).content.decode()
    assert reverse("operators:find") in page


def test_a_new_version_is_begun_by_its_authors(writer, version):
    response = writer.post(reverse("partnerships:new-version", args=[version.partnership.reference]))
    draft = version.partnership.versions.get(state=State.DRAFT)
    assert response.url == reverse("partnerships:draft", args=[draft.pk])


def test_a_new_version_is_not_begun_by_looking(writer, version):
    assert writer.get(reverse("partnerships:new-version", args=[version.partnership.reference])).status_code == 405
    assert version.partnership.versions.count() == 1


@pytest.mark.parametrize("somebody", ["stranger", "reviewer"])
def test_others_do_not_begin_a_new_version(request, client, version, author, somebody):
    client.force_login(request.getfixturevalue(somebody))
    url = reverse("partnerships:new-version", args=[version.partnership.reference])
    assert client.post(url).status_code == 403
    assert client.post(reverse("partnerships:new-version", args=["WOP-9999"])).status_code == 404


def test_an_unpublished_wop_of_others_does_not_exist(client, stranger, db):
    hidden = factories.draft_version()
    client.force_login(stranger)
    assert client.post(reverse("partnerships:new-version", args=[hidden.partnership.reference])).status_code == 404
