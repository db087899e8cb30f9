"""Which partnerships a download holds, what it never holds, and how wrong questions are answered."""

import json
import tracemalloc

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import get_language

from accounts.models import User
from directory import selection as directory_selection
from directory.selection import CountDiffers, batches, in_language, question, select
from exports.csv_writer import csv_parts
from operators.models import Organisation
from partnerships.models import Partnership
from reports.models import Report
from reviews.cloning import clone
from reviews.workflow import perform
from tests import factories
from tests.api.many import many_partnerships
from tests.everything import everything
from tests.exports.exporting import BASE, KINDS, fetch, flat, records, references, sheets, tables
from tests.permissions.test_canary import SECRET, WORDS, poison, poison_version

pytestmark = pytest.mark.django_db


# --- which ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_it_holds_what_the_question_finds_in_the_order_asked_for(client, kind):
    for title, country in (("B", "PE"), ("A", "PE"), ("C", "BO")):
        factories.published_version(title=title, mentee_in=country)
    asked = {"country": "PE", "ordering": "title"}
    expected = list(Partnership.objects.filter(versions__title__in="AB").order_by("versions__title"))
    assert references(kind, fetch(client, kind, asked).body) == [one.reference for one in expected]


@pytest.mark.parametrize("kind", KINDS)
def test_a_question_that_finds_nothing_is_answered_with_nothing(client, kind):
    answer = fetch(client, kind, {"q": "nothingatall"})
    assert (answer.status_code, answer.headers["X-Total-Count"]) == (200, "0")
    assert references(kind, answer.body) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_wrong_value_is_answered_by_400_with_the_words_of_the_directory(client, kind):
    asked = {"country": "XX", "year_from": "abc", "labels": "de", "contry": "PE"}
    answer = client.get(f"{BASE}.{kind}", asked)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    errors = answer.json()["errors"]
    assert errors["country"] == ["“XX” is not known; a possible value is “LC”."]
    assert errors["year_from"] == ["Write a year, for example 2014."]
    assert errors["labels"] == ["“de” is not possible; possible are en, es, fr, pt."]
    assert errors["contry"][0].startswith("“contry” is not possible")


@pytest.mark.parametrize("kind", KINDS)
def test_head_tells_the_number_without_the_rows(client, kind):
    factories.published_version()
    answer = client.head(f"{BASE}.{kind}")
    assert (answer.status_code, answer.headers["X-Total-Count"]) == (200, "1")


def test_nothing_is_written_through_a_download(client):
    answer = client.post(f"{BASE}.csv")
    assert answer.status_code == 405


# --- language -------------------------------------------------------------------------------------------


def test_labels_follow_the_reader_and_the_link_before_them(client):
    factories.published_version(status="under-way")

    def label(question=None, **headers):
        answer = fetch(client, "csv", question, headers=headers)
        assert "Accept-Language" in answer.headers["Vary"]
        return answer.headers["Content-Language"], flat(answer.body)["status_label"][0]

    assert label() == ("en", "Under way")
    assert label(**{"accept-language": "es-PE,es;q=0.9"}) == ("es", "En curso")
    assert label({"labels": "fr"}, **{"accept-language": "es"}) == ("fr", "En cours")


def test_the_question_is_told_in_the_language_of_the_labels(client):
    asked = {"country": "BR", "status": "unknown", "area": "metering", "labels": "fr"}
    answer = json.loads(fetch(client, "geojson", asked).body)
    assert answer["question"] == ["Brésil", "Comptage", "Inconnu"]


def test_a_large_download_is_made_with_the_question_in_its_language():
    assert select(question("country=BR&area=metering"), "fr").asked == ["Brésil", "Comptage"]


def test_a_download_leaves_the_language_of_the_thread_alone():
    factories.published_version()
    parts = in_language("es", ((get_language(), one) for one in range(2)))
    assert [(next(parts), get_language()), (next(parts), get_language())] == [(("es", 0), "en"), (("es", 1), "en")]


def test_anonymous_downloads_set_no_cookie(client):
    for kind in KINDS:
        answer = fetch(client, kind)
        assert not answer.cookies
        assert "Cookie" not in answer.headers["Vary"]


# --- nothing that is not public -------------------------------------------------------------------------


@pytest.fixture
def secrets(settings, tmp_path):
    """A full public entry, and the secret in drafts of it, in an organisation and in a WOP that are not public."""
    settings.MEDIA_ROOT = tmp_path
    full, full_report = everything()
    for version in (clone(full, by=None), clone(full_report, by=None), factories.draft_version()):
        poison_version(version)
    hidden = factories.OrganisationFactory(state="draft")
    poison(Organisation.objects.filter(pk=hidden.pk))
    second = Report.objects.create(partnership=full.partnership, period="2099")
    poison_version(factories.ReportVersionFactory(report=second, title="Draft"))
    User.objects.update(name=WORDS)
    return full, full_report


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_unpublished_is_in_any_format(secrets, client, kind):
    text = answer_text(fetch(client, kind))
    assert "WOP-0001" in text
    assert SECRET not in text
    assert fetch(client, kind, {"q": SECRET}).headers["X-Total-Count"] == "0"


def answer_text(answer):
    """All that a reader of any format sees, its headers included."""
    if answer.body.startswith(b"PK"):
        read = tables if answer.headers["Content-Type"] == "application/zip" else sheets
        return "".join(frame.to_csv() for frame in read(answer.body).values()) + str(answer.headers)
    return answer.body.decode() + str(answer.headers)


@pytest.mark.parametrize("kind", KINDS)
def test_an_archived_wop_is_gone_with_its_reports(secrets, client, kind):
    full, _report = secrets
    reviewer = factories.SecretariatMemberFactory(platform=full.reviewing_platform).user
    perform(full, "archive", by=reviewer, comment="Entered twice.")
    text = answer_text(fetch(client, kind))
    assert full.title not in text
    assert "Result of the track" not in text


def test_an_organisation_that_is_not_public_any_more_is_not_named(client):
    version = factories.published_version()
    mentor = factories.mentor_of(version)
    Organisation.objects.filter(pk=mentor.pk).update(state="archived")
    found = tables(fetch(client, "zip").body)
    row = found["involvements"].iloc[0]
    assert (row["organisation"], row["organisation_name"]) == ("", "")
    assert row["description"] == "an organisation that is not public"
    assert mentor.key not in set(found["organisations"]["key"])
    for kind in KINDS:
        assert mentor.name not in answer_text(fetch(client, kind))


# --- many rows ------------------------------------------------------------------------------------------


def queries_of(number):
    selection = select(question(""), "en")
    selection = directory_selection.Selection(selection.wops[:number], "en")
    with CaptureQueriesContext(connection) as caught:
        read = [entry for entries in batches(selection) for entry in entries]
    assert len(read) == number
    return len(caught)


def test_a_batch_takes_as_many_queries_as_one_entry(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    everything()
    many_partnerships(30)
    queries_of(1)
    assert queries_of(1) == queries_of(30)


def peak_of(number):
    """Most bytes that Python held at a time while so many partnerships were written."""
    selection = directory_selection.Selection(select(question(""), "en").wops[:number], "en")
    tracemalloc.start()
    lines = sum(part.count("\r\n") for part in csv_parts(selection))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert lines == number + 1
    return peak


def test_memory_does_not_grow_with_the_number_of_partnerships(monkeypatch):
    monkeypatch.setattr(directory_selection, "BATCH", 10)
    many_partnerships(150)
    peak_of(10)
    assert peak_of(150) < 1.5 * peak_of(20)


def test_every_partnership_is_read_once_over_several_batches(client, monkeypatch):
    many_partnerships(7)
    monkeypatch.setattr(directory_selection, "BATCH", 3)
    found = references("jsonl", fetch(client, "jsonl", {"ordering": "reference"}).body)
    assert found == sorted(Partnership.objects.values_list("reference", flat=True))


def test_what_is_published_anew_while_it_is_read_is_read_as_it_is_now(monkeypatch):
    version = factories.published_version(title="Before")
    selection = select(question(""), "en")
    reviewer = factories.SecretariatMemberFactory(platform=version.reviewing_platform).user
    author = factories.OrganisationMemberFactory(organisation=factories.mentor_of(version)).user
    submitted = perform(clone(version, by=author, title="After"), "submit", by=author)
    perform(submitted, "publish", by=reviewer, revision=submitted.revision)
    [[entry]] = batches(selection)
    assert entry.version.title == "After"


@pytest.mark.parametrize("kind", ["csv", "jsonl", "geojson"])
def test_a_stream_breaks_rather_than_look_whole_with_a_wrong_number(client, kind):
    version = factories.published_version()
    answer = client.get(f"{BASE}.{kind}")
    reviewer = factories.SecretariatMemberFactory(platform=version.reviewing_platform).user
    perform(version, "archive", by=reviewer, comment="Entered twice.")
    with pytest.raises(CountDiffers):
        list(answer.streaming_content)


def test_confirmations_and_reporters_of_a_batch_are_those_of_each(client):
    versions = [factories.published_version() for _ in range(2)]
    author = factories.OrganisationMemberFactory(organisation=factories.mentor_of(versions[0])).user
    reviewer = factories.SecretariatMemberFactory(platform=versions[0].reviewing_platform).user
    submitted = perform(clone(versions[0], by=author, title="Other words"), "submit", by=author)
    perform(submitted, "publish", by=reviewer, revision=submitted.revision)
    lines = {one["reference"]: one for one in records(fetch(client, "jsonl").body)}
    standing = [lines[one.partnership.reference]["confirmation"] for one in versions]
    assert standing == ["reported", "public-sources"]
    mentor = factories.mentor_of(versions[0]).short_name
    assert lines[versions[0].partnership.reference]["confirmation_label"] == f"reported by {mentor}"
