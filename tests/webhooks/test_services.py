"""Who may change webhooks, what becomes of their secrets, and who hears of what."""

import json

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partnerships.models import NamedPlatform
from platforms.models import Platform, SecretariatMember
from reviews.workflow import perform
from tests import factories
from tests.webhooks.conftest import HOST, coordinator_of
from webhooks import services, signatures
from webhooks.models import Delivery, Webhook
from webhooks.sending import sweep

pytestmark = pytest.mark.django_db
EVERYTHING = ["published", "archived", "restored"]


def refusal(act):
    with pytest.raises(ValidationError) as caught:
        act()
    return caught.value


# --- who may ------------------------------------------------------------------------------------------------


def every_act(webhook, platform):
    fields = {"url": webhook.url, "events": EVERYTHING, "note": ""}
    delivery = Delivery.objects.create(webhook=webhook, event="published", state="failed")
    return [
        lambda by: services.make_webhook(platform, by=by, **fields),
        lambda by: services.save_webhook(webhook, by=by, revision=webhook.revision, **fields),
        lambda by: services.renew_secret(webhook, by=by),
        lambda by: services.switch(webhook, by=by, on=False),
        lambda by: services.ping(webhook, by=by),
        lambda by: services.send_again(delivery, by=by),
        lambda by: services.delete_webhook(webhook, by=by),
    ]


def test_nobody_but_coordinators_of_the_platform_and_above_may_do_anything(webhook, platform):
    others = [
        factories.SecretariatMemberFactory(platform=platform).user,
        coordinator_of(factories.PlatformFactory(parent=platform)),
        coordinator_of(factories.PlatformFactory()),
        factories.UserFactory(),
    ]
    for by in others:
        for act in every_act(webhook, platform):
            with pytest.raises(PermissionDenied):
                act(by)


def test_without_the_second_factor_a_coordinator_does_nothing(webhook, platform, coordinator, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    for act in every_act(webhook, platform):
        with pytest.raises(PermissionDenied):
            act(coordinator)


def test_coordinators_above_may_too(webhook):
    services.switch(webhook, by=coordinator_of(factories.global_platform()), on=False)
    webhook.refresh_from_db()
    assert not webhook.is_on


# --- what may be entered ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"url": "http://receiver.example/"}, "url"),
        ({"url": "https://nowhere.example/"}, "url"),
        ({"url": "https://10.0.0.1/"}, "url"),
        ({"url": f"https://{HOST}/{'a' * 500}"}, "url"),
        ({"events": []}, "events"),
        ({"events": ["ping"]}, "events"),
        ({"note": "a" * 201}, "note"),
    ],
)
def test_what_is_wrong_is_said_of_its_field(add, fields, field):
    error = refusal(lambda: add(**fields))
    assert list(error.message_dict) == [field]
    assert not Webhook.objects.exists()


def test_an_address_inside_is_refused_with_what_would_be_right(add, names):
    names["inside.example"] = ["10.0.0.1"]
    error = refusal(lambda: add(url="https://inside.example/"))
    assert "everybody on the internet can reach" in error.messages[0]
    assert "10.0.0.1" not in str(error)


def test_the_same_address_twice_for_one_platform_is_refused(add, webhook):
    assert "already has a webhook" in str(refusal(add))
    other = factories.PlatformFactory(parent=webhook.platform)
    assert add(platform=other)[0].platform == other


def test_a_platform_has_at_most_ten(add, webhook, receiver):
    fields = {"events": EVERYTHING, "secret": webhook.secret, "platform": webhook.platform}
    Webhook.objects.bulk_create(Webhook(url=f"https://{HOST}/{number}", **fields) for number in range(9))
    assert "at most 10" in str(refusal(lambda: add(url=f"https://{HOST}/more")))


def test_a_stale_change_is_refused(webhook, coordinator):
    fields = {"url": webhook.url, "events": ["archived"]}
    services.save_webhook(webhook, by=coordinator, revision=1, note="First", **fields)
    error = refusal(lambda: services.save_webhook(webhook, by=coordinator, revision=1, note="Second", **fields))
    webhook.refresh_from_db()
    assert (error.code, webhook.note, webhook.events) == ("stale", "First", ["archived"])


def test_a_change_that_leaves_the_address_alone_looks_nothing_up(webhook, coordinator, names):
    names.clear()
    services.save_webhook(webhook, by=coordinator, revision=1, url=webhook.url, events=["archived"], note="")
    new = f"https://{HOST}/new"
    error = refusal(
        lambda: services.save_webhook(webhook, by=coordinator, revision=2, url=new, events=["archived"], note="")
    )
    assert error.error_dict["url"][0].code == "unknown-host"


# --- secrets ------------------------------------------------------------------------------------------------


def test_the_secret_stands_nowhere_in_the_database(add):
    _webhook, secret = add()
    stored = Webhook.objects.values().get()
    assert secret not in str(stored)
    assert signatures.opened(stored["secret"]) == secret
    assert secret.startswith("whsec_")


def test_a_new_secret_signs_beside_the_old_one_for_a_day(add, coordinator, receiver):
    webhook, old = add()
    new = services.renew_secret(webhook, by=coordinator)
    webhook.refresh_from_db()
    assert [signatures.opened(one) for one in webhook.secrets()] == [new, old]
    services.ping(webhook, by=coordinator)
    sweep()
    _path, headers, body = receiver.requests[0]
    about = (headers["webhook-id"], headers["webhook-timestamp"], body)
    signed = [signatures.signature(secret, *about) for secret in (new, old)]
    assert headers["webhook-signature"].split() == signed
    Webhook.objects.update(former_until=webhook.created_at)
    assert [signatures.opened(one) for one in Webhook.objects.get().secrets()] == [new]


def test_an_old_secret_that_became_known_ends_at_once(add, coordinator):
    webhook, _old = add()
    new = services.renew_secret(webhook, by=coordinator, at_once=True)
    webhook.refresh_from_db()
    assert [signatures.opened(one) for one in webhook.secrets()] == [new]
    assert webhook.former_secret == ""


def test_who_entered_it_takes_no_secret_along_and_may_leave(client, add, coordinator):
    webhook, secret = add()
    client.force_login(coordinator)
    text = client.get(reverse("accounts:export")).content.decode()
    assert "webhooks.webhook.created_by" in json.loads(text)
    assert not any(word in text for word in (secret, webhook.secret, "wops?from=portal"))
    coordinator.delete()
    webhook.refresh_from_db()
    assert webhook.created_by is None


def test_deleting_takes_the_deliveries_along(webhook, published, coordinator):
    services.delete_webhook(webhook, by=coordinator)
    assert not Delivery.objects.exists()


# --- tests and sending again --------------------------------------------------------------------------------


def test_one_test_is_on_its_way_at_a_time(webhook, coordinator):
    services.ping(webhook, by=coordinator)
    assert refusal(lambda: services.ping(webhook, by=coordinator)).code == "waiting"


@pytest.mark.parametrize("state", Delivery.State)
def test_what_is_over_can_be_sent_again(webhook, coordinator, state):
    delivery = Delivery.objects.create(webhook=webhook, event="published", state=state)
    is_possible = state in ("sent", "obsolete", "failed")
    assert delivery.may_be_sent_again == is_possible
    if is_possible:
        services.send_again(delivery, by=coordinator)
        assert Delivery.objects.get().state == "due"
    else:
        assert refusal(lambda: services.send_again(delivery, by=coordinator)).code == "waiting"


def test_nothing_is_sent_again_while_the_webhook_is_off(webhook, published, coordinator):
    services.switch(webhook, by=coordinator, on=False)
    delivery = Delivery.objects.get()
    assert refusal(lambda: services.send_again(delivery, by=coordinator)).code == "off"


# --- who hears of what --------------------------------------------------------------------------------------


@pytest.fixture
def listening(webhook):
    """{name: Webhook} on a tree of platforms; ``platform`` reviews."""

    def on(platform, **fields):
        fields = {"url": f"https://{HOST}/{platform.pk}", "events": EVERYTHING} | fields
        return Webhook.objects.create(platform=platform, secret=webhook.secret, **fields)

    region = factories.PlatformFactory(parent=None)
    national = factories.PlatformFactory(parent=region)
    return {
        "reviewing": webhook,
        "global": on(factories.global_platform()),
        "named": on(national),
        "above the named": on(region),
        "below the reviewing": on(factories.PlatformFactory(parent=webhook.platform)),
        "elsewhere": on(factories.PlatformFactory()),
    }


def heard(listening, event="published", kind="partnershipversion"):
    webhooks = Delivery.objects.filter(event=event, content_type__model=kind).values_list("webhook", flat=True)
    return {name for name, webhook in listening.items() if webhook.pk in webhooks}


def named_and_published(listening):
    """Reviewed by the platform that is named first; names another one."""
    version = factories.draft_version()
    for place, name in enumerate(["reviewing", "named"]):
        NamedPlatform.objects.create(version=version, platform=listening[name].platform, position=place)
    return perform(version, "load", by=None)


def test_the_reviewing_platform_the_named_ones_and_all_above_hear(listening):
    entry = named_and_published(listening)
    hearing = {"reviewing", "global", "named", "above the named"}
    assert heard(listening) == hearing
    factories.published_report(partnership=entry.partnership)
    assert heard(listening, kind="reportversion") == hearing
    by = factories.SecretariatMemberFactory(platform=entry.reviewing_platform).user
    entry = perform(entry, "archive", by=by, comment="Why.")
    assert heard(listening, "archived") == hearing
    perform(entry, "restore", by=by, comment="Why.")
    assert heard(listening, "restored") == hearing


def test_platforms_above_are_those_of_the_line(listening):
    for platform in Platform.objects.all():
        above = Platform.objects.filter(pk=platform.pk).with_those_above()
        assert {one.pk for one in above} == {one.pk for one in platform.line()}
    assert not Platform.objects.none().with_those_above().exists()


def test_only_what_was_chosen_is_told(webhook, coordinator):
    services.save_webhook(webhook, by=coordinator, revision=1, url=webhook.url, events=["archived"], note="")
    entry = factories.published_version()
    assert not Delivery.objects.exists()
    by = factories.SecretariatMemberFactory(platform=entry.reviewing_platform).user
    perform(entry, "archive", by=by, comment="Why.")
    assert Delivery.objects.get().event == "archived"


def test_steps_that_nobody_outside_sees_are_not_told(webhook):
    version = factories.draft_version()
    author = factories.OrganisationMemberFactory(organisation=factories.mentor_of(version)).user
    by = factories.SecretariatMemberFactory(platform=webhook.platform).user
    version = perform(version, "submit", by=author)
    perform(version, "request_changes", by=by, comment="Which year?")
    assert not Delivery.objects.exists()
    version = perform(version, "submit", by=author)
    perform(version, "publish", by=by, revision=version.revision)
    assert Delivery.objects.get().event == "published"


def test_what_is_undone_was_never_told(webhook):
    draft = factories.draft_version(title="")
    with pytest.raises(ValidationError):
        perform(draft, "load", by=None)
    assert not Delivery.objects.exists()


def costs(entry):
    """How many queries of loading ``entry`` have to do with webhooks."""
    with CaptureQueriesContext(connection) as queries:
        perform(entry, "load", by=None)
    return sum("webhooks_" in query["sql"] for query in queries)


def test_publishing_costs_one_query_while_nobody_listens_and_two_however_many_do(listening):
    Webhook.objects.update(state="off")
    assert costs(factories.draft_version()) == 1
    Webhook.objects.update(state="on")
    platform, secret = listening["global"].platform, listening["global"].secret
    few = costs(factories.draft_version())
    fields = {"platform": platform, "secret": secret, "events": EVERYTHING}
    Webhook.objects.bulk_create(Webhook(url=f"https://{HOST}/more/{number}", **fields) for number in range(30))
    assert few == costs(factories.draft_version()) == 2


def test_the_coordinators_of_the_platform_look_after_it_else_those_above(webhook, coordinator):
    above = coordinator_of(factories.global_platform())
    factories.SecretariatMemberFactory(platform=webhook.platform)
    assert list(webhook.coordinators()) == [coordinator]
    SecretariatMember.objects.filter(user=coordinator).delete()
    assert list(webhook.coordinators()) == [above]
    assert webhook.concerns(above)
    assert not webhook.concerns(coordinator)
