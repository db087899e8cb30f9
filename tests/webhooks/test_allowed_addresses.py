"""Where deliveries may go: to public addresses, whatever a name or a number looks like."""

import socket
import threading
from ipaddress import ip_address, ip_network

import pytest
from django.core.exceptions import ValidationError

from webhooks.allowed_addresses import is_allowed, is_public, sockets_of, target_of
from webhooks.delivery_errors import Problem, UndeliveredError


class TestAddresses:
    @pytest.mark.parametrize(
        ("url", "exact"),
        [
            ("https://receiver.example", "https://receiver.example/"),
            ("HTTPS://Receiver.Example:443/WOPs?a=1&b=2#part", "https://receiver.example/WOPs?a=1&b=2"),
            ("https://receiver.example.:8443/", "https://receiver.example:8443/"),
            ("https://agua.méxico.example/añadir", "https://agua.xn--mxico-bsa.example/a%C3%B1adir"),
            ("https://[2600::1]:8443/x", "https://[2600::1]:8443/x"),
        ],
    )
    def test_are_kept_in_their_exact_form(self, url, exact):
        assert str(target_of(url)) == exact
        assert target_of(exact) == target_of(url)

    @pytest.mark.parametrize(
        "url",
        [
            "", "receiver.example", "https://", "https:///x", "//receiver.example/", "https://:443/", "https://[::1/",
            "https://receiver.example:port/", "https://receiver.example:99999/", "https://a b.example/",
            "https://receiver.example/a\nb", "https://receiver.example\\@other.example/", "https://a..example/",
            "https://%31%32%37.0.0.1/", "https://[fe80::1%25eth0]/", f"https://{'a' * 64}.example/", "https://x_y<.a/",
        ],
    )  # fmt: skip
    def test_that_are_none_are_refused(self, url):
        with pytest.raises(ValidationError, match=r"no address|begins with https"):
            target_of(url)

    @pytest.mark.parametrize("scheme", ["http", "ftp", "file", "gopher", "javascript"])
    def test_need_tls(self, scheme):
        with pytest.raises(ValidationError, match="https"):
            target_of(f"{scheme}://receiver.example/")

    @pytest.mark.parametrize("who", ["user@", "user:word@", "@", "receiver.example@"])
    def test_carry_no_password(self, who):
        with pytest.raises(ValidationError, match="password"):
            target_of(f"https://{who}other.example/")

    @pytest.mark.parametrize(("port", "is_fine"), [(0, 0), (22, 0), (25, 0), (80, 0), (1023, 0), (443, 1), (1024, 1)])
    def test_name_no_port_of_other_services(self, port, is_fine):
        try:
            target_of(f"https://receiver.example:{port}/")
        except ValidationError:
            assert not is_fine
        else:
            assert is_fine


NOT_PUBLIC = [
    "127.0.0.1", "127.255.255.255", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1",
    "169.254.169.254", "100.64.0.1", "192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "192.0.0.1",
    "192.88.99.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::10.0.0.1", "::8.8.8.8",
    "::ffff:10.0.0.1", "::ffff:8.8.8.8", "64:ff9b::10.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b:1::8.8.8.8",
    "64:ff9b::169.254.169.254", "100::1", "2001::1", "2001:db8::1", "2002:a00:1::", "2002:808:808::", "3fff::1",
    "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1", "fec0::1", "ff02::1", "ff0e::1",
]  # fmt: skip
PUBLIC = [
    "8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "192.167.0.1", "2600::1", "2a00:1450::1", "64:ff9b::8.8.8.8",
]  # fmt: skip


class TestNumbers:
    @pytest.mark.parametrize("text", NOT_PUBLIC)
    def test_of_private_and_special_networks_are_not_public(self, text):
        assert not is_public(ip_address(text))

    @pytest.mark.parametrize("text", PUBLIC)
    def test_of_the_internet_are_public(self, text):
        assert is_public(ip_address(text))

    def test_of_a_network_that_is_allowed_are_allowed_and_no_others(self, settings):
        settings.WEBHOOK_ALLOWED_NETWORKS = [ip_network("10.20.0.0/16"), ip_network("fd12:3456::/48")]
        allowed = [text for text in [*NOT_PUBLIC, "10.20.3.4"] if is_allowed(ip_address(text))]
        assert allowed == ["fd12:3456::1", "10.20.3.4"]
        assert is_allowed(ip_address("8.8.8.8"))

    def test_a_demonstration_reaches_its_own_machine_alone(self, settings):
        settings.DEMO = True
        settings.WEBHOOK_ALLOWED_NETWORKS = [ip_network("127.0.0.0/8")]
        assert [text for text in [*NOT_PUBLIC, *PUBLIC] if is_allowed(ip_address(text))] == NOT_PUBLIC[:2]


def refusal(url, **options):
    with pytest.raises(UndeliveredError) as caught:
        sockets_of(target_of(url), **{"seconds": 5} | options)
    return caught.value.problem


class TestNames:
    def test_lead_to_every_address_once(self, names):
        names["receiver.example"] = ["8.8.8.8", "8.8.8.8", "1.1.1.1"]
        found = sockets_of(target_of("https://receiver.example:8443/"), seconds=5)
        assert found == [(socket.AF_INET, ("8.8.8.8", 8443)), (socket.AF_INET, ("1.1.1.1", 8443))]

    @pytest.mark.parametrize("addresses", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["8.8.8.8", "::1"], ["fe80::1"]])
    def test_with_one_private_address_are_refused_as_a_whole(self, names, addresses):
        names["receiver.example"] = addresses
        assert refusal("https://receiver.example/") == Problem.PRIVATE

    def test_that_nobody_knows_are_said_to_be_unknown(self, names):
        assert refusal("https://nowhere.example/") == Problem.UNKNOWN_HOST

    @pytest.mark.parametrize(
        "host", ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::1]", "１２７.0.0.1"]
    )
    def test_numbers_in_any_spelling_are_checked_as_what_they_mean(self, host):
        assert refusal(f"https://{host}/") == Problem.PRIVATE

    def test_that_take_too_long_to_look_up_are_given_up(self, monkeypatch):
        end = threading.Event()
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_arguments, **_options: end.wait(10))
        assert refusal("https://receiver.example/", seconds=0.05) == Problem.SLOW
        end.set()
