"""The support area: everything can be found and looked at, no rule can be gone round."""

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as portal
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from operators.models import Organisation, OrganisationInvitation, OrganisationMember
from partnerships.models import Objective, PartnershipVersion, Track
from platforms.models import Platform, SecretariatInvitation, SecretariatMember
from reviews.models import ReviewEvent
from reviews.states import EDITABLE_STATES, State
from tests import factories

pytestmark = pytest.mark.django_db
SESSION_COOKIE = portal.SESSION_COOKIE_NAME
FROZEN = sorted(set(State) - set(EDITABLE_STATES))
REVIEWED = ("operators_organisation", "partnerships_partnershipversion", "reports_reportversion")
LOOKED_AT = (
    *("partnerships_partnership", "partnerships_confirmation", "partnerships_storedfile"),
    *("reports_report", "reviews_reviewevent", "reviews_comment"),
)


def address(model, action, *args):
    return reverse(f"admin:{model}_{action}", args=args)


def name_of(model):
    return model._meta.label_lower.replace(".", "_")


def as_shown(client, url):
    """What the browser would send back from the form at ``url``."""
    response = client.get(url)
    data = {}
    for form in (response.context["adminform"].form, *_row_forms(response)):
        for bound in form:
            value = bound.value()
            data[bound.html_name] = "" if value is None or value is False else value
    return data


def _row_forms(response):
    for inline in response.context["inline_admin_formsets"]:
        if getattr(inline.formset, "management_form", None):
            yield inline.formset.management_form
            yield from inline.formset.initial_forms


@pytest.fixture
def support(client):
    user = User.objects.create_superuser("support@portal.example", "a long password here")
    client.force_login(user)
    return client


class TestEverything:
    def test_every_list_and_search_works(self, support, version):
        for model in admin.site._registry:
            response = support.get(address(name_of(model), "changelist"), {"q": "a"})
            assert response.status_code == 200, model

    def test_every_entry_can_be_opened(self, support, version):
        factories.published_report(partnership=version.partnership)
        factories.OrganisationMemberFactory()
        factories.SecretariatMemberFactory()
        for model in admin.site._registry:
            row = model.objects.first()
            if row and model is not LogEntry:
                url = address(name_of(model), "change", row.pk)
                assert support.get(url).status_code == 200, model

    def test_it_has_a_title_of_its_own(self, support):
        assert b"WOP Portal support" in support.get("/admin/").content

    def test_people_without_staff_rights_are_sent_to_sign_in(self, client, stranger):
        client.force_login(stranger)
        assert client.get("/admin/").status_code == 302

    @pytest.mark.parametrize("model", ["partnerships_partnershipversion", "operators_organisation"])
    def test_as_many_queries_for_thirty_rows_as_for_one(self, support, model):
        def queries():
            with CaptureQueriesContext(connection) as captured:
                support.get(address(model, "changelist"))
            return len(captured)

        factories.published_version()
        few = queries()
        for _ in range(29):
            factories.published_version()
        assert queries() == few


class TestRules:
    @pytest.mark.parametrize("model", [*REVIEWED, *LOOKED_AT, "platforms_platform", "platforms_programme"])
    def test_nothing_that_entries_refer_to_is_deleted(self, support, model):
        model_admin = next(one for kind, one in admin.site._registry.items() if name_of(kind) == model)
        request = support.get("/admin/").wsgi_request
        assert not model_admin.has_delete_permission(request)
        assert "delete_selected" not in model_admin.get_actions(request)

    def test_a_deletion_is_refused(self, support, version):
        url = address("partnerships_partnershipversion", "delete", version.pk)
        assert support.post(url, {"post": "yes"}).status_code == 403
        assert PartnershipVersion.objects.filter(pk=version.pk).exists()

    @pytest.mark.parametrize("model", [*LOOKED_AT, "partnerships_partnershipversion", "reports_reportversion"])
    def test_what_the_portal_writes_itself_is_not_added_here(self, support, model):
        assert support.get(address(model, "add")).status_code == 403
        assert support.post(address(model, "add"), {}).status_code == 403

    def test_the_history_is_not_rewritten(self, support, version):
        event = ReviewEvent.objects.first()
        response = support.post(address("reviews_reviewevent", "change", event.pk), {"comment": "forged"})
        assert response.status_code == 403

    @pytest.mark.parametrize("state", FROZEN)
    def test_frozen_content_is_only_looked_at(self, support, state):
        version = factories.draft_version(title="As it was")
        Objective.objects.create(version=version, text="An objective")
        PartnershipVersion.objects.filter(pk=version.pk).update(state=state)
        url = address("partnerships_partnershipversion", "change", version.pk)
        page = support.get(url)
        assert b"As it was" in page.content
        assert b'name="title"' not in page.content
        assert b'name="objectives-0-text"' not in page.content
        assert support.post(url, {"title": "Changed"}).status_code == 403

    @pytest.mark.parametrize("state", FROZEN)
    def test_a_frozen_organisation_is_only_looked_at(self, support, state):
        organisation = factories.OrganisationFactory(state=state)
        url = address("operators_organisation", "change", organisation.pk)
        assert b'name="name"' not in support.get(url).content
        assert support.post(url, {"name": "Changed"}).status_code == 403

    @pytest.mark.parametrize("state", EDITABLE_STATES)
    def test_an_open_draft_may_be_mended_and_counts_a_revision(self, support, state):
        version = factories.draft_version()
        Track.objects.create(version=version, title="Meters")
        PartnershipVersion.objects.filter(pk=version.pk).update(state=state)
        url = address("partnerships_partnershipversion", "change", version.pk)
        response = support.post(url, as_shown(support, url) | {"title": "Mended", "tracks-0-title": "More meters"})
        assert response.status_code == 302, response.context["errors"]
        after = PartnershipVersion.objects.get(pk=version.pk)
        assert (after.title, after.tracks.get().title) == ("Mended", "More meters")
        assert (after.state, after.revision) == (state, version.revision + 1)

    def test_state_and_revision_cannot_be_sent_along(self, support):
        organisation = factories.OrganisationFactory(state=State.DRAFT)
        url = address("operators_organisation", "change", organisation.pk)
        forged = {"state": "published", "revision": "99", "created_by": "1"}
        assert support.post(url, as_shown(support, url) | forged).status_code == 302
        after = Organisation.objects.get(pk=organisation.pk)
        assert (after.state, after.revision, after.created_by) == (State.DRAFT, 2, None)

    def test_a_stale_form_overwrites_nothing(self, support):
        organisation = factories.OrganisationFactory(state=State.DRAFT, name="Newer words")
        url = address("operators_organisation", "change", organisation.pk)
        stale = as_shown(support, url) | {"name": "Older words"}
        Organisation.objects.filter(pk=organisation.pk).update(revision=5)
        response = support.post(url, stale)
        assert "changed this meanwhile" in response.content.decode()
        assert Organisation.objects.get(pk=organisation.pk).name == "Newer words"

    def test_a_new_organisation_is_a_draft_of_the_person_who_entered_it(self, support):
        url = address("operators_organisation", "add")
        data = as_shown(support, url) | {"key": "new", "slug": "new", "name": "New Water", "country": "LC"}
        assert support.post(url, data).status_code == 302
        organisation = Organisation.objects.get(key="new")
        assert organisation.state == State.DRAFT
        assert organisation.created_by.email == "support@portal.example"

    def test_keys_are_given_once(self, support):
        platform = factories.PlatformFactory(key="kept")
        url = address("platforms_platform", "change", platform.pk)
        assert support.post(url, as_shown(support, url) | {"key": "other", "name": "Renamed"}).status_code == 302
        after = Platform.objects.get(pk=platform.pk)
        assert (after.key, after.name) == ("kept", "Renamed")

    def test_a_platform_does_not_stand_below_its_own(self, support):
        parent = factories.PlatformFactory()
        child = factories.PlatformFactory(parent=parent, level="national")
        url = address("platforms_platform", "change", parent.pk)
        response = support.post(url, as_shown(support, url) | {"parent": child.pk})
        assert "higher level" in response.content.decode()


class TestPeople:
    def test_memberships_are_given_and_taken(self, support, stranger):
        organisation, platform = factories.OrganisationFactory(), factories.PlatformFactory()
        member = {"organisation": organisation.pk, "user": stranger.pk, "role": "manager"}
        support.post(address("operators_organisationmember", "add"), member)
        support.post(
            address("platforms_secretariatmember", "add"),
            {"platform": platform.pk, "user": stranger.pk, "role": "reviewer"},
        )
        assert SecretariatMember.objects.get().user == OrganisationMember.objects.get().user == stranger
        url = address("operators_organisationmember", "delete", OrganisationMember.objects.get().pk)
        support.post(url, {"post": "yes"})
        assert not OrganisationMember.objects.exists()

    def test_a_person_is_added_by_address(self, support):
        password = {"usable_password": "true", "password1": "a long enough phrase", "password2": "a long enough phrase"}
        data = {"email": "new@utility.example", "name": "New", "language": "fr"} | password
        assert support.post(address("accounts_user", "add"), data).status_code == 302
        assert User.objects.get(email="new@utility.example").check_password("a long enough phrase")

    def test_staff_without_all_rights_cannot_take_them(self, client, django_user_model):
        boss = User.objects.create_superuser("boss@portal.example", "a long password here")
        helper = User.objects.create_user("helper@portal.example", "a long password here", is_staff=True)
        permissions = django_user_model._meta.get_field("user_permissions").related_model.objects
        helper.user_permissions.set(permissions.filter(content_type__app_label="accounts"))
        client.force_login(helper)
        own = address("accounts_user", "change", helper.pk)
        client.post(own, as_shown(client, own) | {"is_superuser": "on"})
        assert not User.objects.get(pk=helper.pk).is_superuser
        for action in ("change", "delete"):
            assert client.post(address("accounts_user", action, boss.pk), {"post": "yes"}).status_code == 403


class TestTheDoor:
    """Who signs in with a password alone is not let in here where secretariats need more than that."""

    @pytest.fixture(autouse=True)
    def required(self, settings):
        settings.SECOND_FACTOR_REQUIRED = True

    def everywhere(self):
        yield "/admin/"
        yield from (address(name_of(model), "changelist") for model in admin.site._registry)

    def test_it_is_the_portals_own_whatever_is_posted_to_it(self, client):
        User.objects.create_superuser("support@portal.example", "a long password here")
        sent = {"username": "support@portal.example", "password": "a long password here"}
        for response in (client.get("/admin/"), client.post("/admin/login/?next=/admin/", sent)):
            assert SESSION_COOKIE not in client.cookies
            assert response.status_code == 302
        assert response.url == f"{reverse('account_login')}?next=/admin/"

    def test_without_a_second_factor_every_address_leads_to_setting_one_up(self, support):
        for url in self.everywhere():
            assert support.get(url, follow=True).redirect_chain[-1][0] == reverse("mfa_index"), url
        assert "The support area needs a second factor" in support.get("/admin/", follow=True).content.decode()

    def test_with_one_it_opens(self, support):
        Authenticator.objects.create(user=User.objects.get(), type=Authenticator.Type.TOTP, data={})
        for url in self.everywhere():
            assert support.get(url).status_code == 200, url

    def test_signing_in_for_it_asks_for_the_factor(self, client):
        user = User.objects.create_superuser("support@portal.example", "a long password here")
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": ""})
        sent = {"login": user.email, "password": "a long password here", "next": "/admin/"}
        assert client.post(reverse("account_login"), sent).url.startswith(reverse("mfa_authenticate"))
        assert client.get("/admin/").url.startswith("/admin/login/")

    def test_others_are_told_that_it_is_not_for_them(self, client, stranger):
        client.force_login(stranger)
        assert client.get("/admin/", follow=True).status_code == 403

    def test_passwords_are_changed_on_the_page_of_the_account(self, support, settings):
        settings.SECOND_FACTOR_REQUIRED = False
        assert support.get("/admin/password_change/").url == reverse("account_change_password")


@pytest.mark.parametrize("place", ["organisation", "platform"])
def test_who_is_taken_out_by_support_leaves_no_open_door(admin_client, place):
    if place == "organisation":
        member, invitation = factories.OrganisationMemberFactory(role="manager"), OrganisationInvitation
    else:
        member, invitation = factories.SecretariatMemberFactory(role="coordinator"), SecretariatInvitation
    sent = invitation(email="back@door.example", invited_by=member.user, **{place: getattr(member, place)})
    sent.renew()
    sent.save()
    admin_client.post(address(name_of(type(member)), "delete", member.pk), {"post": "yes"})
    assert not type(member).objects.filter(pk=member.pk).exists()
    sent.refresh_from_db()
    assert sent.revoked_at
