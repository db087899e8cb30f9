"""A receiver on this machine with real TLS, names of our own, and a platform that tells it things."""

import socket
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_network

import pytest

from platforms.models import SecretariatMember
from tests import factories
from tests.certificates import own_certificate
from webhooks import services
from webhooks.models import Delivery

HOST, OTHER_HOST = "receiver.example", "other.example"
REAL_LOOK_UP = socket.getaddrinfo


class Receiver(ThreadingHTTPServer):
    """Keeps every request; ``answers``, each (code, headers, body), are what the next ones get, the last for ever."""

    daemon_threads = True

    def __init__(self, address):
        super().__init__((address, 0), _Handler)
        self.requests, self.answers = [], [(204, {}, b"")]

    @property
    def port(self):
        return self.server_address[1]

    def answer(self, code, body=b"", **headers):
        self.answers = [(code, headers, body)]

    def handle_error(self, request, client_address):
        """A client that refuses the certificate or hangs up is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.requests.append((self.path, self.headers, body))
        code, headers, text = self.server.answers.pop(0) if len(self.server.answers) > 1 else self.server.answers[0]
        self.send_response(code)
        for name, value in ({"content-length": str(len(text))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_arguments):
        """Nobody reads it."""


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """The file of a key with its own certificate, for ``receiver.example`` and no other name."""
    return own_certificate(HOST, tmp_path_factory.mktemp("tls") / "receiver.pem")


@pytest.fixture
def trusted(certificate, monkeypatch):
    """The system trusts it, as an authority of one's own is trusted in earnest."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))


@pytest.fixture
def serve(certificate):
    """Starts Receivers: ``serve("127.0.0.1")``."""
    started = []

    def serve(address="127.0.0.1", *, tls=True):
        server = Receiver(address)
        if tls:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        started.append(server)
        return server

    yield serve
    for server in started:
        server.shutdown()
        server.server_close()


@pytest.fixture
def receiver(serve, trusted, names, settings):
    """A Receiver under https://receiver.example:<port>/."""
    settings.WEBHOOK_ALLOWED_NETWORKS = [ip_network("127.0.0.1/32")]
    return serve()


@pytest.fixture
def names(monkeypatch):
    """What names lead to: {name: addresses, or a list of such lists to be answered one after the other}.

    Whatever is not in it is unknown; no test asks the network.
    """
    known = {HOST: ["127.0.0.1"], OTHER_HOST: ["127.0.0.1"]}

    def look_up(host, port, *arguments, **options):
        found = known.get(host)
        if found and isinstance(found[0], list):
            found = found.pop(0) if len(found) > 1 else found[0]
        if not found:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [answer for one in found for answer in REAL_LOOK_UP(one, port, *arguments, **options)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return known


@pytest.fixture
def platform(db):
    return factories.PlatformFactory(countries=["LC"], parent=factories.global_platform())


@pytest.fixture
def coordinator(platform):
    return coordinator_of(platform)


def coordinator_of(platform):
    return factories.SecretariatMemberFactory(platform=platform, role=SecretariatMember.Role.COORDINATOR).user


@pytest.fixture
def add(receiver, platform, coordinator):
    """Makes webhooks to the receiver: (Webhook, its secret)."""

    def add(**fields):
        fields = {"url": f"https://{HOST}:{receiver.port}/wops?from=portal", "note": "Our website"} | fields
        fields = {"events": ["published", "archived", "restored"]} | fields
        return services.make_webhook(fields.pop("platform", platform), by=coordinator, **fields)

    return add


@pytest.fixture
def webhook(add):
    return add()[0]


@pytest.fixture
def published(webhook):
    """An entry that was published while the webhook listened."""
    return factories.published_version(title="Less water lost")


def the_delivery():
    return Delivery.objects.get()
