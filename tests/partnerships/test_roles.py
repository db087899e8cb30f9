"""Who writes a partnership, and who decides on it."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from partnerships.models import Involvement, NamedPlatform, Participant, Role
from reviews.cloning import clone
from reviews.states import Actor
from reviews.workflow import perform
from tests import factories

AUTHOR, REVIEWER = {Actor.AUTHOR}, {Actor.REVIEWER}


def member_of(organisation):
    return factories.OrganisationMemberFactory(organisation=organisation).user


def secretary_of(platform):
    return factories.SecretariatMemberFactory(platform=platform).user


@pytest.fixture
def draft(db):
    """A draft whose only participant is the mentor."""
    return factories.draft_version()


@pytest.fixture
def submitter(draft):
    return member_of(factories.mentor_of(draft))


@pytest.fixture
def submitted(draft, submitter):
    return perform(draft, "submit", by=submitter)


@pytest.fixture
def reviewer(submitted):
    return secretary_of(submitted.reviewing_platform)


def publish(version, by):
    return perform(version, "publish", by=by, revision=version.revision)


# --- authors --------------------------------------------------------------------------------------------


def test_members_of_a_participant_are_authors(draft, submitter):
    assert draft.roles_of(submitter) == AUTHOR


def test_anonymous_readers_and_strangers_are_nobody(draft, stranger):
    assert draft.roles_of(AnonymousUser()) == set()
    assert draft.roles_of(stranger) == set()


def test_adding_an_organisation_to_a_draft_does_not_hand_the_draft_over(draft):
    for role in Role.values:
        organisation = factories.OrganisationFactory()
        factories.InvolvementFactory(version=draft, organisation=organisation, role=role, role_other="own")
        assert draft.roles_of(member_of(organisation)) == set()


def test_deleting_its_row_from_a_draft_does_not_lock_a_participant_out(draft, submitter):
    draft.involvements.all().delete()
    assert draft.roles_of(submitter) == AUTHOR


def test_an_organisation_that_no_longer_takes_part_may_no_longer_write(draft, submitter):
    draft.partnership.participants.all().delete()
    assert draft.roles_of(submitter) == set()


TWO_SIDES = ["lead-mentor", "mentor", "lead-mentee", "mentee", "peer", "partner"]


@pytest.mark.parametrize("role", TWO_SIDES)
def test_mentors_mentees_peers_and_partners_take_part_once_published(draft, role):
    organisation = factories.OrganisationFactory()
    factories.InvolvementFactory(version=draft, organisation=organisation, role=role)
    published = perform(draft, "load", by=None)
    assert published.roles_of(member_of(organisation)) == AUTHOR


@pytest.mark.parametrize("role", sorted(set(Role.values) - set(TWO_SIDES)))
def test_nobody_else_takes_part_by_being_named(draft, role):
    organisation = factories.OrganisationFactory()
    factories.InvolvementFactory(version=draft, organisation=organisation, role=role, role_other="own")
    published = perform(draft, "load", by=None)
    assert not published.partnership.participants.filter(organisation=organisation).exists()


def test_publishing_again_adds_no_participant_twice(version, author):
    before = version.partnership.participants.count()
    draft = perform(clone(version, by=author), "submit", by=author)
    publish(draft, secretary_of(draft.reviewing_platform))
    assert version.partnership.participants.count() == before == 2


def test_partners_that_are_not_named_take_no_part_and_do_not_stop_publishing(draft):
    Involvement.objects.create(version=draft, country_id="PS", role=Role.MENTEE, description="A city")
    assert perform(draft, "load", by=None).partnership.participants.count() == 2


def test_the_members_of_a_secretariat_write_what_it_entered_for_others(draft):
    platform = factories.PlatformFactory()
    draft.partnership.entered_by = platform
    draft.partnership.save()
    assert Actor.AUTHOR in draft.roles_of(secretary_of(platform))
    assert draft.roles_of(secretary_of(factories.PlatformFactory())) == set()


# --- reviewers ------------------------------------------------------------------------------------------


def test_the_secretariat_of_the_reviewing_platform_decides(submitted, reviewer):
    assert submitted.roles_of(reviewer) == REVIEWER
    assert publish(submitted, reviewer).is_published


def test_a_secretariat_above_decides_too_and_one_below_or_beside_does_not(draft, submitter):
    parent = factories.PlatformFactory(parent=factories.global_platform())
    reviewing = factories.PlatformFactory(parent=parent, level="subregional")
    below, beside = factories.PlatformFactory(parent=reviewing, level="national"), factories.PlatformFactory()
    NamedPlatform.objects.create(version=draft, platform=reviewing)
    entry = perform(draft, "submit", by=submitter)
    for platform in (reviewing, parent, factories.global_platform()):
        assert entry.roles_of(secretary_of(platform)) == REVIEWER
    for platform in (below, beside):
        assert entry.roles_of(secretary_of(platform)) == set()


def test_the_secretariat_of_a_second_named_platform_does_not_decide(draft, submitter):
    first, second = factories.PlatformFactory.create_batch(2)
    for position, platform in enumerate((first, second)):
        NamedPlatform.objects.create(version=draft, platform=platform, position=position)
    entry = perform(draft, "submit", by=submitter)
    assert entry.reviewing_platform == first
    assert entry.roles_of(secretary_of(second)) == set()


def test_the_reviewing_platform_is_fixed_at_submission(submitted, submitter):
    NamedPlatform.objects.create(version=submitted, platform=factories.PlatformFactory())
    submitted.refresh_from_db()
    assert submitted.reviewing_platform == factories.global_platform()
    again = perform(perform(submitted, "withdraw", by=submitter), "submit", by=submitter)
    assert again.reviewing_platform == again.named_platforms.get().platform


def test_nobody_decides_on_an_own_submission(draft, submitter):
    factories.SecretariatMemberFactory(platform=factories.global_platform(), user=submitter)
    draft.partnership.entered_by = factories.global_platform()
    draft.partnership.save()
    draft.partnership.participants.all().delete()
    submitter.organisations.all().delete()
    entry = perform(draft, "submit", by=submitter)
    assert entry.roles_of(submitter) == AUTHOR
    with pytest.raises(PermissionDenied):
        publish(entry, submitter)
    colleague = secretary_of(factories.global_platform())
    assert publish(entry, colleague).is_published


def test_nobody_decides_on_what_they_made_themselves(draft, submitter):
    maker = secretary_of(factories.global_platform())
    draft.created_by = maker
    draft.save()
    assert perform(draft, "submit", by=submitter).roles_of(maker) == set()


def test_who_submitted_it_cannot_archive_it_later_either(submitted, submitter, reviewer):
    published = publish(submitted, reviewer)
    submitter.organisations.all().delete()
    factories.SecretariatMemberFactory(platform=published.reviewing_platform, user=submitter)
    assert published.roles_of(submitter) == set()


@pytest.mark.parametrize("role", Role.values)
def test_who_belongs_to_an_organisation_involved_in_any_role_does_not_decide(submitted, reviewer, role):
    organisation = factories.OrganisationFactory()
    factories.OrganisationMemberFactory(organisation=organisation, user=reviewer)
    assert submitted.roles_of(reviewer) == REVIEWER
    factories.InvolvementFactory(version=submitted, organisation=organisation, role=role, role_other="own")
    assert submitted.roles_of(reviewer) == set()


def test_who_belongs_to_a_participant_does_not_decide(submitted, reviewer):
    organisation = factories.OrganisationFactory()
    factories.OrganisationMemberFactory(organisation=organisation, user=reviewer)
    Participant.objects.create(partnership=submitted.partnership, organisation=organisation)
    assert submitted.roles_of(reviewer) == AUTHOR


@pytest.fixture
def pair(version, author):
    """A published version that a host's row is only in, and the open one that leaves the host out."""
    host = factories.OrganisationFactory()
    factories.InvolvementFactory(version=version, organisation=host, role="facilitator")
    draft = clone(version, by=author)
    draft.involvements.filter(organisation=host).delete()
    factories.SecretariatMemberFactory(platform=version.reviewing_platform, user=(user := member_of(host)))
    return version, perform(draft, "submit", by=author), user


def test_the_published_version_counts_when_the_draft_leaves_an_organisation_out(pair):
    _published, draft, user = pair
    assert draft.roles_of(user) == set()


def test_the_draft_counts_when_somebody_decides_on_the_published_version(pair):
    published, draft, _user = pair
    newcomer = factories.OrganisationFactory()
    user = secretary_of(published.reviewing_platform)
    factories.OrganisationMemberFactory(organisation=newcomer, user=user)
    assert published.roles_of(user) == REVIEWER
    factories.InvolvementFactory(version=draft, organisation=newcomer, role="funder")
    assert published.roles_of(user) == set()


def test_a_discarded_draft_no_longer_counts(pair, author):
    published, draft, _user = pair
    user = secretary_of(published.reviewing_platform)
    factories.OrganisationMemberFactory(organisation=(other := factories.OrganisationFactory()), user=user)
    factories.InvolvementFactory(version=draft, organisation=other, role="funder")
    perform(perform(draft, "withdraw", by=author), "discard", by=author)
    assert published.roles_of(user) == REVIEWER


def test_without_any_platform_nobody_decides(draft, submitter):
    factories.Platform.objects.all().delete()
    entry = perform(draft, "submit", by=submitter)
    assert entry.reviewing_platform is None
    assert entry.roles_of(submitter) == AUTHOR
