"""Answers of the real register that the documentation shows; ``manage.py write_examples`` writes them.

They are what the API answers, with long lists cut short and with moments, keys of rows and numbers of reports
made the same for everybody who loads the register.
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from uuid import UUID

from django.conf import settings

FOLDER = Path(__file__).parent
V1 = "/api/v1"
ADDRESSES = {
    "partnerships_list": f"{V1}/partnerships/?country=LC",
    "partnerships_read": f"{V1}/partnerships/WOP-0001/",
    "partnerships_versions_list": f"{V1}/partnerships/WOP-0001/versions/",
    "partnerships_versions_read": f"{V1}/partnerships/WOP-0001/versions/1/?fields=title,published_at,version_url",
    "partnerships_reports_list": f"{V1}/partnerships/WOP-0001/reports/",
    "reports_list": f"{V1}/reports/?partnership=WOP-0001",
    "reports_read": f"{V1}/reports/1/",
    "reports_versions_list": f"{V1}/reports/1/versions/",
    "reports_versions_read": f"{V1}/reports/1/versions/1/?fields=title,published_at,version_url",
    "organisations_list": f"{V1}/organisations/?country=LC",
    "organisations_read": f"{V1}/organisations/wasco-lc/",
    "platforms_list": f"{V1}/platforms/?level=subregional",
    "platforms_read": f"{V1}/platforms/wop-lac/",
    "programmes_list": f"{V1}/programmes/",
    "programmes_read": f"{V1}/programmes/waterworx/",
    "terms_list": f"{V1}/terms/?list=activity",
    "terms_read": f"{V1}/terms/improvement_area/metering/",
    "countries_list": f"{V1}/countries/?region=029",
    "countries_read": f"{V1}/countries/MQ/",
    "areas_list": f"{V1}/areas/",
    "areas_read": f"{V1}/areas/029/",
}
"""{operation: the address that its example is asked under}."""
LONGEST = 2
MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT[\d:.]+Z$")
KEY = re.compile(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
REPORT = re.compile(r"(?<=/reports/)\d+(?=/)")
HERE = re.compile(r"^https?://(testserver|127\.0\.0\.1(:\d+)?)(?=/)")
EXAMPLE_HOST = "https://portal.example"
SAME_MOMENT = "2026-05-03T09:30:00Z"


@dataclass(frozen=True)
class Example:
    address: str
    answer: dict


@cache
def example_of(operation):
    """The Example of an operation; None when there is none."""
    file = FOLDER / f"{operation}.json"
    return Example(ADDRESSES[operation], json.loads(file.read_text(encoding="utf-8"))) if file.exists() else None


class Same:
    """Makes an answer the same on every machine: the values that differ become those of their first occurrence."""

    def __init__(self, report):
        """``report``: the number that the first report has here."""
        self.report, self.keys = report, {}

    def of(self, node, name=""):
        if isinstance(node, dict):
            return {key: self.of(value, key) for key, value in node.items()}
        if isinstance(node, list):
            return [self.of(one) for one in node[:LONGEST]]
        if name == "id":
            return self._number(node)
        return self._text(node) if isinstance(node, str) else node

    def _number(self, number):
        return int(number) - self.report + 1

    def _text(self, text):
        if MOMENT.match(text):
            return SAME_MOMENT
        if KEY.match(text):
            return self.keys.setdefault(text, str(UUID(int=len(self.keys) + 1, version=4)))
        return REPORT.sub(lambda found: str(self._number(found[0])), HERE.sub(EXAMPLE_HOST, text))


def produced(client, report):
    """{operation: answer} of the register that ``client`` (of django.test) reads.

    ``report``: the number of the first report in it. Raises ValueError where an address answers otherwise than by 200.
    """
    return {operation: Same(report).of(_asked(client, address, report)) for operation, address in ADDRESSES.items()}


def _asked(client, address, report):
    address = REPORT.sub(lambda found: str(int(found[0]) + report - 1), address)
    answer = client.get(address, headers={"accept-language": "en"}, secure=settings.SECURE_SSL_REDIRECT)
    if answer.status_code != 200:
        raise ValueError(f"{address}: {answer.status_code}")
    return answer.json()
