"""A portal that asks secretariats for a second factor: an app, recovery codes, passkeys."""

import re

from tests.accounts.test_factors import code_of
from tests.browser import steps
from tests.browser.cast import CARI_WOP, GWOPA, PASSWORD
from tests.browser.keys import expect
from tests.browser.looks import violations

DESK = "/en/desk/"
WAITING = "SICSM – WASCO: Periodic report, 1991"
FINGERPRINT_READER = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def test_a_coordinator_sets_up_an_app_publishes_and_comes_back_with_digits_or_a_recovery_code(at_guarded, guarded):
    page = at_guarded().page
    steps.sign_in(page, CARI_WOP)
    desk_is_closed(page, f"{DESK}report/{guarded.addresses['waiting']}/")
    secret, codes = set_up_app(page)
    steps.open_on_the_desk(page, WAITING)
    steps.publish(page, WAITING)
    come_back(page)
    type_code(page, code_of(secret, period=1))
    come_back(page)
    type_code(page, codes[0])


def test_a_coordinator_adds_a_passkey_and_signs_in_with_it_alone_or_after_the_password(at_guarded):
    page = at_guarded().page
    reader = fingerprint_reader(page)
    steps.sign_in(page, GWOPA)
    desk_is_closed(page)
    add_passkey(page, "The laptop in the office")
    desk_is_open(page)

    steps.sign_out(page)
    page.goto("/en/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(heading(page)).to_have_text("Workspace")
    desk_is_open(page)

    steps.sign_out(page)
    password_opens_nothing(page, GWOPA)
    reader(verified=False)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_have_text("That did not work. Try again, or use another way.")
    expect(page.get_by_role("alert")).to_be_focused()
    reader(verified=True)
    page.get_by_role("button", name="Use a passkey").click()
    steps.is_signed_in(page)
    desk_is_open(page)


def heading(page):
    return page.get_by_role("heading", level=1)


def desk_is_open(page):
    page.goto(DESK)
    expect(heading(page)).to_have_text("Desk")


def desk_is_closed(page, *addresses):
    """It leads to where a second factor is set up, and stays there."""
    for address in (*addresses, DESK):
        page.goto(address)
        steps.said(page, "The desk needs a second factor on your account.")
        expect(heading(page)).to_have_text("Second factor")


def password_opens_nothing(page, email):
    """The portal waits for the second step, whatever is asked for."""
    steps.give_password(page, email)
    expect(heading(page)).to_have_text("Second factor")
    page.goto(DESK)
    expect(page).to_have_url(re.compile("/accounts/2fa/authenticate/$"))


def come_back(page):
    steps.sign_out(page)
    password_opens_nothing(page, CARI_WOP)


def type_code(page, code):
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in", exact=True).click()
    steps.is_signed_in(page)
    desk_is_open(page)


def set_up_app(page):
    """From the page of the second factor: what the app is told, and the recovery codes."""
    page.get_by_role("link", name="Set it up").click()
    say_password_again(page)
    secret = page.locator(".secret").inner_text()
    page.get_by_label("Authenticator code").fill(code_of(secret))
    page.get_by_role("button", name="Switch it on").click()
    return secret, recovery_codes(page)


def say_password_again(page):
    """Who sits at a computer that somebody left alone does not change how that person signs in."""
    expect(heading(page)).to_have_text("Is it you?")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()


def recovery_codes(page):
    """The page of the new ones, which also says what just happened."""
    expect(heading(page)).to_have_text("Recovery codes")
    assert violations(page) == []
    codes = page.get_by_label("Codes that are left").input_value().split()
    assert len(codes) == 10
    return codes


def add_passkey(page, name):
    """From the page of the second factor, and back there."""
    page.get_by_role("link", name="Add one").click()
    say_password_again(page)
    page.get_by_label("Name of the device").fill(name)
    page.get_by_label("Sign in with it alone").check()
    page.get_by_role("button", name="Add it").click()
    recovery_codes(page)
    page.get_by_role("navigation", name="Your account").get_by_role("link", name="Second factor").click()
    page.get_by_role("link", name="See and change them").click()
    expect(page.get_by_role("heading", level=2, name=name)).to_be_visible()


def fingerprint_reader(page):
    """One that knows the person's finger; ``reader(verified=False)``: from now on it does not."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": FINGERPRINT_READER})
    return lambda verified: devtools.send("WebAuthn.setUserVerified", made | {"isUserVerified": verified})
