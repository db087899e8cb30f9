"""News reaches people: who is told what is new about their work, once, with all that belongs to it."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from desk.invitation_reminders import remind_of_invitations
from desk.services import add_comment, assign
from notices.models import OutgoingMail
from notices.rendering import letter
from operators.models import Organisation, OrganisationChange
from operators.services import accept_invitation, answer_join_request, ask_to_join, invite, register_organisation
from operators.services import revoke_invitation as take_back
from partnerships.models import NamedPlatform
from partnerships.services.confirmations import confirm
from platforms.services import invite as invite_to_secretariat
from reviews.cloning import clone
from reviews.workflow import perform
from tests import factories
from tests.operators.cast import token_sent_to, with_address

pytestmark = pytest.mark.django_db
PORTAL = "https://portal.example"


@pytest.fixture(autouse=True)
def portal(settings):
    settings.PORTAL_URL = PORTAL


def told(kind):
    return set(OutgoingMail.objects.filter(kind=kind).values_list("address", flat=True))


def words(kind, user=None):
    """Subject and text of the one mail of a kind, to ``user``."""
    mails = OutgoingMail.objects.filter(kind=kind, **({"user": user} if user else {}))
    message = letter([mails.get()])
    return f"{message.subject}\n{message.body}"


@pytest.fixture
def submitted(version, author):
    return perform(clone(version, by=author, summary="They go on."), "submit", by=author)


class TestRemarks:
    @pytest.mark.parametrize(
        ("action", "kind"), [("request_changes", "change"), ("reject", "rejected"), ("publish", "published")]
    )
    def test_a_decision_is_one_mail_with_all_remarks(self, submitted, author, counterpart, reviewer, action, kind):
        first = add_comment(submitted, by=reviewer, text="Since when?", field="summary")
        add_comment(submitted, by=author, text="Since 2014.", answers=first)
        add_comment(submitted, by=reviewer, text="In words, please.", field="status")
        OutgoingMail.objects.filter(kind="comment").delete()
        perform(submitted, action, by=reviewer, comment="So decided.", revision=submitted.revision)
        assert told("comment") == set()
        assert told(kind) == {author.email, counterpart.email}
        text = words(kind, author)
        for part in ("Summary", "Since when?", f"{author}: Since 2014.", "Status", "In words, please.", "So decided."):
            assert part in text

    def test_remarks_stand_in_the_language_of_who_is_told(self, submitted, author, counterpart, reviewer):
        type(author).objects.filter(pk=author.pk).update(language="es")
        add_comment(submitted, by=reviewer, text="Since when?", field="summary")
        perform(submitted, "request_changes", by=reviewer, comment="See the remark.")
        assert "Resumen" in words("change", author)
        assert "Summary" in words("change", counterpart)

    def test_a_remark_after_the_decision_is_told_at_once(self, submitted, author, reviewer):
        returned = perform(submitted, "request_changes", by=reviewer, comment="Mend it.")
        add_comment(returned, by=reviewer, text="And this.")
        assert author.email in told("comment")

    @pytest.mark.parametrize("action", ["publish", "submit"])
    def test_whose_remark_stays_open_is_told(self, version, author, reviewer, action):
        named = factories.SecretariatMemberFactory().user
        draft = clone(version, by=author)
        NamedPlatform.objects.create(version=draft, platform=version.reviewing_platform)
        NamedPlatform.objects.create(version=draft, platform=named.secretariats.get().platform, position=1)
        submitted = perform(draft, "submit", by=author)
        add_comment(submitted, by=named, text="We know this one otherwise.")
        if action == "publish":
            perform(submitted, "publish", by=reviewer, revision=submitted.revision)
        else:
            perform(perform(submitted, "request_changes", by=reviewer, comment="Look."), "submit", by=author)
            assert "We know this one otherwise." in letter([OutgoingMail.objects.filter(kind="review").first()]).body
        assert told("remarks-open") == {named.email}
        assert "not settled" in words("remarks-open")


class TestOthers:
    def test_a_difference_is_told_to_authors_and_reviewers_and_again_when_it_changes(
        self, submitted, author, counterpart, reviewer
    ):
        mentee = factories.mentee_of(submitted)
        for text in ("The end is wrong.", "The end is wrong.", "The start is wrong, too."):
            confirm(submitted, mentee, by=counterpart, answer="differs", text=text)
        assert told("differs") == {author.email, reviewer.email}
        assert OutgoingMail.objects.filter(kind="differs", user=author).count() == 2
        latest = OutgoingMail.objects.filter(kind="differs", user=author).first()
        assert "The start is wrong, too." in letter([latest]).body
        confirm(submitted, mentee, by=counterpart, answer="confirms")
        assert not OutgoingMail.objects.filter(kind="differs").first().is_current()

    def test_a_difference_of_something_public_is_told_too(self, version, author, counterpart, reviewer):
        confirm(version, factories.mentee_of(version), by=counterpart, answer="differs", text="The end is wrong.")
        assert told("differs") == {author.email, reviewer.email}

    def test_a_hand_over_is_told_to_who_has_it_now_and_who_had_it(self, submitted, reviewer):
        platform = submitted.reviewing_platform
        one, other = (factories.SecretariatMemberFactory(platform=platform).user for _ in range(2))
        assign(submitted, to=reviewer, by=reviewer)
        assert told("handed-over") == set()
        for _ in range(2):
            assign(submitted, to=one, by=reviewer)
        assert told("handed-over") == {one.email}
        assert OutgoingMail.objects.filter(kind="handed-over").count() == 1
        assign(submitted, to=other, by=reviewer)
        assert told("handed-over") == {one.email, other.email}
        assert f"into the hands of {other}" in words("handed-over", other)

    @pytest.mark.parametrize("way", ["invited", "asked"])
    def test_who_joins_later_is_told_which_entries_name_the_organisation(self, version, author, way):
        mentee = factories.mentee_of(version)
        manager = factories.OrganisationMemberFactory(organisation=mentee, role="manager").user
        user = with_address("late@utility.example")
        if way == "invited":
            invite(mentee, by=manager, email=user.email)
            accept_invitation(token_sent_to(user.email), by=user)
        else:
            answer_join_request(ask_to_join(mentee, by=user), by=manager, accept=True)
        assert told("named-before") == {user.email}
        text = words("named-before")
        assert f"{version.partnership.reference} {version.title}" in text
        assert f"{PORTAL}/en/workspace/partnership/{version.pk}/confirm/" in text

    def test_who_joins_an_organisation_that_nothing_names_is_not_told(self, db):
        organisation = factories.OrganisationFactory()
        manager = factories.OrganisationMemberFactory(organisation=organisation, role="manager").user
        answer_join_request(ask_to_join(organisation, by=factories.UserFactory()), by=manager, accept=True)
        assert told("named-before") == set()


class TestInvitations:
    @pytest.fixture(params=["organisation", "secretariat"])
    def sent(self, request, db):
        """(the invitation, who sent it)."""
        if request.param == "organisation":
            member = factories.OrganisationMemberFactory(role="manager")
            return invite(member.organisation, by=member.user, email="new@utility.example"), member.user
        member = factories.SecretariatMemberFactory(role="coordinator")
        return invite_to_secretariat(member.platform, by=member.user, email="new@utility.example"), member.user

    def test_one_that_is_about_to_end_is_told_to_both_once(self, sent, capsys):
        invitation, by = sent
        assert remind_of_invitations() == 0
        type(invitation).objects.update(expires_at=timezone.now() + timedelta(days=2))
        for _ in range(2):
            call_command("remind_of_invitations")
        assert capsys.readouterr().out == "1 end soon\n" * 2
        assert OutgoingMail.objects.filter(kind="invitation-ends").count() == 1
        assert told("invitation-ends") == {"new@utility.example"}
        assert told("invitation-unanswered") == {by.email}
        invitation.refresh_from_db()
        assert invitation.offer in words("invitation-ends")
        assert f"{PORTAL}{invitation.sent_from}" in words("invitation-unanswered")

    def test_one_that_was_taken_back_is_not_told(self, db):
        member = factories.OrganisationMemberFactory(role="manager")
        invitation = invite(member.organisation, by=member.user, email="new@utility.example")
        type(invitation).objects.update(expires_at=timezone.now() + timedelta(days=2))
        take_back(invitation, by=member.user)
        assert remind_of_invitations() == 0


class TestHowTheyRead:
    def test_what_is_published_is_read_where_everybody_reads_it(self, submitted, author, reviewer):
        perform(submitted, "publish", by=reviewer, revision=submitted.revision)
        assert f"\n{PORTAL}/en/partnerships/{submitted.partnership.reference}/\n" in words("published", author)

    def test_of_organisations_and_their_changes_too(self, version):
        applicant = factories.UserFactory()
        overall = factories.SecretariatMemberFactory(platform=factories.global_platform()).user
        made = register_organisation(by=applicant, name="Aqua Nova", kind="operator", country=factories.country("LC"))
        perform(made, "publish", by=overall, revision=made.revision)
        address = f"\n{PORTAL}/en/operators/aqua-nova/\n"
        assert address in words("published", applicant)
        organisation = Organisation.objects.get(pk=made.pk)
        change = OrganisationChange.objects.create(
            organisation=organisation, name="Aqua Vetus", kind="operator", country_id="LC", reason="Law"
        )
        change = perform(change, "submit", by=applicant)
        perform(change, "publish", by=overall, revision=change.revision)
        assert address in letter([OutgoingMail.objects.filter(kind="published").first()]).body

    def test_answers_go_to_the_secretariat(self, reviewer, submitted, settings):
        settings.REPLY_TO = "secretariat@platform.example"
        message = letter([OutgoingMail.objects.filter(kind="review").get()])
        assert message.message()["Reply-To"] == "secretariat@platform.example"
        settings.REPLY_TO = ""
        assert message.extra_headers.get("Reply-To") is None

    @pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
    def test_a_name_that_ends_in_a_full_stop_ends_its_sentence(self, version, author, reviewer, language):
        type(reviewer).objects.filter(pk=reviewer.pk).update(language=language)
        platform = version.reviewing_platform
        type(platform).objects.filter(pk=platform.pk).update(name="Aguas S.A.", acronym="")
        perform(clone(version, by=author), "submit", by=author)
        text = words("review")
        assert "Aguas S.A." in text
        assert not re.search(r"[^.]\.\.(\s|$)", text)

    def test_three_dots_stay(self, submitted, reviewer, author):
        perform(submitted, "reject", by=reviewer, comment="Well...")
        assert "Well...\n" in words("rejected", author)
