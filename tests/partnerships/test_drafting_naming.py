"""What a draft may name, and what becomes of an organisation that was added in place."""

import pytest
from django.core.exceptions import ValidationError

from operators.models import Organisation
from partnerships.services import save_draft
from reviews.states import State
from reviews.workflow import perform
from tests import factories
from tests.everything import everything
from tests.partnerships.saving import refused, rows_given

# --- naming things --------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_what_is_private_is_not_found_by_naming_it(draft, author, state):
    private = factories.OrganisationFactory(state=state)
    row = {"organisation": private.pk, "role": "funder"}
    rows = [*rows_given(draft, "involvements"), row]
    assert list(refused(draft, author, rows={"involvements": rows}).message_dict) == ["involvements-2-organisation"]


def test_an_organisation_that_one_added_may_be_named(draft, author):
    added = factories.OrganisationFactory(state=State.DRAFT, created_by=author)
    rows = [*rows_given(draft, "involvements"), {"organisation": added.pk, "role": "mentee"}]
    assert save_draft(draft, by=author, revision=1, rows={"involvements": rows}).involvements.count() == 3


def test_an_unpublished_wop_of_others_cannot_be_related(draft, author):
    other = factories.draft_version().partnership
    rows = {"related": [{"partnership": other.pk, "relation": "earlier"}]}
    assert list(refused(draft, author, rows=rows).message_dict) == ["related-0-partnership"]


def test_a_file_of_others_cannot_be_attached(draft, author):
    public, _report = everything()
    theirs = public.attachments.exclude(stored_file=None).get().stored_file
    rows = {"attachments": [{"description": "Stolen", "stored_file": theirs.pk}]}
    assert list(refused(draft, author, rows=rows).message_dict) == ["attachments-0-stored_file"]


# --- organisations added in place -----------------------------------------------------------------------


@pytest.fixture
def added(author):
    return factories.OrganisationFactory(state=State.DRAFT, created_by=author, name="New Waters")


@pytest.fixture
def naming(draft, author, added):
    rows = [*rows_given(draft, "involvements"), {"organisation": added.pk, "role": "mentee"}]
    return save_draft(draft, by=author, revision=1, rows={"involvements": rows})


def test_an_organisation_added_in_place_becomes_public_with_the_entry(naming, author, reviewer, added):
    submitted = perform(naming, "submit", by=author)
    assert not Organisation.objects.published().filter(pk=added.pk).exists()
    perform(submitted, "publish", by=reviewer, revision=submitted.revision)
    added.refresh_from_db()
    assert added.is_published
    assert added.events.get().comment == naming.partnership.reference
    assert naming.partnership.participants.filter(organisation=added).exists()


@pytest.mark.parametrize(
    "change", [{"state": State.REJECTED}, {"state": State.SUBMITTED}, {"state": State.ARCHIVED}, {"country": None}]
)
def test_an_entry_is_incomplete_while_it_names_what_cannot_become_public(naming, author, added, change):
    Organisation.objects.filter(pk=added.pk).update(**change)
    with pytest.raises(ValidationError) as refusal:
        perform(naming, "submit", by=author)
    assert "New Waters" in refusal.value.message_dict["involvements"][0]


def test_an_organisation_with_members_of_its_own_is_not_admitted_past_its_review(naming, author, added):
    factories.OrganisationMemberFactory(organisation=added)
    with pytest.raises(ValidationError) as refusal:
        perform(naming, "submit", by=author)
    assert list(refusal.value.message_dict) == ["involvements"]
