"""The page on which an entry is decided."""

import pytest
from django.urls import reverse

from accounts.models import AutosavedForm
from accounts.services import erase_person
from desk.checklist import checks_of
from desk.models import Assignment, Look
from desk.services import add_comment, assign, look
from operators.models import Organisation, OrganisationChange
from operators.services import register_organisation
from partnerships.models import (
    Agreement,
    Confirmation,
    Involvement,
    NamedPlatform,
    PartnershipAttachment,
    PartnershipVersion,
    StoredFile,
)
from reviews.cloning import clone
from reviews.snapshots import fingerprint, remember
from reviews.states import State
from reviews.workflow import perform
from tests import factories

pytestmark = pytest.mark.django_db


def address(entry, kind="partnership", name="review"):
    return reverse(f"desk:{name}", args=[kind, entry.pk])


def text_of(response):
    return " ".join(response.content.decode().split())


def page_of(client, user, entry, kind="partnership", **query):
    client.force_login(user)
    response = client.get(address(entry, kind), query)
    assert response.status_code == 200
    return text_of(response)


def returned_and_mended(submitted, reviewer, author, **fields):
    """The reviewer asks for changes, the authors change ``fields`` and submit again."""
    back = perform(submitted, "request_changes", by=reviewer, comment="Please mend it.")
    PartnershipVersion.objects.filter(pk=back.pk).update(revision=back.revision + 1, **fields)
    again = PartnershipVersion.objects.get(pk=back.pk)
    remember(again, by=author)
    return perform(again, "submit", by=author)


class TestWhoSeesIt:
    def test_somebody_unknown_signs_in_first(self, client, submitted):
        assert "/accounts/login/" in client.get(address(submitted)).url

    def test_for_strangers_the_entry_does_not_exist(self, client, submitted, stranger):
        client.force_login(stranger)
        for name in ("review", "seen", "assign"):
            assert client.post(address(submitted, name=name)).status_code == (405 if name == "review" else 404)
        assert client.get(address(submitted)).status_code == 404

    def test_its_authors_have_no_business_on_the_desk(self, client, submitted, author):
        client.force_login(author)
        assert client.get(address(submitted)).status_code == 403
        assert client.post(address(submitted, name="seen"), {"revision": 1}).status_code == 403
        assert client.post(address(submitted, name="assign"), {"to": author.pk}).status_code == 403

    def test_a_draft_is_not_theirs_to_read(self, client, draft, reviewer):
        client.force_login(reviewer)
        assert client.get(address(draft)).status_code == 404

    def test_a_kind_that_does_not_exist(self, client, reviewer):
        client.force_login(reviewer)
        assert client.get("/en/desk/poem/1/").status_code == 404

    def test_wrong_methods(self, client, submitted, reviewer):
        client.force_login(reviewer)
        assert client.post(address(submitted)).status_code == 405
        assert client.get(address(submitted, name="seen")).status_code == 405
        assert client.get(address(submitted, name="assign")).status_code == 405

    def test_a_second_factor_is_asked_for_where_it_is_required(self, client, submitted, reviewer, settings):
        settings.SECOND_FACTOR_REQUIRED = True
        client.force_login(reviewer)
        assert client.get(address(submitted)).url == reverse("mfa_index")

    def test_a_named_platform_reads_and_remarks_but_does_not_decide(self, client, draft, author):
        named = factories.SecretariatMemberFactory().user
        NamedPlatform.objects.create(version=draft, platform=factories.global_platform())
        NamedPlatform.objects.create(version=draft, platform=named.secretariats.get().platform, position=1)
        page = page_of(client, named, perform(draft, "submit", by=author))
        assert "the reviewing platform decides" in page
        assert "Write a remark" in page
        assert ">Publish<" not in page


class TestWhatChanged:
    def test_at_first_it_is_compared_with_what_is_public(self, client, submitted, reviewer):
        page = page_of(client, reviewer, submitted)
        assert "Since you last looked" not in page
        assert 'aria-current="true"> Against what is public <span class="reading-count">1</span>' in page
        assert 'id="change-entry-summary"' in page

    def test_the_reviewer_sees_only_the_difference_since_their_last_look(self, client, submitted, reviewer, author):
        page_of(client, reviewer, submitted)
        again = returned_and_mended(submitted, reviewer, author, starts_on="2014")
        page = page_of(client, reviewer, again)
        assert 'aria-current="true"> Since you last looked <span class="reading-count">1</span>' in page
        assert 'id="change-entry-starts_on"' in page
        assert 'id="change-entry-summary"' not in page
        against = page_of(client, reviewer, again, view="public")
        assert 'id="change-entry-summary"' in against
        assert 'id="change-entry-starts_on"' in against

    def test_reloading_does_not_lose_it_and_saying_that_it_was_seen_does(self, client, submitted, reviewer, author):
        page_of(client, reviewer, submitted)
        again = returned_and_mended(submitted, reviewer, author, starts_on="2014")
        for _visit in range(2):
            assert 'id="change-entry-starts_on"' in page_of(client, reviewer, again)
        client.post(address(again, name="seen"), {"revision": again.revision})
        assert "Nothing has changed since you last looked." in page_of(client, reviewer, again)

    @pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 30, "²"])
    def test_a_revision_that_is_none_changes_nothing(self, client, submitted, reviewer, revision):
        look(submitted, by=reviewer)
        client.force_login(reviewer)
        assert client.post(address(submitted, name="seen"), {"revision": revision}).status_code == 302
        assert Look.objects.get().revision is None

    def test_the_whole_entry_shows_every_field_without_marks(self, client, submitted, reviewer):
        page = page_of(client, reviewer, submitted, view="whole")
        assert "A source" in page
        assert factories.mentee_of(submitted).name in page
        assert "<ins>" not in page

    def test_a_new_entry_is_shown_as_a_whole(self, client, version, reviewer):
        applicant = factories.UserFactory()
        organisation = Organisation.objects.create(
            key="new", slug="new", name="New utility", country_id="LC", created_by=applicant
        )
        page = page_of(client, reviewer, perform(organisation, "submit", by=applicant), "organisation")
        assert 'aria-current="true"> The whole entry' in page
        assert "Saint Lucia" in page

    def test_a_change_of_an_organisation_is_compared_with_it(self, client, version, reviewer):
        mentor = factories.mentor_of(version)
        overall = factories.SecretariatMemberFactory(platform=factories.global_platform()).user
        writer = factories.OrganisationMemberFactory(organisation=mentor, role="manager").user
        change = OrganisationChange.objects.create(
            organisation=mentor,
            name=f"{mentor.name} of Martinique",
            acronym=mentor.acronym,
            kind=mentor.kind,
            country=mentor.country,
            reason="So it stands in the law.",
        )
        page = page_of(client, overall, perform(change, "submit", by=writer), "change")
        assert 'aria-current="true"> Against what is public <span class="reading-count">2</span>' in page
        assert "of Martinique" in page
        assert "So it stands in the law." in page

    def test_a_remark_stands_beside_the_change_that_it_is_about(self, client, submitted, reviewer):
        add_comment(submitted, by=reviewer, text="Since when?", field="summary")
        page = page_of(client, reviewer, submitted)
        change = page[page.index('id="change-entry-summary"') : page.index('id="remarks"')]
        assert "Since when?" in change
        whole = page_of(client, reviewer, submitted, view="public")
        assert whole.count("Since when?</p>") == 1


class TestDeciding:
    def test_publishing_carries_the_revision_that_was_on_the_screen(self, client, submitted, reviewer):
        page = page_of(client, reviewer, submitted)
        assert reverse("desk:step", args=["partnership", submitted.pk, "publish"]) in page
        assert f'name="revision" value="{submitted.revision}"' in page

    def test_returned_without_a_reason_is_refused(self, client, submitted, reviewer):
        client.force_login(reviewer)
        step = reverse("desk:step", args=["partnership", submitted.pk, "request_changes"])
        response = client.post(step, {"comment": "   ", "revision": submitted.revision})
        assert response.status_code == 200
        assert PartnershipVersion.objects.get(pk=submitted.pk).state == State.SUBMITTED

    def test_the_reason_is_kept_when_somebody_was_faster(self, client, submitted, reviewer, author):
        client.force_login(reviewer)
        step = reverse("desk:step", args=["partnership", submitted.pk, "request_changes"])
        perform(submitted, "withdraw", by=author)
        response = client.post(step, {"comment": "The end is missing.", "revision": submitted.revision})
        assert "The end is missing." in text_of(response) or response.status_code == 404

    def test_a_reason_that_was_begun_is_there_again(self, client, submitted, reviewer):
        step = reverse("desk:step", args=["partnership", submitted.pk, "request_changes"])
        AutosavedForm.objects.create(user=reviewer, address=step.removeprefix("/en"), data={"comment": ["The end is"]})
        page = page_of(client, reviewer, submitted)
        assert "The end is</textarea>" in page
        assert '<details class="decision-reason" open>' in page

    def test_nobody_reviews_an_entry_of_an_organisation_they_belong_to(self, client, submitted, reviewer):
        mentee = factories.mentee_of(submitted)
        factories.OrganisationMemberFactory(organisation=mentee, user=reviewer)
        page = page_of(client, reviewer, submitted)
        assert f"You belong to {mentee.name}, which takes part in it." in page
        assert "decision-bar" not in page
        step = reverse("desk:step", args=["partnership", submitted.pk, "publish"])
        client.post(step, {"revision": submitted.revision})
        assert PartnershipVersion.objects.get(pk=submitted.pk).state == State.SUBMITTED

    def test_what_is_public_can_be_archived_from_here(self, client, version, reviewer):
        page = page_of(client, reviewer, version)
        assert reverse("desk:step", args=["partnership", version.pk, "archive"]) in page


class TestInWhoseHands:
    def test_taken_taken_over_and_given_back(self, client, submitted, reviewer, colleague):
        for person in (reviewer, colleague):
            client.force_login(person)
            client.post(address(submitted, name="assign"), {"to": person.pk})
            assert Assignment.objects.get().to == person
        assert "Give it back" in page_of(client, colleague, submitted)
        client.post(address(submitted, name="assign"), {"to": ""})
        assert not Assignment.objects.exists()

    def test_a_colleague_with_a_conflict_is_refused_and_not_offered(self, client, submitted, reviewer, colleague):
        factories.OrganisationMemberFactory(organisation=factories.mentee_of(submitted), user=colleague)
        assert f">{colleague.name}</option>" not in page_of(client, reviewer, submitted)
        response = client.post(address(submitted, name="assign"), {"to": colleague.pk}, follow=True)
        assert "may not decide on this entry" in text_of(response)
        assert not Assignment.objects.exists()

    def test_somebody_who_does_not_exist(self, client, submitted, reviewer):
        client.force_login(reviewer)
        assert client.post(address(submitted, name="assign"), {"to": 987654}).status_code == 404

    def test_it_tells_who_else_has_the_page_open(self, client, submitted, reviewer, colleague):
        look(submitted, by=colleague)
        assert f"{colleague.name} has this page open, too." in page_of(client, reviewer, submitted)

    def test_it_stays_with_the_reviewer_when_it_comes_back(self, submitted, reviewer, author):
        assign(submitted, to=reviewer, by=reviewer)
        again = returned_and_mended(submitted, reviewer, author, starts_on="2014")
        assert Assignment.objects.get(object_id=again.pk).to == reviewer


class TestChecklist:
    def test_it_counts_what_is_there_and_what_is_not(self, client, submitted, reviewer):
        page = page_of(client, reviewer, submitted)
        assert "Everything that publication needs is there." in page
        assert "1 source is given." in page
        assert "No remark is unsettled." in page
        assert "The total cost is not stated." in page

    def test_unsettled_remarks_are_listed(self, client, submitted, reviewer):
        comment = add_comment(submitted, by=reviewer, text="Since when?")
        page = page_of(client, reviewer, submitted)
        assert "1 remark is unsettled." in page
        assert f'href="#remark-{comment.pk}"' in page

    def test_each_side_confirms_differs_or_has_not_answered(self, client, submitted, reviewer):
        mentee, mentor = factories.mentee_of(submitted), factories.mentor_of(submitted)
        Confirmation.objects.all().delete()
        page = page_of(client, reviewer, submitted)
        assert f"{mentor.short_name} has been asked to confirm and has not answered." in page
        assert f"{mentee.short_name} has nobody in the portal who could confirm." in page
        words = {"entry": submitted, "fingerprint": fingerprint(submitted)}
        Confirmation.objects.create(organisation=mentor, answer="confirms", **words)
        Confirmation.objects.create(organisation=mentee, answer="differs", text="It began in 2013.", **words)
        page = page_of(client, reviewer, submitted)
        assert f"{mentor.short_name} confirms exactly these words." in page
        assert f"{mentee.short_name} says that something differs." in page
        assert "It began in 2013." in page

    def test_an_organisation_that_is_not_in_the_register_is_named_with_its_look_alikes(
        self, client, draft, author, reviewer
    ):
        known = factories.OrganisationFactory(name="Water and Sewerage Company", acronym="WASCO")
        new = Organisation.objects.create(
            key="new", slug="new", name="Water and Sewerage Company", acronym="WASCO", country_id="LC"
        )
        Involvement.objects.create(version=draft, organisation=new, role="supporter", position=5)
        page = page_of(client, reviewer, perform(draft, "submit", by=author))
        assert "is not in the register yet" in page
        assert reverse("directory:operator", args=[known.slug]) in page

    @pytest.mark.parametrize(
        ("months", "dates", "words"),
        [
            (18, ("2014-01", "2015-06"), "The stated duration, 18 months, fits the dates."),
            (24, ("2014", "2015"), "The stated duration, 2 years, fits the dates."),
            (
                24,
                ("2014-01", "2015-06"),
                "The stated duration, 2 years, does not fit the dates: January 2014 – June 2015.",
            ),
            (6, ("2013", "2015"), "The stated duration, 6 months, does not fit the dates: 2013 – 2015."),
        ],
    )
    def test_a_stated_duration_is_held_against_the_dates(self, months, dates, words):
        start, end = dates
        entry = factories.published_version(starts_on=start, ends_on=end, duration_months=months)
        assert words in {check.text for check in checks_of(entry, [])}

    @pytest.mark.parametrize("known", [{}, {"duration_months": 18, "starts_on": "2014"}, {"ends_on": "2014"}])
    def test_a_duration_is_held_against_nothing_where_something_lacks(self, known):
        entry = factories.published_version(**known)
        assert not any("duration" in check.text for check in checks_of(entry, []))

    def test_a_report_that_contradicts_the_partnership_is_noticed(self, client, version, author, reviewer):
        PartnershipVersion.objects.filter(pk=version.pk).update(cost_amount=60000, cost_currency="USD")
        report = factories.ReportVersionFactory(
            partnership=version.partnership, cost_amount=50000, cost_currency="USD", formal_agreement="yes"
        )
        page = page_of(client, reviewer, perform(report, "submit", by=author), "report")
        assert "Total cost differs. Partnership: USD 60,000 (Kind of figure not stated)." in page
        assert "Formal agreement differs. Partnership: no agreement is listed. Report: Yes." in page

    def test_what_only_one_of_report_and_partnership_tells_is_no_agreement(self, version, author):
        for title in ("Memorandum", "Contract"):
            Agreement.objects.create(version=version, title=title)
        report = factories.ReportVersionFactory(partnership=version.partnership, formal_agreement="dont-know")
        told = {check.text: check.texts for check in checks_of(report, [])}
        assert "Partnership and report agree on this." not in told
        open_points = told["Not compared, because one of partnership and report does not tell it."]
        assert {"Total cost", "Formal agreement"} <= set(open_points)

    def test_a_registration_shows_who_applies_for_what(self, client, version, reviewer):
        applicant = factories.UserFactory(name="Ada Applicant", email="ada@utility.example")
        words = {"name": "Aqua Nova", "kind": "public-utility", "country": factories.country("LC")}
        source = "https://aqua.example/statutes"
        made = register_organisation(by=applicant, services=["water", "sanitation"], source=source, **words)
        overall = factories.SecretariatMemberFactory(platform=made.reviewing_platform).user
        page = page_of(client, overall, made, "organisation")
        for text in ("Ada Applicant", "mailto:ada@utility.example", "Manager", "Water", "Sanitation", source):
            assert text in page
        assert "A source is given." in page
        erase_person(user=applicant, by=applicant)
        assert "Whoever applied has deleted the account." in page_of(client, overall, made, "organisation")
        assert "Who applies" not in page_of(client, reviewer, version)

    def test_a_registration_that_names_no_services_says_so(self, client, version):
        made = register_organisation(
            by=factories.UserFactory(name=""), name="Aqua Nova", kind="operator", country=factories.country("LC")
        )
        overall = factories.SecretariatMemberFactory(platform=made.reviewing_platform).user
        page = page_of(client, overall, made, "organisation")
        assert "name not stated" in page
        assert "not stated" in page[page.index("Services") :]
        assert "No source is given." in page

    def test_files_are_there_to_be_opened(self, client, draft, author, reviewer):
        stored = StoredFile.objects.create(file="attachments/a.pdf", name="a.pdf", size=10)
        PartnershipAttachment.objects.create(version=draft, description="Minutes", stored_file=stored)
        PartnershipAttachment.objects.create(version=draft, description="A lost presentation")
        page = page_of(client, reviewer, perform(draft, "submit", by=author))
        assert "1 file to open and look at." in page
        assert f"/files/{stored.pk}/a.pdf" in page
        assert "A lost presentation" in page


def test_it_tells_why_this_platform_decides(client, submitted, reviewer):
    platform = submitted.reviewing_platform
    assert f"{platform} decides: it covers the country." in page_of(client, reviewer, submitted)


def test_a_new_version_of_a_published_report_is_compared_with_it(client, author, reviewer, version):
    public = factories.published_report(partnership=version.partnership)
    draft = clone(public, by=author, overall_results="A third less water is lost.")
    page = page_of(client, reviewer, perform(draft, "submit", by=author), "report")
    assert 'id="change-entry-overall_results"' in page
