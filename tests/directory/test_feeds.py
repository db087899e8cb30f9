"""Feeds: what was published, newest first, with the directory's filters."""

import html

import feedparser
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.http import http_date
from django.utils.translation import gettext, override

from directory.feeds import MOST
from directory.filters.partnerships import PartnershipFilter
from partnerships.models import Track
from reviews.cloning import clone
from reviews.models import ReviewEvent
from reviews.workflow import perform
from tests import factories
from tests import register_files as files
from tests.everything import everything
from tests.indexing import up_to_date
from tests.registered import RegisterTestCase
from vocabularies.models import ImprovementArea

pytestmark = pytest.mark.django_db
FEED = "/en/feeds/partnerships.atom"
REPORTS = "/en/feeds/reports.atom"


def read(client, address=FEED, **question):
    """The feed as a reader understands it."""
    response = client.get(address, question)
    assert response.status_code == 200, response.content.decode()
    feed = feedparser.parse(response.content, response_headers={"content-type": response.headers["Content-Type"]})
    assert not feed.bozo, feed.get("bozo_exception")
    return feed


def references(feed):
    return [entry.title.partition(" ")[0] for entry in feed.entries]


def published_again(version, summary):
    """A second version, published by somebody else than its author."""
    author = factories.OrganisationMemberFactory(organisation=factories.mentor_of(version)).user
    draft = clone(version, by=author)
    type(draft)._base_manager.filter(pk=draft.pk).update(summary=summary)
    draft.refresh_from_db()
    submitted = perform(draft, "submit", by=author)
    reviewer = factories.SecretariatMemberFactory(platform=submitted.reviewing_platform).user
    return perform(submitted, "publish", by=reviewer, revision=submitted.revision)


@pytest.mark.parametrize("language", ["en", "es", "fr", "pt"])
def test_a_feed_is_in_the_language_of_its_address(client, version, language):
    feed = read(client, f"/{language}/feeds/partnerships.atom")
    assert feed.feed.language == language
    with override(language):
        assert feed.feed.title.startswith(gettext("WOP Portal"))
    assert f"/{language}/partnerships/" in feed.entries[0].link


def test_it_tells_of_what_is_published_newest_first(client):
    first, second = factories.published_version(), factories.published_version()
    factories.draft_version()
    feed = read(client)
    assert references(feed) == [second.partnership.reference, first.partnership.reference]
    assert feed.entries[0].updated_parsed >= feed.entries[1].updated_parsed
    assert feed.feed.updated == feed.entries[0].updated


def test_the_question_stands_in_title_and_addresses(client, settings):
    settings.PORTAL_URL = "https://portal.example"
    factories.published_version(mentor_in="MQ", mentee_in="LC")
    factories.published_version(mentor_in="KE", mentee_in="UG")
    feed = read(client, country="LC", view="table", ordering="title")
    assert feed.feed.title == "WOP Portal: Partnerships: Saint Lucia"
    assert feed.feed.subtitle == "1 partnership with a mentor, mentee, peer or partner from Saint Lucia"
    links = {link.rel: link.href for link in feed.feed.links}
    assert links["self"] == "https://portal.example/en/feeds/partnerships.atom?country=LC"
    assert links["alternate"] == "https://portal.example/en/partnerships/?country=LC"
    assert len(feed.entries) == 1
    assert feed.entries[0].link.startswith("https://portal.example/en/partnerships/WOP-")


QUESTIONS = [
    {},
    {"country": ["LC", "KE"]},
    {"role": "mentee", "country": "UG"},
    {"area": "non-revenue-water"},
    {"q": "mentor"},
    {"has_report": "yes"},
    {"status": "completed"},
]


@pytest.mark.parametrize("question", QUESTIONS, ids=str)
def test_the_count_is_that_of_the_directory(client, question):
    draft = factories.draft_version(mentor_in="KE", mentee_in="UG", status="completed")
    Track.objects.create(version=draft, area=ImprovementArea.objects.get(code="non-revenue-water"))
    version = perform(draft, "load", by=None)
    factories.published_report(partnership=version.partnership)
    factories.published_version()
    page = client.get("/en/partnerships/", question).context
    feed = read(client, **question)
    assert len(feed.entries) == page["page_obj"].paginator.count > 0
    assert feed.feed.subtitle == page["sentence"]


def test_an_entry_says_who_when_and_on_what(client):
    version, _report = everything()
    entry = next(one for one in read(client).entries if one.title.startswith(version.partnership.reference))
    assert entry.title == f"{version.partnership.reference} {version.title}"
    assert "Lead mentor: MENTOR-ORG (Saint Lucia)" in entry.summary
    assert "Improvement areas: Metering" in entry.summary
    assert [(tag.term, tag.label) for tag in entry.tags] == [("metering", "Metering")]
    assert entry.content[0].language == "fr"
    assert "&lt;angle&gt;" in entry.content[0].value


def test_a_new_version_is_a_new_entry(client, version):
    before = read(client).entries[0]
    published_again(version, "Now they measure too.")
    (after,) = read(client).entries
    assert before.link == after.link
    assert (before.id, after.id) == (f"{after.link}versions/1/", f"{after.link}versions/2/")
    assert "Now they measure too." in after.content[0].value


@pytest.mark.parametrize(("stated", "told"), [("CC BY 4.0", "CC BY 4.0"), ("", "not yet decided")])
def test_the_licence_is_told_or_that_there_is_none(client, version, settings, stated, told):
    settings.DATA_LICENCE = stated
    assert read(client).feed.rights == f"Data licence: {told}"


def test_what_was_archived_is_gone(client, version, reviewer):
    perform(version, "archive", by=reviewer, comment="Entered twice")
    assert read(client).entries == []
    assert read(client, REPORTS).entries == []


def test_a_draft_of_a_new_version_changes_nothing(client, version, author):
    before = client.get(FEED).content
    draft = clone(version, by=author)
    type(draft)._base_manager.filter(pk=draft.pk).update(summary="zqcanary", title="zqcanary")
    assert client.get(FEED).content == before


def test_characters_that_no_xml_can_hold_are_left_out(client):
    factories.published_version(title="Less\x0b water\x1f lost", summary="Pasted\x0c from a file")
    assert read(client).entries[0].title.endswith("Less water lost")


@pytest.mark.parametrize("address", [FEED, REPORTS])
def test_an_invalid_value_is_answered_in_the_words_of_the_page(client, version, address):
    response = client.get(address, {"country": "XX", "year_from": "abc"})
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "Country: “XX” is not known; a possible value is “LC”.",
        "Years it ran, from: Write a year, for example 2014.",
    ]


@pytest.mark.parametrize("address", [FEED, REPORTS, "/en/embed/partnerships/"])
def test_a_parameter_that_nobody_has_is_refused_in_the_words_of_the_api(client, version, address):
    response = client.get(address, {"contry": "LC"})
    said = client.get("/api/v1/partnerships.iati.xml", {"contry": "LC"}).json()["errors"]["contry"][0]
    assert response.status_code == 400
    words = html.unescape(response.content.decode())
    assert said.partition(";")[0] in words
    assert all(name in words for name in PartnershipFilter.base_filters)


@pytest.mark.parametrize("address", [FEED, REPORTS])
def test_an_empty_register_has_an_empty_feed(client, address):
    assert read(client, address).entries == []


def test_of_very_many_only_the_newest_are_told(client, monkeypatch):
    monkeypatch.setattr("directory.feeds.MOST", 2)
    versions = [factories.published_version() for _ in range(3)]
    feed = read(client)
    assert references(feed) == [version.partnership.reference for version in versions[:0:-1]]
    assert feed.feed.subtitle == "3 partnerships"


class TestAskingAgain:
    def test_costs_nothing_while_nothing_has_changed(self, client, version):
        first = client.get(FEED)
        assert client.get(FEED, headers={"if-none-match": first.headers["ETag"]}).status_code == 304
        assert client.get(FEED, headers={"if-modified-since": first.headers["Last-Modified"]}).status_code == 304

    def test_shows_a_publication_at_once(self, client, version):
        tag = client.get(FEED).headers["ETag"]
        factories.published_version()
        assert client.get(FEED, headers={"if-none-match": tag}).status_code == 200

    def test_is_dated_by_the_last_thing_that_happened_also_when_something_went(self, client, version, reviewer):
        perform(version, "archive", by=reviewer, comment="Entered twice")
        archived = ReviewEvent.objects.get(action="archive").created_at
        assert client.get(FEED).headers["Last-Modified"] == http_date(archived.timestamp())

    def test_is_not_dated_by_drafts(self, client, version, author):
        before = client.get(FEED).headers["Last-Modified"]
        draft = clone(version, by=author)
        perform(draft, "submit", by=author)
        assert client.get(FEED).headers["Last-Modified"] == before


class TestReports:
    def test_stand_in_a_feed_of_their_own(self, client, version):
        report = factories.published_report(partnership=version.partnership)
        factories.ReportVersionFactory(partnership=version.partnership, period="2016")
        feed = read(client, REPORTS)
        (entry,) = feed.entries
        assert entry.title == f"{version.partnership.reference} {version.title}: Periodic report, 2015"
        assert entry.link.endswith(f"/en/reports/{report.report_id}/")
        assert entry.id == f"{entry.link}versions/1/"
        assert feed.feed.title == "WOP Portal: Reports: All partnerships"
        assert feed.feed.subtitle == "1 report"

    def test_are_those_on_the_partnerships_that_match(self, client):
        for country in ("KE", "LC"):
            wop = factories.published_version(mentee_in=country)
            factories.published_report(partnership=wop.partnership)
        assert len(read(client, REPORTS).entries) == 2
        assert len(read(client, REPORTS, country="KE").entries) == 1


@pytest.mark.parametrize("address", [FEED, REPORTS])
def test_one_and_thirty_entries_cost_the_same_queries(client, address):
    def queries():
        up_to_date()
        with CaptureQueriesContext(connection) as captured:
            feed = read(client, address)
        return len(captured), len(feed.entries)

    def publish():
        factories.published_report(partnership=factories.published_version().partnership)

    publish()
    queries()
    few = queries()
    for _ in range(29):
        publish()
    assert queries() == (few[0], 30)
    assert few == (few[0], 1)
    assert few[0] <= 11


class TestRegister(RegisterTestCase):
    def test_the_feed_of_a_question_has_what_the_directory_counts(self):
        for question in ({"region": "lac"}, {"country": "MA"}, {"has_report": "yes"}, {"area": "non-revenue-water"}):
            page = self.client.get("/en/partnerships/", question).context
            feed = read(self.client, **question)
            assert feed.feed.subtitle == page["sentence"]
            assert len(feed.entries) == page["page_obj"].paginator.count > 0, question

    def test_of_all_the_newest_are_told_and_all_are_counted(self):
        feed = read(self.client)
        assert len(feed.entries) == MOST
        assert feed.feed.subtitle == f"{files.number('partnerships')} partnerships"


def test_the_directory_names_the_feeds_of_its_filters(client, version):
    page = client.get("/en/partnerships/", {"country": "LC", "view": "table"}).content.decode()
    for name in ("partnerships", "reports"):
        assert f'href="/en/feeds/{name}.atom?country=LC"' in page
    assert page.count('href="/en/feeds/partnerships.atom?country=LC"') == 3  # head, above the results, among all
