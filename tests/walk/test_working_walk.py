"""Entries at work at every address that shows one: what programs read of drafts, histories, previews, single pages.

``make test`` asks for each kind of address in four languages, ``make test-all`` for each entry and person.
"""

from collections import defaultdict
from itertools import cycle

import pytest
from django.test import Client

from tests.api.people import bearer
from tests.walk.life import lived
from tests.walk.test_walk import Walk
from tests.walk.working import FOLLOWED, NOTHING_THERE, addresses_at_work, open_to_accounts
from vocabularies.localised import LANGUAGE_CODES

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def life(demo):
    return lived(demo)


@pytest.fixture(scope="module")
def at_work(life):
    return addresses_at_work(life)


class WorkingWalk(Walk):
    """Everybody of ``life``, with a browser and a program; ``opened`` says what was answered by 200, and how often."""

    def __init__(self, monkeypatch, life):
        super().__init__(monkeypatch)
        self.clients, self.opened = {}, defaultdict(int)
        self.life = life

    def visit_as(self, code, address, language):
        for_programs = address.name.startswith("api:")
        self.client = self.clients.get((code, for_programs)) or self._client(code, for_programs)
        self.asked = address.name
        self.visit(address, language)

    def ask(self, path, language):
        response = super().ask(path, language)
        self.opened[self.asked] += response.status_code == 200
        return response

    def _client(self, code, for_programs):
        headers = bearer(self.life.secrets[code]) if for_programs else {}
        client = self.clients[code, for_programs] = Client(raise_request_exception=False, headers=headers)
        if code and not for_programs:
            client.force_login(self.life.people[code])
        return client


@pytest.fixture
def walk(monkeypatch, settings, life):
    settings.DEMO = True
    return WorkingWalk(monkeypatch, life)


def sampled(rows):
    """One row for each language, from everywhere among them."""
    step = max(1, len(rows) // len(LANGUAGE_CODES))
    return zip(cycle(rows[::step]), LANGUAGE_CODES, strict=False)


def test_every_address_of_people_at_work_is_walked_or_left_out_for_a_reason(at_work):
    followed = {name for names in FOLLOWED.values() for name in names}
    assert open_to_accounts() == (set(at_work) | followed | set(NOTHING_THERE)) & open_to_accounts()
    assert set(NOTHING_THERE) & (set(at_work) | followed) == set()
    assert [name for name, rows in at_work.items() if not rows] == []


def test_each_kind_of_address_at_work_in_four_languages(at_work, walk):
    for rows in at_work.values():
        for (code, address), language in sampled(rows):
            walk.visit_as(code, address, language)
    assert walk.faults == {}
    assert set(at_work) - {name for name, number in walk.opened.items() if number} == set()


@pytest.mark.whole
def test_each_entry_at_work_for_everybody_who_may_open_it(at_work, walk):
    languages = cycle(LANGUAGE_CODES)
    for rows in at_work.values():
        for code, address in rows:
            walk.visit_as(code, address, next(languages))
    assert walk.faults == {}
