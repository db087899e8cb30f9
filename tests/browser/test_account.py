"""An account on its own: a forgotten password, another address, and a mail for each, once."""

from tests.browser import steps
from tests.browser.keys import BY_KEYBOARD, expect

OLD, NEW = "bea@utility.example", "beatriz@utility.example"
ANOTHER_PASSWORD = "another horse entirely"


def test_a_person_forgets_the_password_and_takes_another_address(at_work_by, workplace):
    page, post = at_work_by(BY_KEYBOARD), workplace.post
    steps.sign_up(page, post, "Beatriz", OLD)
    steps.sign_out(page)
    used = reset_password(page, post)
    steps.sign_in(page, OLD, ANOTHER_PASSWORD)
    change_address(page, post)
    steps.sign_out(page)
    steps.sign_in(page, NEW, ANOTHER_PASSWORD)
    page.goto(used)
    expect(heading(page)).to_have_text("This link does not work any more")
    post.wait_for(OLD, "another e-mail address")
    workplace.deliver()
    assert [mail["Subject"] for mail in post.mails if mail["To"] == OLD] == [
        f"Confirm {OLD} for the WOP Portal",
        "Choose a new password for the WOP Portal",
        "Check that it was you: your password was changed",
        "Check that it was you: your account has another e-mail address",
    ]
    assert [mail["Subject"] for mail in post.mails if mail["To"] == NEW] == [f"Confirm {NEW} for the WOP Portal"]


def heading(page):
    return page.get_by_role("heading", level=1)


def reset_password(page, post):
    """From the page to sign in; the link that did it."""
    page.goto("/en/accounts/login/")
    page.get_by_role("link", name="Forgot your password?").click()
    page.get_by_label("Email").fill(OLD)
    page.get_by_role("button", name="Send the mail").click()
    expect(heading(page)).to_have_text("Look into your mail")
    link = steps.link_in(post.wait_for(OLD, "Choose a new password"))
    page.goto(link)
    page.get_by_label("New Password", exact=True).fill(ANOTHER_PASSWORD)
    page.get_by_label("New Password (again)").fill(ANOTHER_PASSWORD)
    page.get_by_role("button", name="Save the password").click()
    expect(heading(page)).to_have_text("Your password is changed")
    return link


def change_address(page, post):
    page.goto("/en/accounts/email/")
    page.get_by_label("Email").fill(NEW)
    page.get_by_role("button", name="Change the address").click()
    expect(page.get_by_role("main")).to_contain_text(f"Waiting for confirmation: {NEW}")
    page.goto(steps.link_in(post.wait_for(NEW, "Confirm")))
    page.get_by_role("button", name="Confirm").click()
    expect(page.locator(".happened")).to_contain_text(NEW)
