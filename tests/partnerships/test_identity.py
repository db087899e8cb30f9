"""References are for ever; an organisation answers once on the same words."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from partnerships.models import Confirmation, Participant, Partnership, ReferenceCounter
from reviews.snapshots import fingerprint
from reviews.workflow import perform
from tests import factories

pytestmark = pytest.mark.django_db


def test_references_are_given_in_order():
    ReferenceCounter.raise_to(85)
    assert [Partnership.objects.create().reference for _ in range(3)] == ["WOP-0086", "WOP-0087", "WOP-0088"]


def test_a_reference_has_as_many_digits_as_it_needs():
    ReferenceCounter.raise_to(9998)
    assert [Partnership.objects.create().reference for _ in range(2)] == ["WOP-9999", "WOP-10000"]


def test_the_counter_never_goes_back():
    ReferenceCounter.raise_to(85)
    ReferenceCounter.raise_to(7)
    assert ReferenceCounter.take() == 86


def test_saving_again_keeps_the_reference():
    partnership = Partnership.objects.create(slug="before")
    reference = partnership.reference
    partnership.slug = "after"
    partnership.save()
    assert Partnership.objects.get(slug="after").reference == reference


def test_the_reference_of_a_discarded_entry_is_not_given_again():
    version = factories.draft_version()
    author = factories.OrganisationMemberFactory(organisation=factories.mentor_of(version)).user
    perform(version, "discard", by=author)
    assert Partnership.objects.create().reference > version.partnership.reference


def test_a_partnership_is_never_deleted():
    partnership = Partnership.objects.create()
    with pytest.raises(ValidationError, match="never reused"):
        partnership.delete()
    assert Partnership.objects.filter(pk=partnership.pk).exists()


def test_partnerships_are_never_deleted_in_bulk():
    Partnership.objects.create()
    with pytest.raises(ValidationError, match="never reused"):
        Partnership.objects.all().delete()
    assert Partnership.objects.exists()


def test_a_reference_stands_once():
    partnership = Partnership.objects.create()
    with pytest.raises(IntegrityError), transaction.atomic():
        Partnership.objects.create(reference=partnership.reference)


def test_an_organisation_takes_part_once(version):
    again = Participant(partnership=version.partnership, organisation=factories.mentor_of(version))
    with pytest.raises(ValidationError, match="already takes part"):
        again.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def answer(version, organisation, words):
    return Confirmation(entry=version, organisation=organisation, fingerprint=words, answer="confirms")


def test_an_organisation_answers_once_on_the_same_words(version):
    mentor = factories.mentor_of(version)
    answer(version, mentor, fingerprint(version)).save()
    again = answer(version, mentor, fingerprint(version))
    with pytest.raises(ValidationError, match="already answered"):
        again.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        again.save()


def test_other_words_and_other_organisations_are_answered_separately(version):
    mentor, mentee = factories.mentor_of(version), factories.mentee_of(version)
    answer(version, mentor, "a" * 64).save()
    answer(version, mentor, "b" * 64).save()
    answer(version, mentee, "a" * 64).save()
    answer(factories.published_version(), mentor, "a" * 64).save()
    assert Confirmation.objects.of(version).count() == 3
