"""The same form sent twice: a button pressed again, a page loaded again after a broken line."""

import pytest
from django.apps import apps
from django.http import QueryDict
from django.test import Client
from django.urls import resolve, reverse

from accounts.autosave import autosave_input
from accounts.models import AutosavedForm, SentForm
from partnerships.models import Partnership
from tests.permissions.addresses import ADDRESSES
from tests.permissions.test_addresses import EXPECTED

pytestmark = pytest.mark.django_db

BEGINNING = {
    "partnerships:new": (
        "author",
        lambda w: {"behalf": f"organisation-{w.mentor.pk}", "role": "mentor", "title": "Water for the hills"},
    ),
    "reports:new": ("author", lambda w: {"kind": "periodic", "period": "2019"}),
    "operators:register": ("stranger", lambda w: REGISTRATION),
    "operators:contacts": ("author", lambda w: CONTACT),
    "operators:people": ("author", lambda w: {"email": "colleague@utility.example", "role": "editor"}),
    "operators:claim": ("reviewer", lambda w: {"email": "director@utility.example"}),
    "platforms:contacts": ("reviewer", lambda w: CONTACT),
    "platforms:people": ("reviewer", lambda w: {"email": "colleague@platform.example", "role": "reviewer"}),
    "desk:comment@submitted": ("reviewer", lambda w: {"text": "Which year was the agreement signed?"}),
    "desk:report-error": (
        "anonymous",
        lambda w: {"address": f"/en/partnerships/{w.wop.reference}/", "text": "It ended in 2015."},
    ),
    "alerts:new": ("stranger", lambda w: {"name": "All of them"}),
}
"""{name of the address: (who sends, the World's words)}."""
CONTACT = {"name": "Luz", "function": "Planner", "email": "luz@utility.example", "language": "es", "agreed": "on"}
REGISTRATION = {
    "name": "Water company of the hills", "acronym": "WCH", "kind": "public-utility", "country": "LC",
    "about_language": "en",
}  # fmt: skip
HARMLESS = {
    "a state or a setting is set to what it is already, or the portal says that it is": (
        "accounts:erase", "accounts:discard", "accounts:autosave", "accounts:my-data", "alerts:delete", "alerts:rename",
        "desk:assign", "desk:confirm", "desk:error", "desk:resolve", "desk:revoke-preview", "desk:seen", "desk:step",
        "notices:preferences", "notices:unsubscribe", "operators:answer", "operators:contact",
        "operators:contact-erase", "operators:contact-link", "operators:invitation", "operators:join",
        "operators:leave",
        "operators:remove", "operators:resend", "operators:revoke", "operators:role", "operators:withdraw",
        "partnerships:file-remove", "platforms:contact", "platforms:contact-erase", "platforms:contact-link",
        "platforms:invitation", "platforms:leave", "platforms:remove", "platforms:resend",
        "platforms:revoke", "platforms:role", "reports:file-remove", "tokens:revoke", "tokens:revoke-all",
        "webhooks:delete", "webhooks:ping", "webhooks:secret", "webhooks:send-again", "webhooks:switch",
    ),
    "it leads to the version that is open already": ("partnerships:new-version", "reports:new-version"),
    "it names the revision that the person saw": (
        "operators:change", "operators:page", "operators:registration", "operators:revert", "partnerships:file",
        "partnerships:files", "partnerships:section", "platforms:edit", "platforms:revert", "reports:file",
        "partnerships:translation", "reports:files", "reports:section", "reports:translation", "webhooks:edit",
    ),
    "a secret is shown once and kept nowhere: whoever lost it makes another one and takes the first back": (
        "desk:make-preview", "tokens:new", "webhooks:new",
    ),
}  # fmt: skip
"""{why nothing is begun twice: names of pages}."""
FIRST_STEPS = {
    "partnerships:new": ["partnerships.views.drafting.start_partnership"],
    "reports:new": ["reports.views.drafting.start_report"],
    "operators:register": ["operators.views.registration.register_organisation"],
    "desk:comment@submitted": ["desk.views.comments.write_comment"],
}
"""What each page calls once the form is right."""
OF_LIBRARIES = ("account_", "mfa_", "usersessions_")


def rows():
    """{table: number of rows} of everything but what only remembers the sending."""
    return {
        model._meta.label: model.objects.count()
        for model in apps.get_models()
        if model._meta.app_label not in {"sessions", "usersessions", "auth"} and model is not SentForm
    }


def test_every_page_that_takes_a_form_begins_nothing_twice_or_says_why(world):
    known = {name.partition("@")[0] for name in BEGINNING} | {name for names in HARMLESS.values() for name in names}
    pages = {
        name.partition("@")[0]: resolve(reverse(name.partition("@")[0], args=ADDRESSES[name](world))).func
        for method, name in EXPECTED
        if method == "POST" and not name.startswith(("api:", *OF_LIBRARIES)) and takes_forms(name, world)
    }
    assert set(pages) == known
    marked = {name for name, view in pages.items() if is_sent_once(view)}
    assert marked == {name.partition("@")[0] for name in BEGINNING}


def is_sent_once(view):
    while view is not None:
        if getattr(view, "is_sent_once", False):
            return True
        view = getattr(view, "__wrapped__", None)
    return False


def takes_forms(name, world):
    """A page says by itself that it takes none."""
    client = Client()
    client.force_login(world.users["overall"])
    answer = client.put(reverse(name.partition("@")[0], args=ADDRESSES[name](world)))
    return "POST" in answer.headers.get("Allow", "POST")


@pytest.mark.parametrize("name", BEGINNING)
def test_a_form_sent_twice_begins_one_thing(name, world):
    role, words = BEGINNING[name]
    client = Client()
    if world.users[role]:
        client.force_login(world.users[role])
    address = reverse(name.partition("@")[0], args=ADDRESSES[name](world))
    sent = words(world) | {"csrfmiddlewaretoken": "of this page"}
    before = rows()
    first = client.post(address, sent)
    assert first.status_code == 302, first.text
    begun = rows()
    assert begun != before
    again = client.post(address, sent)
    assert (again.status_code, again.url) == (302, first.url)
    assert rows() == begun


def test_the_same_words_in_another_form_are_another_one(client, world):
    client.force_login(world.users["author"])
    words = BEGINNING["partnerships:new"][1](world)
    for page in ("first", "second"):
        client.post(reverse("partnerships:new"), words | {"csrfmiddlewaretoken": page})
    assert Partnership.objects.filter(versions__title=words["title"]).count() == 2


def test_whoever_sends_it_again_is_told_and_keeps_no_words_of_it(client, world):
    client.force_login(world.users["author"])
    sent = BEGINNING["partnerships:new"][1](world) | {"csrfmiddlewaretoken": "of this page"}
    client.post(reverse("partnerships:new"), sent)
    autosave_input(user=world.users["author"], address=reverse("partnerships:new"), querydict=QueryDict("title=Water"))
    page = client.post(reverse("partnerships:new"), sent, follow=True)
    assert "This form had been sent before." in page.text
    assert not AutosavedForm.objects.exists()


@pytest.mark.parametrize("name", ["partnerships:new", "reports:new", "operators:register", "desk:comment@submitted"])
def test_the_words_stay_when_the_page_fails(name, world, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the disk is gone")

    for place in FIRST_STEPS[name]:
        monkeypatch.setattr(place, fail)
    role, words = BEGINNING[name]
    client = Client(raise_request_exception=False)
    client.force_login(world.users[role])
    address = reverse(name.partition("@")[0], args=ADDRESSES[name](world))
    assert client.post(address, words(world) | {"csrfmiddlewaretoken": "of this page"}).status_code == 500
    assert AutosavedForm.objects.filter(user=world.users[role]).exists()
    assert not SentForm.objects.exists()


def test_what_is_refused_may_be_sent_again(client, world):
    client.force_login(world.users["stranger"])
    sent = {"csrfmiddlewaretoken": "of this page"}
    assert client.post(reverse("operators:register"), sent).status_code == 200
    assert client.post(reverse("operators:register"), sent).status_code == 200
    assert not SentForm.objects.exists()


def test_another_person_with_the_same_page_is_another_one(client, world):
    for role in ("stranger", "outsider"):
        client.force_login(world.users[role])
        client.post(reverse("alerts:new"), {"name": "All", "csrfmiddlewaretoken": "of this page"})
        assert world.users[role].saved_filters.count() == 1
