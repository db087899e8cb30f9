"""What only the keyboard meets, besides the journeys that it makes: keys that send a form, and a focus that is led."""

from tests.browser import steps
from tests.browser.cast import PASSWORD, SICSM
from tests.browser.keys import ByKeys, expect


def test_enter_sends_a_form_and_a_new_row_takes_the_focus(at_work):
    page = ByKeys(at_work().page)
    page.goto("/en/")
    page.get_by_role("link", name="Workspace").click()
    page.get_by_label("Email").fill(SICSM)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_label("Password").press("Enter")
    expect(page.get_by_role("heading", level=1, name="Workspace")).to_be_visible()

    page.get_by_role("link", name="Register a WOP").first.click()
    page.get_by_role("radio", name="Mentee: ").check()
    page.get_by_role("radio", name="Mentor: ").check()
    page.get_by_label("Title").fill("Keys only: two made-up utilities")
    page.get_by_label("Title").press("Enter")
    steps.said(page, "The draft is begun.")
    steps.open_section(page, "The basics")
    page.get_by_label("Start", exact=True).fill("2024-03")
    page.get_by_label("Start", exact=True).press("Enter")
    steps.said(page, "saved at")
    expect(page.get_by_role("heading", level=1, name="Partners")).to_be_visible()

    page.get_by_role("button", name="Add another partner").click()
    partner = steps.row(page, "Partner 2")
    expect(partner.locator(":focus")).to_be_visible()
    partner.get_by_label("Organisation").fill("Water and Sewerage Company Inc. (WASCO), Saint Lucia")
    partner.get_by_label("Role", exact=True).select_option("Mentee")
    steps.save(page)
