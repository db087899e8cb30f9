"""The block for nginx in docs/deploy.md: taken from the page, and served through by a real nginx."""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from contextlib import contextmanager, suppress

import pytest

from tests.certificates import own_certificate
from tests.copies import ROOT, without_settings
from tests.test_serving import free_port, started, wait_for
from wopportal import serving

DEPLOY = (ROOT / "docs/deploy.md").read_text(encoding="utf-8")
[BLOCK] = re.findall(r"```nginx\n(.+?)```", DEPLOY, re.DOTALL)
SETTINGS = dict(re.findall(r"^([A-Z_]+)=(.+)$", re.findall(r"```ini\n(.+?)```", DEPLOY, re.DOTALL)[0], re.MULTILINE))
HOST = SETTINGS["ALLOWED_HOSTS"]
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
WHOLE = """\
daemon off; master_process off; pid %(folder)s/pid; error_log stderr crit;
events {}
http {
access_log off;
%(places)s
%(block)s
}
"""
"""What stands around the block; in one process, so that it is of the user who runs the tests."""
DRAFTED = """
import json, django; django.setup()
from tests import factories
from tests.api.people import token_for
from tests.api.writing import base_of
from partnerships.services import start_new_version
version = factories.published_version()
author = factories.OrganisationMemberFactory(organisation=factories.mentor_of(version)).user
print(json.dumps([base_of(start_new_version(version.partnership, author)), token_for(author)[1]]))
"""


def megabytes(words):
    return int(re.search(words, DEPLOY)[1])


# --- read -----------------------------------------------------------------------------------------------


def test_every_line_of_the_block_begins_ends_or_is_a_directive():
    lines = [line.split("#")[0].strip() for line in BLOCK.splitlines() if line.split("#")[0].strip()]
    assert all(re.fullmatch(r"[a-z_0-9]+ [^;{}]+[;{]|server \{|\}", line) for line in lines)
    assert BLOCK.count("{") == BLOCK.count("}") == 3


def test_it_leads_where_the_portal_listens_under_the_name_that_it_answers_to():
    [door] = re.findall(r"proxy_pass http://(\S+);", BLOCK)
    assert door == serving.bind == re.search(r"^ListenStream=(\S+)$", DEPLOY, re.MULTILINE)[1]
    assert set(re.findall(r"server_name (\S+);", BLOCK)) == {HOST}
    assert SETTINGS["PORTAL_URL"] == f"https://{HOST}"
    assert SETTINGS["BEHIND_PROXY"] == "1"


def test_it_lets_through_what_the_portal_takes():
    assert megabytes(r"client_max_body_size (\d+)m;") > megabytes(r"`UPLOAD_MAX_MEGABYTES` \| `(\d+)`")


def test_it_sets_every_header_that_the_portal_believes():
    assert {"X-Forwarded-Proto", "X-Forwarded-For", "Host"} == set(re.findall(r"proxy_set_header (\S+)", BLOCK))


# --- served ---------------------------------------------------------------------------------------------


def has_ipv6():
    with suppress(OSError), socket.socket(socket.AF_INET6) as probe:
        probe.bind(("::1", 0))
        return True
    return False


class Visitor:
    """Asks nginx as ``portal.example``, with curl."""

    def __init__(self, plain, secure, certificate):
        self.words = ["curl", "--silent", "--max-time", "60", "--cacert", str(certificate), "--http2"]
        self.words += ["--resolve", f"{HOST}:{plain}:127.0.0.1", "--resolve", f"{HOST}:{secure}:127.0.0.1"]
        self.plain, self.secure = f"http://{HOST}:{plain}", f"https://{HOST}:{secure}"

    def __call__(self, address, *words):
        """(status, version of HTTP, headers, body)."""
        told = ["--include", "--write-out", "\n%{http_code} %{http_version} %{size_header}"]
        done = subprocess.run([*self.words, *told, *words, address], capture_output=True, check=True)
        answer, _line, facts = done.stdout.rpartition(b"\n")
        status, version, size = facts.split()
        head = answer[: int(size)].decode().rpartition("HTTP/")[2]
        headers = dict(line.lower().split(": ", 1) for line in head.splitlines() if ": " in line)
        return int(status), version.decode(), headers, answer[int(size) :]


@contextmanager
def behind_nginx(folder, door):
    """A Visitor of the portal at the port ``door``, through the block with this machine's ports and paths."""
    plain, secure = free_port(), free_port()
    certificate = own_certificate(HOST, folder / "own.pem")
    block = BLOCK.replace(serving.bind, f"127.0.0.1:{door}")
    block = re.sub(r"(ssl_certificate(_key)?) [^;]+;", rf"\1 {certificate};", block)
    for port, ours in ((80, plain), (443, secure)):
        block = re.sub(rf"listen {port}\b", f"listen 127.0.0.1:{ours}", block)
        block = block.replace(f"[::]:{port}", f"[::1]:{ours}")
    if not has_ipv6():
        block = re.sub(r"listen \[::1\].*", "", block)
    places = "".join(
        f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(WHOLE % {"folder": folder, "places": places, "block": block})
    command = [NGINX, "-p", str(folder), "-c", str(folder / "nginx.conf")]
    tried = subprocess.run([*command, "-t", "-q"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as nginx:
        try:
            wait_for(plain)
            yield Visitor(plain, secure, certificate)
        finally:
            nginx.terminate()
        assert nginx.stderr.read() == ""


@pytest.mark.whole
def test_a_real_nginx_serves_the_portal_through_it(tmp_path):
    assert NGINX, "scripts/test all installs nginx (Debian: nginx-light)"
    environment = SETTINGS | {
        "DATABASE_URL": f"sqlite:///{tmp_path}/portal.sqlite3",
        "WOP_VAR_DIR": str(tmp_path / "var"),
        "DJANGO_SETTINGS_MODULE": "wopportal.settings",
    }
    (tmp_path / "var").mkdir()
    for name in ("static", "map"):
        (tmp_path / "var" / name).symlink_to(ROOT / "var" / name)
    for words in (["migrate", "-v0"], ["load_terms"], ["load_countries"]):
        python(environment, "manage.py", *words)
    base, token = json.loads(python(environment, "-c", DRAFTED))
    door = free_port()
    with started("--bind", f"127.0.0.1:{door}", **environment), behind_nginx(tmp_path, door) as ask:
        wait_for(door)
        pages_and_static_files_come(ask)
        headers_of_a_visitor_count_for_nothing(ask)
        large_files_come_through(ask, base, token, tmp_path)


def python(environment, *words):
    everything = without_settings() | environment
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=everything, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def pages_and_static_files_come(ask):
    status, _version, headers, _body = ask(f"{ask.plain}/en/?q=water")
    assert (status, headers["location"]) == (301, f"https://{HOST}/en/?q=water")
    status, version, headers, body = ask(f"{ask.secure}/en/")
    assert (status, version) == (200, "2")
    assert headers["strict-transport-security"].startswith("max-age=31536000")
    style = re.search(r'href="(/static/css/[^"]+\.css)"', body.decode())[1]
    status, _version, headers, _body = ask(f"{ask.secure}{style}", "--header", "Accept-Encoding: gzip")
    assert (status, headers["content-encoding"]) == (200, "gzip")
    assert "immutable" in headers["cache-control"]


def headers_of_a_visitor_count_for_nothing(ask):
    lies = ["X-Forwarded-Proto: http", "X-Forwarded-For: 192.0.2.1", "X-Forwarded-Host: other.example"]
    words = [word for lie in lies for word in ("--header", lie)]
    assert ask(f"{ask.secure}/en/", *words)[0] == 200
    assert ask(f"{ask.secure}/en/", "--header", "Host: other.example")[0] == 400


def large_files_come_through(ask, base, token, folder):
    """The largest that the portal takes; a larger one is refused in its words, a much larger one by nginx."""
    most = megabytes(r"`UPLOAD_MAX_MEGABYTES` \| `(\d+)`") * 1024 * 1024
    address, own = f"{ask.secure}{base}draft/", ["--header", f"Authorization: Bearer {token}"]
    tag = ask(address, *own)[2]["etag"]
    answers = []
    for size in (most, most + 1, 2 * most):
        file = folder / "results.txt"
        file.write_bytes(b"Less water lost.\n".ljust(size, b"."))
        sent = ["--form", "description=Results", "--form", f"file=@{file}", "--header", f"If-Match: {tag}"]
        status, _version, headers, _body = ask(f"{address}attachments/", *own, *sent, "--header", "Expect:")
        answers.append((status, headers["content-type"].split(";")[0]))
        tag = headers.get("etag", tag)
    assert answers == [(201, "application/json"), (413, "application/problem+json"), (413, "text/html")]
