"""Every kind of page of somebody at work: accessibility in light, dark and on a phone."""

import re

import pytest

from tests.browser.cast import PASSWORD
from tests.browser.keys import expect
from tests.browser.own_pages import NOBODY, OWN_PAGES
from tests.browser.test_pages import violations

OTHERS = ("es", "fr", "pt")
"""Every page is also looked at in one of the other languages, in turn."""
TALL = 8000
"""So many pixels that the bar at the lower edge covers nothing: axe would call what it half hides too small."""


def sideways(page):
    """How many pixels of the page a phone does not show."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def prove(page, address):
    """Where the page asks first who it is: the cookies of ``signed_in`` may be minutes old."""
    if "/reauthenticate/" in page.url and "/reauthenticate/" not in address:
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Confirm").click()
        expect(page).not_to_have_url(re.compile("/reauthenticate/"))


@pytest.mark.parametrize("name", OWN_PAGES)
def test_a_page_at_work_is_for_everyone(at_work, workplace, name):
    who, address = OWN_PAGES[name]
    address = address.format(**workplace.addresses)
    page = at_work(who, color_scheme="light").page
    page.set_viewport_size({"width": 1280, "height": TALL})
    assert page.goto(address).ok == (not name.startswith("not "))
    prove(page, address)
    assert who == NOBODY or "/accounts/login/" not in page.url
    found = {"light": violations(page)}
    page.emulate_media(color_scheme="dark")
    found["dark"] = violations(page)
    page.set_viewport_size({"width": 360, "height": TALL})
    found["phone"] = violations(page)
    assert found == {"light": [], "dark": [], "phone": []}
    assert sideways(page) <= 0
    page.goto(address.replace("/en/", f"/{OTHERS[len(name) % 3]}/", 1))
    assert sideways(page) <= 0
