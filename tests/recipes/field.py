"""The lessons of a partnership: asked, published, compared, told to programs, exported."""

import pytest
from django.urls import reverse

from partnerships.services import start_new_version
from reviews.diffs import changes_between
from reviews.snapshots import content_of
from reviews.workflow import perform
from tests.api.people import bearer, token_for
from tests.exports.exporting import fetch, records
from tests.partnerships.answering import now, section_url, typed

LESSONS = "Begin with one small zone."


@pytest.fixture
def draft(client, version, author):
    """Answered on the page of the form."""
    draft = start_new_version(version.partnership, author)
    client.force_login(author)
    url = section_url(draft, "results")
    assert "What you would do again, and what not." in client.get(url).content.decode()
    assert client.post(url, typed(client, url, lessons=LESSONS)).status_code == 302
    return now(draft)


def test_the_field_is_kept_and_stands_among_the_differences(draft, version):
    assert draft.lessons == LESSONS
    [change] = changes_between(type(draft), content_of(version), content_of(draft))
    assert (change.field, str(change.field_label), change.after) == ("lessons", "Lessons for others", LESSONS)


def test_programs_read_and_write_it_in_the_draft(client, draft, author):
    headers = bearer(token_for(author)[1])
    address = reverse("api:partnership-draft", args=[draft.partnership.reference])
    read = client.get(address, headers=headers)
    assert read.json()["lessons"] == LESSONS
    match = headers | {"if-match": read.headers["ETag"]}
    assert client.patch(address, {"lessons": "Two"}, content_type="application/json", headers=match).status_code == 200
    assert now(draft).lessons == "Two"


def test_the_public_reads_it_on_page_api_and_in_an_export(client, draft, author, reviewer):
    submitted = perform(draft, "submit", by=author)
    perform(submitted, "publish", by=reviewer, revision=submitted.revision)
    client.logout()
    reference = draft.partnership.reference
    assert LESSONS in client.get(reverse("directory:partnership", args=[reference])).content.decode()
    assert client.get(reverse("api:partnership", args=[reference])).json()["lessons"] == LESSONS
    assert [one["lessons"] for one in records(fetch(client, "jsonl").body)] == [LESSONS]
    assert client.get("/api/v1/partnerships/?q=small+zone").json()["count"] == 1
