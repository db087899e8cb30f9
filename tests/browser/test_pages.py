"""Every kind of page in a real browser: accessibility, phones, weight, no other host."""

import json
from pathlib import Path

import pytest

from tests.browser.pages import PAGES

AXE = Path(__file__).resolve().parent.parent.parent / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
DIRECTORY_LIMIT, PROFILE_LIMIT, FONTS_LIMIT = 120_000, 80_000, 90_000
"""Bytes over the wire on a first visit; fonts are counted apart."""


def violations(page):
    """What axe finds, as “rule: element”."""
    page.evaluate(AXE.read_text())
    options = json.dumps({"runOnly": {"type": "tag", "values": RULES}})
    found = page.evaluate(f"axe.run(document, {options})")["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_light_and_in_dark(visit, name):
    page = visit(color_scheme="light").page
    page.goto(PAGES[name])
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []


@pytest.mark.parametrize("name", PAGES)
def test_a_phone_needs_no_sideways_scroll_in_any_language(visit, name):
    window = visit(width=360)
    for language in ("en", "es", "fr", "pt"):
        window.page.goto(PAGES[name].replace("/en/", f"/{language}/", 1))
        wide = window.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, language


@pytest.mark.parametrize("name", ["home", "directory", "profile in full", "operators", "platforms"])
def test_axe_finds_nothing_on_a_phone(visit, name):
    window = visit(width=360)
    window.page.goto(PAGES[name])
    assert violations(window.page) == []


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


def test_the_land_of_the_map_is_drawn(visit):
    window = visit()
    window.page.goto("/en/")
    assert window.page.locator(".map-land").bounding_box()["width"] > 500
