"""The page of a platform: changed at once by coordinators, with a trace, never over somebody else's words."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

import operators.services
from platforms import services
from platforms.models import Platform, SecretariatMember
from platforms.services.pages import page_of
from reviews.models import Edit
from reviews.states import State
from tests import factories

pytestmark = pytest.mark.django_db

HOST = {"organisation": "aysa", "starts_on": "2013-08", "ends_on": "", "note": "", "source": "Its page"}
MILESTONE = {"happened_on": "2007", "text": "Founded", "source": ""}
ROWS = {"hosts-TOTAL_FORMS": "0", "milestones-TOTAL_FORMS": "0"}


@pytest.fixture
def platform():
    factories.OrganisationFactory(key="aysa", name="AySA S.A.", acronym="AySA", country_id="AR")
    return factories.PlatformFactory(parent=factories.global_platform())


@pytest.fixture
def coordinator(platform):
    return serving(platform, "coordinator")


def serving(platform, role="reviewer"):
    return factories.SecretariatMemberFactory(platform=platform, role=role).user


def save(platform, by, **parts):
    revision = parts.pop("revision", Platform.objects.get(pk=platform.pk).revision)
    return services.save_page(platform, by=by, revision=revision, **parts)


def now(platform):
    return page_of(Platform.objects.get(pk=platform.pk))


def test_what_is_saved_is_on_the_page_with_its_trace(platform, coordinator):
    edit = save(platform, coordinator, about="Ours", hosts=[HOST], milestones=[MILESTONE], established_on="2007")
    page = now(platform)
    assert (page["hosts"], page["milestones"], page["established_on"]) == ([HOST], [MILESTONE], "2007")
    assert (edit.by, edit.before[""][""]["about"], edit.after[""][""]["about"]) == (coordinator, "", "Ours")
    assert save(platform, coordinator, about=" Ours ", hosts=[HOST]) is None
    assert Edit.objects.count() == 1


def test_only_coordinators_of_it_or_above_write(platform, coordinator):
    above = serving(platform.parent, "coordinator")
    assert save(platform, above, about="From above")
    below = serving(factories.PlatformFactory(parent=platform), "coordinator")
    for user in (
        serving(platform),
        below,
        serving(factories.PlatformFactory(), "coordinator"),
        factories.UserFactory(),
    ):
        with pytest.raises(PermissionDenied):
            save(platform, user, about="Not mine")
        with pytest.raises(PermissionDenied):
            services.revert_edit(Edit.objects.get(), by=user)


def test_a_stale_save_is_refused(platform, coordinator):
    save(platform, coordinator, about="One", revision=1)
    with pytest.raises(ValidationError) as caught:
        save(platform, coordinator, about="Two", revision=1)
    assert caught.value.code == "stale"
    assert now(platform)["about"] == "One"


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ({"hosts": [HOST | {"organisation": "nobody"}]}, "hosts"),
        ({"hosts": [HOST | {"starts_on": "last year"}]}, "__all__"),
        ({"hosts": [HOST | {"ends_on": "2012"}]}, "hosts"),
        ({"hosts": [HOST, HOST | {"note": "twice"}]}, "hosts"),
        ({"milestones": [MILESTONE | {"text": ""}]}, "milestones"),
        ({"status": "asleep"}, "status"),
        ({"parent": "1"}, "parent"),
    ],
)
def test_what_cannot_be_is_refused_as_a_whole(platform, coordinator, parts, field):
    before = now(platform)
    with pytest.raises(ValidationError) as caught:
        save(platform, coordinator, about="New", **parts)
    assert field in getattr(caught.value, "error_dict", {"__all__": ()})
    assert now(platform) == before


def test_a_host_that_is_not_public_cannot_be_named(platform, coordinator):
    factories.OrganisationFactory(key="secret", state=State.SUBMITTED)
    with pytest.raises(ValidationError, match="not in the register"):
        save(platform, coordinator, hosts=[HOST | {"organisation": "secret"}])


def test_the_edit_of_another_kind_of_page_is_not_taken_back_here(platform, coordinator):
    edit = save(platform, coordinator, about="One")
    with pytest.raises(PermissionDenied):
        operators.services.revert_edit(edit, by=coordinator)
    Edit.objects.update(object_id=0)
    with pytest.raises(PermissionDenied):
        services.revert_edit(Edit.objects.get(), by=coordinator)


def test_an_edit_is_taken_back_unless_it_was_changed_again(platform, coordinator):
    first = save(platform, coordinator, about="One", milestones=[MILESTONE])
    second = save(platform, coordinator, about="Two")
    with pytest.raises(ValidationError):
        services.revert_edit(first, by=coordinator)
    services.revert_edit(second, by=coordinator)
    services.revert_edit(first, by=coordinator)
    assert (now(platform)["about"], now(platform)["milestones"]) == ("", [])


# --- the page -----------------------------------------------------------------------------------------


@pytest.fixture
def visit(client):
    def ask(user, name, *args, data=None):
        if user:
            client.force_login(user)
        address = reverse(f"platforms:{name}", args=args)
        return client.get(address) if data is None else client.post(address, data)

    return ask


def filled(platform, **changed):
    revision = Platform.objects.get(pk=platform.pk).revision
    return {"revision": revision, "about_language": "en", "status": "active"} | ROWS | changed


def host(number, **values):
    return {f"hosts-{number}-{name}": value for name, value in (HOST | values).items()}


def test_who_sees_and_who_writes(visit, platform, coordinator, stranger):
    slug = platform.slug
    assert "/accounts/login/" in visit(None, "edit", slug).url
    assert visit(stranger, "edit", slug).status_code == 404
    assert visit(serving(platform), "edit", slug).status_code == 403
    assert visit(serving(platform), "edit", slug, data=filled(platform, about="X")).status_code == 403
    assert visit(coordinator, "edit", slug).status_code == 200
    assert visit(coordinator, "history", slug, data={}).status_code == 405
    assert now(platform)["about"] == ""


def test_a_host_is_named_as_the_register_has_it(visit, platform, coordinator):
    data = filled(platform, **host(0, organisation="aysa s.a."))
    assert visit(coordinator, "edit", platform.slug, data=data).status_code == 302
    assert platform.hosts.get().organisation.key == "aysa"
    history = visit(coordinator, "history", platform.slug).content.decode()
    assert "AySA S.A., August 2013 – …" in history


def test_two_of_the_same_name_are_told_apart(visit, platform, coordinator):
    factories.OrganisationFactory(key="aysa-2", acronym="AySA", country_id="LC")
    page = visit(coordinator, "edit", platform.slug, data=filled(platform, **host(0, organisation="AySA")))
    text = page.content.decode()
    assert "aysa (Argentina), aysa-2 (Saint Lucia)" in text or "aysa-2 (Saint Lucia), aysa (Argentina)" in text
    assert not platform.hosts.exists()


def test_wrong_words_stay_and_rows_are_added(visit, platform, coordinator):
    data = filled(platform, about="Kept", established_on="long ago", **host(0, ends_on="2001"))
    page = visit(coordinator, "edit", platform.slug, data=data).content.decode()
    assert 'href="#id_hosts-0-ends_on"' in page
    assert 'href="#id_established_on"' in page
    assert "long ago" in page
    more = visit(coordinator, "edit", platform.slug, data=data | {"add_row": "milestones"}).content.decode()
    assert 'name="milestones-0-text"' in more
    assert "long ago" in more
    assert "field-error" not in more


def test_a_stale_page_shows_what_changed(visit, platform, coordinator):
    data = filled(platform, about="Mine")
    save(platform, serving(platform, "coordinator"), about="Theirs")
    page = visit(coordinator, "edit", platform.slug, data=data).content.decode()
    assert "What changed meanwhile" in page
    assert "Theirs" in page
    assert "Mine</textarea>" in page
    assert now(platform)["about"] == "Theirs"


def test_kept_words_are_stale_by_the_edits_of_others_alone(visit, platform, coordinator):
    visit(coordinator, "edit", platform.slug, data=filled(platform, about="Mine", website="half"))
    for by, is_stale in ((coordinator, False), (serving(platform, "coordinator"), True)):
        save(platform, by, about=f"From another place of {by.pk}")
        page = visit(coordinator, "edit", platform.slug)
        seen = page.context["form"].form["revision"].value()
        assert "Mine</textarea>" in page.content.decode()
        assert (seen != str(Platform.objects.get(pk=platform.pk).revision)) == is_stale


def test_an_edit_is_taken_back_on_the_history(visit, platform, coordinator):
    edit = save(platform, coordinator, about="Nonsense")
    reviewer = SecretariatMember.objects.get(user=serving(platform)).user
    assert visit(reviewer, "revert", platform.slug, edit.pk, data={}).status_code == 403
    visit(coordinator, "revert", platform.slug, edit.pk, data={})
    assert now(platform)["about"] == ""
