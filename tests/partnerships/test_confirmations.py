"""Both sides are asked, and what they say counts for exactly the words that they saw."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from directory.provenance import confirmation_line
from notices.models import OutgoingMail
from partnerships.models import Confirmation, Role
from partnerships.services.confirmations import answers_about, confirm, unanswered_by
from reports.models import ReportVersion
from reviews.cloning import clone, row_models
from reviews.snapshots import fingerprint, fingerprints
from reviews.workflow import perform
from tests import factories


@pytest.fixture
def submitted(version, author, counterpart):
    """A new version with other words, submitted by the mentor."""
    draft = clone(version, by=author, summary="They go on, with more tracks.")
    return perform(draft, "submit", by=author)


def asked():
    return set(OutgoingMail.objects.filter(kind="please-confirm").values_list("address", flat=True))


class TestAsking:
    def test_the_other_side_is_asked_once_it_is_submitted(self, submitted, counterpart):
        assert asked() == {counterpart.email}

    def test_the_submitters_own_side_has_confirmed_by_submitting(self, submitted):
        [answer] = answers_about(submitted)
        assert (answer.organisation, answer.answer) == (factories.mentor_of(submitted), "confirms")

    def test_nobody_is_asked_about_a_draft(self, version, author, counterpart):
        clone(version, by=author, summary="Still being written.")
        assert asked() == set()

    def test_funders_and_brokers_are_not_asked(self, version, author):
        draft = clone(version, by=author, summary="Somebody pays.")
        funder = factories.OrganisationMemberFactory()
        factories.InvolvementFactory(version=draft, organisation=funder.organisation, role=Role.FUNDER)
        perform(draft, "submit", by=author)
        assert funder.user.email not in asked()

    def test_a_colleague_of_the_submitter_is_not_asked(self, version, author, counterpart):
        colleague = factories.OrganisationMemberFactory(organisation=factories.mentor_of(version)).user
        perform(clone(version, by=author, summary="Other words."), "submit", by=author)
        assert colleague.email not in asked()

    def test_who_has_answered_is_not_asked_again_about_the_same_words(self, submitted, author, counterpart):
        confirm(submitted, factories.mentee_of(submitted), by=counterpart, answer="confirms")
        OutgoingMail.objects.all().delete()
        perform(perform(submitted, "withdraw", by=author), "submit", by=author)
        assert asked() == set()

    def test_a_report_goes_to_the_sides_of_the_public_partnership(self, version, author, counterpart):
        report = factories.ReportVersionFactory(partnership=version.partnership)
        perform(report, "submit", by=author)
        assert asked() == {counterpart.email}

    def test_a_report_of_a_wop_that_is_not_public_asks_nobody(self, author, version):
        draft = factories.draft_version()
        member = factories.OrganisationMemberFactory(organisation=factories.mentor_of(draft)).user
        partner = factories.OrganisationMemberFactory(organisation=factories.mentee_of(draft)).user
        report = factories.ReportVersionFactory(partnership=draft.partnership)
        perform(report, "submit", by=member)
        assert partner.email not in asked()


class TestConfirming:
    def test_both_sides_make_the_entry_confirmed_by_both_sides(self, submitted, counterpart):
        confirm(submitted, factories.mentee_of(submitted), by=counterpart, answer="confirms")
        assert confirmation_line(submitted) == "confirmed by both sides"

    @pytest.mark.parametrize("role", [Role.PEER, Role.PARTNER])
    def test_where_nobody_mentors_all_have_to_confirm(self, version, author, counterpart, role):
        draft = clone(version, by=author, summary="Side by side.")
        draft.involvements.update(role=role)
        submitted = perform(draft, "submit", by=author)
        assert confirmation_line(submitted) != "confirmed by both sides"
        confirm(submitted, counterpart.organisations.get().organisation, by=counterpart, answer="confirms")
        assert confirmation_line(submitted) == "confirmed by both sides"

    def test_a_difference_needs_its_text(self, submitted, counterpart):
        with pytest.raises(ValidationError) as caught:
            confirm(submitted, factories.mentee_of(submitted), by=counterpart, answer="differs", text="  ")
        assert "text" in caught.value.message_dict

    def test_an_answer_that_is_none_is_refused(self, submitted, counterpart):
        with pytest.raises(ValidationError):
            confirm(submitted, factories.mentee_of(submitted), by=counterpart, answer="perhaps")

    def test_another_answer_takes_the_place_of_the_first(self, submitted, counterpart):
        mentee = factories.mentee_of(submitted)
        confirm(submitted, mentee, by=counterpart, answer="differs", text="We began in 2014.", may_be_shown=True)
        confirm(submitted, mentee, by=counterpart, answer="confirms")
        [answer] = Confirmation.objects.of(submitted).filter(organisation=mentee)
        assert (answer.answer, answer.text, answer.may_be_shown) == ("confirms", "", False)

    def test_nobody_answers_for_an_organisation_of_others(self, submitted, author, stranger):
        mentee = factories.mentee_of(submitted)
        for person in (author, stranger):
            with pytest.raises(PermissionDenied):
                confirm(submitted, mentee, by=person, answer="confirms")

    def test_a_funder_has_no_word_on_the_entry(self, version, author):
        draft = clone(version, by=author, summary="Somebody pays.")
        funder = factories.OrganisationMemberFactory()
        factories.InvolvementFactory(version=draft, organisation=funder.organisation, role=Role.FUNDER)
        submitted = perform(draft, "submit", by=author)
        with pytest.raises(PermissionDenied):
            confirm(submitted, funder.organisation, by=funder.user, answer="confirms")

    def test_words_that_may_still_change_are_not_confirmed(self, submitted, author, counterpart):
        draft = perform(submitted, "withdraw", by=author)
        with pytest.raises(ValidationError) as caught:
            confirm(draft, factories.mentee_of(draft), by=counterpart, answer="confirms")
        assert caught.value.code == "not_frozen"

    def test_a_published_entry_can_still_be_confirmed(self, version, counterpart):
        confirm(version, factories.mentee_of(version), by=counterpart, answer="confirms")
        assert len(answers_about(version)) == 1

    def test_an_answer_counts_no_more_once_the_words_change(self, submitted, author, counterpart):
        confirm(submitted, factories.mentee_of(submitted), by=counterpart, answer="confirms")
        draft = perform(submitted, "withdraw", by=author)
        type(draft).objects.filter(pk=draft.pk).update(summary="Quite other words.")
        assert answers_about(draft) == []

    def test_saving_without_a_change_keeps_the_answer(self, submitted, author, counterpart):
        confirm(submitted, factories.mentee_of(submitted), by=counterpart, answer="confirms")
        draft = perform(submitted, "withdraw", by=author)
        draft.save()
        again = perform(draft, "submit", by=author)
        assert len(answers_about(again)) == 2

    def test_publication_does_not_wait_for_an_answer(self, submitted, reviewer):
        published = perform(submitted, "publish", by=reviewer, revision=submitted.revision)
        assert confirmation_line(published).startswith("reported by")


class TestWhatIsUnanswered:
    def test_it_is_what_the_organisation_has_not_spoken_about(self, submitted, author, counterpart):
        assert unanswered_by(counterpart, [submitted]) == [submitted]
        assert unanswered_by(author, [submitted]) == []
        confirm(submitted, factories.mentee_of(submitted), by=counterpart, answer="confirms")
        assert unanswered_by(counterpart, [submitted]) == []

    def test_many_entries_cost_as_many_queries_as_one(self, counterpart, django_assert_num_queries):
        reports = [factories.ReportVersionFactory(period=str(2000 + n)) for n in range(4)]
        each = 2 + len(row_models(ReportVersion))
        with django_assert_num_queries(each):
            unanswered_by(counterpart, reports[:1])
        with django_assert_num_queries(each):
            unanswered_by(counterpart, reports)

    def test_fingerprints_of_many_are_those_of_each(self, version, author):
        versions = [version, clone(version, by=author), clone(factories.published_version(), by=author)]
        assert fingerprints(versions) == {one.pk: fingerprint(one) for one in versions}
        assert fingerprints([]) == {}
        assert fingerprints(list(ReportVersion.objects.none())) == {}
