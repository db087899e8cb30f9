"""What Schemathesis cannot guess: who sends a request, which codes exist, and what makes an entry complete.

Loaded by schemathesis.toml. The environment gives the tokens; without WOP_TOKEN nobody is signed in. With WOP_LIFE
only those links are followed that lead from the beginning of an entry to the public. With WOP_SAMPLE a boundary that
operations share is tried at one of them.
"""

import json
import os
from functools import cache
from itertools import count
from urllib.parse import quote
from urllib.request import Request, urlopen
from zlib import crc32

import schemathesis
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation.meta import TestPhase

from vocabularies.clean_text import UNSEEN

DECISIONS = {"publish", "request_changes", "reject", "archive", "restore"}
BEGUN = {"organisation": "sicsm", "role": "mentor", "title": "SICSM – WASCO, by Schemathesis"}
PARTNERSHIP = {
    "title": "SICSM – WASCO, by Schemathesis",
    "summary": "Less water is lost.",
    "involvements": [{"organisation": "sicsm", "role": "mentor"}, {"organisation": "wasco-lc", "role": "mentee"}],
    "tracks": [],
    "results": [],
}
REPORT = {"code_of_conduct": "yes", "formal_agreement": "yes", "results": []}
WHOLE = {
    "partnerships_begin": lambda: BEGUN,
    "partnerships_draft_change": lambda: PARTNERSHIP,
    "partnerships_reports_begin": lambda: {"kind": "periodic", "period": f"{next(YEARS)}-Q1"},
    "reports_draft_change": lambda: REPORT,
}
"""{operation: a body that says all that submission needs}."""
YEARS = count(1900)

if "WOP_TOKEN" in os.environ:

    @schemathesis.auth(refresh_interval=None)
    class Sender:
        """The author does everything except deciding: nobody publishes what is their own."""

        def get(self, case, context):
            decides = case.path_parameters.get("action") in DECISIONS
            return os.environ["WOP_REVIEWER_TOKEN" if decides else "WOP_TOKEN"]

        def set(self, case, data, context):
            case.headers["Authorization"] = f"Bearer {data}"


LIFE = {
    "partnerships_begin": {"change"},
    "partnerships_draft_change": {"submit"},
    "partnerships_transition": {"publish", "public"},
}
"""{operation: its links on that way}: chosen among all that may follow, it would be met once in a hundred chains."""


@schemathesis.hook
def before_load_schema(context, raw_schema):
    if "WOP_LIFE" not in os.environ:
        return
    for operation in (one for methods in raw_schema["paths"].values() for one in methods.values()):
        kept = LIFE.get(operation["operationId"], ())
        for answer in operation["responses"].values():
            answer["links"] = {name: link for name, link in answer.get("links", {}).items() if name in kept}


LONGEST = 3000
"""The server in front refuses a first line of more than 4094 bytes before the API is asked (414)."""


@schemathesis.hook
def filter_query(context, query):
    return len(quote(str(query))) < LONGEST


TRIED = set()
"""Boundaries that were tried. Operations share their parameters and the code that reads them, but not their bodies."""
SHARED = {ParameterLocation.QUERY, ParameterLocation.HEADER, ParameterLocation.PATH}
ODD = 64
"""One in so many is tried all the same."""


@schemathesis.hook
def filter_case(context, case):
    """Always the same sample: operations come in the same order, and nothing in it is drawn.

    What nobody can see is taken out of a body before it is judged: with it gone, a faulty text may be right.
    """
    if UNSEEN.search(json.dumps(case.body, ensure_ascii=False, default=str)):
        return False
    if "WOP_SAMPLE" not in os.environ or not case.meta or case.meta.phase.name != TestPhase.COVERAGE:
        return True
    at = case.meta.phase.data
    operation = None if at.parameter_location in SHARED else case.operation.label
    boundary = (operation, case.meta.generation.mode, at.scenario, at.parameter_location, at.parameter, at.location)
    is_new = boundary not in TRIED
    TRIED.add(boundary)
    return is_new or crc32(f"{case.operation.label} {boundary} {at.description}".encode()) % ODD == 0


@schemathesis.hook
def map_case(context, case):
    """Requests that are meant to be right get what no schema can list; faulty ones stay as they are."""
    if case.meta and case.meta.generation.mode.is_positive:
        _take_codes_that_exist(case)
        if case.meta.phase.name == TestPhase.STATEFUL:
            _be_complete(case)
    return case


def _take_codes_that_exist(case):
    """Codes of terms and countries are data: the example of the parameter is one that exists, and so is page 1."""
    for parameter in case.operation.definition.raw.get("parameters", []):
        name = parameter["name"]
        if parameter["in"] == "query" and case.query.get(name):
            known = parameter["schema"].get("example", 1 if name == "page" else None)
            case.query[name] = known or case.query[name]


@schemathesis.hook
def before_call(context, case, kwargs):
    """What is written at random goes to an open draft of the author, as it stands: else nobody would read the body."""
    if not (kind := _random_draft_in(case)):
        return
    place, address = _open_draft(case.operation.base_url, kind)
    case.path_parameters = case.path_parameters | place
    if "If-Match" in case.headers and case.meta.phase.data.parameter_location != ParameterLocation.HEADER:
        case.headers["If-Match"] = TAGS.get(kind) or _asked(address).headers["ETag"]


@schemathesis.hook
def after_call(context, case, response):
    """Remembers the revision of the draft, until it is an old one."""
    if kind := _random_draft_in(case):
        TAGS[kind] = None if response.status_code == 412 else response.headers.get("etag", [TAGS.get(kind)])[0]


TAGS = {}
"""{kind of entry: the ETag of its open draft}."""


def _random_draft_in(case):
    """“partnerships” or “reports” when a case that no chain has led to works with a draft of the author; else None."""
    meta = case.meta
    if "WOP_TOKEN" not in os.environ or not meta or meta.phase.name == TestPhase.STATEFUL:
        return None
    kind, _slash, rest = case.path.removeprefix("/api/v1/").partition("/")
    is_draft = rest.partition("/")[2].startswith("draft/") and not meta.is_negative_at(ParameterLocation.PATH)
    return kind if is_draft else None


@cache
def _open_draft(portal, kind):
    """({what stands in its address}, the address) of what the author is working on."""
    entry = json.load(_asked(f"{portal}/api/v1/drafts/?state=draft&kind={kind.removesuffix('s')}"))["results"][0]
    place = {"reference": entry["reference"]} if kind == "partnerships" else {"id": entry["report"]}
    return place, entry["api_url"]


def _asked(address):
    return urlopen(Request(address, headers={"Authorization": f"Bearer {os.environ['WOP_TOKEN']}"}), timeout=60)


def _be_complete(case):
    """In chains what is begun and changed is complete; else hardly any draft could be submitted."""
    made = WHOLE.get(case.operation.definition.raw.get("operationId"))
    if made:
        case.body = made()
