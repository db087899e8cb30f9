"""What a request passes on its way: the files of the portal and the calls of its functions, told by ``sys.setprofile``.

``bash scripts/figures`` prints both for three typical requests on the real register, in a database that is thrown away;
``bash scripts/figures draft`` lists the files of one of them in the order in which they are first called.
"""

import os
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import Count
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment
from django.urls import reverse
from django.utils.translation import override

from partnerships.models import PartnershipVersion, Role
from partnerships.services import start_new_version
from reviews.workflow import perform
from tests import factories
from tests.databases import laid
from tests.posting import fields_of
from tests.registered import put_register

ROOT = Path(__file__).resolve().parent.parent
FOREIGN = (".venv", "node_modules", "var", "tests", "scripts")
"""Folders of the project whose code is not the portal's."""


@contextmanager
def traced(root=ROOT):
    """Gives a Counter {file below ``root``: calls of its functions} in the order of the first call, for this thread.

    A generator counts once for each value that it is asked for. Comprehensions and the bodies of classes and
    modules are no calls: which of them Python runs as one depends on its version.
    """
    calls, names = Counter(), {}

    def look(frame, event, _argument):
        code = frame.f_code
        if event != "call" or (code.co_name.startswith("<") and code.co_name != "<lambda>"):
            return
        if code.co_filename not in names:
            names[code.co_filename] = name_below(root, code.co_filename)
        if name := names[code.co_filename]:
            calls[name] += 1

    before = sys.getprofile()
    sys.setprofile(look)
    try:
        yield calls
    finally:
        sys.setprofile(before)


def name_below(root, file):
    """``file`` as seen from ``root``; "" for what is not the portal's own."""
    start = f"{root}{os.sep}"
    name = file.removeprefix(start)
    return name if file.startswith(start) and not name.startswith(FOREIGN) else ""


# --- three requests: each gives a client and what it asks --------------------------------------------------


def directory(_number):
    """Somebody opens “Where are WOPs happening?”."""
    return Client(), "get", reverse("directory:partnerships"), {}


def draft(number):
    """The mentor saves the tracks of a draft, having changed one title."""
    version, author = _begun(number)
    client = Client()
    client.force_login(author)
    address = reverse("partnerships:section", args=[version.pk, "tracks"])
    return client, "post", address, fields_of(client.get(address, secure=True)) | {"tracks-0-title": "Less water lost"}


def publish(number):
    """The secretariat publishes what a mentor has submitted."""
    version, author = _begun(number)
    perform(version, "submit", by=author)
    version.refresh_from_db()
    client = Client()
    client.force_login(factories.SecretariatMemberFactory(platform=version.reviewing_platform).user)
    address = reverse("desk:step", args=["partnership", version.pk, "publish"])
    return client, "post", address, {"revision": version.revision}


REQUESTS = {"directory": (directory, 200), "draft": (draft, 302), "publish": (publish, 302)}
"""{name: (what makes it, the status that it is answered by)}."""


def _begun(number):
    """A new version of one of the partnerships that have most tracks, and who writes it."""
    with_mentor = PartnershipVersion.objects.published().filter(involvements__role=Role.MENTOR)
    published = with_mentor.annotate(many=Count("tracks", distinct=True)).order_by("-many", "pk")
    author = factories.OrganisationMemberFactory(organisation=factories.mentor_of(published[number])).user
    return start_new_version(published[number].partnership, author), author


def measured(*names):
    """{name: calls} of the requests ``names``, asked of a database that holds the real register.

    Each is asked twice, the second time counts: what a process loads for its first request is not on the way.
    """
    found = {}
    for name in names:
        make, status = REQUESTS[name]
        for number in range(2):
            client, method, address, data = make(number)
            with traced() as calls:
                answer = getattr(client, method)(address, data, secure=True)
            if answer.status_code != status:
                raise ImproperlyConfigured(f"{name}: {address} was answered by {answer.status_code}, not {status}.")
        found[name] = calls
    return found


def main(*names):
    """Print how many files and calls every request passes; of the requests ``names`` also each file with its calls."""
    setup_test_environment()
    with override("en"), laid(connection):
        put_register()
        found = measured(*(names or REQUESTS))
    teardown_test_environment()
    print(*lines_about(found, with_files=bool(names)), sep="\n")


def lines_about(found, *, with_files):
    for name, calls in found.items():
        yield f"{name:<10} {len(calls):>4} files {calls.total():>7} calls"
        if with_files:
            yield from (f"  {file} {times}" for file, times in calls.items())
