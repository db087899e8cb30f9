"""Two people in one section at once: what each changed alone stands, only what both changed is asked."""

from contextlib import contextmanager
from datetime import timedelta
from itertools import zip_longest

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import AutosavedForm
from partnerships.forms.sections import QUESTIONNAIRE as PARTNERSHIP
from partnerships.models import Track
from partnerships.services import save_draft
from reports.forms.sections import QUESTIONNAIRE as REPORT
from reviews.cloning import clone
from reviews.snapshots import remember
from tests import factories
from tests.everything import everything
from tests.partnerships.answering import now, section_url, typed
from tests.posting import fields_of
from tests.reports.answering import term

WALK = [(form, section) for form in (PARTNERSHIP, REPORT) for section in form.sections if not section.address]
CHOSEN_ONLY = {"networks"}
"""Sections without a text."""
NOT_TYPED = ("csrfmiddlewaretoken", "revision", "told", "then")


# --- every section of both forms ------------------------------------------------------------------------


@pytest.fixture
def full(client, db):
    """{model: a draft in which every question is answered}, and somebody signed in who writes it."""
    version, report = everything()
    person = factories.OrganisationMemberFactory(organisation=version.partnership.participants.first().organisation)
    client.force_login(person.user)
    drafts = {type(entry): clone(entry, by=person.user) for entry in (version, report)}
    for draft in drafts.values():
        draft.unanswered.all().delete()
        remember(draft, by=person.user)
    return drafts


@contextmanager
def rehearsal():
    """Nothing of it stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def is_saved(client, url, data, name):
    """Whether the page takes ``data``, and shows afterwards what stands under ``name``."""
    with rehearsal():
        answer = client.post(url, data)
        stored = fields_of(client.get(url)) if answer.status_code == 302 else {}
    return stored.get(name) == [data[name]]


def changeable(client, url, data):
    """{name: another value that the page takes} of the texts that stand in it."""
    texts = {
        name: f"{values[0]} more"
        for name, values in data.items()
        if len(values) == 1 and " " in values[0].strip() and name not in NOT_TYPED
    }
    return {name: value for name, value in texts.items() if is_saved(client, url, data | {name: value}, name)}


@pytest.mark.parametrize(
    ("form", "section"),
    [
        pytest.param(*one, marks=() if place % 5 == 0 else pytest.mark.whole, id=f"{one[0].kind}-{one[1].code}")
        for place, one in enumerate(WALK)
    ],
)
def test_what_one_changed_stays_and_what_both_changed_is_asked(client, full, form, section):
    url = form.url(full[form.model], section)
    seen = fields_of(client.get(url))
    texts = changeable(client, url, seen)
    assert texts or section.code in CHOSEN_ONLY
    for theirs, mine in zip_longest(texts, list(texts)[1:]):
        with rehearsal():
            assert client.post(url, seen | {theirs: texts[theirs]}).status_code == 302
            if mine:
                assert client.post(url, seen | {mine: texts[mine]}).status_code == 302, (theirs, mine)
                stored = fields_of(client.get(url))
                assert [stored[theirs], stored[mine]] == [[texts[theirs]], [texts[mine]]]
            asked = client.post(url, seen | {theirs: "My own words"})
            assert asked.status_code == 200, theirs
            assert {change.after for change in asked.context["section_form"].changes} == {texts[theirs]}
            assert client.post(url, fields_of(asked)).status_code == 302
            stored = fields_of(client.get(url))
            assert stored[theirs] == ["My own words"]
            assert not mine or stored[mine] == [texts[mine]]


# --- rows -----------------------------------------------------------------------------------------------


@pytest.fixture
def tracks(draft, author):
    """Saves the tracks, named by their titles; gives {title: key}."""

    def save(*rows):
        save_draft(draft, by=author, revision=now(draft).revision, rows={"tracks": list(rows)})
        return {row.title: str(row.key) for row in Track.objects.filter(version=draft)}

    return save


def titles(draft):
    return [row.title for row in now(draft).tracks.all()]


@pytest.fixture
def page(writer, draft, tracks):
    """(address, what the page of two tracks sends, their keys)."""
    keys = tracks({"title": "Leaks"}, {"title": "Meters"})
    url = section_url(draft, "tracks")
    return url, typed(writer, url), keys


def without(data, number):
    return {name: values for name, values in data.items() if not name.startswith(f"tracks-{number}-")}


def test_rows_that_both_added_stand_beside_each_other(writer, draft, tracks, page):
    url, seen, keys = page
    tracks(*({"key": key} for key in keys.values()), {"title": "Theirs"})
    assert writer.post(url, seen | {"tracks-2-title": "Mine", "tracks-2-key": ""}).status_code == 302
    assert titles(draft) == ["Leaks", "Meters", "Theirs", "Mine"]


def test_a_row_that_only_they_took_away_stays_away(writer, draft, tracks, page):
    url, seen, keys = page
    tracks({"key": keys["Meters"]})
    assert writer.post(url, seen | {"tracks-1-title": "Meters for all"}).status_code == 302
    assert titles(draft) == ["Meters for all"]


def test_a_row_that_only_i_took_away_goes(writer, draft, tracks, page):
    url, seen, keys = page
    tracks({"key": keys["Leaks"]}, {"key": keys["Meters"], "title": "Meters for all"})
    assert writer.post(url, without(seen, 0)).status_code == 302
    assert titles(draft) == ["Meters for all"]


def test_a_row_that_they_took_away_and_i_changed_is_asked(writer, draft, tracks, page):
    url, seen, keys = page
    tracks({"key": keys["Meters"]})
    asked = writer.post(url, seen | {"tracks-0-title": "Leaks found"})
    assert asked.context["is_stale"]
    assert titles(draft) == ["Meters"]
    assert writer.post(url, fields_of(asked)).status_code == 302
    assert sorted(titles(draft)) == ["Leaks found", "Meters"]


def test_a_row_that_i_took_away_and_they_changed_is_asked(writer, draft, tracks, page):
    url, seen, keys = page
    tracks({"key": keys["Leaks"], "title": "Leaks found"}, {"key": keys["Meters"]})
    asked = writer.post(url, without(seen, 0))
    assert asked.context["is_stale"]
    assert "Leaks found" in asked.content.decode()
    assert writer.post(url, fields_of(asked)).status_code == 302
    assert titles(draft) == ["Meters"]


def test_the_order_is_that_of_whoever_moved_rows(writer, draft, tracks, page):
    url, seen, keys = page
    tracks({"key": keys["Meters"]}, {"key": keys["Leaks"]})
    assert writer.post(url, seen | {"tracks-0-title": "Leaks found"}).status_code == 302
    assert titles(draft) == ["Meters", "Leaks found"]


def test_what_is_wrong_with_a_row_is_said_at_its_place_on_my_page(writer, draft, author):
    save_draft(draft, by=author, revision=now(draft).revision, rows={"phases": [{"title": "One"}, {"title": "Two"}]})
    url = section_url(draft, "agreements")
    seen = typed(writer, url)
    last = {"key": draft.phases.get(title="Two").key}
    save_draft(draft, by=author, revision=now(draft).revision, rows={"phases": [last]})
    wrong = {"phases-1-starts_on": "2020", "phases-1-ends_on": "2010"}
    answer = writer.post(url, seen | wrong)
    assert answer.status_code == 200
    assert {problem.id_for_label for problem in answer.context["section_form"].problems} <= {
        "id_phases-1", "id_phases-1-starts_on", "id_phases-1-ends_on"
    }  # fmt: skip
    assert "Together with these answers yours do not go" in answer.content.decode()
    assert writer.post(url, fields_of(answer) | {"phases-1-ends_on": "2021"}).status_code == 302
    assert [row.title for row in now(draft).phases.all()] == ["Two"]


def test_terms_and_reasons_that_each_chose_stand_together(full, client):
    report = full[REPORT.model]
    url = REPORT.url(report, REPORT.section("motivations"))
    seen = fields_of(client.get(url))
    first = term("mentor_motivation", "share-knowledge").pk
    second = term("mentor_motivation", "solidarity-principles").pk
    assert client.post(url, seen | {"mentor_motivation": []}).status_code == 302
    seen = fields_of(client.get(url))
    base = seen.get("mentor_motivation", [])
    assert client.post(url, seen | {"mentor_motivation": [*base, str(first)]}).status_code == 302
    assert client.post(url, seen | {"mentor_motivation": [*base, str(second)]}).status_code == 302
    assert {str(first), str(second), *base} == set(fields_of(client.get(url))["mentor_motivation"])
    last = fields_of(client.get(url))
    assert client.post(url, last | {"mentor_motivation": [str(second)]}).status_code == 302
    assert client.post(url, last | {"open-mentee_motivation": ""}).status_code == 302
    assert fields_of(client.get(url))["mentor_motivation"] == [str(second)]


# --- who is there ---------------------------------------------------------------------------------------


def kept_by(person, url, *, minutes):
    kept = AutosavedForm.objects.create(user=person, address=url.removeprefix("/en"), data={"x": ["y"]})
    AutosavedForm.objects.filter(pk=kept.pk).update(saved_at=timezone.now() - timedelta(minutes=minutes))


@pytest.mark.parametrize(("minutes", "is_told"), [(1, True), (9, True), (11, False)])
def test_the_section_says_who_else_is_typing_there(writer, draft, counterpart, minutes, is_told):
    url = section_url(draft, "basics")
    kept_by(counterpart, url, minutes=minutes)
    assert (f"{counterpart.name} is writing here too" in writer.get(url).content.decode()) == is_told
    assert f"{counterpart.name} is writing here too" not in writer.get(section_url(draft, "tracks")).content.decode()


def test_nobody_is_told_of_themselves(writer, draft, author):
    url = section_url(draft, "basics")
    kept_by(author, url, minutes=1)
    assert "is writing here too" not in writer.get(url).content.decode()
