"""Every record of the real register at every public address, in every language.

``make test`` asks a sample: each kind of page in all languages, each record on its main page in one of them.
``make test-all`` asks everything.
"""

from itertools import chain

import pytest
from django.db import transaction
from django.test import Client
from django.utils.translation import trans_real

from tests.permissions.answers import names
from tests.registered import put_register
from tests.walk.addresses import LEFT_OUT, addresses, for_accounts_only
from tests.walk.answers import faults_of
from tests.walk.words import OTHERS, Missed, alike
from vocabularies.localised import LANGUAGE_CODES

pytestmark = pytest.mark.django_db
MAIN = {"directory:partnership", "directory:operator", "directory:platform", "directory:report", "api:organisation"}
"""Of these the sample has every record."""
OF_THE_OTHERS = 2
PARTS = 4


@pytest.fixture(scope="module")
def register(django_db_setup, django_db_blocker):
    """{name: [Address]} of the real register, which is loaded once for all of the walk."""
    with django_db_blocker.unblock(), transaction.atomic():
        put_register()
        yield addresses()
        transaction.set_rollback(True)


@pytest.fixture
def walk(monkeypatch):
    return Walk(monkeypatch)


class Walk:
    """One browser for everything; ``faults`` says what it met: {(path, language): [fault]}."""

    def __init__(self, monkeypatch):
        self.client = Client(raise_request_exception=False)
        self.missed = {language: Missed() for language in OTHERS}
        for language in OTHERS:
            monkeypatch.setattr(trans_real.translation(language), "_fallback", self.missed[language])
        self.faults = {}

    def visit(self, address, language):
        """What is spoken there."""
        path = address.path(language)
        response = self.ask(path, language)
        faults, spoken = faults_of(response, address, language)
        missed = self.missed.get(language, Missed())
        faults += [f"not translated: {text}" for text in missed.texts]
        missed.texts.clear()
        if faults:
            self.faults[path, language] = faults
        return spoken

    def ask(self, path, language):
        return self.client.get(path, headers={"accept-language": language})

    def visit_in_all_languages(self, address):
        common = alike([self.visit(address, language) for language in LANGUAGE_CODES])
        if common:
            self.faults[address.path("en"), "all"] = [f"the same in all languages: {text}" for text in common]


def sampled(name, found):
    """The first one of a kind is asked in all languages; of the others these, in one each."""
    step = 1 if name in MAIN else max(1, len(found) // OF_THE_OTHERS)
    return found[1::step]


def test_every_address_is_walked_or_left_out_for_a_reason(register):
    assert set(register) | set(LEFT_OUT) | for_accounts_only() == set(names())
    assert not set(register) & (set(LEFT_OUT) | for_accounts_only())


def test_every_kind_of_address_has_a_row(register):
    assert [name for name, found in register.items() if not found] == []


@pytest.mark.parametrize("part", range(PARTS))
def test_each_kind_of_address_in_all_languages(register, walk, part):
    for found in list(register.values())[part::PARTS]:
        walk.visit_in_all_languages(found[0])
    assert walk.faults == {}


@pytest.mark.parametrize("part", range(PARTS))
def test_each_record_in_one_language(register, walk, part):
    others = list(chain.from_iterable(sampled(name, found) for name, found in register.items()))
    for number, address in list(enumerate(others))[part::PARTS]:
        walk.visit(address, LANGUAGE_CODES[(number // PARTS) % len(LANGUAGE_CODES)])
    assert walk.faults == {}


@pytest.mark.whole
@pytest.mark.parametrize("part", range(PARTS))
def test_each_record_at_each_address_in_all_languages(register, walk, part):
    for address in list(chain.from_iterable(register.values()))[part::PARTS]:
        walk.visit_in_all_languages(address)
    assert walk.faults == {}
