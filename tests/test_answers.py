"""What everybody is answered with is kept, and nobody is ever shown what is not so any more."""

import threading

import pytest
from django.core.cache import caches
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from operators.models import Organisation
from reviews.workflow import perform
from search.models import Mark
from tests import factories
from tests.search.test_processes import process, said  # noqa: F401 - a fixture
from wopportal import answers

IN_MEMORY = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
ASKS = """
from django.conf import settings
from django.test import Client
from reviews.workflow import perform
from operators.models import Organisation
from partnerships.models import PartnershipVersion
def found():
    page = Client().get("/en/feeds/partnerships.atom").content.decode()
    wops = Client().get("/api/v1/partnerships/").json()["results"]
    return [one["reference"] for one in wops] + [word for word in ("Alpha", "Beta", "Gamma") if word in page]
"""


@pytest.fixture(autouse=True)
def keeping(settings, no_kept_answers):
    settings.CACHES = settings.CACHES | {"answers": IN_MEMORY | {"LOCATION": "kept"}}
    caches["answers"].clear()


@pytest.fixture
def made(monkeypatch):
    """The addresses for which an answer was made."""
    addresses = []
    look = answers._may_be_kept

    def counting(response):
        addresses.append(response)
        return look(response)

    monkeypatch.setattr(answers, "_may_be_kept", counting)
    return addresses


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/en/", "/en/partnerships/?q=mentor", "/api/v1/partnerships/", "/sitemap.xml"])
def test_a_second_reader_is_answered_with_the_same_bytes(made, address):
    factories.published_version()
    first, second = Client().get(address), Client().get(address)
    assert (first.status_code, len(made)) == (200, 1)
    assert first.content == second.content
    limits = {name for name in first.headers if "limit" in name.lower()}
    same = {name: value for name, value in first.headers.items() if name not in limits}
    assert same == {name: value for name, value in second.headers.items() if name not in limits}


@pytest.mark.django_db
def test_languages_and_kinds_of_answer_are_kept_apart(made):
    answered = {Client().get("/", headers={"Accept-Language": code}).headers["Location"] for code in ("es", "fr")}
    assert answered == {"/es/", "/fr/"}
    bare = Client().get("/en/").content
    packed = Client().get("/en/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert Client().get("/en/").content == bare


@pytest.mark.django_db
def test_who_has_the_answer_is_told_that_it_is_the_same(made):
    tag = Client().get("/en/").headers["ETag"]
    assert Client().get("/en/", headers={"If-None-Match": tag}).status_code == 304
    assert len(made) == 1


@pytest.mark.django_db
def test_nothing_personal_is_kept_and_nobody_known_is_answered_from_it(made, version, author):
    signed_in = Client()
    signed_in.force_login(author)
    assert signed_in.get("/en/").status_code == 200
    assert made == []
    Client().get(reverse("account_login"))
    Client().get(reverse("account_login"))
    assert [answers._may_be_kept(response) for response in made[:2]] == [False, False]


PUBLIC = ["/en/partnerships/", "/en/", "/api/v1/partnerships/", "/en/feeds/partnerships.atom"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_published_archived_and_restored_shows_at_once(address):
    def shows():
        return version.partnership.reference in Client().get(address).content.decode()

    version = factories.draft_version()
    assert not shows()
    version = perform(version, "load", by=None)
    assert shows()
    reviewer = factories.SecretariatMemberFactory(platform=version.reviewing_platform).user
    version = perform(version, "archive", by=reviewer, comment="Gone", revision=version.revision)
    assert not shows()
    perform(version, "restore", by=reviewer, comment="Back", revision=version.revision)
    assert shows()


@pytest.mark.django_db
def test_what_is_written_past_every_signal_shows_at_once():
    organisation = factories.OrganisationFactory(name="Before")
    address = reverse("directory:operator", args=[organisation.slug])
    assert b"Before" in Client().get(address).content
    Organisation._base_manager.filter(pk=organisation.pk).update(name="Behind")
    assert b"Behind" in Client().get(address).content


@pytest.mark.django_db
def test_one_mark_is_made_for_a_transaction_and_goes_with_what_is_taken_back():
    Client().get("/en/")
    before = Mark.objects.filter(what="page").count()
    with transaction.atomic():
        Organisation._base_manager.update(city="A")
        transaction.set_rollback(True)
    assert Mark.objects.filter(what="page").count() == before == 0
    for city in ("B", "C"):
        Organisation._base_manager.update(city=city)
    assert Mark.objects.filter(what="page").count() == 1


def test_a_reader_who_was_slow_keeps_nothing_that_is_older_than_what_came_meanwhile(committing, monkeypatch):
    """Its answer is made from the state before; it is kept for that state and shown for no later one."""
    organisation = factories.OrganisationFactory(name="Before")
    address = reverse("directory:operator", args=[organisation.slug])
    look, reads, goes_on = answers._may_be_kept, threading.Event(), threading.Event()

    def waiting(response):
        reads.set()
        goes_on.wait(10)
        return look(response)

    monkeypatch.setattr(answers, "_may_be_kept", waiting)

    def read():
        Client().get(address)
        connection.close()

    reader = threading.Thread(target=read)
    reader.start()
    assert reads.wait(10)
    Organisation.objects.get(pk=organisation.pk)
    Organisation._base_manager.filter(pk=organisation.pk).update(name="Behind")
    goes_on.set()
    reader.join()
    assert b"Behind" in Client().get(address).content


def test_two_processes_show_at_once_what_either_writes(process):  # noqa: F811
    one, other = process(), process()
    publish = ASKS + "factories.published_version(title={!r}) and None"
    assert said(one, ASKS) == said(other, ASKS) == []
    assert said(one, publish.format("Alpha")) == said(other) == ["WOP-0001", "Alpha"]
    assert said(other, publish.format("Beta")) == said(one) == ["WOP-0002", "WOP-0001", "Alpha", "Beta"]
    rename = "PartnershipVersion._base_manager.filter(title='Beta').update(title='Gamma')"
    assert said(one, rename)[-1] == said(other)[-1] == "Gamma"
