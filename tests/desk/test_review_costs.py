"""What the page costs on which an entry is decided: as many queries for many rows as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from partnerships.models import PartnershipAttachment, StoredFile, Track, TrackResult
from reviews.models import Comment
from reviews.workflow import perform
from tests import factories
from tests.desk.test_review import address, text_of

pytestmark = pytest.mark.django_db


def full(author, tracks):
    """A submitted version with ``tracks`` tracks, half as many more results, and half as many files."""
    draft = factories.draft_version()
    writer = factories.OrganisationMemberFactory(organisation=factories.mentor_of(draft)).user
    rows = [Track(version=draft, title=f"Track {number}", position=number) for number in range(tracks)]
    Track.objects.bulk_create(rows)
    TrackResult.objects.bulk_create(
        TrackResult(version=draft, track=rows[number % tracks], text=f"Result {number}", position=number)
        for number in range(tracks + tracks // 2)
    )
    files = [StoredFile(file=f"attachments/{n}.pdf", name=f"{n}.pdf", size=n) for n in range(max(1, tracks // 2))]
    StoredFile.objects.bulk_create(files)
    PartnershipAttachment.objects.bulk_create(
        PartnershipAttachment(version=draft, description=f"File {n}", stored_file=one, position=n)
        for n, one in enumerate(files)
    )
    return perform(draft, "submit", by=writer)


def test_forty_tracks_sixty_results_and_twenty_files_open_with_as_many_queries_as_one(client, author, reviewer):
    counts = []
    client.force_login(reviewer)
    for entry in (full(author, 1), full(author, 40)):
        track = entry.tracks.first()
        for number in range(1 if entry.tracks.count() == 1 else 20):
            Comment.objects.create(entry=entry, by=reviewer, text=f"Remark {number}", row_key=track.key)
        client.get(address(entry))
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address(entry))
        assert response.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert "Result 59" in text_of(response)


def test_forty_tracks_sixty_results_and_twenty_files_publish_with_as_many_queries_as_one(author, reviewer):
    counts = []
    for entry in (full(author, 1), full(author, 40)):
        with CaptureQueriesContext(connection) as queries:
            assert perform(entry, "publish", by=reviewer, revision=entry.revision).is_published
        counts.append(len(queries))
    assert counts[0] == counts[1]
