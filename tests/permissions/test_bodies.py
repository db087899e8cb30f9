"""A body with files is read only where files are taken, of people who may bring them: measured at the stream."""

import json
from io import RawIOBase

import pytest
from django.conf import settings
from django.urls import reverse

from tests.api.people import bearer, token_for
from tests.permissions.addresses import ADDRESSES
from tests.permissions.answers import visitor
from tests.permissions.world import ROLES
from wopportal.middleware import WORDS_OF_A_STRANGER

LARGE = 20 * 1024 * 1024
START = b'--x\r\nContent-Disposition: form-data; name="upload"; filename="a.pdf"\r\n\r\n'
END = b"\r\n--x--\r\n"
WRITERS = {"author", "counterpart"}
TAKEN = {
    **dict.fromkeys(["partnerships:files@draft", "partnerships:file", "reports:files", "reports:file"], WRITERS),
    **{f"api:partnership-attachment{more}": WRITERS for more in ("s@draft", "@draft", "-content@draft")},
    **{f"api:report-attachment{more}": WRITERS for more in ("s", "", "-content")},
    "operators:page": {"author"},
    # Submitted words are frozen, and what was sent to them is shown again.
    "partnerships:files@submitted": {"author"},
    **{f"api:partnership-attachment{more}": {"author"} for more in ("s@submitted", "@submitted", "-content@submitted")},
}
"""{name of the address: the roles whose files are read there}."""
PARTS = 4


class Stream(RawIOBase):
    """A form with one large file, made as it is read; counts what was."""

    def __init__(self, size):
        super().__init__()
        self.middle, self.read_bytes = size - len(START) - len(END), 0
        self.size = size

    def readable(self):
        return True

    def read(self, size=-1):
        begin = self.read_bytes
        end = self.size if size is None or size < 0 else min(self.size, begin + size)
        self.read_bytes = end
        after = len(START) + self.middle
        file = b"%" * (min(end, after) - max(begin, len(START)))
        return START[begin:end] + file + END[max(begin - after, 0) : max(end - after, 0)]

    def readline(self, size=-1):
        return self.read(size)


def send(client, address, size=LARGE, **headers):
    """(answer, how many bytes of the body were read)."""
    stream = Stream(size)
    environ = {
        "PATH_INFO": address,
        "REQUEST_METHOD": "POST",
        "CONTENT_TYPE": "multipart/form-data; boundary=x",
        "CONTENT_LENGTH": str(size),
        "wsgi.input": stream,
    }
    answer = client.request(**environ | {f"HTTP_{name.upper()}": value for name, value in headers.items()})
    return answer, stream.read_bytes


def strict(user):
    """A browser whose tokens of forms are really checked, which is what reads bodies: its cookie is a good one."""
    client = visitor(user)
    client.handler.enforce_csrf_checks = True
    client.cookies[settings.CSRF_COOKIE_NAME] = "a" * 32
    return client


@pytest.mark.parametrize("part", range(PARTS))
def test_nobody_elses_body_is_read(world, part):
    visitors = {role: strict(world.users[role]) for role in ROLES}
    wrong = {}
    for name in list(ADDRESSES)[part::PARTS]:
        address = reverse(name.partition("@")[0], args=ADDRESSES[name](world))
        for role in sorted({"anonymous", "stranger", "counterpart", "reviewer"} - TAKEN.get(name, set())):
            answer, number = send(visitors[role], address)
            if number:
                wrong[name, role] = answer.status_code, number
    assert wrong == {}


@pytest.mark.parametrize("name", sorted(TAKEN))
def test_of_those_who_may_it_is(world, name):
    address = reverse(name.partition("@")[0], args=ADDRESSES[name](world))
    for role in TAKEN[name]:
        assert send(strict(world.users[role]), address)[1] > 0


@pytest.mark.parametrize("address", ["/en/nowhere/", "/nowhere", "/api/nowhere/", "/en/accounts/nowhere/", "/admin/"])
@pytest.mark.parametrize("role", ["anonymous", "author"])
def test_nor_where_there_is_nothing(world, address, role):
    answer, number = send(strict(world.users[role]), address)
    assert (answer.status_code >= 400, number) == (True, 0)


def test_the_refusal_says_why(world):
    page = reverse("partnerships:files", args=[world.draft.pk])
    assert "from those who write this entry" in send(strict(None), page)[0].content.decode()
    assert send(strict(world.users["stranger"]), page)[0].status_code == 403
    answer = send(strict(None), reverse("account_signup"))[0]
    assert answer.status_code == 413
    assert "No files are taken here" in answer.content.decode()
    address = reverse("api:partnership-attachments", args=[world.wop.reference])
    problem = send(strict(world.users["stranger"]), address)[0]
    assert (problem.status_code, problem.headers["Content-Type"]) == (403, "application/problem+json")
    assert "from those who write" in json.loads(problem.content)["detail"]


def test_programs_are_asked_who_they_are_first(world):
    address = reverse("api:partnership-attachments", args=[world.wop.reference])
    answer, number = send(strict(None), address)
    assert (answer.status_code, number) == (401, 0)
    answer, number = send(strict(None), address, authorization="Bearer wop_guessed")
    assert (answer.status_code, number) == (401, 0)
    stranger = bearer(token_for(world.users["stranger"])[1])
    answer, number = send(strict(None), address, **stranger)
    assert (answer.status_code, number) == (404, 0)


def test_words_alone_go_on_whatever_they_come_in(world):
    """Test clients and scripts send small forms so."""
    assert send(strict(None), reverse("account_signup"), WORDS_OF_A_STRANGER)[1] > 0
    assert send(strict(world.users["author"]), "/en/workspace/", settings.DATA_UPLOAD_MAX_MEMORY_SIZE)[1] > 0


def test_a_cookie_alone_signs_nobody_in(world):
    client = strict(None)
    client.cookies[settings.SESSION_COOKIE_NAME] = "guessed"
    answer, number = send(client, reverse("account_signup"), WORDS_OF_A_STRANGER + 1)
    assert (answer.status_code, number) == (413, 0)
