"""A reader's way through the register, with and without JavaScript, and by keyboard alone."""

import re

import pytest
from playwright.sync_api import expect

from tests import register_files as files


@pytest.mark.smoke
@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
@pytest.mark.parametrize("width", [1280, 360])
def test_from_home_to_a_partnership_its_operators_and_their_platform(visit, width, scripts):
    page = visit(width=width, java_script_enabled=scripts).page
    page.goto("/")
    page.get_by_role("link", name="All partnerships").click()
    expect(page.get_by_role("heading", level=2, name=f"{files.number('partnerships')} partnerships")).to_be_visible()
    if width == 360:
        page.get_by_text("Filters and order").click()
    page.get_by_label("Latin America and the Caribbean").check()
    if width == 360 or not scripts:  # elsewhere a change applies itself
        page.get_by_role("button", name="Show results").click()
    expect(
        page.get_by_role(
            "heading",
            level=2,
            name=re.compile("^[0-9]+ partnerships with a mentor, mentee, peer or partner from Latin America"),
        )
    ).to_be_visible()
    page.get_by_role("searchbox").fill("martinique")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=2, name="1 partnership")).to_be_visible()
    page.get_by_role("link", name="WASCO").first.click()
    expect(page).to_have_url(re.compile(r"/en/partnerships/WOP-0001/$"))
    page.get_by_role("main").get_by_role("link", name="SICSM", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Martinique")
    page.go_back()
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("martinique")


@pytest.mark.smoke
def test_from_a_partnership_to_the_platform_that_it_names(visit):
    page = visit().page
    page.goto("/en/partnerships/WOP-0066/")
    page.get_by_role("main").get_by_role("link", name="WOP-LAC", exact=True).first.click()
    expect(page).to_have_url(re.compile(r"/en/platforms/wop-lac/$"))
    expect(page.get_by_role("main")).to_contain_text("October 2007")


def test_the_keyboard_alone_reaches_a_profile(visit):
    page = visit().page
    page.goto("/en/partnerships/?q=SIAAP")
    for _ in range(200):
        page.keyboard.press("Tab")
        if "WOP-0002" in (page.evaluate("document.activeElement.getAttribute('href')") or ""):
            break
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/WOP-0002/$"))


def test_the_first_stop_of_the_keyboard_leads_past_the_navigation(visit):
    page = visit().page
    page.goto("/en/partnerships/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_another_language_keeps_the_page_and_the_question(visit):
    page = visit().page
    page.goto("/en/partnerships/?country=LC")
    page.get_by_role("link", name="Español").click()
    expect(page).to_have_url(re.compile(r"/es/partnerships/\?country=LC$"))


def test_an_invalid_value_is_mended_with_one_click(visit):
    page = visit().page
    page.goto("/en/partnerships/?country=XX&region=lac")
    expect(page.get_by_role("alert")).to_contain_text("Country: “XX” is not known")
    page.get_by_role("link", name="Leave it out").click()
    expect(page.get_by_role("heading", level=2, name=re.compile("^[0-9]+ partnerships with a mentor"))).to_be_visible()
