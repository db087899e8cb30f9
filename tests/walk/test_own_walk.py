"""Every page that the people of the demonstration can reach from their workspace: entries, sections, desk, messages.

Links are followed as a browser would. ``make test`` goes round the languages and looks at two pages of each kind,
``make test-all`` looks at all of them and speaks every language to everybody.
"""

from collections import Counter, deque
from itertools import cycle
from urllib.parse import urldefrag, urljoin

import pytest
from django.test import Client
from django.urls import resolve
from django.utils.translation import override
from lxml import html

from desk.demo.accounts import ACCOUNTS
from tests.walk.addresses import Address
from tests.walk.answers import faults_of
from tests.walk.test_walk import Walk
from tests.walk.working import FOLLOWED
from vocabularies.localised import LANGUAGE_CODES

pytestmark = pytest.mark.django_db
OWN = ("workspace", "desk", "accounts", "exports")
"""What stands behind the language in the address of a page that is somebody's own."""
LEFT_ALONE = ("/logout/", "/accounts/erase/")
ENOUGH = 2_000
"""Pages of one person; a register of demonstration has fewer."""
PEOPLE = [account.code for account in ACCOUNTS if account.code != "support"]


class OwnWalk(Walk):
    """As ``user`` in one ``language``; ``pages`` are the paths that were opened."""

    def __init__(self, monkeypatch, user, language):
        super().__init__(monkeypatch)
        self.client = Client(raise_request_exception=False)
        self.client.force_login(user)
        self.language, self.pages = language, []

    def follow(self, start, of_each=ENOUGH):
        """``of_each``: so many pages of each kind."""
        waiting, known, kinds = deque([start]), {start}, Counter()
        while waiting and len(self.pages) < ENOUGH:
            path = waiting.popleft()
            kind = self.name_of(path)
            kinds[kind] += 1
            for found in self.look(path) if kinds[kind] <= of_each else ():
                if found not in known and self.is_own(found):
                    known.add(found)
                    waiting.append(found)

    def name_of(self, path):
        with override(self.language):
            return resolve(path.split("?")[0]).view_name

    def is_own(self, path):
        parts = path.split("/")
        return len(parts) > 2 and parts[1] == self.language and parts[2] in OWN and not path.endswith(LEFT_ALONE)

    def look(self, path):
        """The addresses to which the page at ``path`` leads."""
        self.pages.append(path)
        response = self.client.get(path, headers={"accept-language": self.language}, follow=True)
        address = Address(self.name_of(path), status=200)
        faults, _spoken = faults_of(response, address, self.language)
        if missed := self.missed.get(self.language):
            faults += [f"not translated: {text}" for text in missed.texts]
            missed.texts.clear()
        if faults:
            self.faults[path] = faults
        if response.status_code != 200 or not response.headers["Content-Type"].startswith("text/html"):
            return []
        links = html.fromstring(response.content.decode()).iterlinks()
        return [urldefrag(urljoin(path, link)).url for _element, name, link, _at in links if name == "href"]


@pytest.fixture
def walk_as(demo, monkeypatch, settings):
    settings.DEMO = True

    def walked(code, language, **more):
        walk = OwnWalk(monkeypatch, demo[code], language)
        walk.follow(f"/{language}/workspace/", **more)
        assert walk.faults == {}
        assert 15 < len(walk.pages) < ENOUGH
        assert set(FOLLOWED.get(code, ())) - {walk.name_of(path) for path in walk.pages} == set()

    return walked


@pytest.mark.parametrize(("code", "language"), [*zip(PEOPLE, cycle(LANGUAGE_CODES), strict=False)])
def test_each_kind_of_page_of_somebody_at_work_is_whole(walk_as, code, language):
    walk_as(code, language, of_each=2)


@pytest.mark.whole
@pytest.mark.parametrize("language", LANGUAGE_CODES)
@pytest.mark.parametrize("code", PEOPLE)
def test_every_page_of_somebody_at_work_is_whole(walk_as, code, language):
    walk_as(code, language)
