"""How a partnership or its next version is begun: by whom, and with which words."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from partnerships.models import Participant, Role
from partnerships.services import start_new_version, start_partnership
from reviews.snapshots import fingerprint
from reviews.states import State
from reviews.workflow import perform
from tests import factories


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.MENTOR, Role.MENTEE, Role.PEER])
def test_a_member_starts_a_partnership_of_their_organisation(role):
    member = factories.OrganisationMemberFactory()
    version = start_partnership(member.user, organisation=member.organisation, title=" Our WOP ", role=role)
    assert (version.title, version.state, version.number, version.revision) == ("Our WOP", State.DRAFT, 1, 1)
    assert version.partnership.participants.get().organisation == member.organisation
    assert version.involvements.get().role == role
    assert version.snapshots.get().revision == 1
    assert version.created_by == member.user


@pytest.mark.django_db
@pytest.mark.parametrize("state", [State.REJECTED, State.ARCHIVED, State.DISCARDED])
def test_a_closed_organisation_starts_nothing(state):
    member = factories.OrganisationMemberFactory(organisation__state=state)
    with pytest.raises(PermissionDenied):
        start_partnership(member.user, organisation=member.organisation, role=Role.MENTOR)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["", Role.FUNDER, "wizard"])
def test_who_starts_says_as_which_side(role):
    member = factories.OrganisationMemberFactory()
    with pytest.raises(ValidationError) as refusal:
        start_partnership(member.user, organisation=member.organisation, role=role)
    assert refusal.value.message_dict == {"role": ["Choose whether you are mentor, mentee, peer or partner."]}
    assert not Participant.objects.exists()


def test_nobody_starts_for_an_organisation_of_others(version, stranger):
    with pytest.raises(PermissionDenied):
        start_partnership(stranger, organisation=factories.mentor_of(version), role=Role.MENTOR)


def test_a_secretariat_enters_for_operators_without_accounts(version, reviewer, stranger):
    draft = start_partnership(reviewer, platform=version.reviewing_platform)
    assert draft.partnership.entered_by == version.reviewing_platform
    assert draft.is_written_by(reviewer)
    assert not draft.partnership.participants.exists()
    with pytest.raises(PermissionDenied):
        start_partnership(stranger, platform=version.reviewing_platform)


def test_a_new_version_has_the_words_of_the_published_one(version, author):
    draft = start_new_version(version.partnership, author)
    assert (draft.state, draft.number, fingerprint(draft)) == (State.DRAFT, 2, fingerprint(version))
    assert draft.snapshots.get().revision == draft.revision
    version.refresh_from_db()
    assert version.is_published


def test_the_open_version_is_taken_up_again(version, author):
    assert start_new_version(version.partnership, author) == start_new_version(version.partnership, author)


def test_a_secretariat_takes_up_what_nobody_with_an_account_writes(version, reviewer):
    draft = start_new_version(version.partnership, reviewer)
    assert draft.partnership.entered_by == version.reviewing_platform
    assert draft.is_written_by(reviewer)
    assert not draft.may_be_decided_by(reviewer)


@pytest.mark.parametrize("somebody", ["reviewer", "stranger"])
def test_only_authors_start_a_new_version(request, version, author, somebody):
    with pytest.raises(PermissionDenied):
        start_new_version(version.partnership, request.getfixturevalue(somebody))


@pytest.mark.django_db
def test_nothing_published_nothing_to_start_from():
    draft = perform(factories.draft_version(), "load", by=None)
    partnership = draft.partnership
    draft.partnership.versions.update(state=State.ARCHIVED)
    with pytest.raises(ValidationError):
        start_new_version(partnership, factories.UserFactory())


def test_the_first_published_title_makes_the_address(db):
    member = factories.OrganisationMemberFactory()
    version = start_partnership(member.user, organisation=member.organisation, title="Río – Bay", role="mentor")
    version.sources.create(title="A source")
    perform(version, "load", by=None)
    version.partnership.refresh_from_db()
    assert version.partnership.slug == "rio-bay"
