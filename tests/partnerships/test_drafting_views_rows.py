"""Rows on the pages of a draft: added, moved and removed without a script, and partners among them."""

import pytest
from lxml import html

from operators.models import Organisation
from partnerships.models import Track
from reviews.states import State
from tests import factories
from tests.partnerships.answering import now, section_url, typed
from tests.posting import fields_of

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


@pytest.mark.parametrize(("section", "hidden"), [("tracks", ["Improvement tracks"]), ("plan", [])])
def test_rows_that_are_the_whole_section_say_its_title_once(writer, draft, section, hidden):
    page = html.fromstring(writer.get(section_url(draft, section)).content.decode())
    assert [" ".join(one.text_content().split()) for one in page.xpath("//h2[@class='visually-hidden']")] == hidden


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


def test_a_rule_about_several_answers_is_said_at_the_last_of_them(writer, draft):
    url = section_url(draft, "voices")
    response = writer.post(url, typed(writer, url, **{"quotations-0-text": "We learned a lot."}))
    page = response.content.decode()
    assert 'href="#id_quotations-0-source_url"' in page
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


def test_a_funder_that_belongs_to_no_country_is_added_with_its_city(writer, draft):
    url = section_url(draft, "partners")
    sent = NEW | {"partner-kind": "donor", "partner-country": "", "partner-city": "Nairobi", "partner-add": "1"}
    writer.post(url, typed(writer, url) | sent)
    organisation = Organisation.objects.get(name="Agua Nueva")
    assert (organisation.country, organisation.city) == (None, "Nairobi")


def test_platforms_are_offered_with_their_acronyms(writer, draft):
    factories.PlatformFactory(name="Partnerships of the islands", acronym="ISLE-WOP", areas=["029"])
    page = writer.get(section_url(draft, "networks")).content.decode()
    assert "Partnerships of the islands (ISLE-WOP)" in page


def test_shares_are_shown_with_their_sum(writer, draft):
    row = draft.involvements.first()
    for share in (60, 55):
        draft.payments.create(involvement=row, share=share)
    assert "Shares as saved add up to 115 %" in writer.get(section_url(draft, "money")).content.decode()


def test_a_currency_is_completed_by_name_and_understood(writer, draft):
    url = section_url(draft, "money")
    page = writer.get(url).content.decode()
    assert '<option value="PYG">Paraguayan Guarani</option>' in page
    writer.post(url, typed(writer, url, cost_amount="250 000", cost_currency="Gs.", cost_kind="goal"))
    assert now(draft).cost_currency == "PYG"
    answer = writer.post(url, typed(writer, url, cost_currency="$"))
    assert "three letters of ISO 4217" in answer.content.decode()


def test_payers_are_told_apart_by_role(writer, draft):
    row = draft.involvements.first()
    factories.InvolvementFactory(version=draft, organisation=row.organisation, role="funder", position=9)
    page = writer.get(section_url(draft, "money")).content.decode()
    assert f"{row.organisation} (Funder)" in page
