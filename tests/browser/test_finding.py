"""What people do to find something: choose a filter, go back, tick what they compare, zoom and click the map."""

import re

import pytest
from playwright.sync_api import expect

SCREENS = {"desktop": (1280, 900), "phone": (360, 740)}
CHOSEN = "/en/partnerships/?area=non-revenue-water"


@pytest.fixture
def window(visit):
    """A page of that size, with or without scripts."""

    def open_page(address, screen="desktop", **options):
        width, height = SCREENS[screen]
        page = visit(width=width, **options).page
        page.set_viewport_size({"width": width, "height": height})
        page.goto(address)
        return page

    return open_page


def first_name(page):
    """Where on the screen the name in the first result stands."""
    return page.locator(".entry .pair-name, .operator-line h3").first.bounding_box()


def middle_of(dot):
    """Where on the screen the dot of a map is: a line of no length, drawn with a round stroke."""
    dot.scroll_into_view_if_needed()
    return dot.evaluate("one => { const box = one.getBoundingClientRect(); return [box.x, box.y]; }")


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("address", [CHOSEN, "/en/partnerships/?region=africa&q=water", "/en/operators/?country=KE"])
def test_after_choosing_a_filter_the_first_result_is_in_the_first_screen(window, screen, address):
    page = window(address, screen)
    box = first_name(page)
    print(f"{screen}, {address}: the first result begins {box['y']:.0f} pixels down")
    assert box["y"] + box["height"] <= SCREENS[screen][1]


def test_a_filter_applies_itself_and_going_back_takes_it_away(window):
    page = window("/en/partnerships/")
    everything = page.locator("#results").inner_text()
    box = page.get_by_role("checkbox", name=re.compile("^Non-revenue water"))
    box.check()
    expect(page).to_have_url(re.compile(r"\?(.*&)?area=non-revenue-water"))
    expect(page.locator("#results")).to_contain_text("non-revenue water")
    expect(page.locator("#told")).to_have_text(page.locator("#results").inner_text())
    expect(box).to_be_focused()
    expect(box).to_be_checked()
    page.go_back()
    expect(page.locator("#results")).to_have_text(everything)
    expect(box).not_to_be_checked()
    page.go_forward()
    expect(page.locator("#results")).to_contain_text("non-revenue water")


def test_without_a_connection_the_form_is_sent_as_forms_are(window):
    page = window("/en/partnerships/")
    page.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no connection')); }")
    page.get_by_role("checkbox", name=re.compile("^Non-revenue water")).check()
    expect(page.locator("#results")).to_contain_text("non-revenue water")
    assert "area=non-revenue-water" in page.url


def test_without_scripts_one_button_is_always_in_view(window):
    page = window("/en/partnerships/", java_script_enabled=False)
    button = page.get_by_role("button", name="Show results")
    facet = page.get_by_role("checkbox", name=re.compile("^Non-revenue water"))
    facet.scroll_into_view_if_needed()
    expect(button).to_be_in_viewport()
    facet.check()
    button.click()
    expect(page.locator("#results")).to_contain_text("non-revenue water")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_what_is_ticked_is_compared(window, scripts):
    page = window(CHOSEN, java_script_enabled=scripts)
    for number in (0, 1):
        page.locator("[name=ref]").nth(number).check()
    compare = page.get_by_role("button", name="Compare side by side")
    expect(compare).to_be_in_viewport()
    compare.click()
    expect(page.get_by_role("heading", level=1, name="Side by side")).to_be_visible()
    expect(page.get_by_role("columnheader")).to_have_count(2)
    assert "area=" not in page.url
    page.get_by_role("link", name=re.compile("^Take away")).first.click()
    expect(page.get_by_role("columnheader")).to_have_count(1)


def test_the_keyboard_passes_the_filters_and_comes_to_the_results(window):
    page = window(CHOSEN)
    page.locator("#filters .search .button").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the results")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#results")).to_be_focused()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_map_is_zoomed_and_a_country_on_it_clicked(window, scripts):
    page = window("/en/partnerships/?view=map", java_script_enabled=scripts)
    page.get_by_role("navigation", name="Part of the world").get_by_role("link", name="Latin America").click()
    page.get_by_role("navigation", name="Part of the world").get_by_role("link", name="Caribbean", exact=True).click()
    page.mouse.click(*middle_of(page.locator("svg.map a[href='/en/countries/LC/'] .map-end")))
    expect(page.get_by_role("heading", level=1, name="Saint Lucia")).to_be_visible()


def test_the_script_of_the_filters_is_small(window):
    page = window("/en/partnerships/")
    sizes = page.evaluate(
        "performance.getEntriesByType('resource').filter(one => one.name.includes('/js/'))"
        ".map(one => one.encodedBodySize)"
    )
    assert 0 < sum(sizes) < 5_000
