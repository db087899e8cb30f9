"""What those who watch over the portal are told."""

import pytest
from django.db import DatabaseError, connection


@pytest.fixture
def no_database(monkeypatch):
    def refuse(*_arguments, **_options):
        raise DatabaseError("it is away")

    monkeypatch.setattr(connection, "cursor", refuse)


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "word"), [("/healthz", b"alive\n"), ("/readyz", b"ready\n")])
def test_a_probe_is_answered_whatever_host_it_names(client, settings, path, word):
    settings.ALLOWED_HOSTS, settings.SECURE_SSL_REDIRECT = ["portal.example"], True
    response = client.get(path, headers={"host": "10.0.0.7:8000"})
    assert (response.status_code, response.content) == (200, word)
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


def test_a_database_that_is_away_restarts_nothing_and_gets_no_requests(client, no_database):
    assert client.get("/healthz").status_code == 200
    response = client.get("/readyz")
    assert (response.status_code, response.content) == (503, b"no database\n")
