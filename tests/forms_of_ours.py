"""Every class of form in the portal, for tests that walk all of them."""

from django import forms
from django.urls import get_resolver

from tests.nearest import APPS


def forms_of_ours():
    assert get_resolver().url_patterns, "by now every form is there"
    return [form for form in _below(forms.BaseForm) if form.__module__.split(".")[0] in APPS]


def _below(form):
    for kind in form.__subclasses__():
        yield kind
        yield from _below(kind)
