"""How often programs may ask: counted for the true network or account, told in every answer, the same on Redis."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache, caches
from django.test import Client, RequestFactory

from accounts import rate_limits
from accounts.rate_limits import is_too_often, spend
from api.services import revoke
from tests import factories
from tests.api.people import bearer, token_for
from tests.redis_server import redis_server
from tests.test_house import PRODUCTION, ROOT, python
from wopportal import settings as written

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.api.doors")]
API, ME, WRITE = "/api/v1/", "/api/doors/me/", "/api/doors/write/"
DOCUMENTED = (ROOT / "docs/api.md").read_text(encoding="utf-8")
NAMES = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")


@pytest.fixture(scope="module")
def redis(tmp_path_factory):
    """The address of a Redis of its own, gone with the last test."""
    with redis_server(tmp_path_factory.mktemp("redis")) as address:
        yield address


@pytest.fixture(params=["memory", "redis"])
def either_cache(request, settings):
    if request.param == "redis":
        address = request.getfixturevalue("redis")
        settings.CACHES = {"default": {"BACKEND": "wopportal.cache.PatientRedisCache", "LOCATION": address}}


class Clock:
    now = 1_000_000_000  # twenty seconds before a full minute


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    """The time by which is counted stands still: no test falls on the end of a minute."""
    cache.clear()
    monkeypatch.setattr(rate_limits, "time", lambda: Clock.now)
    monkeypatch.setattr(Clock, "now", Clock.now)
    return Clock


@pytest.fixture
def limit(settings):
    """Sets some limits; the others are off."""

    def limit(**rates):
        cache.clear()
        settings.RATE_LIMITS = rates

    return limit


def figures(answer):
    return tuple(int(answer.headers[name]) for name in NAMES)


def statuses(ask, times):
    return [ask().status_code for _ in range(times)]


# --- what is counted ------------------------------------------------------------------------------------


def test_so_many_and_no_more_until_the_minute_is_over(client, limit, clock, either_cache):
    limit(anonymous="2/m")
    assert [figures(client.get(API)) for _ in range(2)] == [(2, 1, 20), (2, 0, 20)]
    too_many(client.get(API), retry_after=20)
    clock.now += 19
    too_many(client.get(API), retry_after=1)
    clock.now += 1
    assert figures(client.get(API)) == (2, 1, 60)


def too_many(answer, *, retry_after):
    assert answer.status_code == 429
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Retry-After"] == answer.headers["RateLimit-Reset"] == str(retry_after)
    assert answer.headers["RateLimit-Remaining"] == "0"
    assert {"status": 429, "code": "throttled"}.items() <= answer.json().items()
    assert str(retry_after) in answer.json()["detail"]


def test_a_refusal_speaks_the_language_of_its_reader(client, limit):
    limit(anonymous="1/m")
    client.get(API)
    in_french = client.get(API, headers={"accept-language": "fr"}).json()["detail"]
    assert in_french != client.get(API).json()["detail"]


def test_nobody_waits_and_no_request_is_forgotten_when_many_come_at_once(limit, either_cache):
    limit(anonymous="1000/m")

    def ask(_number):
        used = spend("anonymous", "ip-somebody").used
        caches.close_all()
        return used

    with ThreadPoolExecutor(20) as pool:
        assert sorted(pool.map(ask, range(200))) == list(range(1, 201))


def test_an_account_has_one_count_for_all_its_tokens_and_its_session(client, limit):
    limit(account="3/m", anonymous="1/m")
    owner = factories.UserFactory()
    for name in ("One", "Two"):
        assert client.get(ME, headers=bearer(token_for(owner, name=name)[1])).status_code == 200
    client.force_login(owner)
    assert statuses(lambda: client.get(ME), 2) == [200, 429]


def test_accounts_behind_one_address_do_not_share_a_count(client, limit):
    limit(account="1/m", anonymous="1/m")
    secrets = [token_for(factories.UserFactory())[1] for _ in range(3)]
    assert [client.get(ME, headers=bearer(secret)).status_code for secret in secrets] == [200, 200, 200]
    assert client.get(API).status_code == 200


@pytest.mark.parametrize("sent", ["Bearer wop_guessed", "Bearer", "Basic dXNlcjpwYXNz"])
def test_guessing_tokens_counts_for_the_network(client, limit, sent):
    limit(anonymous="2/m", account="100/m")
    refused = 200 if sent.startswith("Basic") else 401
    assert statuses(lambda: client.get(API, headers={"authorization": sent}), 3) == [refused, refused, 429]


def test_a_revoked_token_has_the_count_of_nobody(client, limit):
    limit(anonymous="1/m", account="100/m")
    token, secret = token_for(factories.UserFactory())
    revoke(token, by=token.owner)
    assert statuses(lambda: client.get(API, headers=bearer(secret)), 2) == [401, 429]


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", API, 200),
        ("head", ME, 401),
        ("options", API, 200),
        ("get", "/api/v1/nowhere/", 404),
        ("get", "/api/nowhere", 404),
        ("get", ME, 401),
        ("post", WRITE, 401),
        ("post", API, 405),
    ],
)
def test_every_answer_says_how_many_are_left(client, limit, method, address, status):
    limit(anonymous="5/m", write="100/m")
    answer = getattr(client, method)(address)
    assert answer.status_code == status
    assert figures(answer) == (5, 4, 20)


def test_where_nothing_is_limited_nothing_is_said(client, limit):
    limit()
    assert not set(NAMES) & set(client.get(API).headers)


# --- what counts once more ------------------------------------------------------------------------------


@pytest.fixture
def program():
    """A client with a token."""
    return Client(headers=bearer(token_for(factories.UserFactory())[1]))


def test_writing_has_a_limit_of_its_own(program, limit):
    limit(account="100/m", write="2/m")
    assert statuses(lambda: program.post(WRITE, {}, "application/json"), 3) == [200, 200, 429]
    assert program.get(ME).status_code == 200


def test_the_headers_tell_of_the_limit_that_is_nearest(program, limit):
    limit(account="100/m", write="50/m", upload="10/h")
    assert figures(program.get(ME)) == (100, 99, 20)
    assert figures(program.post(WRITE, {}, "application/json")) == (50, 49, 20)
    assert figures(program.post("/api/doors/upload/", {}, "application/json"))[:2] == (10, 9)


def test_uploads_have_one_limit_for_program_and_pages(limit):
    limit(upload="2/h")
    owner = factories.UserFactory()
    client = Client(headers=bearer(token_for(owner)[1]))
    page = RequestFactory().post("/")
    page.COOKIES, page.user = {"sessionid": "one"}, owner
    assert not is_too_often(page, "upload")
    assert statuses(lambda: client.post("/api/doors/upload/", {}, "application/json"), 2) == [200, 429]
    assert is_too_often(page, "upload")
    assert client.get("/api/doors/upload/").status_code == 405


@pytest.mark.parametrize("address", ["/api/doors/export/", "/api/doors/plain-export/"])
def test_exports_have_a_limit_of_their_own_for_everybody(client, program, limit, address):
    limit(anonymous="100/m", account="100/m", export="1/m")
    for asking in (client, program):
        assert asking.get(address).status_code == 200
        too_many(asking.get(address), retry_after=20)
        assert asking.get(API).status_code == 200


# --- for whom -------------------------------------------------------------------------------------------


def from_network(client, forwarded=None, address="203.0.113.9"):
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    return client.get(API, REMOTE_ADDR=address, headers=headers).status_code


def test_a_forged_forwarding_header_helps_nobody(client, limit, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0
    limit(anonymous="2/m")
    forged = [None, "198.51.100.1", "198.51.100.2, 198.51.100.3", "nonsense"]
    assert [from_network(client, one) for one in forged] == [200, 200, 429, 429]
    assert from_network(client, address="203.0.113.10") == 200


def test_behind_a_proxy_only_what_it_adds_itself_counts(client, limit, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    limit(anonymous="2/m")
    forged = ["198.51.100.1", "192.0.2.77, 198.51.100.1", "192.0.2.78, nonsense, 198.51.100.1"]
    assert [from_network(client, one) for one in forged] == [200, 200, 429]
    assert from_network(client, "198.51.100.1, 198.51.100.2") == 200


@pytest.mark.parametrize(("setting", "proxies"), [("", "0"), ("1", "1")])
def test_the_setting_says_whether_there_is_a_proxy(setting, proxies):
    code = "from wopportal import settings; print(settings.ALLAUTH_TRUSTED_PROXY_COUNT)"
    assert python("-c", code, **PRODUCTION, BEHIND_PROXY=setting).stdout.strip() == proxies


def test_all_the_addresses_of_one_network_count_together(client, limit):
    limit(anonymous="1/m")
    assert from_network(client, address="2001:db8:1:2::5") == 200
    assert from_network(client, address="2001:db8:1:2:ffff::6") == 429
    assert from_network(client, address="2001:db8:1:3::5") == 200


def test_old_addresses_written_as_new_ones_count_each_for_itself(client, limit):
    limit(anonymous="1/m")
    assert from_network(client, address="::ffff:203.0.113.1") == 200
    assert from_network(client, address="203.0.113.1") == 429
    assert from_network(client, address="::ffff:203.0.113.2") == 200


# --- searching on pages ---------------------------------------------------------------------------------

SEARCH = "/en/partnerships/"


def test_pages_are_searched_only_so_often(client, limit):
    limit(search="2/m")
    assert statuses(lambda: client.get(SEARCH, {"q": "losses"}), 3) == [200, 200, 429]
    answer = client.get("/es/operators/", {"q": "agua"})
    assert answer.status_code == 429
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "csrfmiddlewaretoken" not in answer.content.decode()


def test_reading_is_not_searching(client, limit):
    limit(search="1/m")
    assert statuses(lambda: client.get(SEARCH, {"q": " "}), 2) == [200, 200]
    assert statuses(lambda: client.get(SEARCH), 2) == [200, 200]
    assert statuses(lambda: client.get(API, {"q": "losses"}), 2) == [200, 200]


def test_a_search_leaves_the_answer_the_same_for_everybody(client, limit):
    limit(search="5/m")
    answer = client.get(SEARCH, {"q": "losses"})
    assert "Cookie" not in answer.headers.get("Vary", "")


# --- figures --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("action", written.RATE_LIMITS)
def test_the_figures_are_documented(action):
    amount, unit = written.RATE_LIMITS[action].split("/")
    words = {"m": "a minute", "h": "an hour", "d": "a day"}[unit]
    assert f"| `{action}` | {amount} {words} |" in DOCUMENTED


def test_memory_has_room_for_many_visitors():
    assert written.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 10_000
