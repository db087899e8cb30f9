"""The description of the API is valid, true, the one that is checked in, and readable for people."""

import json
import re

import jsonschema
import pytest
import yaml
from django.conf import settings
from django.core.management import call_command
from django.urls import get_resolver
from drf_spectacular.renderers import OpenApiJsonRenderer2
from openapi_spec_validator import OpenAPIV31SpecValidator

from api.examples import ADDRESSES, example_of, produced
from api.openapi.document import document
from api.views.docs import groups_of
from reports.models import Report
from tests import register_files as files
from tests.registered import RegisterTestCase

SNAPSHOT = settings.BASE_DIR / "docs" / "openapi.yaml"
REFRESH = "run make schema"


@pytest.fixture(scope="module")
def described():
    """What programs get: the document as JSON says it."""
    return served()


def served():
    return json.loads(OpenApiJsonRenderer2().render(document("en")))


def operations(described):
    return [
        (path, method, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]


def test_it_is_valid_openapi_3_1(described):
    assert described["openapi"] == "3.1.0"
    OpenAPIV31SpecValidator(described).validate()


def test_it_is_made_without_a_warning(capsys, tmp_path):
    call_command("spectacular", "--validate", "--fail-on-warn", "--file", str(tmp_path / "openapi.yaml"))
    assert "Warning" not in capsys.readouterr().err


def test_it_is_the_one_that_is_checked_in(described):
    assert yaml.safe_load(SNAPSHOT.read_text(encoding="utf-8")) == described, REFRESH


def test_names_of_operations_stand_once(described):
    names = [operation["operationId"] for _path, _method, operation in operations(described)]
    assert sorted(names) == sorted(set(names))


def test_every_operation_has_a_summary_and_says_how_it_may_refuse(described):
    for path, method, operation in operations(described):
        place = f"{method} {path}"
        assert operation.get("summary"), place
        assert {"401", "429"} <= set(operation["responses"]), place
        assert ("404" in operation["responses"]) >= ("{" in path), place


def test_refusals_are_problem_details(described):
    for name, response in described["components"]["responses"].items():
        assert list(response["content"]) == ["application/problem+json"], name


def test_reading_needs_no_token_and_takes_one(described):
    for path in ("/api/v1/partnerships/", "/api/v1/partnerships/{reference}/"):
        assert described["paths"][path]["get"]["security"] == [{}, {"token": []}]


def test_every_reading_address_of_ours_is_described(described):
    reading = {operation["operationId"] for _path, _method, operation in operations(described)}
    assert set(ADDRESSES) <= reading
    assert not [name for name in ADDRESSES if example_of(name) is None]


def test_every_operation_that_takes_or_answers_something_readable_shows_it(described):
    without = []
    for _path, _method, operation in operations(described):
        answers = (operation["responses"].get(status, {}) for status in ("200", "201", "202"))
        for side in (operation.get("requestBody", {}), *answers):
            readable = [media for media in side.get("content", {}).values() if not is_binary(media)]
            if readable and not any("examples" in media for media in readable):
                without.append(operation["operationId"])
    assert without == []


def is_binary(media):
    return media["schema"].get("format") == "binary"


def by_operation(described):
    return {operation["operationId"]: operation for _path, _method, operation in operations(described)}


def check(described, schema, value):
    """Raises unless ``value`` has the shape ``schema`` of the document."""
    whole = {**schema, "components": described["components"]}
    jsonschema.Draft202012Validator(whole, format_checker=jsonschema.FormatChecker()).validate(value)


def examples_in(described):
    """(operation, shape, value) of every example of a JSON body or answer."""
    for _path, _method, operation in operations(described):
        bodies = [operation.get("requestBody", {}), *operation["responses"].values()]
        for kind, media in ((kind, media) for body in bodies for kind, media in body.get("content", {}).items()):
            if kind.endswith("json"):
                for example in media.get("examples", {}).values():
                    yield operation["operationId"], media["schema"], example["value"]


def test_every_example_has_the_shape_that_is_promised(described):
    found = list(examples_in(described))
    as_text = {name for name in ADDRESSES if isinstance(example_of(name).answer, str)}
    assert {name for name, _schema, _value in found} >= set(ADDRESSES) - as_text
    for _operation, schema, value in found:
        check(described, schema, value)


@pytest.mark.django_db
def test_the_document_is_served_as_json_and_yaml_in_every_language(client, described):
    answer = client.get("/api/v1/schema/")
    assert answer.json() == described
    assert answer.headers["Content-Type"] == "application/json"
    by_accept = client.get("/api/v1/schema/", headers={"accept": "application/yaml"})
    for as_yaml in (client.get("/api/v1/schema.yaml"), by_accept):
        assert as_yaml.headers["Content-Type"].startswith("application/yaml")
        assert yaml.safe_load(as_yaml.content) == described
    spanish = client.get("/api/v1/schema/", headers={"accept-language": "es"})
    assert spanish.headers["Content-Language"] == "es"
    assert spanish.json()["paths"].keys() == described["paths"].keys()
    in_spanish = client.get("/api/v1/schema.yaml", headers={"accept-language": "es"})
    assert yaml.safe_load(in_spanish.content) == spanish.json()


@pytest.mark.django_db
def test_the_page_speaks_four_languages_under_one_address(client):
    page = client.get("/api/docs/?labels=es")
    assert page.headers["Content-Language"] == "es"
    text = page.content.decode()
    assert '<html lang="es">' in text
    assert 'href="/api/docs/?labels=fr"' in text
    assert f'href="{settings.PORTAL_URL}/api/docs/?labels=pt"' in text
    assert '<html lang="en">' in client.get("/api/docs/?labels=xx").content.decode()


@pytest.mark.django_db
def test_people_read_every_operation_on_a_page_of_ours(client, described):
    answer = client.get("/api/docs/")
    page = answer.content.decode()
    assert answer.status_code == 200
    for name in by_operation(described):
        assert f'id="{name}"' in page, name
    assert not re.search(r"<script|style=|https?://[^\s\"<&]*\.(js|css)\b", page)
    assert not answer.cookies
    assert "csrf" not in page
    assert "Cookie" not in answer.headers["Vary"]


def test_the_page_shows_parameters_and_examples(described):
    groups = dict(groups_of(described))
    told = next(one for one in groups["Partnerships"] if one["id"] == "partnerships_list")
    named = {parameter["name"]: parameter for parameter in told["parameters"]}
    assert {"q", "country", "role", "fields", "expand", "labels", "page_size", "If-None-Match"} <= set(named)
    assert "lead-mentor" in named["role"]["possible"]
    assert '"WOP-0001"' in told["answers"][0]["text"]


def test_nothing_but_the_api_stands_in_it(described):
    assert all(path.startswith("/api/v1/") for path in described["paths"])
    assert get_resolver().namespace_dict["api"][0] == "api/"


class TestRegister(RegisterTestCase):
    """Every example is what the real register answers."""

    def test_examples_are_what_the_register_answers(self):
        answers = produced(self.client, Report.objects.order_by("pk").first().pk)
        for operation, answer in answers.items():
            assert json.loads(json.dumps(answer)) == example_of(operation).answer, (operation, REFRESH)

    def test_whole_answers_have_the_shape_that_is_promised(self):
        described = served()
        paths = [f"/api/v1/partnerships/?expand=reports,organisations,confirmation,{MANY}&page_size=100"]
        paths += [f"/api/v1/partnerships/WOP-{number:04d}/?expand=reports,organisations" for number in (1, 2, 85, 96)]
        paths += ["/api/v1/organisations/?group=all&expand=figures,former_names,hosted_platforms&page_size=100"]
        paths += ["/api/v1/platforms/?expand=hosts,milestones,areas,countries,children", "/api/v1/terms/?page_size=100"]
        for path in paths:
            answer = self.client.get(path).json()
            name = path.split("/")[3].rstrip("s").capitalize() + ("Page" if "count" in answer else "")
            check(described, {"$ref": f"#/components/schemas/{name}"}, answer)

    def test_the_list_counts_the_partnerships_of_the_files(self):
        answer = self.client.get("/api/v1/partnerships/?page_size=100&ordering=reference").json()
        assert answer["count"] == files.number("partnerships")
        assert [row["reference"] for row in answer["results"]] == files.references()[:100]


MANY = "tracks,results,objectives,agreements,quotations,sources,links,payments,milestones,attachments,unanswered"


@pytest.mark.django_db
@pytest.mark.parametrize("shape", ["PartnershipDraft", "Partnership"])
def test_a_column_is_described_in_the_language_that_is_asked_for(client, shape):
    """Also one that nobody has worded: what its model calls it is translated when it is read."""
    told = {
        language: client.get("/api/v1/schema/", headers={"accept-language": language}).json()
        for language in ("en", "es")
    }
    words = {
        language: whole["components"]["schemas"][shape]["properties"]["duration_months"]["description"]
        for language, whole in told.items()
    }
    assert words["en"] != words["es"]
