"""The pages on which authors upload, change and remove the files of a draft."""

import pytest
from django.core.cache import cache
from django.http import QueryDict
from django.urls import reverse

from accounts.autosave import autosave_input
from partnerships.models import StoredFile
from partnerships.services import save_draft
from partnerships.services.files import change_attachment, ticket_of
from reviews.workflow import perform
from tests.partnerships.filing import only_file, stored_by, with_file
from tests.sample_files import of_kind, pdf, upload

pytestmark = pytest.mark.usefixtures("own_folder")


@pytest.fixture
def page(draft):
    return reverse("partnerships:files", args=[draft.pk])


def form_of(draft, **fields):
    sent = {"description": "Results of the second year", "language": "es", "held": "file", "revision": draft.revision}
    return sent | fields


def test_the_page_says_what_may_be_uploaded(client, author, page):
    client.force_login(author)
    text = client.get(page).content.decode()
    assert "PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, CSV, TXT, JPEG, PNG, WebP" in text
    assert "20.0" in text
    assert 'enctype="multipart/form-data"' in text


def test_a_file_is_uploaded_with_its_words(client, author, draft, page):
    client.force_login(author)
    answer = client.post(page, form_of(draft, upload=upload("results.xlsx", of_kind("xlsx"))))
    assert answer.status_code == 302
    assert answer.url == page
    row = draft.attachments.get()
    assert (row.description, row.language, row.stored_file.name) == ("Results of the second year", "es", "results.xlsx")


def test_too_many_files_are_refused_and_the_words_stay(client, author, draft, page, settings):
    cache.clear()
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"upload": "1/h"}
    client.force_login(author)
    client.post(page, form_of(draft, upload=upload("one.pdf", pdf())))
    draft.refresh_from_db()
    answer = client.post(page, form_of(draft, description="The second one", upload=upload("two.pdf", pdf())))
    assert "You have sent many files" in answer.content.decode()
    assert "The second one" in answer.content.decode()
    assert StoredFile.objects.count() == 1


def test_a_reference_is_entered_without_a_file(client, author, draft, page):
    client.force_login(author)
    sent = form_of(draft, held="reference", stated_type="Slides", stated_size="1 MB", url="https://x.example/slides")
    assert client.post(page, sent).status_code == 302
    row = draft.attachments.get()
    assert (row.stored_file, row.stated_type, row.stated_size) == (None, "Slides", "1 MB")


def test_a_good_file_beside_a_wrong_field_is_kept(client, author, draft, page):
    client.force_login(author)
    answer = client.post(page, form_of(draft, description="", upload=upload("results.pdf", pdf())))
    assert answer.status_code == 200
    assert "results.pdf" in answer.content.decode()
    assert not draft.attachments.exists()
    ticket = answer.context["form"]["ticket"].value()
    assert client.post(page, form_of(draft, ticket=ticket)).status_code == 302
    assert draft.attachments.get().stored_file.name == "results.pdf"
    assert StoredFile.objects.count() == 1


def test_a_kept_file_is_still_there_when_the_page_is_opened_again(client, author, draft, page):
    client.force_login(author)
    client.post(page, form_of(draft, description="", upload=upload("results.pdf", pdf())))
    answer = client.get(page)
    assert answer.context["form"].kept.name == "results.pdf"


def test_a_refused_file_is_named_as_to_be_chosen_again_and_the_words_stay(client, author, draft, page):
    client.force_login(author)
    answer = client.post(page, form_of(draft, upload=upload("budget.exe", b"MZ" + bytes(60))))
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "“budget.exe” was not kept: choose a file again." in text
    assert "Results of the second year" in text
    assert not StoredFile.objects.exists()


def test_without_a_file_the_form_says_what_would_be_right(client, author, draft, page):
    client.force_login(author)
    answer = client.post(page, form_of(draft))
    assert "Choose a file, or say above that it is not held here." in answer.content.decode()


def test_a_reference_with_a_file_is_asked_about(client, author, draft, page):
    client.force_login(author)
    answer = client.post(page, form_of(draft, held="reference", upload=upload("results.pdf", pdf())))
    assert "say that you upload it here" in answer.content.decode()
    assert not draft.attachments.exists()


def test_a_storage_that_is_down_is_told_and_the_words_stay(client, author, draft, page, settings, tmp_path):
    (tmp_path / "a file").write_text("no folder")
    settings.MEDIA_ROOT = tmp_path / "a file" / "below"
    client.force_login(author)
    answer = client.post(page, form_of(draft, upload=upload("results.pdf", pdf())))
    text = answer.content.decode()
    assert answer.status_code == 503
    assert "The file could not be kept just now" in text
    assert "Results of the second year" in text


def test_somebody_elses_ticket_is_worth_nothing(client, author, stranger, draft, page):
    client.force_login(author)
    ticket = ticket_of(stored_by(stranger), by=stranger)
    assert client.post(page, form_of(draft, ticket=ticket)).status_code == 200
    assert not draft.attachments.exists()


def test_a_stale_form_is_told_and_can_be_sent_again(client, author, draft, page):
    client.force_login(author)
    with_file(draft, author, description="By a colleague")
    answer = client.post(page, form_of(draft, upload=upload("results.pdf", pdf())))
    text = answer.content.decode()
    assert "Somebody has changed this entry" in text
    assert "By a colleague" in text
    again = {name: answer.context["form"][name].value() for name in ("ticket", "revision")}
    assert client.post(page, form_of(draft, **again)).status_code == 302
    assert draft.attachments.count() == 2


def row_page(drafted, name="file"):
    return reverse(f"partnerships:{name}", args=[drafted.pk, drafted.attachments.get().key])


def come_back(client, author, url, words):
    """Words that were typed and kept, found again on the page: what its form would send now."""
    autosave_input(user=author, address=url, querydict=typed(words))
    return words | {"revision": client.get(url).context["form"]["revision"].value()}


def typed(words):
    sent = QueryDict(mutable=True)
    sent.update({name: str(value) for name, value in words.items()})
    return sent


def test_kept_words_go_with_a_new_file_after_another_section_was_saved(client, author, draft, page):
    client.force_login(author)
    words = form_of(draft)
    save_draft(draft, by=author, revision=draft.revision, fields={"title": "Another title"})
    sent = come_back(client, author, page, words)
    assert client.post(page, sent | {"upload": upload("results.pdf", pdf())}).status_code == 302
    assert draft.attachments.count() == 1


def test_kept_words_of_an_attachment_go_after_another_section_was_saved(client, author, drafted):
    client.force_login(author)
    words = form_of(drafted, description="Mine")
    save_draft(drafted, by=author, revision=drafted.revision, fields={"title": "Another title"})
    sent = come_back(client, author, row_page(drafted), words)
    assert client.post(row_page(drafted), sent).status_code == 302
    assert drafted.attachments.get().description == "Mine"


@pytest.mark.parametrize("seen", [None, "", "x"])
def test_kept_words_do_not_overwrite_what_somebody_made_of_the_attachment(client, author, drafted, seen):
    client.force_login(author)
    words = form_of(drafted, description="Mine") | ({} if seen is None else {"revision": seen})
    key = drafted.attachments.get().key
    change_attachment(drafted, key, by=author, revision=drafted.revision, description="Theirs")
    sent = come_back(client, author, row_page(drafted), words)
    assert client.post(row_page(drafted), sent).status_code == 200
    assert drafted.attachments.get().description == "Theirs"


def test_the_words_of_an_attachment_change_and_its_file_stays(client, author, drafted):
    client.force_login(author)
    before = only_file(drafted)
    assert client.get(row_page(drafted)).status_code == 200
    assert client.post(row_page(drafted), form_of(drafted, description="Mended")).status_code == 302
    assert drafted.attachments.get().description == "Mended"
    assert only_file(drafted) == before


def test_a_file_is_replaced(client, author, drafted):
    client.force_login(author)
    client.post(row_page(drafted), form_of(drafted, upload=upload("second.pdf", pdf())))
    assert only_file(drafted).name == "second.pdf"


def test_a_file_gives_way_to_a_reference(client, author, drafted):
    client.force_login(author)
    client.post(row_page(drafted), form_of(drafted, held="reference", stated_size="3 MB"))
    row = drafted.attachments.get()
    assert (row.stored_file, row.stated_size) == (None, "3 MB")


def test_an_attachment_is_removed(client, author, drafted):
    client.force_login(author)
    answer = client.post(row_page(drafted, "file-remove"), {"revision": drafted.revision})
    assert answer.status_code == 302
    assert not drafted.attachments.exists()


@pytest.mark.parametrize("revision", ["1", "", "x"])
def test_a_stale_removal_removes_nothing(client, author, drafted, revision):
    client.force_login(author)
    answer = client.post(row_page(drafted, "file-remove"), {"revision": revision}, follow=True)
    assert "Somebody has changed this entry" in answer.content.decode()
    assert drafted.attachments.exists()


def test_saving_without_a_change_changes_nothing(client, author, drafted):
    client.force_login(author)
    client.post(row_page(drafted), form_of(drafted, description="Results", language="en"))
    drafted.refresh_from_db()
    assert drafted.revision == form_of(drafted)["revision"]
    assert drafted.snapshots.filter(revision__gt=drafted.revision).count() == 0


@pytest.mark.parametrize("name", ["files", "file", "file-remove"])
def test_the_pages_are_the_authors_alone(client, stranger, reviewer, drafted, name):
    key = drafted.attachments.get().key
    url = reverse(f"partnerships:{name}", args=[drafted.pk] if name == "files" else [drafted.pk, key])
    if name != "file-remove":
        assert reverse("account_login") in client.get(url).url
    for person in (stranger, reviewer):
        client.force_login(person)
        assert client.post(url).status_code == 404


def test_what_was_submitted_has_no_such_page(client, author, drafted):
    perform(drafted, "submit", by=author)
    client.force_login(author)
    answer = client.get(row_page(drafted))
    assert answer.status_code == 302
    assert answer.url == reverse("desk:entry", args=["partnership", drafted.pk])


def test_what_is_sent_after_the_submission_is_refused_and_shown_again(client, author, drafted):
    sent = form_of(drafted, description="Too late")
    perform(drafted, "submit", by=author)
    client.force_login(author)
    answer = client.post(row_page(drafted), sent)
    assert answer.status_code == 200
    assert "cannot be changed now" in answer.content.decode()
    assert "Too late" in answer.content.decode()


@pytest.mark.parametrize("name", ["files", "file", "file-remove"])
def test_the_reviewer_of_a_submitted_entry_may_not_change_its_files(client, author, reviewer, drafted, name):
    key = drafted.attachments.get().key
    perform(drafted, "submit", by=author)
    client.force_login(reviewer)
    url = reverse(f"partnerships:{name}", args=[drafted.pk] if name == "files" else [drafted.pk, key])
    assert client.post(url).status_code == 403


def test_a_removal_is_posted(client, author, drafted):
    client.force_login(author)
    assert client.get(row_page(drafted, "file-remove")).status_code == 405
    assert client.put(row_page(drafted)).status_code == 405


def test_an_attachment_that_is_not_there_is_not_found(client, author, drafted):
    client.force_login(author)
    gone = reverse("partnerships:file", args=[drafted.pk, "11111111-2222-3333-4444-555555555555"])
    assert client.get(gone).status_code == 404


def test_twenty_files_cost_no_more_queries_than_one(client, author, drafted, page, django_assert_num_queries):
    client.force_login(author)
    client.get(page)
    counted = 12
    with django_assert_num_queries(counted):
        client.get(page)
    for number in range(19):
        drafted = with_file(drafted, author, description=f"File {number}")
    with django_assert_num_queries(counted):
        client.get(page)
