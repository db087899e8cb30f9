"""Who may begin a WOP, and what an author may name in it."""

import pytest

from operators.models import Organisation
from partnerships.models import Partnership, StoredFile
from partnerships.permissions import (
    acting_platform,
    can_start_as_secretariat,
    can_start_for,
    nameable_files,
    nameable_organisations,
    nameable_partnerships,
)
from reviews.states import State
from tests import factories


@pytest.mark.parametrize(
    ("state", "may"),
    [
        (State.DRAFT, True),
        (State.SUBMITTED, True),
        (State.CHANGES_REQUESTED, True),
        (State.PUBLISHED, True),
        (State.REJECTED, False),
        (State.ARCHIVED, False),
        (State.DISCARDED, False),
    ],
)
@pytest.mark.django_db
def test_members_begin_for_an_organisation_that_is_not_closed(state, may):
    member = factories.OrganisationMemberFactory(organisation__state=state)
    assert can_start_for(member.user, member.organisation) is may


def test_others_do_not_begin_for_it(version, stranger, reviewer):
    organisation = factories.mentor_of(version)
    assert not can_start_for(stranger, organisation)
    assert not can_start_for(reviewer, organisation)
    assert not can_start_for(stranger, None)


def test_only_its_own_members_begin_for_a_secretariat(version, reviewer, author):
    assert can_start_as_secretariat(reviewer, version.reviewing_platform)
    assert not can_start_as_secretariat(author, version.reviewing_platform)
    assert not can_start_as_secretariat(reviewer, factories.PlatformFactory())


@pytest.mark.parametrize("state", State.values)
def test_organisations_of_others_are_nameable_once_they_are_public(author, state):
    organisation = factories.OrganisationFactory(state=state)
    assert (organisation in nameable_organisations(author)) is (state == State.PUBLISHED)


@pytest.mark.parametrize(
    ("state", "may"), [(State.DRAFT, True), (State.SUBMITTED, True), (State.REJECTED, False), (State.ARCHIVED, False)]
)
def test_ones_own_organisation_is_nameable_unless_it_is_closed(author, state, may):
    organisation = factories.OrganisationFactory(state=state)
    factories.OrganisationMemberFactory(organisation=organisation, user=author)
    assert (organisation in nameable_organisations(author)) is may


def test_what_one_added_stays_nameable_until_somebody_claims_it(author):
    added = factories.OrganisationFactory(state=State.DRAFT, created_by=author)
    assert added in nameable_organisations(author)
    factories.OrganisationMemberFactory(organisation=added)
    assert added not in nameable_organisations(author)


def test_what_the_draft_names_is_nameable_by_all_its_authors(draft, author, counterpart):
    added = factories.OrganisationFactory(state=State.DRAFT, created_by=counterpart)
    assert added not in nameable_organisations(author, draft)
    draft.involvements.create(organisation=added, role="funder")
    assert added in nameable_organisations(author, draft)
    assert added not in nameable_organisations(author)


def test_each_organisation_is_offered_once(author):
    factories.OrganisationMemberFactory(user=author, organisation=factories.OrganisationFactory())
    offered = nameable_organisations(author)
    assert offered.count() == Organisation.objects.count()


def test_wops_are_nameable_when_they_are_public_or_ones_own(draft, author, stranger):
    hidden = factories.draft_version().partnership
    factories.OrganisationMemberFactory(organisation=hidden.participants.get().organisation, user=author)
    assert set(nameable_partnerships(author)) == {draft.partnership, hidden}
    assert set(nameable_partnerships(stranger)) == {draft.partnership}
    assert Partnership.objects.count() == 2


def test_files_are_nameable_by_who_uploaded_them_and_within_their_entry(draft, version, author, stranger):
    def stored(by):
        return StoredFile.objects.create(name="a.pdf", size=1, media_type="application/pdf", sha256="0", uploaded_by=by)

    own, attached, foreign = stored(author), stored(stranger), stored(stranger)
    version.attachments.create(description="Public", stored_file=attached)
    kind = type(version.attachments.get())
    assert set(nameable_files(author, draft, kind)) == {own, attached}
    assert foreign not in nameable_files(author, draft, kind)


def test_a_secretariat_stands_in_where_nobody_has_an_account(version, reviewer, stranger):
    assert acting_platform(reviewer, version.partnership) == version.reviewing_platform
    assert acting_platform(stranger, version.partnership) is None


def test_the_secretariat_above_stands_in_too(version):
    above = factories.SecretariatMemberFactory(platform=factories.global_platform())
    assert acting_platform(above.user, version.partnership) == above.platform


def test_nobody_stands_in_where_operators_write(version, author, reviewer):
    assert acting_platform(reviewer, version.partnership) is None


def test_a_closed_account_is_none(version, author, reviewer):
    type(author).objects.filter(pk=author.pk).update(is_active=False)
    assert acting_platform(reviewer, version.partnership) == version.reviewing_platform


def test_nobody_stands_in_on_a_draft(reviewer):
    assert acting_platform(reviewer, factories.draft_version().partnership) is None
