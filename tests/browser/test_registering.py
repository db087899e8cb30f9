"""Journey A: from no account at all to a published partnership with a partner that was not in the register."""

import pytest

from tests.browser import steps
from tests.browser.cast import CARI_WOP
from tests.browser.keys import BY_KEYBOARD, WAYS, WITH_SCRIPTS, WITHOUT_SCRIPTS, expect

MADE_UP = {
    WITH_SCRIPTS: ("Morne Bleu Water Works", "Grenada", "GD", "Anse Verte Water Board", "Dominica", "DM"),
    WITHOUT_SCRIPTS: ("Piton Clair Utility", "Saint Kitts and Nevis", "KN", "Three Springs Company", "Barbados", "BB"),
    BY_KEYBOARD: ("Baie Longue Waterworks", "Antigua and Barbuda", "AG", "Cedar Hill Supply", "Jamaica", "JM"),
}
SUMMARY = "Two made-up utilities look for leaks together."


@pytest.mark.parametrize(
    "way", [way if way == WITH_SCRIPTS else pytest.param(way, marks=pytest.mark.whole) for way in WAYS]
)
def test_a_new_operator_and_its_new_partnership_become_public(at_work_by, workplace, way):
    operator, country, code, partner, partner_country, partner_code = MADE_UP[way]
    title = f"{operator} – {partner}"
    person, reviewer, public = (at_work_by(way, email) for email in ("", CARI_WOP, ""))
    email = f"ann@{operator.split()[0].lower()}.example"

    steps.sign_up(person, workplace.post, "Ann Newcomer", email)
    steps.register_organisation(person, operator, country)
    assert seen(public, operator) == [], "a registration is private"
    workplace.post.wait_for(CARI_WOP, f"Review “{operator}”")
    steps.open_on_the_desk(reviewer, operator)
    steps.publish(reviewer, operator)
    workplace.post.wait_for(email, f"Read “{operator}”: it is published")
    assert seen(public, operator) == ["operators"]

    steps.begin_partnership(person, title, "Mentor")
    fill_in(person, partner, partner_country)
    person.get_by_role("link", name="Check your answers").click()
    expect(person.get_by_role("main")).to_contain_text(SUMMARY)
    person.get_by_role("button", name="Submit for review").click()
    steps.said(person, f"“{title}” is submitted. Now it waits for Cari-WOP.")
    assert seen(public, partner) == [], "a partner added in place is private"
    partner_page = f"/en/operators/{partner.lower().replace(' ', '-')}/"
    assert public.goto(partner_page).status == 404

    workplace.post.wait_for(CARI_WOP, f"Review “{title}”")
    steps.open_on_the_desk(reviewer, title)
    steps.publish(reviewer, title)
    workplace.post.wait_for(email, f"Read “{title}”: it is published")
    for question in (f"country={code}", f"country={partner_code}", f"q={partner}", "area=metering&region=lac"):
        public.goto(f"/en/partnerships/?{question}")
        expect(the_entry(public, partner)).to_be_visible()
    public.goto(partner_page)
    expect(the_entry(public, operator)).to_be_visible()
    slug = public.url.rstrip("/").rsplit("/", 1)[1]
    public.goto(f"/en/partnerships/?organisation={slug}")
    expect(public.get_by_role("heading", level=2, name="1 partnership")).to_be_visible()
    the_entry(public, partner).click()
    expect(public.get_by_role("main")).to_contain_text(SUMMARY)
    public.get_by_role("main").get_by_role("link", name=operator, exact=True).first.click()
    expect(the_entry(public, partner)).to_be_visible()


def the_entry(page, partner):
    """The link to the partnership with ``partner`` in a public list."""
    return page.locator("main a[href*='/partnerships/WOP-']").filter(has_text=partner).first


def seen(page, words):
    """In which public lists a search finds ``words``."""
    found = []
    for name in ("operators", "partnerships"):
        page.goto(f"/en/{name}/?q={words}&group=all" if name == "operators" else f"/en/{name}/?q={words}")
        # Who finds nothing is offered to look for just these words.
        found_there = page.get_by_role("main").get_by_role("link", name=words, exact=True)
        if found_there.and_(page.locator("a:not([href*='exact='])")).count():
            found.append(name)
    return found


def fill_in(page, partner, country):
    """Some sections of a partnership, from its task list and back."""
    steps.open_section(page, "The basics")
    page.get_by_label("Summary").fill(SUMMARY)
    page.get_by_label("Status").select_option("Under way")
    page.get_by_label("Start", exact=True).fill("2024-03")
    steps.save(page)
    steps.open_section(page, "Partners")
    add_partner(page, partner, country)
    steps.save(page)
    steps.open_section(page, "Partners")
    expect(page.get_by_text("Not verified, and seen by nobody else")).to_contain_text(partner)
    page.go_back()
    steps.open_section(page, "Improvement tracks")
    steps.row(page, "Improvement track 1").get_by_label("Improvement area").select_option("Metering")
    steps.save(page)
    steps.open_section(page, "Sources and note")
    steps.row(page, "Source 1").get_by_label("Title").fill("Minutes of the first meeting")
    steps.save(page)


def add_partner(page, name, country):
    """One that the register does not have, as the mentee."""
    page.get_by_text("Add a partner that is not in the register").click()
    page.get_by_label("Full name").fill(name)
    page.get_by_label("Kind of organisation").select_option("Public utility")
    page.get_by_label("Country or territory").select_option(country)
    page.get_by_role("button", name="Add this organisation").click()
    steps.row(page, "Partner 2").get_by_label("Role", exact=True).select_option("Mentee")
