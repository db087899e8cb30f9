"""What is sent twice with one key is carried out once."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from api.idempotency import AGAIN_WITHIN, CLAIMED_FOR, KEPT_FOR
from api.models import RememberedRequest
from operators.models import Organisation
from partnerships.models import Partnership
from reports.models import Report
from reviews.cloning import clone
from reviews.models import Comment
from tests import factories
from tests.api.people import bearer, token_for
from tests.api.writing import Program, base_of


@pytest.fixture
def program(client, author):
    return Program(client, author)


@pytest.fixture
def sent(version):
    return {"organisation": factories.mentor_of(version).key, "role": "mentor", "title": "By a program"}


def begin(program, sent, key="first"):
    return program.post(reverse("api:partnerships"), sent, match=None, idempotency_key=key)


def test_the_same_request_gets_the_same_answer(program, sent):
    first, second = begin(program, sent), begin(program, sent)
    assert (first.status_code, second.status_code) == (201, 201)
    assert (second.json(), second.headers["Location"]) == (first.json(), first.headers["Location"])
    assert second.headers["ETag"] == first.headers["ETag"]
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert Partnership.objects.filter(versions__title="By a program").count() == 1


def doors(version):
    """{what: (address, body, where its rows are counted)} of everything that a POST makes anew."""
    draft = clone(version, by=factories.UserFactory())
    return {
        "partnership": (reverse("api:partnerships"), "sent", Partnership.objects),
        "organisation": (
            reverse("api:organisations"),
            {"name": "Aqua Nova", "kind": "operator", "country": "LC", "confirm_new": True},
            Organisation.objects,
        ),
        "report": (
            reverse("api:partnership-reports", args=[version.partnership.reference]), {"kind": "final"}, Report.objects
        ),
        "remark": (f"{base_of(draft)}draft/comments/", {"text": "Which year?"}, Comment.objects),
    }  # fmt: skip


@pytest.mark.parametrize("what", ["partnership", "organisation", "report", "remark"])
def test_without_a_key_the_same_within_a_minute_is_the_same_request(program, sent, version, what):
    address, body, rows = doors(version)[what]
    body = sent if body == "sent" else body
    before = rows.count()
    first, second = (program.post(address, body, match=None) for _time in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json() == first.json()
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert rows.count() == before + 1


def count(title="By a program"):
    return Partnership.objects.filter(versions__title=title).count()


def begin_without_a_key(program, sent):
    return program.post(reverse("api:partnerships"), sent, match=None)


def test_a_minute_later_it_is_another_request(program, sent):
    begin_without_a_key(program, sent)
    RememberedRequest.objects.update(created_at=timezone.now() - AGAIN_WITHIN - timedelta(seconds=1))
    assert "Idempotency-Replayed" not in begin_without_a_key(program, sent).headers
    assert count() == 2
    assert RememberedRequest.objects.count() == 1


def test_another_body_or_key_or_person_is_another_request(program, client, sent, version):
    begin_without_a_key(program, sent)
    begin_without_a_key(program, sent | {"title": "Another"})
    assert count("Another") == 1
    for key in ("one", "two"):
        begin(program, sent, key)
    assert count() == 3
    colleague = factories.OrganisationMemberFactory(organisation=factories.mentor_of(version)).user
    assert "Idempotency-Replayed" not in begin_without_a_key(Program(client, colleague), sent).headers
    narrow = Program(client, program.user, organisation=factories.mentor_of(version))
    assert "Idempotency-Replayed" not in begin_without_a_key(narrow, sent).headers
    assert count() == 5


def test_nobody_can_name_a_request_without_a_key(program, sent):
    begin_without_a_key(program, sent)
    key = RememberedRequest.objects.get().key
    assert begin(program, sent, key).status_code == 400
    assert "Idempotency-Replayed" not in begin(program, sent, key.strip()).headers


def test_a_key_stands_for_one_request(program, sent):
    begin(program, sent)
    answer = begin(program, sent | {"title": "Another"})
    assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")
    assert not Partnership.objects.filter(versions__title="Another").exists()


def test_keys_of_different_people_are_different_keys(program, client, sent, version):
    colleague = factories.OrganisationMemberFactory(organisation=factories.mentor_of(version)).user
    assert begin(program, sent).status_code == 201
    answer = begin(Program(client, colleague), sent)
    assert "Idempotency-Replayed" not in answer.headers


def test_a_narrower_token_does_not_get_the_answer_of_a_wider_one(program, client, author, sent, version):
    begin(program, sent)
    narrow = Program(client, author, organisation=factories.mentor_of(version))
    assert begin(narrow, sent).status_code == 422


def test_a_refusal_leaves_the_key_free(program, sent):
    assert begin(program, sent | {"role": ""}).status_code == 400
    assert not RememberedRequest.objects.exists()
    assert begin(program, sent).status_code == 201


def test_what_is_being_carried_out_is_not_begun_again(program, sent):
    begin(program, sent)
    RememberedRequest.objects.update(status=None)
    answer = begin(program, sent)
    assert (answer.status_code, answer.json()["code"]) == (409, "in_progress")


def test_a_claim_that_was_left_behind_is_taken_over(program, sent):
    begin(program, sent)
    long_ago = timezone.now() - CLAIMED_FOR - timedelta(seconds=1)
    RememberedRequest.objects.update(status=None, created_at=long_ago)
    assert begin(program, sent).status_code == 201


def test_who_lost_the_claim_takes_everything_back(program, sent):
    """The slow one finds its claim gone at the end: what it did must not stand beside what the quick one did."""
    with connection.execute_wrapper(_losing_the_claim):
        answer = begin(program, sent)
    assert answer.status_code == 409
    assert not Partnership.objects.filter(versions__title="By a program").exists()


def _losing_the_claim(execute, sql, params, many, context):
    """Somebody takes the claim over as soon as a partnership is written."""
    result = execute(sql, params, many, context)
    if sql.startswith("INSERT") and "partnerships_participant" in sql:
        RememberedRequest.objects.all().delete()
    return result


@pytest.mark.parametrize("key", ["", "a b", "ü", "x" * 201])
def test_a_key_is_made_of_plain_signs(program, sent, key):
    answer = begin(program, sent, key)
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["Idempotency-Key"])


def test_old_requests_are_forgotten(program, sent):
    begin(program, sent)
    RememberedRequest.objects.update(created_at=timezone.now() - KEPT_FOR - timedelta(minutes=1))
    assert "Idempotency-Replayed" not in begin(program, sent).headers
    assert RememberedRequest.objects.count() == 1


def test_a_report_is_begun_once(program, version):
    address = reverse("api:partnership-reports", args=[version.partnership.reference])
    answers = [program.post(address, {"kind": "final"}, match=None, idempotency_key="k") for _time in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert program.post(address, {"kind": "final"}, match=None).json()["code"] == "exists"
    assert Report.objects.count() == 1


@pytest.fixture
def committed(committing):
    """An organisation and the secret of a token of its member, for threads with connections of their own."""
    member = factories.OrganisationMemberFactory()
    return member.organisation, token_for(member.user)[1]


if connection.vendor == "postgresql":

    @pytest.mark.parametrize("_round", range(3))
    def test_eight_at_once_begin_one_partnership(committed, _round):
        organisation, secret = committed
        sent = {"organisation": organisation.key, "role": "peer", "title": "Once"}
        answers, start = [], threading.Barrier(8)

        def run():
            start.wait(timeout=10)
            headers = bearer(secret) | {"idempotency-key": "at-once"}
            address = reverse("api:partnerships")
            answers.append(Client().post(address, sent, content_type="application/json", headers=headers))
            connection.close()

        threads = [threading.Thread(target=run) for _place in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=60)
        assert {answer.status_code for answer in answers} <= {201, 409}
        assert Partnership.objects.filter(versions__title="Once").count() == 1
        bodies = [answer.json()["reference"] for answer in answers if answer.status_code == 201]
        assert len(bodies) >= 1
        assert len(set(bodies)) == 1
