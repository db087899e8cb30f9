"""Addresses of pages elsewhere: of the web, without a user, wherever somebody writes one."""

import pytest
from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models

from tests.forms_of_ours import forms_of_ours
from tests.nearest import APPS
from vocabularies.web_addresses import Link, LinkField, web_address

GOOD = ["https://gwopa.org/", "http://a.example:8080/x?y=1#z", "https://müller.example/ä", "https://a.example/@name"]
BAD = [
    "ftp://a.example/", "javascript:alert(1)", "data:text/html,x", "//a.example/", "https://user@a.example/",
    "https://user:password@a.example/", "https://gwopa.org@evil.example/", "https://", "mailto:a@b.example",
]  # fmt: skip


@pytest.mark.parametrize("address", GOOD)
def test_an_address_of_the_web_is_taken(address):
    web_address(address)
    assert Link().clean(address) == address


@pytest.mark.parametrize("address", BAD)
def test_another_is_not(address):
    with pytest.raises(ValidationError):
        web_address(address)
    with pytest.raises(ValidationError):
        LinkField().clean(address, None)


def test_https_is_meant_where_nothing_is_said():
    assert Link().clean("gwopa.org/en/") == "https://gwopa.org/en/"


def test_every_column_and_every_question_asks_for_one():
    columns = [
        field for model in apps.get_models() if model._meta.app_label in APPS for field in model._meta.concrete_fields
    ]
    links = [field for field in columns if isinstance(field, models.URLField)]
    assert len(links) > 10
    assert {type(field) for field in links} == {LinkField}
    questions = [field for form in forms_of_ours() for field in form.base_fields.values()]
    assert {type(field) for field in questions if isinstance(field, forms.URLField)} == {Link}
