"""Every public version stays readable at its own address, and what it changed is told."""

import pytest
from django.conf import settings
from django.urls import reverse

from operators.models import Organisation
from partnerships.models import PartnershipTranslation, Role
from reviews.cloning import clone
from reviews.models import Comment
from reviews.states import State
from reviews.workflow import perform
from tests import factories

SECOND = "They went on with a second phase."


def published_again(version, author, reviewer, **changes):
    draft = perform(clone(version, by=author, **changes), "submit", by=author)
    return perform(draft, "publish", by=reviewer, revision=draft.revision)


@pytest.fixture
def second(version, author, reviewer):
    return published_again(version, author, reviewer, summary=SECOND)


def page(client, name, *args):
    return client.get(reverse(f"directory:{name}", args=args))


def text_of(response):
    return " ".join(response.content.decode().split())


class TestHistory:
    def test_each_public_version_says_what_it_changed_and_who_reported_it(self, client, second, author):
        text = text_of(page(client, "history", second.partnership.reference))
        assert "Version 2" in text
        assert "Version 1" in text
        assert f"reported by {factories.mentor_of(second).short_name}" in text
        assert "compiled from public sources" in text
        assert "<ins" in text
        assert "second" in text

    def test_what_is_not_public_yet_is_not_in_it(self, client, version, author):
        perform(clone(version, by=author, summary="A secret plan."), "submit", by=author)
        text = text_of(page(client, "history", version.partnership.reference))
        assert "secret" not in text
        assert "Version 2" not in text

    def test_neither_comments_nor_reasons_are_in_it(self, client, version, author, reviewer):
        draft = perform(clone(version, by=author, summary=SECOND), "submit", by=author)
        Comment.objects.create(entry=draft, text="Private remark", by=reviewer)
        draft = perform(draft, "request_changes", by=reviewer, comment="Private reason")
        draft = perform(draft, "submit", by=author, comment="Private answer")
        perform(draft, "publish", by=reviewer, revision=draft.revision, comment="Private praise")
        assert "Private" not in text_of(page(client, "history", version.partnership.reference))

    def test_translations_are_in_it(self, client, version, author, reviewer):
        draft = clone(version, by=author, summary=SECOND)
        PartnershipTranslation.objects.create(version=draft, field="summary", language="es", text="Con otras palabras")
        draft = perform(draft, "submit", by=author)
        perform(draft, "publish", by=reviewer, revision=draft.revision)
        assert "Con otras palabras" in text_of(page(client, "history", version.partnership.reference))

    def test_an_organisation_that_is_not_public_is_not_named(self, client, version, author, reviewer):
        draft = clone(version, by=author, summary=SECOND)
        funder = factories.OrganisationFactory(name="Hidden Fund", acronym="HIDE")
        factories.InvolvementFactory(version=draft, organisation=funder, role=Role.FUNDER, name_used="Hidden Fund then")
        draft = perform(draft, "submit", by=author)
        perform(draft, "publish", by=reviewer, revision=draft.revision)
        Organisation.objects.filter(pk=funder.pk).update(state=State.ARCHIVED)
        text = text_of(page(client, "history", version.partnership.reference))
        assert "Hidden" not in text
        assert "an organisation that is not public" in text

    def test_an_archived_wop_is_gone_with_its_history(self, client, second, reviewer):
        perform(second, "archive", by=reviewer, comment="Entered twice")
        for name, args in [("history", []), ("version", [1]), ("version", [2])]:
            response = page(client, name, second.partnership.reference, *args)
            assert response.status_code == 410
            assert "Entered twice" in response.content.decode()

    def test_an_unknown_wop_has_none(self, client, db):
        assert page(client, "history", "WOP-9999").status_code == 404

    def test_it_is_only_read(self, client, version):
        address = reverse("directory:history", args=[version.partnership.reference])
        assert client.post(address).status_code == 405


class TestVersion:
    def test_an_older_one_reads_as_it_did_then_and_leads_to_the_present(self, client, version, second):
        response = page(client, "version", version.partnership.reference, 1)
        text = text_of(response)
        assert version.summary in text
        assert SECOND not in text
        assert "An earlier version" in text
        present = reverse("directory:partnership", args=[version.partnership.reference])
        assert f'<link rel="canonical" href="{settings.PORTAL_URL}{present}">' in text

    def test_the_present_one_stands_at_its_address_too(self, client, second):
        text = text_of(page(client, "version", second.partnership.reference, 2))
        assert SECOND in text
        assert "An earlier version" not in text
        assert 'rel="canonical"' in text

    def test_one_that_is_not_public_has_no_page(self, client, version, author):
        perform(clone(version, by=author), "submit", by=author)
        assert page(client, "version", version.partnership.reference, 2).status_code == 404
        assert page(client, "version", version.partnership.reference, 7).status_code == 404

    def test_its_own_wop_is_no_neighbour_of_it(self, client, version, second):
        text = text_of(page(client, "version", version.partnership.reference, 1))
        assert "More by the same operators" not in text


class TestReports:
    @pytest.fixture
    def report(self, version, author, reviewer):
        first = factories.published_report(partnership=version.partnership, overall_results="Less water was lost.")
        published_again(first, author, reviewer, overall_results="Much less water was lost.")
        return first.report

    def test_its_versions_and_differences_are_told(self, client, report):
        text = text_of(page(client, "report-history", report.pk))
        assert "Version 2" in text
        assert "<ins" in text

    def test_an_older_version_reads_as_it_did_then(self, client, report):
        text = text_of(page(client, "report-version", report.pk, 1))
        assert "An earlier version" in text
        assert "Much less water" not in text
        assert "Much less water" in text_of(page(client, "report-version", report.pk, 2))

    def test_an_archived_report_says_so(self, client, report, reviewer):
        perform(report.versions.get(state="published"), "archive", by=reviewer, comment="Wrong period")
        for name, args in [("report", []), ("report-history", []), ("report-version", [1])]:
            response = page(client, name, report.pk, *args)
            assert response.status_code == 410
            assert "Wrong period" in response.content.decode()

    def test_it_is_gone_with_its_wop(self, client, report, version, reviewer):
        perform(version, "archive", by=reviewer, comment="Never took place")
        for name, args in [("report", []), ("report-history", []), ("report-version", [1])]:
            assert page(client, name, report.pk, *args).status_code == 410

    def test_one_that_was_never_public_has_no_page(self, client, version):
        draft = factories.ReportVersionFactory(partnership=version.partnership)
        for name, args in [("report", []), ("report-history", []), ("report-version", [1])]:
            assert page(client, name, draft.report_id, *args).status_code == 404
        assert page(client, "report", 99999).status_code == 404


class TestCiting:
    def test_a_profile_names_the_address_of_its_version(self, client, second):
        text = text_of(page(client, "partnership", second.partnership.reference))
        reference = second.partnership.reference
        assert f"WOP Portal. {reference}: {second.title}. Version 2," in text
        assert f"{settings.PORTAL_URL}/en/partnerships/{reference}/versions/2/" in text
        assert "@misc{" in text
        assert "TY - DATA" in text

    def test_a_report_names_its_period_and_version(self, client, version):
        report = factories.published_report(partnership=version.partnership)
        text = text_of(page(client, "report", report.report_id))
        assert "Periodic report, 2015. Version 1," in text
        assert f"/en/reports/{report.report_id}/versions/1/" in text

    def test_signs_with_a_meaning_in_bibtex_are_escaped(self, client, version, author, reviewer):
        published_again(version, author, reviewer, title="50 % {less} & $ more_")
        text = text_of(page(client, "partnership", version.partnership.reference))
        assert r"50 \% \{less\} &amp; \$ more\_" in text.replace(r"\&amp;", "&amp;")
