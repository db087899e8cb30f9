"""Registering, mending and changing organisations: what is written, by whom, with whose word."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from operators import services
from operators.duplicates import PossibleDuplicates
from operators.models import (
    FormerName,
    Organisation,
    OrganisationChange,
)
from platforms.models import SecretariatMember
from reviews.states import State
from reviews.workflow import perform
from tests import factories
from tests.operators.cast import Role, answerers, fields, mails
from vocabularies.models import Country
from vocabularies.partial_dates import PartialDate
from vocabularies.search import matching

pytestmark = pytest.mark.django_db


# --- registering ----------------------------------------------------------------------------------------


def test_a_registration_goes_to_the_platform_that_covers_its_country(stranger, platform, secretary):
    made = services.register_organisation(by=stranger, services=["water"], city="Castries", **fields())
    assert (made.state, made.reviewing_platform) == (State.SUBMITTED, platform)
    assert made.members.get().role == Role.MANAGER
    assert made.members.get().user == stranger
    assert [row.service for row in made.services.all()] == ["water"]
    assert not Organisation.objects.published().filter(pk=made.pk).exists()
    assert mails("review") == [secretary.email]


def test_who_registers_does_not_accept_it(stranger, platform):
    SecretariatMember.objects.create(platform=platform, user=stranger)
    colleague = factories.SecretariatMemberFactory(platform=platform).user
    made = services.register_organisation(by=stranger, **fields())
    with pytest.raises(PermissionDenied):
        perform(made, "publish", by=stranger, revision=made.revision)
    assert perform(made, "publish", by=colleague, revision=made.revision).is_published


def test_a_registration_stops_at_look_alikes_until_they_are_said_to_be_others(stranger, organisation):
    asked = fields(name="Water and Sewerage Company", acronym="")
    with pytest.raises(ValidationError) as caught:
        services.register_organisation(by=stranger, **asked)
    assert caught.value.code == "look_alikes"
    assert not Organisation.objects.filter(created_by=stranger).exists()
    made = services.register_organisation(by=stranger, not_ours={organisation.pk}, **asked)
    assert made.key == "water-and-sewerage-company"


def test_names_that_are_equal_get_different_addresses(stranger, platform):
    named = [("Aqua", "LC"), ("Áqua", "PT"), ("水道局", "JP")]
    added = [
        services.add_partner(by=stranger, name=name, kind="operator", country=Country.objects.get(pk=code), is_new=True)
        for name, code in named
    ]
    assert [one.slug for one in added] == ["aqua", "aqua-2", "organisation"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"name": ""}, "name"), ({"country": None}, "country"), ({"kind": "king"}, "kind"), ({"website": "x"}, "website"),
     ({"services": ["gas"]}, "services"), ({"state": "published"}, "state"), ({"key": "own"}, "key")],
)  # fmt: skip
def test_a_registration_that_cannot_be_writes_nothing(stranger, platform, wrong, field):
    with pytest.raises(ValidationError) as caught:
        services.register_organisation(by=stranger, **fields(**wrong))
    assert field in caught.value.message_dict
    assert not Organisation.objects.filter(created_by=stranger).exists()


def test_a_registration_is_taken_back_mended_and_submitted_again(stranger, platform):
    made = services.register_organisation(by=stranger, **fields())
    made = perform(made, "withdraw", by=stranger)
    values = fields(name="Aqua Nova Ltd", city="", website="", about="", about_language="en")
    assert services.save_registration(made, by=stranger, revision=made.revision, services=["water"], **values)
    made = Organisation.objects.get(pk=made.pk)
    assert made.name == "Aqua Nova Ltd"
    assert matching(Organisation.objects.all(), "search_text", "nova ltd").get() == made
    assert perform(made, "submit", by=stranger).state == State.SUBMITTED


def test_saving_a_registration_without_a_change_changes_nothing(stranger, platform):
    made = perform(services.register_organisation(by=stranger, **fields()), "withdraw", by=stranger)
    values = fields(city="", website="", about="", about_language="en")
    assert not services.save_registration(made, by=stranger, revision=made.revision, **values)
    assert Organisation.objects.get(pk=made.pk).revision == made.revision


def test_a_stale_registration_is_refused(stranger, platform):
    made = perform(services.register_organisation(by=stranger, **fields()), "withdraw", by=stranger)
    services.save_registration(made, by=stranger, revision=made.revision, **fields(name="One"))
    with pytest.raises(ValidationError) as caught:
        services.save_registration(
            Organisation.objects.get(pk=made.pk), by=stranger, revision=made.revision - 1, **fields(name="Two")
        )
    assert caught.value.code == "stale"
    assert Organisation.objects.get(pk=made.pk).name == "One"


def test_submitted_and_published_registrations_are_frozen(stranger, organisation, manager):
    made = services.register_organisation(by=stranger, **fields())
    for frozen, user in ((made, stranger), (organisation, manager)):
        with pytest.raises(PermissionDenied):
            services.save_registration(frozen, by=user, revision=frozen.revision, **fields(name="X"))


def test_a_partner_is_a_draft_of_nobody_and_seen_by_who_entered_it(stranger, platform):
    made = services.add_partner(by=stranger, name="Aqua", kind="operator", country=Country.objects.get(pk="LC"))
    assert (made.state, made.members.count(), made.created_by) == (State.DRAFT, 0, stranger)
    assert Organisation.objects.visible_to(stranger).get() == made
    assert not Organisation.objects.visible_to(factories.UserFactory()).exists()


def test_a_partner_that_the_register_may_have_is_looked_at_first(stranger):
    known = factories.OrganisationFactory(name="Aqua Nova", acronym="", country_id="LC")
    asked = {"name": "Aqua Nova", "kind": "operator", "country": Country.objects.get(pk="LC")}
    with pytest.raises(PossibleDuplicates) as refusal:
        services.add_partner(by=stranger, **asked)
    assert (refusal.value.code, refusal.value.found) == ("look_alikes", [known])
    assert services.add_partner(by=stranger, is_new=True, **asked).key == "aqua-nova"


def test_an_admitted_partner_is_looked_after_by_its_platform(stranger, platform):
    made = services.add_partner(by=stranger, name="Aqua", kind="operator", country=Country.objects.get(pk="LC"))
    assert perform(made, "admit", by=None).reviewing_platform == platform


# --- changes of name and country -----------------------------------------------------------------------


def asked_change(organisation, by, **changed):
    values = {name: getattr(organisation, name) for name in ("name", "acronym", "kind", "country")}
    return services.request_change(organisation, by=by, **values | {"reason": "Law 12 of 2026"} | changed)


def test_a_change_is_carried_out_with_the_secretariats_word(organisation, manager, secretary):
    change = asked_change(organisation, manager, name="Saint Lucia Water", former_until=PartialDate("2026-11"))
    organisation.refresh_from_db()
    assert organisation.name == "Water and Sewerage Company Inc."
    revision = organisation.revision
    perform(change, "publish", by=secretary, revision=change.revision)
    organisation.refresh_from_db()
    assert (organisation.name, organisation.revision) == ("Saint Lucia Water", revision + 1)
    former = FormerName.objects.get(organisation=organisation)
    assert (former.name, former.acronym, former.used_until) == ("Water and Sewerage Company Inc.", "WASCO", "2026-11")
    for words in ("saint lucia water", "sewerage company inc"):
        assert matching(Organisation.objects.all(), "search_text", words).get() == organisation


def test_an_unknown_date_of_the_old_name_stays_unknown(organisation, manager, secretary):
    change = asked_change(organisation, manager, acronym="SLW")
    perform(change, "publish", by=secretary, revision=change.revision)
    assert FormerName.objects.get().used_until == ""


def test_a_change_of_kind_makes_no_former_name_and_one_of_country_moves_it(organisation, manager, secretary):
    africa = factories.PlatformFactory(areas=["002"])
    factories.SecretariatMemberFactory(platform=africa)
    change = asked_change(organisation, manager, kind="cooperative", country=Country.objects.get(pk="KE"))
    perform(change, "publish", by=secretary, revision=change.revision)
    organisation.refresh_from_db()
    assert (organisation.kind, organisation.country_id, organisation.reviewing_platform) == (
        "cooperative",
        "KE",
        africa,
    )
    assert not FormerName.objects.exists()


def test_only_managers_ask_for_a_change_and_never_decide_on_it(organisation, platform, manager, secretary):
    for user in [*answerers(organisation, platform).values(), secretary]:
        with pytest.raises(PermissionDenied):
            asked_change(organisation, user, name="X")
    change = asked_change(organisation, manager, name="X")
    with pytest.raises(PermissionDenied):
        perform(change, "publish", by=manager, revision=change.revision)


def test_a_change_needs_a_reason_and_a_difference_and_waits_alone(organisation, manager):
    with pytest.raises(ValidationError, match="Say why"):
        asked_change(organisation, manager, name="X", reason=" ")
    with pytest.raises(ValidationError, match="says already"):
        asked_change(organisation, manager)
    asked_change(organisation, manager, name="X")
    with pytest.raises(ValidationError, match="already waiting"):
        asked_change(organisation, manager, name="Y")


def test_a_change_sent_back_is_mended_and_submitted_again(organisation, manager, secretary):
    change = perform(asked_change(organisation, manager, name="X"), "request_changes", by=secretary, comment="Source?")
    services.submit_change(organisation, change, by=manager, revision=change.revision, name="Y", reason="Law 12, link")
    change = OrganisationChange.objects.get()
    assert (change.state, change.name) == (State.SUBMITTED, "Y")
    again = perform(change, "withdraw", by=manager)
    with pytest.raises(ValidationError):
        services.submit_change(organisation, again, by=manager, revision=again.revision - 1, name="Z")
    assert OrganisationChange.objects.get().name == "Y"
