"""Signatures as the open specification has them, and as docs/webhooks.md teaches receivers to verify them."""

import json
import re
import threading
import time
from http.server import HTTPServer
from ipaddress import ip_network

import pytest
from django.conf import settings as portal

from tests.webhooks.conftest import the_delivery
from webhooks import services, signatures
from webhooks.allowed_addresses import target_of
from webhooks.delivery_errors import UndeliveredError
from webhooks.payloads import payload_of
from webhooks.sending import sweep

DOCS = (portal.BASE_DIR / "docs/webhooks.md").read_text(encoding="utf-8")


def test_the_example_of_the_specification_is_signed_alike():
    """Secret, id, time, text and signature as the libraries of Standard Webhooks have them in their own tests."""
    secret, message_id = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek"
    signed = signatures.signature(secret, message_id, 1614265330, b'{"test": 2432232314}')
    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_stored_secret_is_opened_with_an_earlier_key_too(settings):
    secret = signatures.new_secret()
    stored = signatures.sealed(secret)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "a new key " * 6, [settings.SECRET_KEY]
    assert signatures.opened(stored) == secret
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(UndeliveredError):
        signatures.opened(stored)


def test_secrets_are_long_and_differ():
    made = {signatures.new_secret() for _time in range(20)}
    assert len(made) == 20
    assert all(re.fullmatch(r"whsec_[A-Za-z0-9+/]{43}=", secret) for secret in made)


# --- docs/webhooks.md -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def example():
    """What the Python example of the documentation defines."""
    (code,) = re.findall(r"```python\n(.*?)```", DOCS, re.DOTALL)
    names = {"__name__": "example"}
    exec(code, names)
    return names


@pytest.fixture
def sent(add, receiver, coordinator):
    """(secret, headers, body) of a test that arrived."""
    webhook, secret = add()
    services.ping(webhook, by=coordinator)
    sweep()
    ((_path, headers, body),) = receiver.requests
    return secret, dict(headers), body


def test_the_documented_receiver_verifies_what_is_sent(example, sent):
    secret, headers, body = sent
    message = example["verified"](secret, headers, body)
    assert (message["type"], message["id"]) == ("webhook.ping", headers["webhook-id"])
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    assert headers["user-agent"].startswith("WOP-Portal")


@pytest.mark.parametrize("wrong", ["body", "webhook-id", "webhook-timestamp", "webhook-signature", "secret", "age"])
def test_the_documented_receiver_refuses_what_is_not_ours(example, sent, wrong):
    secret, headers, body = sent
    now = time.time() + 301 if wrong == "age" else None
    if wrong == "secret":
        secret = signatures.new_secret()
    elif wrong == "body":
        body = body.replace(b"ping", b"pong")
    elif wrong == "webhook-timestamp":
        headers[wrong] = str(int(headers[wrong]) - 1)
    elif wrong != "age":
        headers[wrong] += "x"
    with pytest.raises(ValueError, match="too old" if wrong == "age" else "not signed"):
        example["verified"](secret, headers, body, now=now)


def test_after_a_new_secret_the_documented_receiver_takes_the_old_one_too(example, add, receiver, coordinator):
    webhook, old = add()
    new = services.renew_secret(webhook, by=coordinator)
    services.ping(webhook, by=coordinator)
    sweep()
    ((_path, headers, body),) = receiver.requests
    assert [example["verified"](secret, headers, body)["type"] for secret in (old, new)] == ["webhook.ping"] * 2


def test_the_documented_receiver_works_with_a_demonstration(example, platform, coordinator, settings, capsys):
    settings.DEMO, settings.WEBHOOK_ALLOWED_NETWORKS = True, [ip_network("127.0.0.0/8")]
    server = HTTPServer(("127.0.0.1", 0), example["Receiver"])
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_address[1]}/"
    webhook, secret = services.make_webhook(platform, by=coordinator, url=url, events=["published"])
    try:
        services.ping(webhook, by=coordinator)
        sweep()
        assert the_delivery().answer_code == 401
        example["SECRET"] = secret
        services.ping(webhook, by=coordinator)
        assert sweep().sent == 1
    finally:
        server.shutdown()
        server.server_close()
    assert "webhook.ping" in capsys.readouterr().out


def keys_of(value):
    """The shape of some JSON: the names in it, without the values."""
    return {name: keys_of(one) for name, one in value.items()} if isinstance(value, dict) else None


def test_the_documented_message_has_the_shape_of_a_real_one(published):
    (text,) = re.findall(r"```json\n(.*?)```", DOCS, re.DOTALL)
    assert keys_of(json.loads(text)) == keys_of(payload_of(the_delivery()))


def test_the_documented_address_could_be_entered():
    assert target_of("https://receiver.example/wops").port == 443
    assert all(word in DOCS for word in ("webhook-id", "webhook-timestamp", "webhook-signature"))
