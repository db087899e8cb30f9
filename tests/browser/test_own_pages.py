"""Every kind of page of somebody at work: accessibility in light, dark and on a phone."""

import re
from itertools import product

import pytest

from tests.browser.cast import PASSWORD
from tests.browser.keys import expect
from tests.browser.looks import EVERY_DAY, LANGUAGES, LOOKS, found_in, in_language, in_turn, put_on, sideways
from tests.browser.own_pages import NOBODY, OWN_PAGES

OF_THE_DAY = in_turn(OWN_PAGES, product(LANGUAGES, EVERY_DAY))
TALL = 8000
"""So many pixels that the bar at the lower edge covers nothing: axe would call what it half hides too small."""


@pytest.fixture
def opened(at_work_for_a_look, workplace):
    """A function that opens one of the OWN_PAGES in a language."""

    def open_page(name, language="en"):
        who, address = OWN_PAGES[name]
        page, address = at_work_for_a_look(who), in_language(address.format(**workplace.addresses), language)
        assert page.goto(address).ok == (not name.startswith("not "))
        prove(page, address)
        assert who == NOBODY or "/accounts/login/" not in page.url
        return page

    return open_page


def prove(page, address):
    """Where the page asks first who it is: the cookies of ``signed_in`` may be minutes old."""
    if "/reauthenticate/" in page.url and "/reauthenticate/" not in address:
        page.locator("main input[type=password]").fill(PASSWORD)
        page.locator("main input[type=password]").press("Enter")
        expect(page).not_to_have_url(re.compile("/reauthenticate/"))


@pytest.mark.parametrize("name", OWN_PAGES)
def test_a_page_at_work_is_for_everyone(opened, name):
    language, look = OF_THE_DAY[name]
    page = opened(name, language)
    assert found_in(page, [look], TALL) == []
    put_on(page, "phone", TALL)
    assert sideways(page) <= 0


@pytest.mark.whole
@pytest.mark.parametrize("name", OWN_PAGES)
def test_a_page_at_work_is_for_everyone_in_each_look_and_language(opened, name):
    page = opened(name)
    assert found_in(page, LOOKS, TALL) == []
    for language in LANGUAGES:
        assert sideways(opened(name, language)) <= 0, language
