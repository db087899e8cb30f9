"""Parameters are described as they are understood."""

import pytest

from api.openapi.descriptions import ABOUTS
from api.openapi.document import document


@pytest.fixture(scope="module")
def parameters():
    paths = document("en")["paths"]
    return {
        (path, parameter["name"]): parameter
        for path in ("/api/v1/partnerships/", "/api/v1/reports/", "/api/v1/codebook.csv")
        for parameter in paths[path]["get"]["parameters"]
    }


def test_numbers_may_be_broken_and_years_not(parameters):
    assert parameters["/api/v1/partnerships/", "cost_max"]["schema"]["type"] == "number"
    assert parameters["/api/v1/partnerships/", "year_from"]["schema"]["type"] == "integer"


def test_periods_tell_their_pattern(parameters):
    assert parameters["/api/v1/reports/", "period"]["schema"]["pattern"].endswith("$")


def test_one_value_may_be_empty_and_a_page_size_not(parameters):
    assert parameters["/api/v1/partnerships/", "labels"]["allowEmptyValue"] is True
    assert "allowEmptyValue" not in parameters["/api/v1/partnerships/", "status"]
    assert "allowEmptyValue" not in parameters["/api/v1/partnerships/", "page_size"]


def test_geojson_is_one_value(parameters):
    answer = document("en")["paths"]["/api/v1/partnerships.geojson"]["get"]["responses"]["200"]
    assert answer["content"]["application/geo+json"]["schema"]["type"] == "object"


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["labels=xx", "lables=fr"])
def test_the_codebook_refuses_what_it_does_not_know(client, query):
    assert client.get(f"/api/v1/codebook.csv?{query}").status_code == 400


@pytest.mark.django_db
def test_an_empty_language_is_none(client):
    assert client.get("/api/v1/terms/?labels=").headers["Content-Language"] == "en"


@pytest.mark.parametrize("language", ["es", "fr", "pt"])
def test_every_operation_is_described_in_the_language_of_the_reader(language):
    english, other = (
        {
            operation["operationId"]: operation.get("description", "")
            for path in document(code)["paths"].values()
            for operation in path.values()
        }
        for code in ("en", language)
    )
    assert [name for name, text in english.items() if text and other[name] == text] == []


def test_what_the_summary_does_not_say_is_said_for_operations_that_exist():
    operations = {operation["operationId"] for path in document("en")["paths"].values() for operation in path.values()}
    assert set(ABOUTS) <= operations | {operation.partition("_")[2] for operation in operations}
