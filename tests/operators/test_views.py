"""The pages about organisations: who sees and does what, and that typed words stay."""

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import KeptInput
from operators import services
from operators.models import JoinRequest, Organisation, OrganisationMember
from reviews.states import State
from reviews.workflow import perform
from tests import factories
from tests.operators.cast import Role, fields, member_of, token_sent_to, with_address

pytestmark = pytest.mark.django_db

ROWS = {"figures-TOTAL_FORMS": "0", "needs-TOTAL_FORMS": "0", "strengths-TOTAL_FORMS": "0"}
REGISTRATION = {"name": "Aqua Nova", "acronym": "AN", "kind": "public-utility", "country": "LC", "about_language": "en"}


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def visit(client):
    """visit(user, name, *args, data=None): GET, or POST with data; the answer."""

    def ask(user, name, *args, data=None, query="", **options):
        if user:
            client.force_login(user)
        address = reverse(f"operators:{name}", args=args) + query
        return client.get(address) if data is None else client.post(address, data, **options)

    return ask


def page_data(organisation, **changed):
    revision = Organisation.objects.get(pk=organisation.pk).revision
    return {"revision": revision, "about_language": "en"} | ROWS | changed


# --- every page ----------------------------------------------------------------------------------------


def pages(organisation):
    """{URL name: arguments} of everything that a GET shows."""
    own = {name: [organisation.slug] for name in ("manage", "page", "history", "change", "people", "join", "claim")}
    return own | {"registration": [organisation.slug], "find": [], "register": [], "invitation": ["token"]}


def posts(organisation):
    """{URL name: arguments} of what only a POST does."""
    member = organisation.members.first()
    invitation = services.invite(organisation, by=organisation.managers().first(), email="x@y.example")
    request = services.ask_to_join(organisation, by=factories.UserFactory())
    edit = organisation.page_edits.create(revision=1, before={"city": ""}, after={"city": ""})
    slug = organisation.slug
    return {
        "leave": [slug], "role": [slug, member.pk], "remove": [slug, member.pk], "resend": [slug, invitation.pk],
        "revoke": [slug, invitation.pk], "revert": [slug, edit.pk], "answer": [request.pk], "withdraw": [request.pk],
    }  # fmt: skip


def test_every_page_asks_for_an_account(visit, organisation, manager):
    for name, args in pages(organisation).items():
        response = visit(None, name, *args)
        assert (response.status_code, "/accounts/login/" in response.url) == (302, True), name
    for name, args in posts(organisation).items():
        # Answered with what was typed, to be sent again after signing in.
        assert visit(None, name, *args, data={}).status_code == 403, name
    assert organisation.members.count() == 1


def test_steps_are_posted_and_reads_are_not(visit, client, organisation, manager):
    for name, args in posts(organisation).items():
        assert visit(manager, name, *args).status_code == 405, name
    for name, args in {"find": [], "manage": [organisation.slug], "history": [organisation.slug]}.items():
        assert visit(manager, name, *args, data={}).status_code == 405, name
    assert client.put(reverse("operators:page", args=[organisation.slug])).status_code == 405


def test_strangers_see_no_working_page(visit, organisation, manager, stranger):
    for name in ("manage", "page", "history", "change", "people", "claim", "registration"):
        assert visit(stranger, name, organisation.slug).status_code == 404, name
    for name, args in posts(organisation).items():
        assert visit(stranger, name, *args, data={}).status_code in {403, 404}, name
    assert organisation.members.count() == 1
    assert JoinRequest.objects.pending().count() == 1


def test_managers_open_everything_of_theirs(visit, organisation, manager):
    for name in ("manage", "page", "history", "change", "people"):
        assert visit(manager, name, organisation.slug).status_code == 200, name


def test_editors_read_and_may_not_change(visit, organisation, manager):
    editor = member_of(organisation)
    allowed = {name: visit(editor, name, organisation.slug).status_code for name in ("manage", "history", "people")}
    assert allowed == dict.fromkeys(allowed, 200)
    refused = {name: visit(editor, name, organisation.slug).status_code for name in ("page", "change", "registration")}
    assert refused == dict.fromkeys(refused, 403)
    invited = visit(editor, "people", organisation.slug, data={"email": "a@b.example", "role": "manager"})
    assert invited.status_code == 403


def test_a_child_of_another_organisation_is_not_found_under_ones_own(visit, organisation, manager):
    other = factories.OrganisationFactory()
    boss = member_of(other, Role.MANAGER)
    theirs = services.invite(other, by=boss, email="x@other.example")
    edit = other.page_edits.create(revision=1, before={"city": ""}, after={"city": "X"})
    member = other.members.get()
    for name, pk in (("role", member.pk), ("remove", member.pk), ("resend", theirs.pk), ("revoke", theirs.pk),
                     ("revert", edit.pk)):  # fmt: skip
        response = visit(manager, name, organisation.slug, pk, data={"role": "editor", "is_sure": "yes"})
        assert response.status_code == 404, name
    assert other.managers().get() == boss
    assert other.invitations.get().is_open


# --- find and register ---------------------------------------------------------------------------------


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
    assert not KeptInput.objects.exists()
    assert "waits for Cari-WOP" in visit(stranger, "manage", made.slug).content.decode()


def test_look_alikes_come_first_and_nothing_typed_is_lost(visit, organisation, stranger):
    data = REGISTRATION | {"name": "Water and Sewerage Company", "about": "We are the others."}
    response = visit(stranger, "register", data=data)
    page = response.content.decode()
    assert response.status_code == 200
    assert "This is ours: ask to join" in page
    assert "We are the others." in page
    assert not Organisation.objects.filter(created_by=stranger).exists()
    assert KeptInput.objects.get().data["about"] == ["We are the others."]
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


# --- people --------------------------------------------------------------------------------------------


def test_a_request_is_made_seen_and_accepted(visit, organisation, manager, stranger):
    visit(stranger, "join", organisation.slug, data={"message": "I run the lab."})
    assert "Take the request back" in visit(stranger, "join", organisation.slug).content.decode()
    assert "I run the lab." in visit(manager, "people", organisation.slug).content.decode()
    visit(manager, "answer", JoinRequest.objects.get().pk, data={"answer": "accept"})
    assert organisation.members.get(user=stranger).role == Role.EDITOR
    assert visit(stranger, "join", organisation.slug).url == reverse("operators:manage", args=[organisation.slug])


def test_a_request_for_a_draft_reaches_the_page_of_its_secretariat(visit, stranger, secretary, platform):
    partner = services.add_partner(by=stranger, **fields())
    services.invite_to_claim(partner, by=stranger, email="new@aqua.example")
    user = with_address("new@aqua.example")
    visit(user, "invitation", token_sent_to("new@aqua.example"), data={})
    assert user.name in visit(secretary, "people", partner.slug).content.decode()
    visit(secretary, "answer", JoinRequest.objects.get().pk, data={"answer": "accept"})
    assert partner.managers().get() == user
    assert visit(secretary, "people", partner.slug).status_code == 404


def test_a_request_is_taken_back(visit, organisation, manager, stranger):
    request = services.ask_to_join(organisation, by=stranger)
    assert visit(manager, "withdraw", request.pk, data={}).status_code == 404
    visit(stranger, "withdraw", request.pk, data={})
    assert not JoinRequest.objects.pending().exists()


def test_a_colleague_is_invited_and_comes_in(visit, organisation, manager):
    visit(manager, "people", organisation.slug, data={"email": "new@wasco.example", "role": "editor"})
    token = token_sent_to("new@wasco.example")
    user = with_address("new@wasco.example")
    offered = visit(user, "invitation", token)
    assert offered.status_code == 200
    assert organisation.name in offered.content.decode()
    assert not organisation.members.filter(user=user).exists()
    visit(user, "invitation", token, data={})
    assert organisation.members.get(user=user).role == Role.EDITOR
    again = visit(user, "invitation", token)
    assert (again.status_code, "used already" in again.content.decode()) == (410, True)


def test_an_invitation_for_somebody_else_says_for_whom(visit, organisation, manager, stranger):
    services.invite(organisation, by=manager, email="new@wasco.example")
    token = token_sent_to("new@wasco.example")
    for data in (None, {}):
        page = visit(stranger, "invitation", token, data=data)
        assert page.status_code == 403
        assert "new@wasco.example" in page.content.decode()
    assert organisation.members.count() == 1
    assert visit(stranger, "invitation", "nothing").status_code == 404


def test_a_wrong_invitation_keeps_the_words(visit, organisation, manager):
    page = visit(manager, "people", organisation.slug, data={"email": "no address", "role": "manager"})
    assert page.status_code == 200
    assert "no address" in page.content.decode()


def test_the_last_manager_is_shown_two_ways_out(visit, organisation, secretary, manager):
    member_of(organisation)
    page = visit(manager, "leave", organisation.slug, data={})
    assert page.status_code == 200
    assert "only manager" in page.content.decode()
    assert "Do it all the same" in page.content.decode()
    assert organisation.managers().exists()
    visit(manager, "leave", organisation.slug, data={"is_sure": "yes"})
    assert not organisation.managers().exists()


def test_roles_are_changed_and_members_removed(visit, organisation, manager):
    editor = organisation.members.get(user=member_of(organisation))
    visit(manager, "role", organisation.slug, editor.pk, data={"role": "manager"})
    editor.refresh_from_db()
    assert editor.role == Role.MANAGER
    assert visit(manager, "role", organisation.slug, editor.pk, data={"role": "king"}).status_code == 200
    visit(manager, "remove", organisation.slug, editor.pk, data={})
    assert not OrganisationMember.objects.filter(pk=editor.pk).exists()


def test_invitations_are_sent_again_and_taken_back(visit, organisation, manager):
    invitation = services.invite(organisation, by=manager, email="new@wasco.example")
    visit(manager, "resend", organisation.slug, invitation.pk, data={})
    visit(manager, "revoke", organisation.slug, invitation.pk, data={})
    assert not organisation.invitations.get().is_open


def test_people_cost_the_same_for_one_and_many(client, organisation, manager, django_assert_num_queries,
                                               django_assert_max_num_queries):  # fmt: skip
    def more(count):
        for number in range(count):
            member_of(organisation)
            services.ask_to_join(organisation, by=factories.UserFactory())
            services.invite(organisation, by=manager, email=f"{number}-{count}@x.example")

    client.force_login(manager)
    address = reverse("operators:people", args=[organisation.slug])
    more(1)
    client.get(address)
    with django_assert_max_num_queries(40) as few:
        client.get(address)
    more(12)
    with django_assert_num_queries(len(few)):
        client.get(address)


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
    assert not KeptInput.objects.exists()
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


def test_a_file_of_a_refused_request_is_named_to_be_chosen_again(visit, organisation, manager):
    upload = SimpleUploadedFile("my-logo.png", b"nothing")
    page = visit(manager, "page", organisation.slug, data=page_data(organisation, logo=upload, city="Kept City"))
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


# --- claims -------------------------------------------------------------------------------------------


def test_an_organisation_without_members_is_claimed(visit, organisation, secretary):
    visit(secretary, "claim", organisation.slug, data={"email": "new@wasco.example"})
    user = with_address("new@wasco.example")
    page = visit(user, "invitation", token_sent_to("new@wasco.example"))
    assert "Ask to speak for it" in page.content.decode()
    visit(user, "invitation", token_sent_to("new@wasco.example"), data={})
    assert not organisation.members.exists()
    assert "Accept as manager" in visit(secretary, "people", organisation.slug).content.decode()


def test_one_with_members_is_not_claimed(visit, organisation, manager, secretary):
    assert visit(secretary, "claim", organisation.slug).status_code == 403
    assert visit(secretary, "claim", organisation.slug, data={"email": "a@b.example"}).status_code == 403


def test_too_many_invitations_are_refused_and_the_address_stays(visit, settings):
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"invite": "1/h/user"}
    organisation = factories.OrganisationFactory()
    manager = member_of(organisation, Role.MANAGER)
    visit(manager, "people", organisation.slug, data={"email": "first@utility.example", "role": "editor"})
    page = visit(manager, "people", organisation.slug, data={"email": "second@utility.example", "role": "editor"})
    assert "You have sent many invitations" in page.content.decode()
    assert "second@utility.example" in page.content.decode()
    assert [letter.email for letter in organisation.invitations.all()] == ["first@utility.example"]
