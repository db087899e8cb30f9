"""The home page, the way to it and the map."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directory.map import map_of
from partnerships.models import PartnershipVersion
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("asked", "language"), [("es-MX,es;q=0.9", "es"), ("pt-BR", "pt"), ("de", "en"), ("", "en")])
def test_the_root_leads_to_the_readers_language(client, asked, language):
    response = client.get("/", headers={"accept-language": asked})
    assert response.url == f"/{language}/"
    assert "Accept-Language" in response.headers["Vary"]


def test_the_address_alone_decides_the_language_of_a_page(client):
    response = client.get("/fr/", headers={"accept-language": "es"})
    assert b'<html lang="fr"' in response.content
    assert "Accept-Language" not in response.headers.get("Vary", "")


def test_counts_are_of_published_operators_and_places(client):
    factories.published_version(mentor_in="MQ", mentee_in="LC")
    factories.draft_version(mentor_in="KE", mentee_in="UG")
    donor = factories.OrganisationFactory(kind="donor", country_id="DE")
    version = factories.draft_version(mentor_in="MQ", mentee_in="LC")
    factories.InvolvementFactory(version=version, organisation=donor, role="funder")
    factories.perform(version, "load", by=None)
    counts = client.get("/en/").context["counts"]
    assert counts == {"partnerships": 2, "operators": 4, "countries": 2}


def test_an_empty_register_says_so(client):
    assert b"Nothing is published yet" in client.get("/en/").content


def test_a_line_runs_from_mentor_to_mentee_and_counts_its_partnerships():
    for _ in range(2):
        factories.published_version(mentor_in="FR", mentee_in="MA")
    drawn = map_of(PartnershipVersion.objects.published())
    assert [(arc.start.name, arc.end.name, arc.count) for arc in drawn.arcs] == [("France", "Morocco", 2)]
    assert {(end.title, end.role) for end in drawn.ends} == {("France", "mentor"), ("Morocco", "mentee")}


def test_a_country_on_both_sides_is_drawn_as_both():
    factories.published_version(mentor_in="KE", mentee_in="UG")
    factories.published_version(mentor_in="UG", mentee_in="MW")
    ends = {end.title: end.role for end in map_of(PartnershipVersion.objects.published()).ends}
    assert ends == {"Kenya": "mentor", "Uganda": "both", "Malawi": "mentee"}


@pytest.mark.parametrize("role", ["peer", "partner"])
def test_equals_are_joined_by_a_line(role):
    version = factories.draft_version(mentor_in="PE", mentee_in="EC")
    version.involvements.update(role=role)
    factories.perform(version, "load", by=None)
    drawn = map_of(PartnershipVersion.objects.published())
    assert [(arc.start.name, arc.end.name) for arc in drawn.arcs] == [("Peru", "Ecuador")]
    assert {end.role for end in drawn.ends} == {"peer"}


def test_a_host_that_is_not_ours_gets_the_error_page(client):
    response = client.get("/en/", headers={"host": "evil.example"})
    assert response.status_code == 400
    assert b"<h1" in response.content


def test_one_and_thirty_partnerships_cost_the_same_queries(client):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            client.get("/en/")
        return len(captured)

    factories.published_version()
    queries()
    few = queries()
    for _ in range(29):
        factories.published_version()
    assert queries() == few <= 10
