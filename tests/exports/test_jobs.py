"""Large downloads: made behind the scenes, with a page that says how far they are, and gone after a week."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone
from django_tasks import default_task_backend
from django_tasks_db.models import DBTaskResult

from exports import build, orders, workbook
from exports.build import clean, make
from exports.models import MOST_BEGUN, ExportJob
from notices import leases
from notices.leases import LEASE
from notices.sending import sweep
from reviews.workflow import perform
from tests import factories
from tests.exports.exporting import BASE, fetch, references

pytestmark = pytest.mark.django_db
State = ExportJob.State


@pytest.fixture(autouse=True)
def large(settings, tmp_path):
    """One partnership is many."""
    settings.EXPORT_AT_ONCE = 0
    settings.MEDIA_ROOT = tmp_path
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


@pytest.fixture
def version():
    return factories.published_version()


def asked(client, kind="xlsx", question=None, **headers):
    """(answer, ExportJob) of a large download."""
    answer = client.get(f"{BASE}.{kind}", question or {}, headers=headers)
    return answer, ExportJob.objects.order_by("pk").last()


def body_of(answer):
    return b"".join(answer.streaming_content)


def archive(version):
    reviewer = factories.SecretariatMemberFactory(platform=version.reviewing_platform).user
    perform(version, "archive", by=reviewer, comment="Entered twice.")


# --- asking ---------------------------------------------------------------------------------------------


def test_a_program_is_told_where_to_ask_how_far_it_is(client, version):
    answer, job = asked(client)
    assert answer.status_code == 202
    assert answer.headers["Location"].endswith(f"/api/v1/exports/{job.token}/")
    assert (answer.headers["X-Total-Count"], answer.headers["Retry-After"]) == ("1", "10")
    assert (answer.json()["state"], answer.json()["file"]) == ("waiting", None)


def test_a_browser_is_led_to_a_page_that_says_how_far_it_is(client, version):
    answer, job = asked(client, question={"labels": "es"}, accept="text/html,application/xhtml+xml")
    assert (answer.status_code, answer.url) == (303, f"/es/exports/{job.token}/")
    page = client.get(f"/en/exports/{job.token}/")
    assert "0 of 1 partnerships are written" in " ".join(page.content.decode().split())
    assert (page.headers["Cache-Control"], page.headers["Referrer-Policy"]) == ("private, no-store", "no-referrer")
    assert 'content="noindex"' in page.content.decode()
    assert not page.cookies


@pytest.mark.parametrize("kind", ["xlsx", "zip"])
def test_it_is_made_behind_the_scenes_and_fetched(client, version, kind, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        _answer, job = asked(client, kind)
    task = DBTaskResult.objects.get(task_path="exports.tasks.make_export")
    assert default_task_backend.get_result(str(task.pk)).args == [job.pk]
    make(*default_task_backend.get_result(str(task.pk)).args)
    told = client.get(f"/api/v1/exports/{job.token}/").json()
    assert (told["state"], told["done"], told["partnerships"]) == ("ready", 1, 1)
    answer = client.get(told["file"])
    assert answer.headers["Content-Disposition"].endswith(f'.{kind}"')
    assert references(kind, body_of(answer)) == [version.partnership.reference]
    page = client.get(f"/en/exports/{job.token}/").content.decode()
    assert f"/api/v1/exports/{job.token}/file" in page


def test_what_is_sent_while_it_is_made_is_never_too_large(client, version):
    for kind in ("csv", "jsonl", "geojson"):
        assert fetch(client, kind).status_code == 200
    assert not ExportJob.objects.exists()


def test_looking_at_the_headers_makes_nothing(client, version):
    assert client.head(f"{BASE}.xlsx").headers["X-Total-Count"] == "1"
    assert not ExportJob.objects.exists()


def test_the_same_is_not_made_twice(client, version):
    first, second, other = (asked(client, question=one)[1] for one in ({}, {"view": "map"}, {"country": "LC"}))
    assert first == second != other


def test_what_failed_or_is_old_is_made_anew(client, version):
    _answer, job = asked(client)
    for change in (
        {"state": State.FAILED},
        {"state": State.READY, "created_at": timezone.now() - timedelta(hours=2)},
    ):
        ExportJob.objects.filter(pk=job.pk).update(**change)
        _answer, again = asked(client)
        assert again != job
        job = again


@pytest.fixture
def dead(client, version):
    """A download whose worker has died a minute ago."""
    client.force_login(factories.UserFactory())
    _answer, job = asked(client)
    assert build._begin(job.pk)
    ExportJob.objects.update(changed_at=timezone.now() - LEASE * 2, done=300, total=3060)
    DBTaskResult.objects.update(status="RUNNING")
    return job


def test_what_a_worker_that_died_had_begun_is_begun_anew(client, dead, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        call_command("resume_exports")
        call_command("resume_exports")
    [task] = DBTaskResult.objects.ready()
    assert task.args_kwargs["args"] == [dead.pk]
    told = client.get(f"/api/v1/exports/{dead.token}/")
    assert (told.json()["state"], told.json()["done"], told.headers["Retry-After"]) == ("waiting", 0, "10")
    assert "It is begun anew" in client.get(f"/en/exports/{dead.token}/").content.decode()
    make(dead.pk)
    assert client.get(f"/api/v1/exports/{dead.token}/").json()["state"] == "ready"
    sweep()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("address", ["/api/v1/exports/{}/", "/en/exports/{}/"])
def test_looking_at_it_has_it_begun_anew(client, dead, address, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.get(address.format(dead.token)).content.decode()
    assert "waiting" in answer or "It is begun anew" in answer
    assert DBTaskResult.objects.ready().count() == 1


def test_asking_again_has_it_begun_anew(client, dead, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        _answer, again = asked(client)
    assert (again, again.state) == (dead, State.WAITING)
    assert DBTaskResult.objects.ready().count() == 1


def test_one_whose_task_is_lost_is_begun_all_the_same(client, version, django_capture_on_commit_callbacks):
    asked(client)
    ExportJob.objects.update(changed_at=timezone.now() - LEASE * 2)
    with django_capture_on_commit_callbacks(execute=True):
        assert orders.take_up_lost().sent == 1
        ExportJob.objects.update(changed_at=timezone.now() - LEASE * 2)
    assert orders.take_up_lost().sent == 0


def test_one_that_kills_every_worker_is_given_up_and_told(client, dead):
    ExportJob.objects.update(begun=MOST_BEGUN)
    assert orders.take_up_lost().sent == 0
    assert client.get(f"/api/v1/exports/{dead.token}/").json()["state"] == "failed"
    sweep()
    [letter] = mail.outbox
    assert "could not be made" in letter.subject
    assert f"/en/exports/{dead.token}/" in letter.body


def test_a_worker_that_was_taken_for_dead_writes_nothing_any_more(client, dead, tmp_path):
    slow = ExportJob.objects.get()
    orders.take_up_lost()
    make(dead.pk)
    ready = ExportJob.objects.get()
    with pytest.raises(build.TakenOver):
        build._note(slow, done=1)
    assert ExportJob.objects.get().done == ready.done


def test_a_worker_gives_signs_of_life(client, version, monkeypatch):
    renewed = threading.Semaphore(0)
    monkeypatch.setattr(leases, "BEAT", 0.01)
    monkeypatch.setattr(build, "_renew", lambda job: renewed.release())
    write, seen = build.write_whole, []

    def write_slowly(*words):
        seen.extend(renewed.acquire(timeout=30) for _time in range(3))
        return write(*words)

    monkeypatch.setattr(build, "write_whole", write_slowly)
    _answer, job = asked(client)
    make(job.pk)
    assert seen == [True] * 3


def test_nobody_orders_more_than_a_few_at_a_time(client, version, monkeypatch):
    monkeypatch.setattr(orders, "MOST_AT_A_TIME", 2)
    for country in ("LC", "MQ"):
        assert asked(client, question={"country": country})[0].status_code == 202
    answer, _job = asked(client)
    assert (answer.status_code, answer.json()["code"]) == (503, "too_many_exports")
    assert answer.headers["Retry-After"]
    client.force_login(factories.UserFactory())
    assert asked(client)[0].status_code == 202


# --- making ---------------------------------------------------------------------------------------------


def test_who_is_signed_in_gets_one_mail_with_the_address(client, version):
    person = factories.UserFactory()
    client.force_login(person)
    _answer, job = asked(client)
    make(job.pk)
    make(job.pk)
    sweep()
    [letter] = mail.outbox
    assert letter.to == [person.email]
    assert f"/en/exports/{job.token}/" in letter.body


def test_without_an_account_nobody_is_mailed(client, version):
    _answer, job = asked(client)
    make(job.pk)
    sweep()
    assert mail.outbox == []


def test_the_file_speaks_the_language_asked_for(client, version):
    _answer, job = asked(client, "zip", {"labels": "es"})
    make(job.pk)
    assert job.language == "es"
    answer = client.get(f"/api/v1/exports/{job.token}/file")
    assert b"codebook.csv" in body_of(answer)


def test_a_file_that_cannot_be_made_says_so_and_nothing_is_left(client, version, monkeypatch):
    monkeypatch.setattr(workbook, "MOST_ROWS", 1)
    _answer, job = asked(client)
    with pytest.raises(workbook.TooManyRows):
        make(job.pk)
    assert client.get(f"/api/v1/exports/{job.token}/").json()["state"] == "failed"
    assert client.get(f"/api/v1/exports/{job.token}/file").status_code == 409
    assert "Make it again" in client.get(f"/en/exports/{job.token}/").content.decode()


def test_progress_is_noted_after_every_batch(client, version, monkeypatch):
    _answer, job = asked(client)
    noted = []
    note = build._note
    monkeypatch.setattr(build, "_note", lambda job, **fields: (noted.append(fields), note(job, **fields)))
    make(job.pk)
    assert [fields["done"] for fields in noted if "done" in fields] == [0, 1, 1]


# --- what is gone ---------------------------------------------------------------------------------------


def test_a_file_with_something_archived_is_not_given_out(client, version):
    _answer, job = asked(client)
    make(job.pk)
    archive(version)
    assert client.get(f"/api/v1/exports/{job.token}/file").status_code == 410
    told = client.get(f"/api/v1/exports/{job.token}/").json()
    assert (told["state"], told["file"]) == ("overtaken", None)
    assert "not given out any more" in client.get(f"/en/exports/{job.token}/").content.decode()
    factories.published_version()
    assert asked(client)[1] != job


def test_it_is_deleted_after_a_week_with_its_file(client, version, django_capture_on_commit_callbacks, capsys):
    _answer, job = asked(client)
    make(job.pk)
    name = ExportJob.objects.get().file.name
    assert default_storage.exists(name)
    assert clean() == (0, 0)
    ExportJob.objects.update(expires_at=timezone.now())
    assert client.get(f"/api/v1/exports/{job.token}/file").status_code == 404
    assert client.get(f"/en/exports/{job.token}/").status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        call_command("clean_exports")
    assert capsys.readouterr().out.startswith("1 downloads")
    assert not default_storage.exists(name)
    assert not ExportJob.objects.exists()


def test_a_file_that_nobody_knows_is_deleted(client, version, tmp_path):
    _answer, job = asked(client)
    make(job.pk)
    (tmp_path / "exports/0123.xlsx").write_bytes(b"left by a crash")
    assert clean() == (0, 1)
    assert client.get(f"/api/v1/exports/{job.token}/file").status_code == 200


@pytest.mark.parametrize(
    "address", ["/api/v1/exports/guessed/", "/api/v1/exports/guessed/file", "/en/exports/guessed/"]
)
def test_an_address_that_is_guessed_leads_nowhere(client, address):
    assert client.get(address).status_code == 404


# --- the page of the directory --------------------------------------------------------------------------


def test_the_directory_offers_every_format_with_its_filters(client, version):
    page = client.get("/fr/partnerships/", {"country": "LC", "view": "table"}).content.decode()
    for kind in ("csv", "xlsx", "zip", "jsonl", "geojson"):
        assert f'href="{BASE}.{kind}?country=LC&amp;labels=fr"' in page
    assert f'href="{BASE}.iati.xml?country=LC"' in page
    assert 'href="/api/v1/codebook.csv?labels=fr"' in page


def test_the_directory_says_how_many_there_are_to_download(client, version):
    assert "Download this partnership" in client.get("/en/partnerships/").content.decode()
    factories.published_version()
    page = client.get("/en/partnerships/").content.decode()
    assert "Download these 2 partnerships" in page
    assert "Data licence: CC BY 4.0" in page
    assert f'href="{BASE}.csv?labels=en"' in page


def test_nothing_is_offered_where_nothing_is_found(client, version):
    for question in ({"q": "nothingatall"}, {"country": "XX"}):
        assert f'href="{BASE}.csv' not in client.get("/en/partnerships/", question).content.decode()
