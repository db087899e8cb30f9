"""What is wrong is said at every field that it is about, once, all of it at once, and never of what nobody touched."""

import re

import pytest
from django import forms
from django.urls import reverse

from accounts.forms import ProfileForm
from partnerships.forms.sections import QUESTIONNAIRE as ABOUT_A_WOP
from reports.forms.sections import QUESTIONNAIRE as REPORT
from tests import factories
from tests.forms_of_ours import forms_of_ours
from tests.permissions.addresses import ADDRESSES
from tests.permissions.answers import visitor
from tests.permissions.world import World
from tests.wrong_words import Page, value_of

ROLES = ("author", "reviewer", "anonymous", "overall")
NO_FORMS = ("api", "directory", "demo", "file", "partnerships:section", "reports:section")
RIGHT = {
    "website": "a trap that people do not see",
    "password": "the sign-in does not say what is wrong",
    "password2": "compared with the first one as soon as that is right",
}
"""What is not named although it is wrong, and why."""
BUTTON_AT = {"account_email": {"action_add": ""}}
"""What is sent beside the fields where several buttons stand."""
SECTIONS = [
    (questionnaire, section)
    for questionnaire in (ABOUT_A_WOP, REPORT)
    for section in questionnaire.sections
    if not section.address
]
each_section = pytest.mark.parametrize(
    ("questionnaire", "section"), SECTIONS, ids=[f"{one.kind}-{section.code}" for one, section in SECTIONS]
)


@pytest.fixture
def world(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return World()


@pytest.fixture
def writer(world):
    return visitor(world.users["author"])


def url_of(world, questionnaire, section):
    return questionnaire.url(world.draft if questionnaire is ABOUT_A_WOP else world.report_draft, section)


def recognised(user):
    """A browser of ``user``, who has just given the password again: some pages ask for that."""
    client = visitor(user)
    if user:
        client.post(reverse("account_reauthenticate"), {"password": factories.PASSWORD})
    return client


def posted_pages(world):
    """(address, client, Page with a form to fill in) for every address, seen by the first who is shown one."""
    clients = [recognised(world.users[role]) for role in ROLES]
    for name, arguments in ADDRESSES.items():
        if name.startswith(NO_FORMS):
            continue
        url = reverse(name.split("@")[0], args=arguments(world))
        for client in clients:
            answer = client.get(url)
            is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
            if is_page and (page := Page(answer)).is_posted:
                yield name, url, client, page
                break


@each_section
def test_every_field_of_a_section_says_what_is_wrong_with_it(world, writer, questionnaire, section):
    url = url_of(world, questionnaire, section)
    page = Page(writer.get(url))
    wrong = {name: value for name, value in page.wrong().items() if not name.startswith("partner-")}
    boxes = page.ticked()
    answer = Page(writer.post(url, page.hidden | wrong | boxes))
    names = [name for name in wrong if name not in boxes]
    assert (answer.faults(names), len(answer.lines())) == ({}, len(names))


def test_every_field_of_every_other_form_says_what_is_wrong_with_it(world):
    amiss, met, seen = {}, set(), 0
    for name, url, client, page in posted_pages(world):
        met.add(name)
        wrong = {field: value for field, value in page.wrong().items() if field not in RIGHT}
        sent = page.hidden | page.wrong() | BUTTON_AT.get(name, {})
        answer = client.post(page.form.get("action") or url, sent)
        seen += len(wrong)
        if wrong and (faults := answer.status_code != 200 or Page(answer).faults(wrong)):
            amiss[name] = faults
    assert amiss == {}
    assert {"tokens:new", "webhooks:new", "account_email"} <= met
    assert seen > 100


def test_a_new_partner_is_refused_field_by_field(world, writer):
    section = ABOUT_A_WOP.section("partners")
    url = url_of(world, ABOUT_A_WOP, section)
    page = Page(writer.get(url))
    wrong = {name: value for name, value in page.wrong().items() if name.startswith("partner-")}
    answer = Page(writer.post(url, page.hidden | wrong | {"partner-add": "1"}))
    assert (answer.faults(wrong), len(answer.lines())) == ({}, len(wrong))


def test_what_the_whole_entry_refuses_is_said_beside_what_single_answers_are_refused_for(world, writer):
    url = url_of(world, ABOUT_A_WOP, ABOUT_A_WOP.section("money"))
    sent = {"cost_amount": "5000", "cost_usd_rate": "2", "cost_covers": "x" * 301, "open-cost_amount": "not-yet"}
    answer = Page(writer.post(url, Page(writer.get(url)).hidden | sent))
    assert answer.told() == ["id_cost_amount", "id_cost_currency", "id_cost_covers", "id_cost_usd_rate_source"]


def with_untouched_rows(page):
    """What is sent of a page on which everything is wrong, and one more row of each kind was added and left alone."""
    wrong = {name: value for name, value in page.wrong().items() if not name.startswith("partner-")}
    return page.hidden | wrong | page.untouched(7)


def assert_left_alone(answer, untouched):
    """No word of blame, and the rows stand there as they were."""
    assert [link for link in answer.told() if "-7" in link] == []
    assert answer.root.xpath("//*[contains(@id, '-7-') and contains(@id, '_error')]") == []
    again = {one.get("name"): value_of(one) for one in answer.form.xpath(".//input | .//select | .//textarea")}
    assert untouched.items() <= again.items()


@pytest.mark.parametrize(
    ("questionnaire", "section"),
    [pytest.param(one, section, id=f"{one.kind}-{section.code}") for one, section in SECTIONS
     if any(hasattr(question, "columns") for question in section.questions)],
)  # fmt: skip
def test_rows_that_nobody_touched_are_left_alone(world, writer, questionnaire, section):
    url = url_of(world, questionnaire, section)
    page = Page(writer.get(url))
    assert page.untouched(7)
    answer = Page(
        writer.post(url, {k: v for k, v in with_untouched_rows(page).items() if not k.startswith("partner-")})
    )
    assert answer.told()
    assert_left_alone(answer, page.untouched(7))


@pytest.mark.parametrize(("name", "role"), [("operators:page", "author"), ("platforms:edit", "reviewer")])
def test_rows_of_a_page_that_nobody_touched_are_left_alone(world, name, role):
    client, url = visitor(world.users[role]), reverse(name, args=ADDRESSES[name](world))
    page = Page(client.get(url))
    assert page.untouched(7)
    answer = Page(client.post(url, with_untouched_rows(page)))
    assert answer.told()
    assert_left_alone(answer, page.untouched(7))


def test_every_list_is_named_by_whoever_refuses_an_answer():
    named = re.compile("Choose one (from the list “.+”|of the two answers).")
    choices = [
        (f"{form.__module__}.{form.__name__}.{name}", str(field.error_messages["invalid_choice"]))
        for form in set(forms_of_ours()) - {ProfileForm}
        for name, field in form.base_fields.items()
        if isinstance(field, forms.ChoiceField | forms.ModelChoiceField) and not form.__module__.endswith(".admin")
    ]
    assert [place for place, words in choices if not named.fullmatch(words)] == []
    assert len(choices) > 20
