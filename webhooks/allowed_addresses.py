"""Where deliveries may go: to servers that everybody can reach. Nobody looks into our own network through them.

An address is checked when it is entered and, with the name looked up again, whenever something is sent. The
connection then goes to an IP address that was checked (``webhooks.posting``), so that a name which leads elsewhere a
moment later changes nothing.
"""

import re
import socket
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext as _

from webhooks.delivery_errors import Problem, UndeliveredError

PORTS = {"https": 443, "http": 80}
UNPRIVILEGED = 1024
"""Below it live mail, remote shells and the like; nobody receives webhooks there."""
FORBIDDEN = re.compile(r"[\x00-\x20\x7f\\]")
NAME = re.compile(r"[a-z0-9._:-]+")

WORLD = ip_network("2000::/3")
"""All of IPv6 that is given to the world (RFC 4291)."""
TRANSLATED = ip_network("64:ff9b::/96")
"""How a network without IPv4 reaches IPv4 servers (RFC 6052): the last four bytes are what counts."""
DETOURS = [ip_network(text) for text in ("192.88.99.0/24", "2002::/16", "3fff::/20")]
"""6to4 with any address inside (RFC 7526), documentation (RFC 9637): older Pythons take them for public."""


@dataclass(frozen=True)
class Target:
    """An address taken apart once: what is checked is what is spoken to. ``host`` is ASCII, ``path`` has the query."""

    scheme: str
    host: str
    port: int
    path: str

    def __str__(self):
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"


def target_of(url):
    """The Target that ``url`` names; ValidationError that says what would be right. Looks nothing up."""
    try:
        parts = urlsplit("" if FORBIDDEN.search(url) else url)
        host, port = _ascii(parts.hostname or ""), parts.port
    except ValueError:
        host = ""
    if not host:
        raise ValidationError(_("This is no address. Write it like https://receiver.example/wops."), code="no-address")
    if parts.scheme not in schemes():
        raise ValidationError(_("Write an address that begins with https://, so that nobody else reads along."))
    if "@" in parts.netloc:
        raise ValidationError(_("Leave name and password out: the receiver checks the signature instead."))
    return Target(parts.scheme, host, _port(port, parts.scheme), _path(parts))


def schemes():
    """Without TLS only inside one machine, in a demonstration."""
    return ("https", "http") if settings.DEMO else ("https",)


def _ascii(host):
    """``host`` as it is looked up; "" when it is no name. International names become ``xn--…``."""
    host = host.rstrip(".").encode("idna").decode().lower()
    return host if NAME.fullmatch(host) else ""


def _port(port, scheme):
    if port is None or port == PORTS[scheme]:
        return PORTS[scheme]
    if port < UNPRIVILEGED:
        message = _("Port %(port)s is not for webhooks: leave it out, or use one from 1024.") % {"port": port}
        raise ValidationError(message, code="port")
    return port


def _path(parts):
    return iri_to_uri(f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/")


def sockets_of(target, *, seconds):
    """[(family, socket address)] of ``target``, looked up now, without doubles and all of them allowed.

    Takes ``seconds`` at most. Raises UndeliveredError: one address that is not allowed is enough.
    """
    try:
        answers = _looked_up(target, seconds)
    except TimeoutError as error:
        raise UndeliveredError(Problem.SLOW) from error
    except (OSError, UnicodeError) as error:
        raise UndeliveredError(Problem.UNKNOWN_HOST) from error
    found = list(dict.fromkeys((family, place) for family, _type, _protocol, _name, place in answers))
    if not found or not all(is_allowed(ip_address(place[0])) for _family, place in found):
        raise UndeliveredError(Problem.PRIVATE)
    return found


def _looked_up(target, seconds):
    """What the system's resolver says, which knows no time limit of its own."""
    resolver = ThreadPoolExecutor(max_workers=1)
    try:
        asked = resolver.submit(socket.getaddrinfo, target.host, target.port, type=socket.SOCK_STREAM)
        return asked.result(timeout=seconds)
    finally:
        resolver.shutdown(wait=False)


def is_allowed(address):
    """Whether deliveries may go to this IP address: public, or in a network that ``WEBHOOK_ALLOWED_NETWORKS`` names.

    In a demonstration only the latter, which is this machine: nothing leaves it.
    """
    if any(address in network for network in settings.WEBHOOK_ALLOWED_NETWORKS):
        return True
    return not settings.DEMO and is_public(address)


def is_public(address):
    """Whether everybody on the internet means the same server by this IP address."""
    if address in TRANSLATED:
        return is_public(IPv4Address(int(address) & 0xFFFFFFFF))
    if address.is_multicast or address.is_reserved or not address.is_global:
        return False
    return not any(address in network for network in DETOURS) and (address.version == 4 or address in WORLD)
