"""What is typed survives in a real browser: another language, leaving, and a session that ended."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.cast import STRANGER
from tests.browser.steps import sign_in

FORM = "/en/accounts/my-data/"


@pytest.fixture
def window(at_work):
    """The form with a person's name, as it is saved."""
    window = at_work(STRANGER)
    window.page.goto(FORM)
    drop = window.page.get_by_role("button", name="Drop it")
    if drop.count():
        drop.click()
        expect(window.page.locator(".autosaved")).to_have_count(0)
    return window


def name_in(page):
    return page.locator("#id_name")


def test_the_page_says_when_the_words_were_kept(window):
    name_in(window.page).fill("Half a name")
    expect(window.page.locator("[data-autosave-status]")).to_have_text(re.compile(r"^Saved at \d\d:\d\d$"))


def test_words_follow_into_another_language_and_can_be_dropped(window):
    page = window.page
    before = name_in(page).input_value()
    name_in(page).fill("Medio nombre")
    page.locator("a[hreflang=es]").click()
    page.wait_for_url("**/es/accounts/my-data/")
    expect(name_in(page)).to_have_value("Medio nombre")
    page.locator(".autosaved button").click()
    expect(page.locator(".autosaved")).to_have_count(0)
    expect(name_in(page)).to_have_value(before)


@pytest.fixture
def kept(window):
    """The form with a name that was kept on an earlier visit, and that name as it is saved."""
    page = window.page
    before = name_in(page).input_value()
    name_in(page).fill("Half a name")
    expect(page.locator("[data-autosave-status]")).to_have_text(re.compile("^Saved at"))
    page.goto(FORM)
    expect(name_in(page)).to_have_value("Half a name")
    return page, before


def drop_button(page):
    return page.locator(".autosaved button")


def test_what_was_typed_just_before_the_drop_does_not_come_back(kept):
    page, before = kept
    name_in(page).fill("Half a name and more")
    drop_button(page).click()
    expect(page.locator(".autosaved")).to_have_count(0)
    page.goto("/en/")
    page.goto(FORM)
    expect(name_in(page)).to_have_value(before)
    expect(page.locator(".autosaved")).to_have_count(0)


def test_the_drop_waits_for_words_that_are_on_their_way(kept):
    page, before = kept
    held, sent = [], []
    page.route("**/accounts/keep/", lambda route: held.append(route))
    page.on("request", lambda request: sent.append(request.url))
    with page.expect_request("**/accounts/keep/"):
        name_in(page).fill("Half a name and more")
    drop_button(page).click()
    page.wait_for_timeout(500)
    assert not [url for url in sent if "/forget/" in url]
    held.pop().continue_()
    expect(page.locator(".autosaved")).to_have_count(0)
    page.goto(FORM)
    expect(name_in(page)).to_have_value(before)


def test_words_wait_for_somebody_who_left_the_page_at_once(window):
    name_in(window.page).fill("Left at once")
    window.page.goto("/en/")
    expect(window.page.locator("h1")).to_be_visible()
    window.page.goto(FORM)
    expect(name_in(window.page)).to_have_value("Left at once")
    expect(window.page.locator(".autosaved")).to_be_visible()


def test_saving_leaves_nothing_kept(window):
    page = window.page
    name_in(page).fill("Stranger of nowhere")
    page.locator("form[data-autosave] .actions button").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    page.goto(FORM)
    expect(page.locator(".autosaved")).to_have_count(0)


def test_words_outlive_the_session(window):
    page = window.page
    name_in(page).fill("Stranger of nowhere")
    window.context.clear_cookies(name="sessionid")
    page.locator("form[data-autosave] .actions button").click()
    expect(page.locator("h1")).to_have_text("You have been signed out")
    expect(page.locator(".unsaved").first).to_have_text("Stranger of nowhere")
    other = window.another_tab()
    sign_in(other, STRANGER)
    other.close()
    page.evaluate("dispatchEvent(new Event('focus'))")
    expect(page.get_by_text("You are signed in again.")).to_be_visible()
    page.get_by_role("button", name="Send again").click()
    page.wait_for_url(f"**{FORM}")
    expect(name_in(page)).to_have_value("Stranger of nowhere")
    expect(page.locator(".autosaved")).to_have_count(0)
