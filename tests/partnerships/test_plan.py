"""What is planned in an improvement track: typed on the form, compared, told to programs, read by the public."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from lxml import html

from partnerships.models import Role, Track
from partnerships.services import save_draft, start_new_version
from reviews.diffs import changes_between
from reviews.snapshots import content_of
from reviews.workflow import perform
from tests.api.people import bearer, token_for
from tests.partnerships.answering import now, section_url, typed

TRACK, MENTEE = "<track>", "<mentee>"
ROWS = {
    "targets": {"track": TRACK, "text": "Fewer bursts", "value": "12", "unit": "bursts", "due_on": "6/2027"},
    "teams": {"track": TRACK, "involvement": MENTEE, "function": "Head of leak detection", "people": "2"},
    "work_plan": {
        "track": TRACK, "text": "Step tests", "involvement": MENTEE, "who": "with a guest", "starts_on": "5/2026",
        "ends_on": "2027", "state": "under-way",
    },
}  # fmt: skip
"""{relation: what is typed into one row of it}; marks stand for the key of the row that is meant."""
SECTIONS = dict.fromkeys(ROWS, "plan")
SHOWN = {"targets": ["Fewer bursts", "12 bursts by June 2027"], "teams": ["Head of leak detection × 2"],
         "work_plan": ["Step tests", "Under way", "May 2026 – 2027", ", with a guest"]}  # fmt: skip
"""What the profile says of it, below the track."""
each = pytest.mark.parametrize("relation", ROWS)


@pytest.fixture
def draft(version, author):
    """With one track and nothing planned in it."""
    Track.objects.create(version=version, title="Leaks")
    return start_new_version(version.partnership, author)


@pytest.fixture
def keys(draft):
    mentee = draft.involvements.get(role=Role.MENTEE)
    return {TRACK: str(draft.tracks.get().key), MENTEE: str(mentee.key)}


@pytest.fixture
def answered(client, draft, author, keys):
    """A function that types one row of a relation on its page."""
    client.force_login(author)

    def answer(relation, **more):
        url = section_url(draft, SECTIONS[relation])
        row = {f"{relation}-0-{name}": keys.get(value, value) for name, value in (ROWS[relation] | more).items()}
        assert client.post(url, typed(client, url, **row)).status_code == 302
        return now(draft)

    return answer


def below_the_track(client, address):
    """What a page says below the only track."""
    page = html.fromstring(client.get(address).content.decode())
    (track,) = page.xpath("//ol[@class='tracks']/li")
    return " ".join(" ".join(track.itertext()).split())


@each
def test_what_is_typed_is_kept_compared_and_shown_before_it_is_sent(client, answered, version, relation):
    draft = answered(relation)
    (change, *more) = changes_between(type(draft), content_of(version), content_of(draft))
    assert {one.kind for one in (change, *more)} == {relation}
    assert change.what == "added"
    check = client.get(reverse("partnerships:check", args=[draft.pk])).content.decode()
    assert str(next(value for name, value in ROWS[relation].items() if name in {"text", "function"})) in check


@each
def test_the_public_reads_it_below_its_track(client, answered, author, reviewer, relation):
    draft = perform(answered(relation), "submit", by=author)
    perform(draft, "publish", by=reviewer, revision=draft.revision)
    client.logout()
    address = reverse("directory:partnership", args=[draft.partnership.reference])
    said = below_the_track(client, address)
    assert [text for text in SHOWN[relation] if text not in said] == []


@each
def test_of_the_whole_it_stands_in_a_section_of_its_own(client, answered, author, reviewer, relation):
    draft = perform(answered(relation, track=""), "submit", by=author)
    perform(draft, "publish", by=reviewer, revision=draft.revision)
    page = client.get(reverse("directory:partnership", args=[draft.partnership.reference])).content.decode()
    (section,) = html.fromstring(page).xpath("//section[h2='Plan for the partnership as a whole']")
    assert [text for text in SHOWN[relation] if text not in " ".join(" ".join(section.itertext()).split())] == []


@each
def test_programs_read_and_write_it_in_the_draft(client, answered, author, keys, relation):
    draft = answered(relation)
    headers = bearer(token_for(author)[1])
    address = reverse("api:partnership-draft", args=[draft.partnership.reference])
    read = client.get(address, headers=headers)
    (row,) = read.json()[relation]
    assert row["track"] == keys[TRACK]
    match = headers | {"if-match": read.headers["ETag"]}
    body = {relation: [row | {"track": None}]}
    assert client.patch(address, body, content_type="application/json", headers=match).status_code == 200
    assert getattr(now(draft), relation).get().track is None


def test_a_target_in_words_is_read_before_its_number_and_date(client, answered):
    draft = answered("targets")
    said = below_the_track(client, reverse("directory:draft-preview", args=["partnership", draft.pk]))
    assert said.endswith("Targets Fewer bursts 12 bursts by June 2027")


def test_days_of_one_month_are_told_as_those_of_milestones(client, answered):
    draft = answered("work_plan", starts_on="2027-02-03", ends_on="2027-02-14")
    said = below_the_track(client, reverse("directory:draft-preview", args=["partnership", draft.pk]))
    assert "3–14 February 2027" in said


def test_a_partner_with_a_function_is_not_taken_away_unnoticed(answered, author):
    draft = answered("teams")
    rest = [{"key": row.key} for row in draft.involvements.exclude(role=Role.MENTEE)]
    with pytest.raises(ValidationError, match="cannot be removed: 1 entry under “teams” belongs to it"):
        save_draft(draft, by=author, revision=draft.revision, rows={"involvements": rest})


def test_functions_of_one_partner_stand_together(client, draft, author, keys):
    rows = [
        {"track": keys[TRACK], "involvement": keys[MENTEE], "function": function} for function in ("Welder", "Driver")
    ]
    draft = save_draft(draft, by=author, revision=draft.revision, rows={"teams": rows})
    client.force_login(author)
    said = below_the_track(client, reverse("directory:draft-preview", args=["partnership", draft.pk]))
    assert said.endswith("Mentee Welder Driver")


def test_work_ends_after_it_has_begun(client, draft, author):
    client.force_login(author)
    url = section_url(draft, "plan")
    row = {"work_plan-0-text": "Step tests", "work_plan-0-starts_on": "2027", "work_plan-0-ends_on": "2026"}
    assert "The end lies before the start." in client.post(url, typed(client, url, **row)).text


@pytest.mark.parametrize("people", ["0", "-1", "2.5", "three", "99999"])
def test_people_are_counted(client, draft, author, keys, people):
    client.force_login(author)
    url = section_url(draft, "plan")
    row = {"involvement": keys[MENTEE], "function": "Welder", "people": people}
    answer = client.post(url, typed(client, url, **{f"teams-0-{name}": value for name, value in row.items()}))
    assert answer.status_code == 200
    assert 'href="#id_teams-0-people"' in answer.text


def test_an_assessment_says_what_was_found_and_what_changed(client, draft, version, author):
    client.force_login(author)
    url = section_url(draft, "assessments")
    row = {"held_on": "9/2025", "text": "Repairs wait for parts", "changes": "Parts come twice a year"}
    sent = {f"assessments-0-{name}": value for name, value in row.items()}
    assert client.post(url, typed(client, url, **sent)).status_code == 302
    changed = changes_between(type(draft), content_of(version), content_of(now(draft)))
    assert {one.field: one.after for one in changed} == row | {"held_on": "September 2025"}
    address = reverse("directory:draft-preview", args=["partnership", draft.pk])
    (section,) = html.fromstring(client.get(address).text).xpath("//section[h2='Assessments']")
    said = ["Assessments", "September 2025", row["text"], f"What changed because of it: {row['changes']}"]
    assert [" ".join(text.split()) for text in section.itertext() if text.strip()] == said


@pytest.mark.parametrize(
    ("told", "heading"),
    [
        ({"decision": "expanded", "decided_on": "3/2024"}, "Expanded (March 2024)"),
        ({"decision": "closed"}, "Closed"),
        ({"decided_on": "2024"}, "2024"),
        ({}, None),
    ],
)
def test_the_decision_at_the_end_is_read_with_its_date_and_reason(client, draft, author, told, heading):
    client.force_login(author)
    url = section_url(draft, "basics")
    reason = "Both boards want to go on with billing" if told.get("decision") == "expanded" else ""
    assert client.post(url, typed(client, url, **told, decision_reason=reason)).status_code == 302
    page = html.fromstring(client.get(reverse("directory:draft-preview", args=["partnership", draft.pk])).text)
    said = [
        " ".join(text.split())
        for section in page.xpath("//section[h2='Decision at the end']")
        for text in section.itertext()
        if text.strip()
    ]
    assert said == ([] if heading is None else list(filter(None, ["Decision at the end", heading, reason])))
