"""My data: seen, changed, taken along and erased, whatever app holds it."""

import json

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied
from django.db import models
from django.urls import reverse

from accounts.autosave import autosave_input
from accounts.models import AutosavedForm, User
from accounts.personal_data import losses_of, personal_data_of, relations
from accounts.services import confirm_email, erase_person
from notices.models import OutgoingMail
from operators.models import OrganisationMember
from reviews.models import ReviewEvent
from reviews.workflow import perform
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(client):
    person = factories.UserFactory(name="Ana López", email="ana@utility.example")
    confirm_email(user=person)
    client.force_login(person)
    return person


@pytest.fixture
def manager(person):
    """``person`` as the only manager of an organisation."""
    return factories.OrganisationMemberFactory(user=person, role=OrganisationMember.Role.MANAGER)


def exported(client):
    return json.loads(client.get(reverse("accounts:export")).content)


# --- every relation -------------------------------------------------------------------------------------


def links_to_people():
    """(model, field) of every link of every app to a person."""
    fields = [(model, field) for model in apps.get_models() for field in model._meta.get_fields()]
    return {
        (model._meta.label, field.name)
        for model, field in fields
        if field.is_relation and field.related_model is User and not field.auto_created
    }


def test_no_link_to_a_person_is_overlooked():
    found = {(one.related_model._meta.label, one.field.name) for one in relations()}
    assert found == links_to_people()
    assert len(found) > 20


def test_no_link_keeps_a_person_from_leaving():
    stuck = [
        f"{one.related_model._meta.label}.{one.field.name}"
        for one in relations()
        if not one.many_to_many and one.on_delete not in (models.CASCADE, models.SET_NULL)
    ]
    assert stuck == []


# --- my data --------------------------------------------------------------------------------------------


def test_name_and_language_are_changed(client, person):
    response = client.post(reverse("accounts:my-data"), {"name": "Ana María", "language": "es"})
    assert response.status_code == 302
    person.refresh_from_db()
    assert (person.name, person.language) == ("Ana María", "es")


def test_a_wrong_answer_is_said_and_the_rest_stays(client, person):
    response = client.post(reverse("accounts:my-data"), {"name": "", "language": "de"})
    page = response.content.decode()
    assert response.status_code == 200
    assert 'href="#id_name"' in page
    assert 'href="#id_language"' in page
    person.refresh_from_db()
    assert (person.name, person.language) == ("Ana López", "en")


def test_kept_words_fill_the_form_and_are_said_to_be_unsaved(client, person):
    factories.UserFactory()
    client.post(reverse("accounts:my-data"), {"name": "Half a name", "language": ""})
    page = client.get("/es/accounts/my-data/").content.decode()
    assert 'value="Half a name"' in page
    assert 'name="address" value="/accounts/my-data/"' in page


def test_saving_empties_the_buffer(client, person):
    client.post(reverse("accounts:my-data"), {"name": "Ana", "language": "es"})
    assert not AutosavedForm.objects.exists()
    assert 'name="address"' not in client.get(reverse("accounts:my-data")).content.decode()


def test_the_page_counts_what_is_held(client, manager):
    page = client.get(reverse("accounts:my-data")).content.decode()
    assert "Members" in page
    assert "is erased" in page


@pytest.mark.parametrize("name", ["my-data", "export", "erase"])
def test_only_the_person_sees_it(client, name):
    address = reverse(f"accounts:{name}")
    assert client.get(address).url == f"{reverse('account_login')}?next={address}"


@pytest.mark.parametrize(("name", "method"), [("export", "post"), ("erase", "put"), ("my-data", "delete")])
def test_other_methods_are_refused(client, person, name, method):
    assert getattr(client, method)(reverse(f"accounts:{name}")).status_code == 405


# --- export ---------------------------------------------------------------------------------------------


def test_the_download_has_account_roles_and_kept_words(client, manager, person):
    autosave_input(user=person, address="/x/", querydict=factories_words())
    data = exported(client)
    assert data["account"]["email"] == "ana@utility.example"
    assert data["operators.organisationmember.user"][0]["role"] == "manager"
    assert data["operators.organisationmember.user"][0]["organisation"] == str(manager.organisation)
    assert data["accounts.autosavedform.user"][0]["data"] == {"title": ["Half"]}


def factories_words():
    return AutosavedForm(data={"title": ["Half"]}).querydict


def test_the_download_holds_no_secret(client, person):
    text = client.get(reverse("accounts:export")).content.decode()
    assert person.password not in text
    assert client.session.session_key not in text
    assert "password" not in exported(client)["account"]


def test_of_the_record_of_a_wop_the_download_has_ones_own_part(client, person):
    version = factories.draft_version(created_by=person, summary="What nobody outside may read")
    perform_as_author(version, person)
    data = exported(client)
    assert data["partnerships.partnershipversion.created_by"][0]["what"] == str(version)
    assert data["reviews.reviewevent.by"][0]["comment"] == ""
    assert "What nobody outside may read" not in client.get(reverse("accounts:export")).content.decode()


def perform_as_author(version, person):
    organisation = factories.mentor_of(version)
    factories.OrganisationMemberFactory(organisation=organisation, user=person)
    perform(version, "submit", by=person)


def test_the_download_is_a_file(client, person):
    response = client.get(reverse("accounts:export"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'
    assert "no-store" in response.headers["Cache-Control"]


def test_others_are_left_out_of_it(client, person):
    other = factories.OrganisationMemberFactory()
    assert other.user.email not in client.get(reverse("accounts:export")).content.decode()


# --- erase ----------------------------------------------------------------------------------------------


def test_the_person_goes_and_the_record_stays(client, person):
    version = factories.draft_version(created_by=person)
    perform_as_author(version, person)
    response = client.post(reverse("accounts:erase"), {"email": " Ana@utility.example "})
    assert response.url == reverse("accounts:erased")
    assert not User.objects.filter(pk=person.pk).exists()
    version.refresh_from_db()
    assert version.created_by is None
    event = ReviewEvent.objects.get(object_id=version.pk, action="submit")
    assert event.by is None
    assert client.get(response.url).status_code == 200
    assert client.get(reverse("accounts:my-data")).status_code == 302


@pytest.mark.parametrize("typed", ["", "somebody@else.example", "yes"])
def test_another_address_erases_nothing(client, person, typed):
    response = client.post(reverse("accounts:erase"), {"email": typed})
    assert response.status_code == 200
    assert 'href="#id_email"' in response.content.decode()
    assert User.objects.filter(pk=person.pk).exists()


def test_the_only_manager_is_told_what_would_be_lost_and_has_to_agree(client, manager, person):
    page = client.get(reverse("accounts:erase")).content.decode()
    assert f"{manager.organisation} would have no manager" in page
    client.post(reverse("accounts:erase"), {"email": person.email})
    assert User.objects.filter(pk=person.pk).exists()
    client.post(reverse("accounts:erase"), {"email": person.email, "accepted": "on"})
    assert not User.objects.filter(pk=person.pk).exists()


def test_one_of_two_managers_leaves_without_further_questions(client, manager, person):
    factories.OrganisationMemberFactory(organisation=manager.organisation, role=OrganisationMember.Role.MANAGER)
    assert losses_of(person) == []


def test_an_editor_leaves_without_further_questions(person):
    factories.OrganisationMemberFactory(user=person)
    assert losses_of(person) == []


def test_the_secretariat_hears_that_the_only_manager_is_gone(manager, person):
    reviewer = factories.SecretariatMemberFactory(platform=factories.global_platform()).user
    erase_person(user=person, by=person)
    assert [mail.address for mail in OutgoingMail.objects.filter(kind="no-manager-left")] == [reviewer.email]


def test_the_secretariat_hears_nothing_while_another_manages(manager, person):
    factories.SecretariatMemberFactory(platform=factories.global_platform())
    factories.OrganisationMemberFactory(organisation=manager.organisation, role=OrganisationMember.Role.MANAGER)
    erase_person(user=person, by=person)
    assert not OutgoingMail.objects.filter(kind="no-manager-left").exists()


def test_the_only_coordinator_is_told_too(person):
    member = factories.SecretariatMemberFactory(user=person, role="coordinator")
    assert losses_of(person) == [
        f"{member.platform} would have no coordinator: nobody could invite reviewers or keep its page current."
    ]


def test_nobody_erases_somebody_else(person, stranger):
    with pytest.raises(PermissionDenied):
        erase_person(user=person, by=stranger)
    assert User.objects.filter(pk=person.pk).exists()


def test_holdings_that_go_come_first(manager, person):
    factories.draft_version(created_by=person)
    goes = [holding.goes for holding in personal_data_of(person)]
    assert goes == sorted(goes, reverse=True)
