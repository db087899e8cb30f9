"""How a partnership or its next version is begun on the pages, and by whom."""

import pytest
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.translation import override

from accounts.autosave import autosave_input
from partnerships.models import Partnership, PartnershipVersion
from reviews.states import State
from tests import factories
from tests.posting import fields_of


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


def test_platforms_stand_with_their_acronyms(client, db):
    platform = factories.PlatformFactory(name="Partnerships of the islands", acronym="ISLE-WOP", areas=["029"])
    client.force_login(factories.SecretariatMemberFactory(platform=platform).user)
    assert "Partnerships of the islands (ISLE-WOP)" in client.get(reverse("partnerships:new")).text


@pytest.mark.parametrize(("page", "chosen", "kept"), [("es", None, "es"), ("pt", "fr", "fr"), ("en", "", "en")])
def test_an_entry_is_in_the_language_of_the_page_unless_another_is_chosen(client, db, page, chosen, kept):
    member = factories.OrganisationMemberFactory()
    client.force_login(member.user)
    with override(page):
        url = reverse("partnerships:new")
    data = fields_of(client.get(url)) | {"role": "mentee"} | ({} if chosen is None else {"language": chosen})
    client.post(url, data)
    assert PartnershipVersion.objects.get().language == kept


def test_without_a_role_nothing_is_begun_and_the_title_stays(client, db):
    member = factories.OrganisationMemberFactory()
    client.force_login(member.user)
    data = {"behalf": f"organisation-{member.organisation.pk}", "title": "Ours in words"}
    response = client.post(reverse("partnerships:new"), data)
    assert response.status_code == 200
    assert "Ours in words" in response.content.decode()
    assert "Choose whether you are mentor, mentee, peer or partner." in response.content.decode()
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


def test_kept_words_are_offered_in_the_language_of_the_page(client, db):
    member = factories.OrganisationMemberFactory()
    client.force_login(member.user)
    typed = fields_of(client.get("/en/workspace/partnerships/new/")) | {"title": ["Agua"]}
    assert typed["language"] == ["en"]
    autosave_input(user=member.user, address="/en/workspace/partnerships/new/", querydict=MultiValueDict(typed))
    shown = fields_of(client.get("/fr/workspace/partnerships/new/"))
    assert (shown["title"], shown["language"]) == (["Agua"], ["fr"])
