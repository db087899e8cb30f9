"""How a page may look: by day, by night, on a phone, in each language; and what axe finds in it."""

import json
from itertools import cycle
from pathlib import Path

AXE = (Path(__file__).resolve().parent.parent.parent / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = json.dumps({"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]})
DESKTOP, PHONE = 1280, 360
LOOKS = {
    "light": ("light", DESKTOP),
    "dark": ("dark", DESKTOP),
    "phone": ("light", PHONE),
    "dark phone": ("dark", PHONE),
}
"""{name: (colours, width in pixels)}"""
EVERY_DAY = ("light", "dark phone")
"""Together they have all colours and widths."""
LANGUAGES = ("en", "es", "fr", "pt")


def in_turn(pages, choices):
    """{page: its choice}: the first for the first page, and so on, from the start again after the last."""
    return dict(zip(pages, cycle(choices), strict=False))


def in_language(address, language):
    return address.replace("/en/", f"/{language}/", 1)


def put_on(page, look, height=900):
    colours, width = LOOKS[look]
    page.emulate_media(color_scheme=colours)
    page.set_viewport_size({"width": width, "height": height})


def violations(page):
    """What axe finds, as “rule: element”."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found = page.evaluate(f"axe.run(document, {RUN}).then((result) => result.violations)")
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]


def found_in(page, looks, height=900):
    """What axe finds in them, as “look: rule: element”."""
    found = []
    for look in looks:
        put_on(page, look, height)
        found += [f"{look}: {one}" for one in violations(page)]
    return found


def sideways(page):
    """How many pixels of the page a window of this width does not show."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
