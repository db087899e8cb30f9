"""What people do in the portal, one page after the other.

``page`` is the window of whoever does it: Playwright's, or the one of tests/browser/keys.py.
"""

import re

from tests.browser.cast import PASSWORD
from tests.browser.keys import expect


def link_in(mail):
    """The address of this portal that a mail leads to."""
    return re.search(r"http://(?:127\.0\.0\.1|localhost):\d+/\S+", mail.get_body(("plain",)).get_content())[0]


def sign_in(page, email, password=PASSWORD):
    give_password(page, email, password)
    is_signed_in(page)


def give_password(page, email, password=PASSWORD):
    """All that signing in takes without a second factor."""
    page.goto("/en/accounts/login/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def is_signed_in(page):
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def sign_out(page):
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign out")).to_have_count(0)


def sign_up(page, post, name, email):
    """An account whose address the mail has verified; the person is signed in afterwards."""
    page.goto("/en/accounts/signup/")
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    page.goto(link_in(post.wait_for(email, "")))
    page.get_by_role("button", name="Confirm").click()
    sign_in(page, email)


def register_organisation(page, name, country):
    page.goto("/en/workspace/")
    page.get_by_role("main").get_by_role("link", name="Register an organisation").click()
    page.get_by_label("Full name").fill(name)
    page.get_by_label("Kind", exact=True).select_option("Public utility")
    page.get_by_label("Country or territory").select_option(country)
    page.get_by_label("Water", exact=True).check()
    page.get_by_role("button", name="Register", exact=True).click()
    said(page, "Your registration was submitted. Cari-WOP looks at it.")


def begin_partnership(page, title, role):
    page.goto("/en/workspace/")
    page.get_by_role("link", name="Register a WOP").first.click()
    page.get_by_role("radio", name=role).check()
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Begin the draft").click()
    said(page, "The draft is begun.")


def begin_report(page, reference, period):
    page.goto(f"/en/workspace/partnerships/{reference}/reports/new/")
    page.get_by_label("Which period?").fill(period)
    page.get_by_role("button", name="Begin the report").click()
    said(page, "The draft is begun.")


def open_section(page, title):
    """From the task list of a draft."""
    page.locator(".tasks").get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


def save(page, *, then="list"):
    """Save a section; ``then`` the task list or the next section."""
    name = "Save and go back to the list" if then == "list" else "Save and continue"
    page.get_by_role("button", name=name).click()
    said(page, "saved at")


def check_and_submit(page, unsettled=""):
    """From the task list; asked once whether remarks are to stay ``unsettled``."""
    page.get_by_role("link", name="Check your answers").click()
    page.get_by_role("button", name="Submit for review").click()
    if unsettled:
        expect(page.get_by_role("heading", name=unsettled)).to_be_visible()
        page.get_by_role("button", name="Submit for review").click()
    said(page, "is submitted")


def open_on_the_desk(page, title):
    page.goto("/en/desk/")
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


def publish(page, title):
    """From the entry on the desk."""
    page.get_by_role("button", name="Publish", exact=True).click()
    said(page, f"“{title}” is public.")


def said(page, words):
    """The portal answers with a message of these words."""
    expect(page.locator(".happened").get_by_text(words).first).to_be_visible()


def row(page, name):
    """One of several things on the page of a section: “Partner 2”."""
    return page.get_by_role("group", name=name, exact=True)


def attach(page, description, name, content, media_type):
    """From the page of a draft's files."""
    page.get_by_label("What it is").fill(description)
    page.get_by_label("File", exact=True).set_input_files({"name": name, "mimeType": media_type, "buffer": content})
    page.get_by_role("button", name="Add to the draft").click()
    said(page, f"“{description}” is saved.")


def confirm(page, mail):
    """The partner's word, from the mail that asks for it."""
    page.goto(link_in(mail))
    page.get_by_label("Yes, we confirm it as it reads").check()
    page.get_by_role("button", name="Give this answer").click()
    said(page, "Thank you.")


def remark(page, place, words):
    """From the entry on the desk, on one of its fields."""
    page.get_by_role("link", name=re.compile(rf"^Remark\W+{place}$")).click()
    page.get_by_label("Your remark").fill(words)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".comment").filter(has_text=words)).to_be_visible()


def request_changes(page, reason):
    """From the entry on the desk."""
    page.locator("summary").get_by_text("Request changes").click()
    page.get_by_label("Why?").fill(reason)
    page.get_by_role("button", name="Send it back to the authors").click()
    said(page, "is back with its authors")
