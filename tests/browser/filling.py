"""A Page of tests/browser/large_record.py is filled in by hand: rows added, partners looked up or added in place."""

import re

from tests.browser import steps
from tests.browser.keys import expect
from tests.browser.large_record import NEW


def fill_in(page, content):
    """From the task list and back."""
    steps.open_section(page, content.title)
    for label, answer in content.answers.items():
        _answer(page.locator("div.question"), label, answer)
    for question, terms in content.ticks.items():
        _tick(page.get_by_role("group", name=question, exact=True), terms)
    for one, rows in content.rows.items():
        _fill_rows(page, one, rows)
    for question, reason in content.left_open.items():
        _leave_open(page, question, reason)
    steps.save(page)


def _answer(place, label, answer):
    box = place.get_by_label(label, exact=True)
    if box.evaluate("element => element.tagName") == "SELECT":
        box.select_option(answer)
    else:
        box.fill(answer)


def _tick(group, terms):
    for term, words in terms.items():
        line = group.locator(".term").filter(has=group.page.get_by_role("checkbox", name=term, exact=True))
        line.get_by_role("checkbox").check()
        line.get_by_role("textbox").fill(words)


def _fill_rows(page, one, rows):
    """In place of those that the form brings along. Whoever is not on the list comes as a row of its own, the last."""
    for number in range(page.get_by_role("group", name=re.compile(rf"^{one} \d+$")).count(), 0, -1):
        page.get_by_role("button", name=re.compile(rf"^Remove\W+{one} {number}$")).click()
    for number, answers in enumerate(rows, start=1):
        name = answers.get("Organisation")
        is_new = name in NEW and not page.locator(f"#organisations option[value^='{name}']").count()
        if is_new:
            _add_in_place(page, name, *NEW[name])
        elif number > 1:
            page.locator("[data-rows]", has=steps.row(page, f"{one} 1")).locator("[data-rows-add]").click()
        for label, answer in answers.items():
            if not (is_new and label == "Organisation"):
                _answer(steps.row(page, f"{one} {number}"), label, answer)


def _add_in_place(page, name, kind, country):
    page.get_by_text("Add a partner that is not in the register").click()
    page.get_by_label("Full name").fill(name)
    page.get_by_label("Kind of organisation").select_option(kind)
    page.get_by_label("Country or territory").select_option(country)
    page.get_by_role("button", name="Add this organisation").click()
    expect(page.get_by_label("Full name")).to_have_value("")


def _leave_open(page, question, reason):
    """By the list of reasons beside the question or, where there is only one, by its box."""
    box = page.locator(".no-answer").filter(has=page.locator(".visually-hidden", has_text=question))
    if box.get_by_role("checkbox").count():
        box.get_by_role("checkbox").check()
    else:
        box.get_by_role("combobox").select_option(reason)
