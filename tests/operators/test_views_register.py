"""An organisation is looked for and registered on the pages, and typed words stay."""

import pytest
from django.urls import reverse

from accounts.models import AutosavedForm
from operators import services
from operators.models import Organisation
from reviews.states import State
from reviews.workflow import perform
from tests import factories
from tests.operators.cast import fields

pytestmark = pytest.mark.django_db

REGISTRATION = {"name": "Aqua Nova", "acronym": "AN", "kind": "public-utility", "country": "LC", "about_language": "en"}


def test_the_register_is_searched_and_only_the_published_part(visit, organisation, stranger):
    factories.OrganisationFactory(name="Secret Waters", state=State.SUBMITTED)
    found = visit(stranger, "find", query="?q=wasco").content.decode()
    assert organisation.name in found
    assert reverse("operators:join", args=[organisation.slug]) in found
    assert "Secret Waters" not in visit(stranger, "find", query="?q=secret").content.decode()
    assert "0 organisations" in visit(stranger, "find", query="?q=secret").content.decode()


def test_a_search_costs_the_same_for_one_and_many(
    client, organisation, stranger, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(stranger)
    address = reverse("operators:find") + "?q=wasco"
    client.get(address)
    with django_assert_max_num_queries(20) as one:
        client.get(address)
    for number in range(30):
        factories.OrganisationFactory(name=f"WASCO {number}")
    with django_assert_num_queries(len(one)):
        client.get(address)


def test_a_registration_is_submitted(visit, platform, stranger):
    response = visit(stranger, "register", data=REGISTRATION | {"services": ["water"]})
    made = Organisation.objects.get(created_by=stranger)
    assert response.url == reverse("operators:manage", args=[made.slug])
    assert made.state == State.SUBMITTED
    assert not AutosavedForm.objects.exists()
    assert "waits for Cari-WOP" in visit(stranger, "manage", made.slug).content.decode()


def test_the_sources_of_a_registration_are_asked_for_and_can_be_mended(visit, platform, stranger):
    visit(stranger, "register", data=REGISTRATION | {"source": "https://aqua.example/statutes"})
    made = Organisation.objects.get(created_by=stranger)
    assert made.source == "https://aqua.example/statutes"
    perform(made, "withdraw", by=stranger)
    made.refresh_from_db()
    page = visit(stranger, "registration", made.slug).content.decode()
    assert 'value="https://aqua.example/statutes"' in page
    mended = REGISTRATION | {"source": "The law of 2020", "revision": made.revision}
    visit(stranger, "registration", made.slug, data=mended)
    made.refresh_from_db()
    assert made.source == "The law of 2020"


def test_look_alikes_come_first_and_nothing_typed_is_lost(visit, organisation, stranger):
    data = REGISTRATION | {"name": "Water and Sewerage Company", "about": "We are the others."}
    response = visit(stranger, "register", data=data)
    page = response.content.decode()
    assert response.status_code == 200
    assert "This is ours: ask to join" in page
    assert "We are the others." in page
    assert not Organisation.objects.filter(created_by=stranger).exists()
    assert AutosavedForm.objects.get().data["about"] == ["We are the others."]
    visit(stranger, "register", data=data | {"not_ours": str(organisation.pk)})
    assert Organisation.objects.filter(created_by=stranger).count() == 1


def test_a_new_look_alike_is_shown_although_another_was_declined(visit, organisation, stranger):
    data = REGISTRATION | {"name": "Water and Sewerage Company", "not_ours": f"{organisation.pk},x,999999"}
    twin = factories.OrganisationFactory(name="Water and Sewerage Company")
    assert str(twin.pk) in visit(stranger, "register", data=data).content.decode()
    assert not Organisation.objects.filter(created_by=stranger).exists()


def test_a_wrong_registration_says_what_would_be_right_and_keeps_the_words(visit, platform, stranger):
    page = visit(stranger, "register", data=REGISTRATION | {"name": "", "website": "no way", "city": "Kept City"})
    text = page.content.decode()
    assert page.status_code == 200
    assert 'href="#id_name"' in text
    assert "Kept City" in text
    assert "no way" in text


def test_kept_words_stand_in_the_form_again(visit, stranger):
    visit(stranger, "register", data=REGISTRATION | {"name": "", "city": "Kept City"})
    assert "Kept City" in visit(stranger, "register").content.decode()


def test_a_rejected_registration_says_why_to_who_made_it(visit, stranger, secretary):
    made = services.register_organisation(by=stranger, **fields())
    perform(made, "reject", by=secretary, comment="This is a shop.")
    assert "This is a shop." in visit(stranger, "manage", made.slug).content.decode()


def test_a_registration_sent_back_is_mended(visit, stranger, secretary):
    made = services.register_organisation(by=stranger, **fields())
    made = perform(made, "request_changes", by=secretary, comment="Which city?")
    assert "Which city?" in visit(stranger, "registration", made.slug).content.decode()
    data = REGISTRATION | {"city": "Castries", "revision": made.revision}
    visit(stranger, "registration", made.slug, data=data)
    made.refresh_from_db()
    assert (made.city, made.state) == ("Castries", State.CHANGES_REQUESTED)
    visit(stranger, "registration", made.slug, data=data | {"revision": made.revision, "submit": "yes"})
    made.refresh_from_db()
    assert made.state == State.SUBMITTED


def test_a_stale_registration_shows_what_changed_and_keeps_the_words(visit, stranger, secretary):
    made = perform(services.register_organisation(by=stranger, **fields()), "withdraw", by=stranger)
    seen = made.revision
    visit(stranger, "registration", made.slug, data=REGISTRATION | {"city": "Castries", "revision": seen})
    page = visit(stranger, "registration", made.slug, data=REGISTRATION | {"city": "Soufrière", "revision": seen})
    text = page.content.decode()
    assert "Somebody changed this registration" in text
    assert "<ins>" in text
    assert "Castries" in text
    assert 'value="Soufrière"' in text
    assert Organisation.objects.get(pk=made.pk).city == "Castries"
