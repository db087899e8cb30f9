"""Save without a connection: the page stays, says so, and sends the words when the portal answers again."""

import re

import pytest
from playwright.sync_api import expect

from tests import sample_files
from tests.browser import steps
from tests.browser.cast import SICSM, STRANGER

FORM = "/en/accounts/my-data/"
NOTHING_SENT = re.compile("^No connection: nothing was sent.")
CHOOSE_AGAIN = "If you leave this page, the file has to be chosen again."


@pytest.fixture
def window(at_work):
    window = at_work(STRANGER)
    yield open_form(window)
    # Cutting the network is no fault of the page.
    window.complaints[:] = [words for words in window.complaints if "net::ERR_" not in words]


def open_form(window):
    window.page.goto(FORM)
    if (drop := window.page.locator(".autosaved button")).count():
        drop.click()
        expect(window.page.locator(".autosaved")).to_have_count(0)
    return window


def name_in(page):
    return page.locator("#id_name")


def save(page):
    page.locator("form[data-autosave] .actions button").click()


def status(page):
    return page.locator("form[data-autosave] [data-autosave-status]")


def expect_saved(page, name):
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    expect(name_in(page)).to_have_value(name)
    expect(page.locator(".autosaved")).to_have_count(0)


@pytest.mark.parametrize("when", ["just typed", "kept before"])
def test_save_without_a_connection_keeps_the_page_and_sends_the_words_later(window, when):
    page = window.page
    name_in(page).fill(f"Stranger, {when}")
    if when == "kept before":
        expect(status(page)).to_have_text(re.compile("^Saved at"))
    window.context.set_offline(True)
    save(page)
    expect(status(page)).to_have_text(NOTHING_SENT)
    assert page.url.endswith(FORM)
    expect(name_in(page)).to_have_value(f"Stranger, {when}")
    window.context.set_offline(False)
    expect_saved(page, f"Stranger, {when}")


def test_who_writes_on_decides_anew_when_to_send(window):
    page = window.page
    window.context.set_offline(True)
    name_in(page).fill("Stranger")
    save(page)
    expect(status(page)).to_have_text(NOTHING_SENT)
    name_in(page).fill("Stranger who writes on")
    window.context.set_offline(False)
    expect(status(page)).to_have_text(re.compile("^Saved at"))
    assert page.get_by_text("Saved.", exact=True).count() == 0
    save(page)
    expect_saved(page, "Stranger who writes on")


def test_a_proxy_that_answers_for_a_portal_that_does_not_is_no_connection(window):
    page = window.page
    page.route("**/accounts/keep/", lambda route: route.fulfill(status=502, body="Bad Gateway"))
    name_in(page).fill("Stranger of the gateway")
    save(page)
    expect(status(page)).to_have_text(NOTHING_SENT)
    page.unroute("**/accounts/keep/")
    save(page)
    expect_saved(page, "Stranger of the gateway")
    window.complaints[:] = [words for words in window.complaints if "502" not in words]


def test_the_browser_asks_before_it_leaves_words_that_are_kept_nowhere(window):
    page = window.page
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    window.context.set_offline(True)
    name_in(page).fill("Stranger who leaves")
    save(page)
    expect(status(page)).to_have_text(NOTHING_SENT)
    page.get_by_role("link", name="WOP Portal").first.click()
    expect(name_in(page)).to_have_value("Stranger who leaves")
    assert asked == ["beforeunload"]
    window.context.set_offline(False)
    expect_saved(page, "Stranger who leaves")


def test_words_are_kept_when_the_connection_goes_while_the_form_is_sent(window):
    page = window.page
    name_in(page).fill("Stranger on the way back")
    page.route(f"**{FORM}", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        save(page)
    expect(page.locator("form[data-autosave]")).to_have_count(0)
    page.unroute(f"**{FORM}")
    page.goto(FORM)
    expect(name_in(page)).to_have_value("Stranger on the way back")
    save(page)
    expect_saved(page, "Stranger on the way back")


def test_a_page_that_the_browser_had_put_aside_sends_nothing_by_itself(window):
    """Playwright cannot drive a browser with a back/forward cache: the page is told what such a browser tells it."""
    page = window.page
    window.context.set_offline(True)
    name_in(page).fill("Stranger put aside")
    save(page)
    expect(status(page)).to_have_text(NOTHING_SENT)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    window.context.set_offline(False)
    expect(status(page)).to_have_text(re.compile("^Saved at"))
    expect(name_in(page)).to_have_value("Stranger put aside")
    save(page)
    expect_saved(page, "Stranger put aside")


def test_a_chosen_file_is_named_as_to_be_chosen_again(at_work, workplace):
    window = at_work(SICSM)
    page = window.page
    steps.begin_partnership(page, f"Wells, draft {next(workplace.numbers)}", "Mentor")
    page.locator(".tasks").get_by_role("link", name="Files").click()
    page.get_by_label("What it is").fill("Slides of the wells")
    slides = {"name": "slides.pdf", "mimeType": "application/pdf", "buffer": sample_files.of_kind("pdf")}
    page.get_by_label("File", exact=True).set_input_files(slides)
    window.context.set_offline(True)
    page.get_by_role("button", name="Add to the draft").click()
    expect(status(page)).to_contain_text(CHOOSE_AGAIN)
    window.context.set_offline(False)
    steps.said(page, "“Slides of the wells” is saved.")
    window.complaints[:] = [words for words in window.complaints if "net::ERR_" not in words]
