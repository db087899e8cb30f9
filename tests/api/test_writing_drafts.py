"""Drafts in JSON: everything is there, everything can be written, nothing is lost."""

import json
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from api.drafts.parse import DraftPayload
from api.drafts.serialize import to_representation
from api.drafts.shape import CHOICES, UNANSWERED, shape_of
from partnerships.models import PartnershipVersion
from partnerships.services import save_draft, start_new_version
from reports.models import CHOICE_LISTS, ReportVersion
from reports.services import start_new_version as start_report_version
from reviews.cloning import row_models
from reviews.schema import schema_of
from reviews.workflow import perform
from tests import factories
from tests.api.writing import Program, base_of
from tests.everything import everything

MODELS = [PartnershipVersion, ReportVersion]


@pytest.fixture
def draft(version, author):
    return start_new_version(version.partnership, author)


@pytest.fixture
def program(client, author):
    return Program(client, author)


@pytest.fixture
def address(draft, program):
    """Of the draft, which the program has read."""
    program.get(f"{base_of(draft)}draft/")
    return f"{base_of(draft)}draft/"


def whole(db, of):
    """A draft with every field and row, and one of its authors."""
    version, report = everything()
    by = factories.OrganisationMemberFactory(
        organisation=version.involvements.get(role="lead-mentor").organisation
    ).user
    if of is PartnershipVersion:
        return start_new_version(version.partnership, by), by
    return start_report_version(report.report, by=by), by


# --- everything -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", MODELS)
def test_every_field_and_row_of_the_model_is_in_the_shape(model):
    shape = shape_of(model)
    relations = {kind._meta.get_field("version").remote_field.get_accessor_name() for kind in row_models(model)}
    assert set(shape.fields) == set(schema_of(model).fields)
    assert set(shape.relations) | {UNANSWERED} | ({CHOICES} if shape.lists else set()) == relations
    assert set(shape.lists) in (set(), {str(name) for name in CHOICE_LISTS})


@pytest.mark.parametrize("model", MODELS)
def test_what_is_read_can_be_written_back_and_changes_nothing(db, client, model):
    draft, by = whole(db, model)
    program = Program(client, by)
    address = f"{base_of(draft)}draft/"
    read = program.get(address)
    assert read.status_code == 200
    before = program.tag
    written = program.patch(address, read.json())
    assert written.status_code == 200, written.content
    assert (program.tag, written.json()) == (before, read.json())


@pytest.mark.parametrize("model", MODELS)
def test_every_field_and_row_can_be_written(db, model):
    """What one draft says makes another one, empty before, say the same."""
    draft, by = whole(db, model)
    content = json.loads(json.dumps(to_representation(draft), default=str))
    relations = shape_of(model).relations
    nothing = {name: [] for name in (*relations, *shape_of(model).lists)} | {UNANSWERED: None}
    nothing |= dict.fromkeys(shape_of(model).fields)
    heard = DraftPayload(draft, nothing)
    emptied = save_draft(draft, by=by, revision=draft.revision, fields=heard.fields, rows=heard.rows)
    left = to_representation(emptied)
    assert not any(left[name] for name in (*relations, *shape_of(model).lists, UNANSWERED))
    assert [name for name in shape_of(model).fields if left[name] not in (None, "")] == [
        name for name in ("language", "status") if name in left
    ]
    # It was loaded with answers and a reason for silence at once, which nobody may write.
    assert content.pop(UNANSWERED)
    heard = DraftPayload(emptied, content)
    filled = save_draft(emptied, by=by, revision=emptied.revision, fields=heard.fields, rows=heard.rows)
    again = to_representation(filled)
    assert [name for name in content if _written(content[name]) != _written(again[name])] == []


def _written(value):
    """Choices that are chosen anew get new keys, titles of tracks are those of today; all else is as it was sent."""
    if not isinstance(value, list):
        return value
    beside = {"track_title", *(["key"] if value and "code" in value[0] else [])}
    return [{name: one for name, one in row.items() if name not in beside} for row in value]


def test_a_draft_with_everything_costs_as_many_queries_as_an_empty_one(db, django_assert_max_num_queries):
    draft, _by = whole(db, PartnershipVersion)
    with CaptureQueriesContext(connection) as few:
        to_representation(PartnershipVersion.objects.get(pk=draft.pk))
    for place in range(30):
        draft.links.create(title=f"Link {place}", url="https://link.example/", position=place + 5)
        draft.involvements.create(organisation=factories.OrganisationFactory(), role="funder", position=place + 5)
    with CaptureQueriesContext(connection) as many:
        to_representation(PartnershipVersion.objects.get(pk=draft.pk))
    assert len(many) == len(few) <= 33


def test_writing_many_rows_costs_as_many_queries_for_codes_as_writing_one(draft):
    organisations = [factories.OrganisationFactory().key for _place in range(30)]
    for keys in (organisations[:1], organisations):
        with CaptureQueriesContext(connection) as queries:
            DraftPayload(draft, {"involvements": [{"organisation": key, "role": "funder"} for key in keys]})
        assert len(queries) == 1


# --- merging --------------------------------------------------------------------------------------------


def test_what_is_not_named_stays(program, address):
    program.patch(address, {"objectives": [{"text": "One", "language": "fr"}], "approach": "They meet."})
    [row] = program.get(address).json()["objectives"]
    changed = program.patch(
        address, {"objectives": [{"key": row["key"], "text": "One, better"}, {"text": "Two"}]}
    ).json()
    assert [(one["text"], one["language"]) for one in changed["objectives"]] == [("One, better", "fr"), ("Two", None)]
    assert (changed["objectives"][0]["key"], changed["approach"]) == (row["key"], "They meet.")


def test_null_takes_away(program, address):
    program.patch(address, {"starts_on": "2014-12", "status": "completed", "unanswered": {"approach": "not-yet"}})
    sent = {"starts_on": None, "status": None, "sources": None, "unanswered": {"approach": None}}
    now = program.patch(address, sent).json()
    assert (now["starts_on"], now["status"], now["sources"], now["unanswered"]) == (None, "unknown", [], {})


def test_a_reason_is_added_beside_the_others(program, address):
    program.patch(address, {"unanswered": {"approach": "not-yet"}})
    now = program.patch(address, {"unanswered": {"objectives": "dont-know"}}).json()["unanswered"]
    assert now == {"approach": "not-yet", "objectives": "dont-know"}


def test_lists_that_are_not_named_keep_what_is_chosen(client, version, author):
    report = factories.ReportVersionFactory(partnership=version.partnership)
    program, address = Program(client, author), f"{base_of(report)}draft/"
    program.get(address)
    program.patch(address, {"activity": [{"code": "other", "explanation": "A game"}]})
    now = program.patch(address, {"success_factor": [{"code": "other", "explanation": "Luck"}]}).json()
    assert [one["explanation"] for one in (*now["activity"], *now["success_factor"])] == ["A game", "Luck"]
    key = now["activity"][0]["key"]
    now = program.patch(address, {"activity": [{"code": "other"}]}).json()
    assert (now["activity"][0]["key"], now["activity"][0]["explanation"]) == (key, "A game")
    assert program.patch(address, {"activity": []}).json()["activity"] == []
    twice = program.patch(address, {"activity": [{"code": "other", "explanation": "A"}] * 2})
    assert twice.json()["errors"] == {"activity-1-code": ["This answer is already chosen."]}


def test_a_row_links_to_one_that_is_sent_with_it(program, address):
    key = str(uuid.uuid4())
    sent = {"results": [{"track": key, "text": "Less"}], "tracks": [{"key": key, "title": "Meters"}]}
    assert program.patch(address, sent).json()["results"][0]["track"] == key


def test_saving_the_same_keeps_the_etag(program, address):
    before = program.tag
    assert program.patch(address, {"title": program.get(address).json()["title"]}).headers["ETag"] == before


# --- what cannot be understood --------------------------------------------------------------------------

FILL_IN = "Fill this in, or take the whole row away."
WRONG = [
    ({"tite": "A typing error"}, {"tite": ["There is no such question."]}),
    ({"links": [{"tite": "A"}]},
     {"links-0-tite": ["There is no such question."], "links-0-title": [FILL_IN], "links-0-url": [FILL_IN]}),
    ({"title": 5}, {"title": ["This must be a text."]}),
    ({"title": ["A"]}, {"title": ["This must be a text."]}),
    ({"links": {"title": "A"}}, {"links": ["This must be a list of rows."]}),
    ({"links": ["A"]}, {"links": ["This must be a list of rows."]}),
    ({"cost_amount": True}, {"cost_amount": ["This must be a number."]}),
    ({"cost_amount": "1,5"}, {"cost_amount": ["“1,5” is not a number. Write digits, for example 2500 or 2.5."]}),
    ({"cost_amount": "٣"}, {"cost_amount": ["“٣” is not a number. Write digits, for example 2500 or 2.5."]}),
    ({"quotations": [{"text": "A", "has_consent": "yes"}]},
     {"quotations-0-has_consent": ["This must be true or false."]}),
    ({"involvements": [{"organisation": "nobody", "role": "mentor"}]},
     {"involvements-0-organisation": ["Choose one from the list “organisations”."]}),
    ({"involvements": [{"organisation": "a\0b", "role": "mentor"}]},
     {"involvements-0-organisation": ["Choose one from the list “organisations”."]}),
    ({"involvements": [{"organisation": 7, "role": "mentor"}]},
     {"involvements-0-organisation": ["This must be a text."]}),
    ({"attachments": [{"description": "A", "stored_file": 2**70}]},
     {"attachments-0-stored_file": ["Choose one from the list “stored files”."]}),
    ({"attachments": [{"description": "A", "stored_file": 999999}]},
     {"attachments-0-stored_file": ["Choose one from the list “stored files”."]}),
    ({"links": [{"key": "none", "title": "A", "url": "https://a.example"}]},
     {"links-0": ["This row has a key that is none."]}),
    ({"links": [{"key": ""}]}, {"links-0": ["This row has a key that is none."]}),
    ({"links": [{"key": "11111111222243338444555555555555"}]}, {"links-0": ["This row has a key that is none."]}),
    ({"links": [{}] * 301}, {"links": ["At most 300 rows fit here."]}),
    ({"unanswered": ["approach"]}, {"unanswered": ["This must be an object: the reason by the name of its question."]}),
    ({"unanswered": {"nothing": "not-yet"}}, {"open-nothing": ["There is no such question."]}),
    ({"unanswered": {"title": "not-yet"}}, {"open-title": ["There is no such question."]}),
    ({"unanswered": {"approach": 5}}, {"open-approach": ["Choose one from the list “reason”."]}),
]  # fmt: skip


@pytest.mark.parametrize(("sent", "errors"), WRONG)
def test_what_is_wrong_is_told_by_its_name(program, address, sent, errors):
    answer = program.patch(address, sent)
    assert (answer.status_code, answer.json()["errors"]) == (400, errors)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_somebody_elses_draft_organisation_reads_like_one_that_does_not_exist(program, address, stranger):
    private = factories.OrganisationFactory(state="draft", created_by=stranger)
    sent = {"involvements": [{"organisation": private.key, "role": "funder"}]}
    assert program.patch(address, sent).json()["errors"] == {
        "involvements-0-organisation": ["Choose one from the list “organisations”."]
    }


BROKEN = ["{", '["a"]', '"a"', "[" * 5000, '{"cost_amount": NaN}', '{"cost_amount": 1e999}']


@pytest.mark.parametrize("body", BROKEN)
def test_a_broken_body_is_refused_and_nothing_happens(program, address, body):
    headers = program.headers | {"if-match": program.tag}
    answer = program.client.patch(address, body, content_type="application/json", headers=headers)
    assert answer.status_code == 400
    assert program.get(address).headers["ETag"] == headers["if-match"]


def test_a_body_that_is_too_large_is_not_even_read(program, address):
    body = json.dumps({"summary": "x" * 2_700_000})
    headers = program.headers | {"if-match": program.tag}
    answer = program.client.patch(address, body, content_type="application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")


def test_another_format_is_not_read(program, address):
    headers = program.headers | {"if-match": program.tag}
    answer = program.client.patch(address, "title=Mine", content_type="text/plain", headers=headers)
    assert answer.status_code == 415


def test_a_numeric_address_beyond_all_databases_is_nothing(program):
    assert program.get(f"/api/v1/reports/{2**70}/draft/").status_code == 404


# --- when it may be changed -----------------------------------------------------------------------------


def test_a_stale_change_is_refused_and_nothing_is_lost(program, address, draft, author):
    save_draft(draft, by=author, revision=draft.revision, fields={"title": "A colleague was quicker"})
    answer = program.patch(address, {"title": "Mine"})
    assert (answer.status_code, answer.json()["code"]) == (412, "stale")
    assert program.get(address).json()["title"] == "A colleague was quicker"
    assert program.patch(address, {"title": "Mine"}).status_code == 200


@pytest.mark.parametrize("tag", ['"partnershipversion-0-1"', "*", "nonsense", 'W/"x"'])
def test_an_etag_of_something_else_matches_nothing(program, address, tag):
    assert program.patch(address, {"title": "Mine"}, match=tag).status_code == 412


def test_a_compressed_answers_etag_is_understood(program, address):
    assert program.patch(address, {"title": "Mine"}, match=f"W/{program.tag}").status_code == 200


def test_what_is_submitted_stands_still(program, address, draft, author):
    perform(draft, "submit", by=author)
    program.get(address)
    answer = program.patch(address, {"title": "Mine"})
    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_state")


def test_a_new_version_is_begun_once(client, version, author):
    program, address = Program(client, author), f"{base_of(version)}draft/"
    assert program.get(address).status_code == 404
    first, second = program.post(address), program.post(address)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.headers["Location"].endswith(address)
    assert first.json() == second.json()
    assert first.json()["version"] == 2


def test_all_that_is_wrong_is_told_at_once(program, address):
    sent = {
        "title": 5,
        "status": "asleep",
        "cost_amount": 5000,
        "tracks": [{"area": "nowhere", "state": "half"}],
        "unanswered": {"approach": "lazy"},
    }
    assert sorted(program.patch(address, sent).json()["errors"].items()) == [
        ("cost_currency", ["An amount needs its currency, for example USD."]),
        ("open-approach", ["Choose one from the list “reason”."]),
        ("status", ["Choose one from the list “status”."]),
        ("title", ["This must be a text."]),
        ("tracks-0-area", ["Choose one from the list “Improvement areas”."]),
        ("tracks-0-state", ["Choose one from the list “state”."]),
    ]
