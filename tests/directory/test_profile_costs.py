"""What a profile costs: as many queries for many rows and neighbours as for one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from partnerships.models import Track, TrackResult
from reports.models import ReportResult, ReportVersion
from reviews.workflow import perform
from tests import factories
from tests.directory.test_profile import address, area, page
from tests.directory.test_profile_reports import report_for

pytestmark = pytest.mark.django_db

QUERIES = 46
"""One for each kind of row of a partnership and of a report: 26 (docs/decisions/0008-rows-in-one-query.md)."""


def told_at_length(rows):
    """A published partnership with so many tracks, results and mentees, and as many reports on it."""
    draft = factories.draft_version()
    for number in range(rows):
        track = Track.objects.create(version=draft, area=area("metering"), title=f"Track {number}")
        TrackResult.objects.create(version=draft, track=track, text=f"Result {number}")
        factories.InvolvementFactory(version=draft, role="mentee", position=number)
    version = perform(draft, "load", by=None)
    for number in range(rows):
        report = report_for(version, str(1990 + number))
        ReportResult.objects.create(version=report, track_key=track.key, text=f"Reported {number}")
        perform(report, "load", by=None)
    assert ReportVersion.objects.published().filter(report__partnership=version.partnership).count() == rows
    return version


@pytest.mark.parametrize("rows", [1, 30])
def test_the_number_of_queries_does_not_grow_with_the_rows(client, django_assert_num_queries, rows):
    version = told_at_length(rows)
    client.get(address(version))
    with django_assert_num_queries(QUERIES):
        client.get(address(version))


def test_nor_with_the_neighbours(client):
    version = factories.published_version()
    mentor = factories.mentor_of(version)

    def neighbour():
        draft = factories.draft_version()
        draft.involvements.filter(role="mentor").update(organisation=mentor)
        return perform(draft, "load", by=None)

    titles = [neighbour().title]
    page(client, version)
    with CaptureQueriesContext(connection) as beside_one:
        page(client, version)
    titles += [neighbour().title for _ in range(3)]
    with CaptureQueriesContext(connection) as beside_more:
        html = page(client, version)
    assert sum(escape(title) in html for title in titles) > 1
    assert len(beside_more) == len(beside_one)
