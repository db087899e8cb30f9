"""Every kind of page in a real browser: accessibility, phones, weight, no other host."""

import re

import pytest

from tests.browser.looks import EVERY_DAY, LANGUAGES, found_in, in_language, in_turn, sideways
from tests.browser.pages import PAGES

DIRECTORY_LIMIT, PROFILE_LIMIT, FONTS_LIMIT = 120_000, 80_000, 90_000
"""Bytes over the wire on a first visit; fonts are counted apart."""
OF_THE_DAY = in_turn(PAGES, LANGUAGES)


@pytest.mark.parametrize(
    ("name", "language"),
    [
        pytest.param(name, language, marks=() if language == OF_THE_DAY[name] else pytest.mark.whole)
        for name in PAGES
        for language in LANGUAGES
    ],
)
def test_a_page_is_for_everyone_by_day_and_by_night_on_a_phone(reading, name, language):
    reading.goto(in_language(PAGES[name], language))
    assert found_in(reading, EVERY_DAY) == []
    assert sideways(reading) <= 0


@pytest.mark.whole
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_for_everyone_by_night_and_by_day_on_a_phone(reading, name):
    reading.goto(PAGES[name])
    assert found_in(reading, ("dark", "phone")) == []


def weight(window, address):
    """(bytes of the fonts, bytes of everything else) of a first visit."""
    finished = []
    window.page.on("requestfinished", lambda request: finished.append(request))
    window.page.goto(address, wait_until="networkidle")
    sizes = {True: 0, False: 0}
    for request in finished:
        size = request.sizes()
        sizes[request.resource_type == "font"] += size["responseBodySize"] + size["responseHeadersSize"]
    return sizes[True], sizes[False]


@pytest.mark.parametrize(
    ("name", "limit"), [("directory", DIRECTORY_LIMIT), ("profile in full", PROFILE_LIMIT), ("home", DIRECTORY_LIMIT)]
)
def test_a_first_visit_is_light(visit, name, limit):
    fonts, rest = weight(visit(), PAGES[name])
    print(f"{name}: {rest} bytes and {fonts} bytes of fonts")
    assert 0 < rest <= limit
    assert 0 < fonts <= FONTS_LIMIT


@pytest.mark.parametrize("name", ["profile in full", "profile with report", "profile of many"])
def test_a_profile_prints_on_three_pages_at_most(reading, name):
    reading.goto(PAGES[name])
    reading.emulate_media(media="print")
    assert reading.locator(".pair-header .pair-reach").bounding_box()["width"] > 50
    pages = re.findall(rb"/Type\s*/Page\b", reading.pdf(format="A4", prefer_css_page_size=True))
    assert 1 <= len(pages) <= 3


def test_the_land_of_the_map_is_drawn(visit):
    window = visit()
    window.page.goto("/en/")
    assert window.page.locator(".map-land").bounding_box()["width"] > 500
