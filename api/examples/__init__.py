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
WRITING = FOLDER / "writing"
"""Of what is sent and answered when something is written; kept by hand."""
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
    "partnerships_iati": f"{V1}/partnerships.iati.xml",
    "partnership_iati": f"{V1}/partnerships/WOP-0007.iati.xml",
    "partnerships_iati_missing": f"{V1}/partnerships.iati-missing.json?country=LC",
    "codebook": f"{V1}/codebook.csv",
}
"""{operation: the address that its example is asked under}; ``exports.apps`` adds those of its formats."""
LONGEST = 2
"""So many items of a list are shown."""
MOST_LINES, LONGEST_LINE = 40, 1200
"""So much of a file is shown."""
MOMENT = re.compile(r"\b\d{4}-\d\d-\d\dT[\d:.]+(Z|\+00:00)")
KEY = re.compile(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
REPORT = re.compile(r"(?<=/reports/)\d+(?=/)")
HERE = re.compile(r"\bhttps?://(testserver|127\.0\.0\.1(:\d+)?)(?=\W)")
EXAMPLE_HOST = "https://portal.example"
SAME_MOMENT = "2026-05-03T09:30:00Z"


@dataclass(frozen=True)
class Example:
    """``answer``: JSON, or the beginning of a file as text."""

    address: str
    answer: dict | list | str


@cache
def example_of(operation):
    """The Example of an operation; None when there is none."""
    for file in FOLDER.glob(f"{operation}.*"):
        text = file.read_text(encoding="utf-8")
        return Example(ADDRESSES[operation], json.loads(text) if file.suffix == ".json" else text)
    return None


def write_examples(answers):
    """Each into a file of its own; one of text ends in .txt."""
    for operation, answer in answers.items():
        is_text = isinstance(answer, str)
        text = answer if is_text else json.dumps(answer, ensure_ascii=False, indent=1) + "\n"
        (FOLDER / f"{operation}.{'txt' if is_text else 'json'}").write_text(text, encoding="utf-8")


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
        if name == "id" and isinstance(node, int):
            return self._number(node)
        return self._text(node) if isinstance(node, str) else node

    def _number(self, number):
        return int(number) - self.report + 1

    def _text(self, text):
        text = KEY.sub(self._key, HERE.sub(EXAMPLE_HOST, MOMENT.sub(SAME_MOMENT, text)))
        return REPORT.sub(lambda found: str(self._number(found[0])), text)

    def _key(self, found):
        return self.keys.setdefault(found[0], str(UUID(int=len(self.keys) + 1, version=4)))


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
    text = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode("utf-8-sig")
    return json.loads(text) if answer.headers["Content-Type"].endswith("json") else _beginning(text)


def _beginning(text):
    lines = text.splitlines()
    shown = [line if len(line) <= LONGEST_LINE else f"{line[:LONGEST_LINE]}…" for line in lines[:MOST_LINES]]
    return "\n".join(shown + ["…"] * (len(lines) > MOST_LINES)) + "\n"
