"""The page of an organisation: what changes at once, what is asked for, and that typed words stay."""

import pytest
from django.urls import reverse

from accounts.models import AutosavedForm
from operators import services
from operators.models import Organisation
from reviews.states import State
from tests.operators.cast import Role, member_of
from tests.sample_files import of_kind, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("media")]

ROWS = {"figures-TOTAL_FORMS": "0", "needs-TOTAL_FORMS": "0", "strengths-TOTAL_FORMS": "0"}


def page_data(organisation, **changed):
    revision = Organisation.objects.get(pk=organisation.pk).revision
    return {"revision": revision, "about_language": "en"} | ROWS | changed


# --- the page that changes at once --------------------------------------------------------------------


def figure(number, **values):
    filled = {"indicator": "employees", "value": "120", "unit": "persons", "year": "2024"} | values
    return {f"figures-{number}-{name}": value for name, value in filled.items()}


def test_the_page_is_saved(visit, organisation, manager):
    data = page_data(organisation, city="Castries", services=["water"], **figure(0, unit="", services=["water"]))
    assert visit(manager, "page", organisation.slug, data=data).status_code == 302
    organisation.refresh_from_db()
    assert organisation.city == "Castries"
    assert organisation.figures.get().unit
    assert not AutosavedForm.objects.exists()
    assert "Castries" in visit(manager, "history", organisation.slug).content.decode()


def test_a_row_is_added_and_taken_out_without_losing_or_judging_words(visit, organisation, manager):
    data = page_data(organisation, about="My words", website="half", **figure(0, value="many"), **figure(1, year="9"))
    more = visit(manager, "page", organisation.slug, data=data | {"add_row": "figures"}).content.decode()
    assert 'name="figures-2-value"' in more
    assert "My words" in more
    assert 'value="many"' in more
    assert "field-error" not in more
    fewer = visit(manager, "page", organisation.slug, data=data | {"remove_row": "figures-0"}).content.decode()
    assert 'name="figures-0-year" value="9"' in fewer
    assert 'name="figures-1-value"' not in fewer
    assert 'value="many"' not in fewer
    assert not organisation.page_edits.exists()


@pytest.mark.parametrize("button", [{"add_row": "users"}, {"remove_row": "figures"}, {"remove_row": "figures-x"}])
def test_a_button_that_there_is_not_does_nothing(visit, organisation, manager, button):
    page = visit(manager, "page", organisation.slug, data=page_data(organisation, **figure(0)) | button)
    assert page.status_code == 200
    assert 'name="figures-0-value"' in page.content.decode()


def test_an_empty_row_is_none(visit, organisation, manager):
    data = page_data(organisation, **figure(0, indicator="", value="", unit="", year=""))
    visit(manager, "page", organisation.slug, data=data)
    assert not organisation.figures.exists()


def test_a_number_that_can_mean_two_is_asked(visit, organisation, manager):
    data = page_data(organisation, **figure(0, value="2.500"))
    page = visit(manager, "page", organisation.slug, data=data)
    assert "two thousand five hundred" in page.content.decode()
    assert not organisation.figures.exists()
    visit(manager, "page", organisation.slug, data=data | {"figures-0-value_reading": "2500"})
    assert organisation.figures.get().value == 2500


def test_wrong_rows_are_said_at_their_field(visit, organisation, manager):
    data = page_data(organisation, **figure(0, year="15"), **figure(1, indicator=""))
    data |= {"needs-0-area": "metering", "needs-1-area": "metering"}
    page = visit(manager, "page", organisation.slug, data=data).content.decode()
    for anchor in ("id_figures-0-year", "id_figures-1-indicator", "id_needs-1-area"):
        assert f'href="#{anchor}"' in page
    assert not organisation.page_edits.exists()


def test_a_stale_page_shows_what_changed_and_keeps_the_words(visit, organisation, manager):
    data = page_data(organisation, city="Soufrière")
    services.save_page(organisation, by=manager, revision=data["revision"], city="Castries")
    page = visit(manager, "page", organisation.slug, data=data).content.decode()
    organisation.refresh_from_db()
    assert organisation.city == "Castries"
    assert "What changed meanwhile" in page
    assert "Castries" in page
    assert 'value="Soufrière"' in page
    assert f'name="revision" value="{organisation.revision}"' in page
    visit(manager, "page", organisation.slug, data=page_data(organisation, city="Soufrière"))
    organisation.refresh_from_db()
    assert organisation.city == "Soufrière"


def test_kept_words_are_stale_by_the_edits_of_others_alone(visit, organisation, manager):
    words = page_data(organisation, city="Soufrière", website="half")
    visit(manager, "page", organisation.slug, data=words)
    services.save_page(organisation, by=manager, revision=words["revision"], about="From another place")
    page = visit(manager, "page", organisation.slug)
    organisation.refresh_from_db()
    assert 'value="Soufrière"' in page.content.decode()
    assert page.context["form"].form["revision"].value() == str(organisation.revision)
    colleague = member_of(organisation, Role.MANAGER)
    services.save_page(organisation, by=colleague, revision=organisation.revision, city="Castries")
    again = visit(manager, "page", organisation.slug)
    assert again.context["form"].form["revision"].value() == str(words["revision"])


def test_a_file_of_a_refused_request_is_named_to_be_chosen_again(visit, organisation, manager):
    logo = upload("my-logo.png", b"nothing")
    page = visit(manager, "page", organisation.slug, data=page_data(organisation, logo=logo, city="Kept City"))
    text = page.content.decode()
    assert "my-logo.png" in text
    assert "Kept City" in text
    assert "not a picture" in text


def test_an_edit_is_taken_back_from_the_history(visit, organisation, manager, secretary):
    edit = services.save_page(organisation, by=manager, revision=organisation.revision, city="Nonsense")
    visit(secretary, "revert", organisation.slug, edit.pk, data={})
    organisation.refresh_from_db()
    assert organisation.city == ""
    assert visit(member_of(organisation), "revert", organisation.slug, edit.pk, data={}).status_code == 403


def test_a_logo_for_which_there_is_no_room_is_told_and_the_words_stay(visit, manager, organisation, settings, tmp_path):
    (tmp_path / "a file").write_text("no folder")
    settings.MEDIA_ROOT = tmp_path / "a file" / "below"
    logo = upload("my-logo.png", of_kind("png"))
    page = visit(manager, "page", organisation.slug, data=page_data(organisation, logo=logo, city="Kept City"))
    text = page.content.decode()
    assert page.status_code == 503
    assert "could not be kept just now" in text
    assert "my-logo.png" in text
    assert 'value="Kept City"' in text


def test_a_logo_is_public_only_with_its_organisation(client, organisation, tmp_path):
    address = reverse("operators:logo", args=[organisation.slug])
    assert client.get(address).status_code == 404
    (tmp_path / "logos").mkdir()
    (tmp_path / "logos/a.png").write_bytes(b"png")
    Organisation.objects.update(logo="logos/a.png")
    response = client.get(address)
    assert (response.status_code, response["Content-Type"], not response.cookies) == (200, "image/png", True)
    Organisation.objects.update(state=State.ARCHIVED)
    assert client.get(address).status_code == 404


# --- change requests ----------------------------------------------------------------------------------


def test_a_change_is_asked_for_and_shown_while_it_waits(visit, organisation, manager):
    data = {"name": "Saint Lucia Water", "acronym": "SLW", "kind": "operator", "country": "LC", "reason": "Law 12"}
    visit(manager, "change", organisation.slug, data=data)
    page = visit(manager, "change", organisation.slug).content.decode()
    assert "Saint Lucia Water" in page
    assert "waits for the secretariat" in page
    organisation.refresh_from_db()
    assert organisation.name == "Water and Sewerage Company Inc."


def test_a_wrong_change_keeps_the_words(visit, organisation, manager):
    data = {"name": "Saint Lucia Water", "kind": "operator", "country": "LC", "former_until": "last year", "reason": ""}
    page = visit(manager, "change", organisation.slug, data=data).content.decode()
    assert "Write a year (2014)" in page
    assert "last year" in page
    assert not organisation.changes.exists()
