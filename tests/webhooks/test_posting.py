"""One POST over real TLS: to the checked address, in time, no further than asked."""

import socket
import threading
import time
from contextlib import contextmanager
from ipaddress import ip_network

import pytest

from tests.webhooks.conftest import HOST, OTHER_HOST
from webhooks.allowed_addresses import target_of
from webhooks.delivery_errors import Problem, UndeliveredError
from webhooks.posting import KEPT, MOST, post


def send(server, host=HOST, path="/", **options):
    url = f"https://{host}:{server.port}{path}"
    return post(target_of(url), body=b'{"a":1}', headers={"x-test": "yes"}, **{"seconds": 5} | options)


def problem(server, **options):
    with pytest.raises(UndeliveredError) as caught:
        send(server, **options)
    return caught.value.problem


def test_the_receiver_gets_what_was_sent_under_its_own_name(receiver):
    receiver.answer(202, b"taken")
    answer = send(receiver, path="/wops?x=1")
    ((path, headers, body),) = receiver.requests
    assert (answer.code, answer.text) == (202, "taken")
    assert (path, body, headers["x-test"]) == ("/wops?x=1", b'{"a":1}', "yes")
    assert headers["host"] == f"{HOST}:{receiver.port}"
    assert headers["accept-encoding"] == "identity"


def test_a_certificate_for_another_name_is_not_accepted(receiver):
    assert problem(receiver, host=OTHER_HOST) == Problem.UNTRUSTED
    assert receiver.requests == []


def test_a_certificate_that_nobody_vouches_for_is_not_accepted(receiver, monkeypatch):
    monkeypatch.delenv("SSL_CERT_FILE")
    assert problem(receiver) == Problem.UNTRUSTED
    assert receiver.requests == []


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(receiver, serve, code):
    inside = serve("127.0.0.2", tls=False)
    receiver.answers = [(code, {"location": f"http://127.0.0.2:{inside.port}/"}, b"")]
    assert send(receiver).code == code
    assert (len(receiver.requests), inside.requests) == (1, [])


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "https_proxy", "ALL_PROXY"])
def test_a_proxy_of_the_environment_is_not_used(receiver, serve, monkeypatch, name):
    proxy = serve("127.0.0.2", tls=False)
    monkeypatch.setenv(name, f"http://127.0.0.2:{proxy.port}")
    assert send(receiver).code == 204
    assert proxy.requests == []


class TestNamesThatLeadElsewhere:
    """``127.0.0.1`` plays the public server here, ``127.0.0.2`` one inside our network, on the same port."""

    @pytest.fixture
    def inside(self, receiver):
        """Counts who connects; TLS need not even begin for a look inside."""
        with socket.create_server(("127.0.0.2", receiver.port)) as listening:
            listening.setblocking(False)
            yield listening

    @staticmethod
    def was_reached(listening):
        try:
            listening.accept()
        except BlockingIOError:
            return False
        return True

    def test_between_check_and_connection_change_nothing(self, receiver, inside, names):
        names[HOST] = [["127.0.0.1"], ["127.0.0.2"]]
        assert send(receiver).code == 204
        assert not self.was_reached(inside)
        assert names[HOST] == [["127.0.0.2"]]  # asked once

    def test_since_the_last_delivery_are_refused(self, receiver, inside, names):
        names[HOST] = [["127.0.0.1"], ["127.0.0.2"]]
        send(receiver)
        assert problem(receiver) == Problem.PRIVATE
        assert not self.was_reached(inside)

    def test_with_one_address_inside_are_not_spoken_to_at_all(self, receiver, inside, names):
        names[HOST] = ["127.0.0.1", "127.0.0.2"]
        assert problem(receiver) == Problem.PRIVATE
        assert not self.was_reached(inside)
        assert receiver.requests == []

    def test_the_test_would_notice_a_look_inside(self, receiver, inside, names, settings):
        names[HOST] = ["127.0.0.2"]
        settings.WEBHOOK_ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
        assert problem(receiver, seconds=0.3) == Problem.SLOW
        assert self.was_reached(inside)


def test_an_address_that_does_not_answer_makes_way_for_the_next(receiver, names, settings):
    settings.WEBHOOK_ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
    names[HOST] = ["127.0.0.2", "127.0.0.1"]
    assert send(receiver).code == 204


def test_a_server_that_is_off_cannot_be_reached(receiver):
    receiver.shutdown()
    receiver.server_close()
    assert problem(receiver) == Problem.UNREACHABLE


def test_of_a_long_answer_the_beginning_is_kept(receiver):
    receiver.answer(200, "é\0".encode() * MOST)
    answer = send(receiver)
    assert (answer.code, answer.text) == (200, "é" * KEPT)


# --- time ---------------------------------------------------------------------------------------------------


@contextmanager
def speaking(pieces, pause=0.02):
    """A server without TLS that sends ``pieces`` one after the other, as slowly as it likes."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve():
            connection, _address = listening.accept()
            try:
                for piece in pieces:
                    connection.sendall(piece)
                    time.sleep(pause)
            except OSError:
                return
            finally:
                connection.close()

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]


def endless(piece):
    while True:
        yield piece


ENDS = 20
"""Far above the seconds that are given and far below those the receiver would go on: a busy machine is no fault."""


def answer_of(pieces, settings, seconds=0.4):
    """The Answer, or the problem, and how long it took; without TLS as in a demonstration."""
    settings.DEMO, settings.WEBHOOK_ALLOWED_NETWORKS = True, [ip_network("127.0.0.0/8")]
    began = time.monotonic()
    with speaking(pieces) as port:
        target = target_of(f"http://127.0.0.1:{port}/")
        try:
            found = post(target, body=b"{}", headers={}, seconds=seconds)
        except UndeliveredError as error:
            found = error.problem
    return found, time.monotonic() - began


@pytest.mark.parametrize(
    "pieces",
    [
        endless(b""),
        endless(b"H"),
        (piece for piece in [b"HTTP/1.1 200 OK\r\n", *[b"x-a: b\r\n"] * 5000]),
        endless(b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
    ids=["silent", "first line", "headers", "continue"],
)
def test_a_receiver_that_never_ends_its_answer_is_cut_off(pieces, settings):
    found, seconds = answer_of(pieces, settings)
    assert found == Problem.SLOW
    assert seconds < ENDS


def test_a_text_that_never_ends_takes_nothing_back(settings):
    found, seconds = answer_of((one for one in [b"HTTP/1.1 200 OK\r\n\r\n", *[b"more "] * 5000]), settings, seconds=1)
    assert found.code == 200
    assert seconds < ENDS


@pytest.mark.parametrize("pieces", [[b"SSH-2.0-OpenSSH\r\n"], [b"HTTP/1.1 999999 no\r\n\r\n"]])
def test_what_is_no_answer_cannot_be_read(pieces, settings):
    found, _seconds = answer_of(pieces, settings)
    assert found == Problem.UNREADABLE


def test_a_handshake_that_never_ends_is_cut_off(trusted, names, settings):
    settings.WEBHOOK_ALLOWED_NETWORKS = [ip_network("127.0.0.1/32")]
    began = time.monotonic()
    with speaking(endless(b"\x16")) as port, pytest.raises(UndeliveredError):
        post(target_of(f"https://{HOST}:{port}/"), body=b"{}", headers={}, seconds=0.4)
    assert time.monotonic() - began < ENDS
