"""Typed words survive a closed window, an ended session, a second window, a wrong field, another language."""

import re

import pytest
from playwright.sync_api import expect

from tests import sample_files
from tests.browser import steps
from tests.browser.cast import SICSM

WORDS = "Forty wells were cleaned before the dry season."
LATER = "Sixty wells were cleaned before the dry season."


@pytest.fixture
def draft(at_work, workplace):
    """Opens windows on a new draft of its own: its task list."""
    first = at_work(SICSM)
    steps.begin_partnership(first.page, f"Wells, draft {next(workplace.numbers)}", "Mentor")
    address = first.page.url

    def open_window(**options):
        window = at_work(SICSM, **options)
        window.page.goto(address)
        return window

    return open_window


def basics(window):
    """The page of the first section, and its field for the summary."""
    steps.open_section(window.page, "The basics")
    return window.page, window.page.get_by_label("Summary", exact=True)


def test_words_that_were_only_kept_are_there_when_the_window_is_opened_again(draft):
    window = draft()
    page, summary = basics(window)
    summary.fill(WORDS)
    expect(page.locator("[data-autosave-status]")).to_have_text(re.compile(r"^Saved at \d\d:\d\d$"))
    window.context.close()
    window = draft()
    expect(window.page.get_by_text("What you typed here is kept and not saved yet.")).to_be_visible()
    page, summary = basics(window)
    expect(summary).to_have_value(WORDS)
    steps.save(page)
    expect(page.get_by_text("What you typed here is kept and not saved yet.")).to_have_count(0)


@pytest.mark.smoke
@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_form_sent_after_the_session_ended_shows_its_words_and_can_be_sent_again(draft, scripts):
    window = draft(java_script_enabled=scripts)
    page, summary = basics(window)
    summary.fill(WORDS)
    window.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Save and go back to the list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have been signed out")
    expect(page.locator(".unsaved").filter(has_text=WORDS)).to_be_visible()
    other = window.another_tab()
    steps.sign_in(other, SICSM)
    other.close()
    send_again(page)
    steps.said(page, "saved at")
    _page, summary = basics(window)
    expect(summary).to_have_value(WORDS)


def send_again(page):
    """Without a script the token is the old one: the words are shown once more, with a new one."""
    for _attempt in range(2):
        page.get_by_role("button", name="Send again").click()
        page.wait_for_load_state()
        if not page.get_by_role("button", name="Send again").count():
            return


def test_the_second_of_two_windows_is_told_what_the_first_has_changed(draft):
    first, second = draft(), draft()
    _page, words = basics(first)
    other_page, other_words = basics(second)
    words.fill(WORDS)
    steps.save(first.page)
    other_words.fill(LATER)
    other_page.get_by_role("button", name="Save and go back to the list").click()
    meanwhile = other_page.locator(".draft-stale")
    expect(meanwhile).to_contain_text("What changed meanwhile")
    expect(meanwhile).to_contain_text(WORDS)
    expect(other_words).to_have_value(LATER)
    first.page.get_by_role("link", name="Check your answers").click()
    expect(first.page.get_by_role("main")).to_contain_text(WORDS)
    expect(first.page.get_by_role("main")).not_to_contain_text(LATER)
    steps.save(other_page)
    steps.open_section(other_page, "The basics")
    expect(other_words).to_have_value(LATER)


@pytest.mark.parametrize("scripts", [True, False], ids=["with JavaScript", "without JavaScript"])
def test_a_file_beside_a_missing_answer_need_not_be_chosen_again(draft, scripts):
    page = draft(java_script_enabled=scripts).page
    page.locator(".tasks").get_by_role("link", name="Files").click()
    slides = {"name": "slides.pdf", "mimeType": "application/pdf", "buffer": sample_files.of_kind("pdf")}
    page.get_by_label("File", exact=True).set_input_files(slides)
    page.get_by_label("Address where it was published").fill("https://source.example/slides")
    page.get_by_role("button", name="Add to the draft").click()
    expect(page.get_by_role("alert")).to_contain_text("What it is")
    expect(page.get_by_label("Address where it was published")).to_have_value("https://source.example/slides")
    expect(page.get_by_role("main")).to_contain_text("Uploaded: slides.pdf")
    page.get_by_label("What it is").fill("Slides of the wells")
    page.get_by_role("button", name="Add to the draft").click()
    steps.said(page, "“Slides of the wells” is saved.")


def test_a_file_that_is_refused_is_named_and_the_words_beside_it_stay(draft):
    page = draft().page
    page.locator(".tasks").get_by_role("link", name="Files").click()
    page.get_by_label("What it is").fill("Slides of the wells")
    wrong = {"name": "slides.pdf", "mimeType": "application/pdf", "buffer": b"<html>no slides</html>"}
    page.get_by_label("File", exact=True).set_input_files(wrong)
    page.get_by_role("button", name="Add to the draft").click()
    expect(page.get_by_role("alert")).to_contain_text("“slides.pdf” was not kept: choose a file again.")
    expect(page.get_by_label("What it is")).to_have_value("Slides of the wells")


def test_words_and_added_rows_follow_into_another_language(draft):
    page = draft().page
    steps.open_section(page, "Sources and note")
    page.get_by_role("button", name="Add another source").click()
    steps.row(page, "Source 2").get_by_label("Title").fill(WORDS)
    page.locator("a[hreflang=es]").click()
    page.wait_for_url("**/es/**/sources/")
    expect(page.locator("[name=sources-1-title]")).to_have_value(WORDS)


def test_the_back_button_shows_the_words_that_were_refused(draft):
    page, summary = basics(draft())
    summary.fill(WORDS)
    page.get_by_label("Start", exact=True).fill("the other day")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("alert")).to_contain_text("Start")
    expect(summary).to_have_value(WORDS)
    page.goto("/en/workspace/")
    page.go_back()
    expect(summary).to_have_value(WORDS)
