"""Somebody without a mouse writes and submits a partnership: every step is a key."""

from playwright.sync_api import expect

from tests.browser import steps
from tests.browser.cast import PASSWORD, SICSM

MOST = 150
"""No page has more stops than that between two things."""
TITLE = "Keys only: two made-up utilities"


class Keyboard:
    """What reaches the page are keys; what is looked at is where the focus is."""

    def __init__(self, page):
        self.page = page

    def go_to(self, name, role="link"):
        """Press Tab until something of this role and name has the focus."""
        wanted = self.page.get_by_role(role, name=name)
        for _stop in range(MOST):
            self.page.keyboard.press("Tab")
            focused = self.page.locator(":focus")
            if focused.count() and wanted.and_(focused).count():
                self._is_in_sight(focused)
                return
        raise AssertionError(f"Tab does not reach {role} “{name}”")

    @staticmethod
    def _is_in_sight(focused):
        """Not below the bar at the lower edge, nor out of the window."""
        assert focused.evaluate(
            """element => {
                const box = element.getBoundingClientRect();
                const seen = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
                return element.contains(seen) || seen?.contains(element) || [...(element.labels ?? [])].some(
                    (label) => label.contains(seen));
            }"""
        ), focused.evaluate("element => element.outerHTML")

    def follow(self, name):
        self.go_to(name)
        self.page.keyboard.press("Enter")

    def press(self, name):
        self.go_to(name, "button")
        self.page.keyboard.press("Enter")

    def write(self, name, words):
        self.go_to(name, "textbox")
        self.page.keyboard.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(words)

    def choose(self, name, first_letters):
        self.go_to(name, "combobox")
        self.page.keyboard.type(first_letters)


def test_the_keyboard_alone_signs_in_begins_a_draft_fills_a_section_checks_and_submits(at_work):
    page = at_work().page
    keys = Keyboard(page)
    page.goto("/en/")
    keys.follow("Workspace")
    keys.write("Email", SICSM)
    keys.write("Password", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Workspace")).to_be_visible()

    keys.follow("Register a WOP")
    expect(page.get_by_role("heading", level=1, name="Register a partnership")).to_be_visible()
    keys.go_to("Mentor: we share what we know", "radio")
    page.keyboard.press("Space")
    keys.write("Title", TITLE)
    page.keyboard.press("Enter")
    steps.said(page, "The draft is begun.")

    keys.follow("The basics")
    expect(page.get_by_role("heading", level=1, name="The basics")).to_be_visible()
    keys.write("Summary", "Nobody touched a mouse.")
    keys.press("Save and continue")
    expect(page.get_by_role("heading", level=1, name="Partners")).to_be_visible()

    keys.press("Add another partner")
    expect(page.get_by_role("group", name="Partner 2", exact=True)).to_be_visible()
    page.keyboard.insert_text("Water and Sewerage Company Inc. (WASCO), Saint Lucia")
    keys.choose("Role", "Mentee")
    keys.press("Save and go back to the list")
    steps.said(page, "saved at")

    keys.follow("Check your answers")
    expect(page.get_by_role("heading", level=1, name="Check your answers")).to_be_visible()
    keys.press("Submit for review")
    steps.said(page, f"“{TITLE}” is submitted. Now it waits for Cari-WOP.")
