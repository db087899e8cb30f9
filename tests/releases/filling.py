"""What a kept dump holds beside the real register: demo entries, people at work, and an entry with nothing left empty.

``scripts/keep-release N`` fills a new database on each kind of server by these, and writes both to tests/releases/N.
"""

import gzip
import json
from pathlib import Path

from django.conf import settings
from django.test import Client, override_settings

from operators.models import Organisation
from partnerships.models import Partnership
from platforms.models import Platform
from reports.models import Report
from tests.browser.cast import engage
from tests.everything import everything
from tests.releases.history import contents


def fill():
    """On top of what ``manage.py prepare_demo`` makes."""
    engage()
    everything()


def addresses():
    """Of each public entry in the API."""
    wops = Partnership.objects.filter(versions__state="published").distinct().order_by("reference")
    reports = Report.objects.filter(versions__state="published").distinct().order_by("pk")
    yield from (f"/api/v1/partnerships/{wop.reference}/" for wop in wops)
    yield from (f"/api/v1/reports/{report.pk}/" for report in reports)
    yield from (f"/api/v1/organisations/{one.slug}/" for one in Organisation.objects.published().order_by("pk"))
    yield from (f"/api/v1/platforms/{one.slug}/" for one in Platform.objects.order_by("pk"))


def answers(those=None):
    """{address: what the API says of it to everybody}."""
    client = Client(headers={"host": "localhost"})
    with override_settings(RATE_LIMITS=dict.fromkeys(settings.RATE_LIMITS, "1000000/m")):
        given = {address: client.get(address, secure=True) for address in those or addresses()}
    assert {answer.status_code for answer in given.values()} == {200}
    return {address: answer.json() for address, answer in given.items()}


def keep(beginning):
    """Write down, to be held against what the same database says after later migrations, its answers and snapshots."""
    for name, said in {"answers": answers(), "snapshots": contents()}.items():
        text = json.dumps(said, ensure_ascii=False, indent=1)
        Path(f"{beginning}.{name}.json.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
