"""Files of a report: the same pages and the same secrecy as for partnerships, beside the secrecy of the WOP itself."""

import pytest
from django.urls import reverse

from partnerships.services.drafting import save_draft
from partnerships.services.files import attach, store_file
from reports.services import start_report
from reviews.workflow import perform
from tests import factories
from tests.sample_files import of_kind, pdf, upload


@pytest.fixture(autouse=True)
def own_folder(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def draft(version, author):
    draft = start_report(author, partnership=version.partnership, kind="periodic", period="2016")
    stored = store_file(upload("photos.pdf", pdf()), by=author)
    return attach(draft, by=author, revision=draft.revision, stored=stored, description="Photographs")


def publish(draft, author, reviewer):
    fields = {"code_of_conduct": "yes", "formal_agreement": "yes"}
    draft = save_draft(draft, by=author, revision=draft.revision, fields=fields)
    submitted = perform(draft, "submit", by=author)
    return perform(submitted, "publish", by=reviewer, revision=submitted.revision)


def address(draft):
    return draft.attachments.get().stored_file.get_absolute_url()


def test_the_file_of_a_draft_is_its_authors_alone(client, draft, author, stranger):
    assert client.get(address(draft)).status_code == 404
    client.force_login(stranger)
    assert client.get(address(draft)).status_code == 404
    client.force_login(author)
    assert client.get(address(draft)).status_code == 200


def test_the_file_of_a_published_report_is_everybodys(client, draft, author, reviewer):
    publish(draft, author, reviewer)
    assert client.get(address(draft)).status_code == 200
    page = client.get(draft.report.get_absolute_url()).content.decode()
    assert f'href="{address(draft)}"' in page


def test_it_goes_with_an_archived_wop(client, version, draft, author, reviewer):
    publish(draft, author, reviewer)
    perform(version, "archive", by=reviewer, comment="Entered twice")
    assert client.get(address(draft)).status_code == 404


def test_it_goes_with_an_archived_report(client, draft, author, reviewer):
    published = publish(draft, author, reviewer)
    perform(published, "archive", by=reviewer, comment="Wrong period")
    assert client.get(address(draft)).status_code == 404


def test_files_are_added_changed_and_removed_on_the_pages_of_the_draft(client, draft, author):
    client.force_login(author)
    page = reverse("reports:files", args=[draft.pk])
    text = client.get(page).content.decode()
    assert "Photographs" in text
    sent = {"description": "Figures", "held": "file", "revision": draft.revision}
    answer = client.post(page, sent | {"upload": upload("figures.ods", of_kind("ods"))})
    assert (answer.status_code, answer.url) == (302, page)
    figures = draft.attachments.get(description="Figures")
    row_page = reverse("reports:file", args=[draft.pk, figures.key])
    revision = type(draft).objects.get(pk=draft.pk).revision
    client.post(row_page, {"description": "Figures of 2016", "held": "file", "revision": revision})
    figures.refresh_from_db()
    assert (figures.description, figures.stored_file.name) == ("Figures of 2016", "figures.ods")
    client.post(reverse("reports:file-remove", args=[draft.pk, figures.key]), {"revision": revision + 1})
    assert [row.description for row in draft.attachments.all()] == ["Photographs"]


@pytest.mark.parametrize("name", ["files", "file", "file-remove"])
def test_the_pages_are_the_authors_alone(client, stranger, draft, name):
    key = draft.attachments.get().key
    client.force_login(stranger)
    url = reverse(f"reports:{name}", args=[draft.pk] if name == "files" else [draft.pk, key])
    assert client.post(url).status_code == 404


def test_a_report_of_another_wop_takes_no_file_of_this_one(draft, author):
    other = factories.published_version()
    member = factories.OrganisationMemberFactory(organisation=factories.mentor_of(other)).user
    theirs = start_report(member, partnership=other.partnership, kind="periodic", period="2016")
    with pytest.raises(Exception, match="Choose one from the list"):
        attach(theirs, by=member, revision=theirs.revision, stored=draft.attachments.get().stored_file, description="x")
