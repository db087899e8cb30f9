"""The pages of webhooks: for coordinators alone, with the secret shown once."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AutosavedForm
from tests import factories
from tests.webhooks.conftest import HOST, coordinator_of, the_delivery
from webhooks import services, signatures
from webhooks.models import Delivery, Webhook
from webhooks.sending import sweep

PAGES = ["webhooks", "new", "webhook", "edit", "secret", "delete"]
STEPS = ["switch", "ping", "send-again"]


def address(name, webhook):
    below = [] if name in ("webhooks", "new") else [webhook.pk]
    below += [uuid4()] if name == "send-again" else []
    return reverse(f"webhooks:{name}", args=[webhook.platform.slug, *below])


@pytest.fixture
def visit(client, coordinator):
    """Asks as the coordinator, or as somebody else."""

    def visit(url, data=None, *, by=coordinator):
        client.logout() if isinstance(by, AnonymousUser) else client.force_login(by)
        return client.get(url) if data is None else client.post(url, data)

    return visit


def text_of(response):
    return " ".join(re.sub(r"<[^>]*>", " ", response.content.decode()).split())


def filled(receiver, **fields):
    fields = {"url": f"https://{HOST}:{receiver.port}/", "events": ["published"], "note": "Map"} | fields
    return {name: value for name, value in fields.items() if value is not None}


# --- who ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_for_coordinators_alone(visit, webhook, name):
    url = address(name, webhook)
    platform = webhook.platform
    assert visit(url).status_code == 200
    assert visit(url, by=coordinator_of(platform.above())).status_code == 200
    assert visit(url, by=factories.SecretariatMemberFactory(platform=platform).user).status_code == 403
    assert visit(url, by=coordinator_of(factories.PlatformFactory())).status_code == 404
    assert visit(url, by=factories.UserFactory()).status_code == 404
    assert visit(url, by=AnonymousUser()).url.startswith("/en/accounts/login/")


@pytest.mark.parametrize("name", [*STEPS, "secret", "delete", "edit", "new"])
def test_steps_are_for_coordinators_alone(visit, webhook, name):
    url = address(name, webhook)
    assert visit(url, {}, by=factories.SecretariatMemberFactory(platform=webhook.platform).user).status_code == 403
    assert visit(url, {}, by=factories.UserFactory()).status_code == 404
    assert "You have been signed out" in text_of(visit(url, {}, by=AnonymousUser()))
    assert Webhook.objects.get().secret == webhook.secret


@pytest.mark.parametrize("name", STEPS)
def test_steps_are_posted(visit, webhook, name):
    assert visit(address(name, webhook)).status_code == 405


@pytest.mark.parametrize("name", ["webhooks", "webhook"])
def test_lists_are_only_read(visit, webhook, name):
    assert visit(address(name, webhook), {}).status_code == 405


def test_a_webhook_of_another_platform_is_not_found_under_this_one(visit, webhook):
    other = factories.PlatformFactory(parent=webhook.platform)
    for name in ("webhook", "edit", "secret", "delete"):
        assert visit(reverse(f"webhooks:{name}", args=[other.slug, webhook.pk])).status_code == 404


def test_without_the_second_factor_nothing_is_shown(visit, webhook, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    assert visit(address("webhook", webhook)).status_code == 403


# --- adding and changing ------------------------------------------------------------------------------------


def test_a_new_one_shows_its_secret_once(visit, platform, receiver):
    page = visit(reverse("webhooks:new", args=[platform.slug]), filled(receiver))
    webhook = Webhook.objects.get()
    secret = signatures.opened(webhook.secret)
    assert f"<code>{secret}</code>" in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    for name in PAGES:
        assert secret not in visit(address(name, webhook)).content.decode()
    assert not AutosavedForm.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"url": "http://receiver.example/"}, "begins with https://"),
        ({"url": "https://10.0.0.1/"}, "everybody on the internet can reach"),
        ({"url": "https://nowhere.example/"}, "No server was found"),
        ({"url": ""}, "This field is required"),
        ({"events": None}, "from the list “Tell it when an entry is”"),
        ({"events": ["ping"]}, "from the list “Tell it when an entry is”"),
    ],
)
def test_what_is_wrong_is_said_and_the_words_stay(visit, platform, receiver, fields, words):
    page = visit(reverse("webhooks:new", args=[platform.slug]), filled(receiver, note="Kept words", **fields))
    assert (page.status_code, Webhook.objects.count()) == (200, 0)
    assert words in text_of(page)
    assert "Kept words" in page.content.decode()
    assert 'href="#id_' in page.content.decode()


def test_loading_the_answer_again_makes_no_second_one(visit, platform, receiver):
    url = reverse("webhooks:new", args=[platform.slug])
    visit(url, filled(receiver))
    assert "already has a webhook with this address" in text_of(visit(url, filled(receiver)))
    assert Webhook.objects.count() == 1


def test_a_change_is_saved(visit, webhook, receiver):
    page = visit(address("edit", webhook)).content.decode()
    assert webhook.url.replace("&", "&amp;") in page
    data = filled(receiver, revision=1, events=["archived", "restored"], note="Other words")
    assert visit(address("edit", webhook), data).status_code == 302
    webhook.refresh_from_db()
    assert (webhook.events, webhook.note, webhook.revision) == (["archived", "restored"], "Other words", 2)


def test_a_stale_change_is_shown_beside_what_is_saved_and_can_be_saved_then(visit, webhook, receiver):
    Webhook.objects.update(revision=2, note="Of a colleague")
    page = visit(address("edit", webhook), filled(receiver, revision=1, note="My words"))
    assert "Of a colleague" in text_of(page)
    assert 'value="My words"' in page.content.decode()
    assert 'name="revision" value="2"' in page.content.decode()
    assert visit(address("edit", webhook), filled(receiver, revision=2, note="My words")).status_code == 302


def test_words_that_were_not_saved_come_back(visit, webhook, receiver):
    visit(address("edit", webhook), filled(receiver, revision=1, url="https://", note="Half"))
    page = visit(address("edit", webhook)).content.decode()
    assert 'value="Half"' in page
    assert "did not save it" in page


def test_a_new_secret_is_asked_about_and_shown(visit, webhook):
    assert "Make a new secret?" in text_of(visit(address("secret", webhook)))
    page = visit(address("secret", webhook), {"at_once": "on"}).content.decode()
    made = Webhook.objects.get()
    assert f"<code>{signatures.opened(made.secret)}</code>" in page
    assert (made.secret != webhook.secret, made.former_secret) == (True, "")


def test_it_is_switched_off_and_on(visit, webhook):
    for on, words in (("no", "Switched off"), ("yes", "Switched on")):
        visit(address("switch", webhook), {"on": on})
        webhook.refresh_from_db()
        assert webhook.is_on == (on == "yes")
        assert words in text_of(visit(address("webhook", webhook)))


def test_deleting_is_asked_about(visit, webhook):
    assert "told nothing any more" in text_of(visit(address("delete", webhook)))
    assert Webhook.objects.exists()
    assert visit(address("delete", webhook), {}).url == address("webhooks", webhook)
    assert not Webhook.objects.exists()


# --- lists --------------------------------------------------------------------------------------------------


def test_a_platform_without_webhooks_is_told_what_to_do(visit, platform):
    page = visit(reverse("webhooks:webhooks", args=[platform.slug]))
    assert "No webhooks yet" in text_of(page)
    assert reverse("webhooks:new", args=[platform.slug]) in page.content.decode()


def test_the_page_of_the_platform_leads_here(visit, platform):
    page = visit(reverse("platforms:edit", args=[platform.slug])).content.decode()
    assert reverse("webhooks:webhooks", args=[platform.slug]) in page


def test_the_list_hides_the_rest_of_addresses(visit, webhook):
    page = text_of(visit(address("webhooks", webhook)))
    assert HOST in page
    assert "wops?from" not in page


def test_a_webhook_to_which_nothing_was_delivered_says_so(visit, webhook):
    assert "Nothing was delivered yet" in text_of(visit(address("webhook", webhook)))


def test_deliveries_are_told_with_what_became_of_them(visit, published, webhook, receiver):
    receiver.answer(503, b"<b>come back later</b>")
    sweep()
    page = visit(address("webhook", webhook))
    for words in (published.partnership.reference, "1 attempt", "answer 503", "did not take it", "next attempt"):
        assert words in text_of(page), words
    assert "&lt;b&gt;come back later" in page.content.decode()
    receiver.answer(200)
    Delivery.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))
    sweep()
    assert "Delivered" in text_of(visit(address("webhook", webhook)))


def test_a_delivery_is_sent_again(visit, published, webhook, receiver):
    sweep()
    url = reverse("webhooks:send-again", args=[webhook.platform.slug, webhook.pk, the_delivery().pk])
    assert url in visit(address("webhook", webhook)).content.decode()
    assert visit(url, {}).status_code == 302
    sweep()
    assert len(receiver.requests) == 2
    assert visit(address("send-again", webhook), {}).status_code == 404


def test_why_something_is_not_done_is_said(visit, webhook):
    for words in ("The test is on its way", "on its way already"):
        visit(address("ping", webhook), {})
        assert words in text_of(visit(address("webhook", webhook)))


def test_what_waits_for_the_webhook_says_so(visit, published, webhook, coordinator):
    services.switch(webhook, by=coordinator, on=False)
    page = visit(address("webhook", webhook))
    assert "waits until the webhook is switched on" in text_of(page)
    assert "Send again" not in text_of(page)


@pytest.mark.parametrize("name", ["webhooks", "webhook"])
def test_as_many_queries_for_thirty_rows_as_for_one(visit, published, webhook, name):
    def queries():
        visit(address(name, webhook))
        with CaptureQueriesContext(connection) as captured:
            assert visit(address(name, webhook)).status_code == 200
        return len(captured)

    few = queries()
    fields = {"platform": webhook.platform, "secret": webhook.secret, "events": webhook.events}
    Webhook.objects.bulk_create(Webhook(url=f"https://{HOST}/more/{number}", **fields) for number in range(29))
    Delivery.objects.bulk_create(
        Delivery(webhook=webhook, event="published", entry=published, about="WOP-0001") for _number in range(29)
    )
    assert queries() == few


def test_deliveries_are_paged(visit, webhook):
    Delivery.objects.bulk_create(Delivery(webhook=webhook, event="ping") for _number in range(21))
    page = visit(address("webhook", webhook))
    assert len(page.context["page_obj"]) == 20
    assert len(visit(f"{address('webhook', webhook)}?page=2").context["page_obj"]) == 1
    assert visit(f"{address('webhook', webhook)}?page=none").status_code == 200


# --- the mail and the support area --------------------------------------------------------------------------


def test_the_mail_about_a_stopped_webhook_names_the_host_and_where_to_go(published, webhook, receiver, coordinator):
    receiver.answer(410)
    sweep()
    mail = coordinator.messages.get(kind="webhook-stopped")
    assert mail.subject == f"Look after the webhook to {HOST}: it was stopped"
    assert "wops?from" not in mail.subject


def test_the_support_area_shows_neither_secret_nor_address(admin_client, published, webhook):
    for model in ("webhook", "delivery"):
        row = webhook if model == "webhook" else the_delivery()
        for action, arguments in (("changelist", []), ("change", [row.pk])):
            page = admin_client.get(reverse(f"admin:webhooks_{model}_{action}", args=arguments))
            assert page.status_code == 200
            assert not any(word in page.content.decode() for word in (webhook.secret, "wops?from"))
