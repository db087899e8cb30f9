"""Somebody without a mouse: the steps of everybody else, and what reaches the page are keys."""

from playwright.sync_api import expect as expect_of

WITH_SCRIPTS, WITHOUT_SCRIPTS, BY_KEYBOARD = WAYS = ("with JavaScript", "without JavaScript", "by keyboard")
"""How a journey can be made."""

MOST = 150
"""No page has more stops than that between two things."""
NARROWING = {"filter", "get_by_label", "get_by_role", "get_by_text", "locator", "nth"}
PARTS = {"first", "last"}
LOOKING = {"count", "expect_download", "get_attribute", "go_back", "goto", "url"}
"""What only looks, and what a person does with the keys of the browser: type an address, go back."""

STOP_OF = "element => element.closest('a[href], button, summary, input, select, textarea') ?? element"
IS_HERE = "element => element === document.activeElement"
WHERE = """target => {
    const stop = document.activeElement;
    const oneGroup = (one, other) => one.type === "radio" && one.name === other.name && one.form === other.form;
    if (stop === document.body) return { arrived: false, behind: false, lost: "" };
    const box = [...stop.getClientRects()].find(({ width, height }) => width && height) ?? stop.getBoundingClientRect();
    const seen = document.elementFromPoint(box.x + box.width / 2, box.y + Math.min(box.height / 2, 20));
    const isSeen = stop.contains(seen) || [...(stop.labels ?? [])].some((label) => label.contains(seen));
    const isMarked = getComputedStyle(stop).outlineStyle !== "none";
    return {
        arrived: stop === target || oneGroup(stop, target),
        behind: Boolean(stop.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_PRECEDING),
        lost: isSeen && isMarked ? "" : stop.outerHTML,
    };
}"""
"""Where the focus is, seen from where it shall go; ``lost``: what has it, out of sight or without a mark."""
PLACES = """(select, label) => [
    select.selectedIndex, [...select.options].findIndex((option) => option.label.trim() === label)]"""


class ByKeys:
    """A page or something on it, with as much of Playwright's interface as the steps need; it acts by keys alone."""

    def __init__(self, page, found=None):
        self._page, self.found = page, found or page

    def __getattr__(self, name):
        thing = getattr(self.found, name)
        if name in NARROWING:
            return lambda *words, **options: ByKeys(self._page, thing(*words, **options))
        if name in PARTS:
            return ByKeys(self._page, thing)
        if name in LOOKING:
            return thing
        raise AttributeError(f"“{name}” is nothing that keys do")

    def click(self):
        self.press("Enter")

    def press(self, key):
        self._reach().press(key)

    def fill(self, words):
        self._reach()
        self._page.keyboard.press("ControlOrMeta+A")
        self._page.keyboard.type(words)
        expect_of(self.found).to_have_value(words)

    def check(self):
        """The keyboard stops once at a group of radios; arrows lead to the others, and choose them."""
        box = self._reach()
        for _radio in range(MOST):
            if box.evaluate(IS_HERE):
                break
            self._page.keyboard.press("ArrowDown")
        if not box.is_checked():
            self._page.keyboard.press("Space")
        expect_of(self.found).to_be_checked()

    def select_option(self, label):
        """Its first letters lead near it, arrows to it."""
        self._reach()
        self._page.keyboard.type(label[:3])
        here, there = self.found.evaluate(PLACES, label)
        for _option in range(abs(there - here)):
            self._page.keyboard.press("ArrowDown" if there > here else "ArrowUp")
        expect_of(self.found.locator("option:checked")).to_have_text(label)

    def set_input_files(self, file):
        """The window that opens belongs to the browser."""
        field = self._reach()
        with self._page.expect_file_chooser() as chooser:
            field.press("Enter")
        chooser.value.set_files(file)

    def _reach(self):
        """Press Tab, or Shift and Tab, until it has the focus. Every stop on the way must be in sight."""
        target = self.found.element_handle().evaluate_handle(STOP_OF).as_element()
        where = target.evaluate(WHERE)
        for _stop in range(MOST):
            if where["arrived"]:
                return target
            self._page.keyboard.press("Shift+Tab" if where["behind"] else "Tab")
            where = target.evaluate(WHERE)
            assert not where["lost"], f"the focus is not to be seen: {where['lost']}"
        raise AssertionError(f"Tab does not reach {self.found}")


def expect(thing):
    """Playwright's, for whoever acts."""
    return expect_of(thing.found if isinstance(thing, ByKeys) else thing)
