"""The course of a partnership: what lasted several days."""

import pytest
from django.utils.translation import override
from lxml.html import fromstring

from partnerships.models import Milestone
from partnerships.services import save_draft
from reviews.diffs import changes_between
from reviews.snapshots import at_revision, content_of
from tests import factories
from tests.partnerships.answering import section_url, typed
from tests.partnerships.saving import refused

THREE_DAYS = {"text": "First visit", "happened_on": "2014-06-03", "ended_on": "2014-06-05"}


def lines(client, version, heading):
    """What a list of the profile says under ``heading``, as pieces of text."""
    page = fromstring(client.get(version.get_absolute_url()).content.decode())
    items = page.xpath(f"//section[h2 = '{heading}']/ol/li")
    return [[text.strip() for text in item.itertext() if text.strip()] for item in items]


def public(**rows):
    """A published version with these rows."""
    version = factories.published_version()
    for relation, values in rows.items():
        for position, row in enumerate(values):
            getattr(version, relation).create(position=position, **row)
    return version


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "heading", "days"),
    [
        ("en", "Milestones", "3–5 June 2014"),
        ("es", "Hitos", "3–5 de junio de 2014"),
        ("fr", "Jalons", "3–5 juin 2014"),
        ("pt", "Marcos", "3–5 de Junho de 2014"),
    ],
)
def test_what_lasted_several_days_says_so_in_the_readers_language(client, language, heading, days):
    version = public(milestones=[THREE_DAYS])
    with override(language):
        assert lines(client, version, heading) == [[days, "First visit"]]


@pytest.mark.django_db
def test_milestones_stand_by_their_first_day(client):
    version = public(
        milestones=[
            {"text": "Undated"},
            {"text": "Later", "happened_on": "2014-06-04"},
            THREE_DAYS,
            {"text": "That year", "happened_on": "2014"},
        ]
    )
    assert [line[-1] for line in lines(client, version, "Milestones")] == [
        "That year",
        "First visit",
        "Later",
        "Undated",
    ]


@pytest.mark.parametrize(
    ("row", "reasons"),
    [
        ({"ended_on": "2014-06-02"}, {"milestones-0-ended_on": ["The end lies before the start."]}),
        ({"happened_on": ""}, {"milestones-0-happened_on": ["Write the first day too."]}),
    ],
)
def test_a_last_day_needs_a_first_one_before_it(draft, author, row, reasons):
    assert refused(draft, author, rows={"milestones": [THREE_DAYS | row]}).message_dict == reasons


def test_whoever_types_both_days_into_one_field_is_told_where_each_goes(writer, draft):
    url = section_url(draft, "course")
    row = {"milestones-0-text": "First visit", "milestones-0-happened_on": "3-5 June 2014"}
    answer = writer.post(url, typed(writer, url, **row))
    words = "“3-5 June 2014” lasts from 3 June 2014 to 5 June 2014. Write 3 June 2014 here and 5 June 2014 where"
    assert words in answer.content.decode()
    both = {"milestones-0-happened_on": "3 June 2014", "milestones-0-ended_on": "5 June 2014"}
    writer.post(url, typed(writer, url, **row | both))
    assert Milestone.objects.values_list("happened_on", "ended_on").get() == ("2014-06-03", "2014-06-05")


def test_an_added_last_day_is_a_difference(draft, author):
    first = {"text": "First visit", "happened_on": "2014-06-03"}
    saved = save_draft(draft, by=author, revision=draft.revision, rows={"milestones": [first]})
    row = {"key": saved.milestones.get().key, "ended_on": "2014-06-05"}
    after = save_draft(saved, by=author, revision=saved.revision, rows={"milestones": [row]})
    [change] = changes_between(type(draft), at_revision(after, saved.revision), content_of(after))
    assert (change.field_label, change.after) == ("Last day", "5 June 2014")
