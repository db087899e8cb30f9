"""Words as they come in, by page and by program; and how long each text may be, wherever somebody writes it."""

import io
import json
import unicodedata
from xml.etree import ElementTree

import feedparser
import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, models, transaction
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from partnerships.models import Objective, PartnershipVersion
from partnerships.services import start_new_version
from partnerships.services.files import store_file
from reviews.workflow import perform
from tests import factories, sample_files
from tests.api.test_openapi import operations, served
from tests.api.writing import Program, base_of
from tests.exports.exporting import fetch, flat, records, sheets, tables
from tests.forms_of_ours import forms_of_ours
from tests.nearest import APPS
from tests.partnerships.answering import now, section_url, typed
from vocabularies.clean_text import AS_TYPED, UNSEEN, ProseField, cleaned, cleaned_data, cleaned_form
from vocabularies.csv_reader import read_rows

UNSEEN_SIGNS = [chr(code) for code in range(0x110000) if UNSEEN.match(chr(code))]
UNREADABLE_IN_XML = "\x00\x0b\x1f\ufffe\uffff"


@pytest.fixture
def draft(version, author):
    return start_new_version(version.partnership, author)


class TestCleaned:
    @given(st.text())
    def test_any_text_can_be_written_in_a_workbook_and_in_xml(self, text):
        left = cleaned(text)
        left.encode()
        ElementTree.fromstring(f"<a>{left.replace('&', '').replace('<', '')}</a>")
        assert cleaned(left) == left

    @pytest.mark.parametrize(
        "sign", [*UNREADABLE_IN_XML, "\u202e", "\u2066", "\ufdd0", "\ud800", "\ufeff", "\U0010ffff"]
    )
    def test_what_nobody_can_see_goes(self, sign):
        assert cleaned(f"a{sign}b") == "ab"

    @pytest.mark.parametrize("text", ["\u200b", " \u3164\n", "\u2800\u00ad", "\u034f", "\ufffe\u200d", "   "])
    def test_a_text_in_which_nothing_can_be_seen_is_none(self, text):
        assert cleaned(text) == ""

    @pytest.mark.parametrize("marks", ["\u0301\u0327", "\u0301", "\u05b0\u05b4", "\u0300\U0001d165"])
    def test_marks_without_end_on_one_letter_are_cut_off(self, marks):
        """To put them in order took the square of their number: of a million, hours."""
        kept = cleaned("e" + marks * 500_000 + "z")
        assert (kept[-1], len(kept) <= 32) == ("z", True)

    def test_letters_are_composed(self):
        assert cleaned("Me\u0301xico") == "México"

    @pytest.mark.parametrize(
        "text", ["a\tb\nc\r\nd", "نقش\u200cها \u200fא\u200e", "👩\u200d🔧 m³ €", "Ñandú, Việt Nam", "क्षि"]
    )
    def test_what_people_write_stays(self, text):
        assert cleaned(text) == unicodedata.normalize("NFC", text)

    def test_all_that_a_body_says(self):
        sent = {"a\x00": ["b\ufffe", {"c": "\ud800d"}, 1, None, True]}
        assert cleaned_data(sent) == {"a": ["b", {"c": "d"}, 1, None, True]}

    def test_a_password_stays_as_typed(self):
        form = cleaned_form(QueryDict("password1=a%EF%BF%BEb&name=a%EF%BF%BEb"))
        assert (form["password1"], form["name"]) == ("a\ufffeb", "ab")
        assert AS_TYPED.search("oldpassword")


class TestDoors:
    def test_a_page_and_a_program_keep_the_same_words(self, client, draft, author):
        signs = "".join(UNSEEN_SIGNS).encode(errors="ignore").decode()
        client.force_login(author)
        url = section_url(draft, "basics")
        client.post(url, typed(client, url, summary=f"Less{signs} water"))
        assert now(draft).summary == "Less water"
        program = Program(client, author)
        address = f"{base_of(draft)}draft/"
        program.get(address)
        program.patch(address, {"summary": f"Even less{signs}\ud800 water"})
        assert now(draft).summary == "Even less water"

    def test_a_name_of_a_file(self, author):
        sent = SimpleUploadedFile("x", sample_files.of_kind("pdf"))
        sent.name = "report\u202ecod.pdf"
        assert store_file(sent, by=author).name == "reportcod.pdf"

    def test_a_table_that_is_loaded(self, tmp_path):
        (tmp_path / "a.csv").write_text("name\nMe\u0301xico\ufffe\n", encoding="utf-8")
        assert read_rows(tmp_path / "a.csv", columns=["name"])[0]["name"] == "México"


@pytest.fixture
def odd(db):
    """A published partnership whose every text holds signs that came in another way than through a door."""
    version = factories.draft_version(status="completed", starts_on="2014")
    signs = "".join(sign for sign in UNSEEN_SIGNS if sign != "\x00" and not "\ud800" <= sign <= "\udfff")
    Objective.objects.create(version=version, text=f"An aim{signs} of all")
    PartnershipVersion.objects.filter(pk=version.pk).update(summary=f"Less{signs} water", approach=f"{signs}=1+1")
    version = perform(PartnershipVersion.objects.get(pk=version.pk), "load", by=None)
    PartnershipVersion.objects.filter(pk=version.pk).update(title=f"One{signs[:30]} title")
    return version


class TestExports:
    """Read back by other programs."""

    def test_a_workbook_and_tables(self, client, odd):
        assert "Less water" in sheets(fetch(client, "xlsx").body)["partnerships"].to_csv()
        assert "Less water" in flat(fetch(client, "csv").body).to_csv()
        assert "An aim of all" in str(
            {name: table.to_dict() for name, table in tables(fetch(client, "zip").body).items()}
        )

    def test_no_cell_becomes_a_formula_by_it(self, client, odd):
        assert "'=1+1" in tables(fetch(client, "zip").body)["partnerships"].to_csv()

    def test_json(self, client, odd):
        assert "water" in records(fetch(client, "jsonl").body)[0]["summary"]
        json.loads(fetch(client, "geojson").body)

    def test_iati(self, client, odd):
        body = client.get("/api/v1/partnerships.iati.xml").getvalue()
        assert b"water" in body
        etree.parse(io.BytesIO(body))

    def test_the_feed(self, client, odd):
        feed = feedparser.parse(client.get("/en/feeds/partnerships.atom").content)
        assert not feed.bozo
        assert "Less water" in str(feed.entries[0])

    def test_pages(self, client, odd):
        etree.HTML(client.get(odd.get_absolute_url()).content)


class TestLengths:
    NOT_BY_PEOPLE = {
        "notices.OutgoingMail.last_error": "what a mail server said, cut where it is noted",
        "webhooks.Webhook.secret": "made by the portal",
        "webhooks.Webhook.former_secret": "made by the portal",
        "operators.Organisation.search_text": "made of the other columns",
        "partnerships.PartnershipVersion.search_text": "made of the other columns",
        "reports.ReportVersion.search_text": "made of the other columns",
    }

    def test_every_text_of_a_model_has_one(self):
        without = {
            f"{field.model._meta.label}.{field.name}"
            for model in apps.get_models()
            if model._meta.app_label in APPS
            for field in model._meta.concrete_fields
            if isinstance(field, models.TextField) and not isinstance(field, ProseField)
        }
        assert without == set(self.NOT_BY_PEOPLE)

    COMPARED = {"oldpassword", "password1", "password2", "website"}
    """What is never stored as text: passwords, and the trap for robots."""

    def test_every_question_of_a_form_has_one(self):
        without = {
            f"{form.__module__}.{form.__name__}.{name}"
            for form in forms_of_ours()
            for name, field in form.base_fields.items()
            if isinstance(field, forms.CharField) and not field.max_length and not field.widget.is_hidden
        }
        assert {place for place in without if place.rsplit(".", 1)[1] not in self.COMPARED} == set()

    CODES = {
        "area", "code", "country", "indicator", "organisation", "partnership", "platform", "programme", "target",
    }  # fmt: skip
    """What is looked up and not stored."""

    def test_every_text_that_a_program_may_send_has_one(self):
        sent = dict(_texts_sent(served()))
        without = {place for place, schema in sent.items() if "maxLength" not in schema}
        assert {place for place in without if place.rsplit(".", 1)[1] not in self.CODES} == set()
        assert len(sent) > 100

    @pytest.mark.parametrize("length", [-1, 0, 1])
    def test_a_text_at_its_limit(self, client, draft, author, length):
        limit = PartnershipVersion._meta.get_field("approach").max_length
        words = "ñ" * (limit + length)
        client.force_login(author)
        url = section_url(draft, "objectives")
        answer = client.post(url, typed(client, url, approach=words))
        assert (answer.status_code == 302) == (length < 1)
        assert (now(draft).approach == words) == (length < 1)
        if length == 1:
            assert f"{limit}" in answer.content.decode()
            assert words in answer.content.decode()

    def test_the_database_refuses_it_too(self, draft):
        limit = PartnershipVersion._meta.get_field("approach").max_length
        with pytest.raises(DatabaseError), transaction.atomic():
            PartnershipVersion.objects.filter(pk=draft.pk).update(approach="x" * (limit + 1))

    def test_a_comment_on_a_step_has_one(self, version, reviewer):
        with pytest.raises(ValidationError) as refused:
            perform(version, "archive", by=reviewer, comment="x" * 4001)
        assert list(refused.value.message_dict) == ["comment"]


def _texts_sent(described):
    """(operation, property, schema) of each text in the bodies of requests that is neither a choice nor of a format."""
    components = described["components"]["schemas"]
    for _path, _method, operation in operations(described):
        for content in operation.get("requestBody", {}).get("content", {}).values():
            yield from _texts_in(content["schema"], components, operation["operationId"], ())


def _texts_in(schema, components, place, above):
    if name := schema.get("$ref"):
        if name not in above:
            yield from _texts_in(components[name.rsplit("/", 1)[1]], components, place, (*above, name))
        return
    for part in (*schema.get("oneOf", ()), *schema.get("anyOf", ()), *schema.get("allOf", ())):
        yield from _texts_in(part, components, place, above)
    for name, part in schema.get("properties", {}).items():
        yield from _texts_in(part, components, f"{place}.{name}", above)
    if "items" in schema:
        yield from _texts_in(schema["items"], components, place, above)
    kinds = schema.get("type", ())
    if "string" in ([kinds] if isinstance(kinds, str) else kinds) and not {"enum", "format", "pattern"} & set(schema):
        yield place, schema
