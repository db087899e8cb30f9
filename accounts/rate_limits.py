"""How often somebody may do something.

``RATE_LIMITS`` has the figures for what is counted here, ``ACCOUNT_RATE_LIMITS`` those for allauth's own pages
and reported errors.
"""

from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from math import ceil
from time import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache

SECONDS = {"m": 60, "h": 3600, "d": 86400}
IPV6_NETWORK = 64  # one household or office has so many bits in common, and all the addresses behind them
IPV4_NEIGHBOURS = 24  # who is given one of them is easily given the next


@dataclass(frozen=True)
class Count:
    """``used`` of ``limit``, this time included; ``reset`` seconds until counting begins anew."""

    limit: int
    used: int
    reset: int

    @property
    def remaining(self):
        return max(self.limit - self.used, 0)

    @property
    def is_over(self):
        return self.used > self.limit


def spend(action, who):
    """Counts once more that ``who`` did ``action``; the Count, or None where ``RATE_LIMITS`` sets no limit.

    Counted in windows of a minute, an hour or a day, by one step of the cache that nobody has to wait for.
    """
    rate = settings.RATE_LIMITS.get(action)
    if not rate:
        return None
    limit, unit = rate.split("/")
    window, gone = divmod(time(), SECONDS[unit])
    key = f"limit:{action}:{who}:{rate}:{window:.0f}"
    return Count(limit=int(limit), used=_one_more(key, SECONDS[unit]), reset=ceil(SECONDS[unit] - gone))


def _one_more(key, seconds):
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key)
    except ValueError:  # thrown out between the two steps, for lack of room
        return 1


def is_too_often(request, action):
    """Counts ``action`` for whoever is behind a page's ``request``; True when it is once too often."""
    counted = spend(action, name_of(request, session_user(request)))
    return bool(counted and counted.is_over)


def name_of(request, user):
    """For whom a request counts: the account ``user``, else (None, not signed in) the network that it came from."""
    return f"user-{user.pk}" if user and user.is_authenticated else f"ip-{network_of(request)}"


def session_user(request):
    """Who is signed in; None without a session cookie, so that public answers stay the same for everybody."""
    return request.user if settings.SESSION_COOKIE_NAME in request.COOKIES else None


def network_of(request):
    """The visitor's address, by the same rule as for signing in; of IPv6 the network, since a visitor has all of it.

    Forwarding headers count only with ``BEHIND_PROXY``, and of them only what the proxy itself has added.
    """
    address = _address_of(request)
    return str(address) if address.version == 4 else _wider(address, IPV6_NETWORK)


def neighbours_of(request):
    """The network from which somebody guesses: wider than one address, which changes at will."""
    address = _address_of(request)
    return _wider(address, IPV4_NEIGHBOURS if address.version == 4 else IPV6_NETWORK)


def _address_of(request):
    address = ip_address(get_adapter().get_client_ip(request))
    return getattr(address, "ipv4_mapped", None) or address


def _wider(address, bits):
    return str(ip_network(f"{address}/{bits}", strict=False))
