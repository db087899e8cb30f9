"""The API keeps what its description promises: Schemathesis asks a real portal, as nobody and as an author.

schemathesis.toml says how it asks and what it lets pass, tests/browser/contract_hooks.py who sends what.
"""

import json
import os
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
LIFE = [("POST", None, 201), ("PATCH", None, 200), ("POST", "submit", 200), ("POST", "publish", 200)]
"""[(method, step, status)]: an entry is begun, changed, submitted and published."""


@pytest.fixture
def description(for_programs, tmp_path):
    """A file with the description that the portal serves."""
    file = tmp_path / "openapi.json"
    with urllib.request.urlopen(f"{for_programs.address}/api/v1/schema/", timeout=120) as answer:
        file.write_bytes(answer.read())
    return file


@pytest.fixture
def ask(for_programs, description, tmp_path):
    """A function that lets Schemathesis ask; returns the recorders of its scenarios: cases, answers, checks.

    ``options``: of its command line; ``known``: what tests/browser/contract_hooks.py finds in the environment.
    """
    report = tmp_path / "events.ndjson"

    def asked(*options, **known):
        command = [SCHEMATHESIS, "run", description, "--url", for_programs.address, "--no-color", *options]
        command += ["--report", "ndjson", "--report-ndjson-path", report]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("WOP_")} | known
        place = {"cwd": settings.BASE_DIR, "env": environment}
        result = subprocess.run(command, capture_output=True, text=True, check=False, **place)
        assert result.returncode == 0, result.stdout[-20_000:] + result.stderr[-5_000:]
        return [recorded for line in report.open(encoding="utf-8") if (recorded := recorder_in(json.loads(line)))]

    return asked


@pytest.fixture
def operations(description):
    """The names of the operations that need no token, and of those that do."""
    paths = json.loads(description.read_text(encoding="utf-8"))["paths"]
    names = {True: [], False: []}
    for one in (one for methods in paths.values() for one in methods.values()):
        names[{} in one["security"]].append(one["operationId"])
    return names[True], names[False]


def recorder_in(event):
    """The cases and answers of a finished scenario; None of another event."""
    return event.get("ScenarioFinished", {}).get("recorder")


def chains_of(recorder):
    """[[(method, step, status)]]: what led to each case, itself last."""
    return [_chain(recorder, case) for case in recorder.get("cases", {})]


def _chain(recorder, case):
    chain = []
    while case:
        sent = recorder["cases"][case]["value"]
        answer = recorder["interactions"].get(case, {}).get("response") or {}
        chain.insert(0, (sent["method"], sent.get("path_parameters", {}).get("action"), answer.get("status_code")))
        case = recorder["cases"][case].get("parent_id")
    return chain


def only(names):
    return [word for name in names for word in ("--include-operation-id", name)]


def operations_in(recorders):
    return {recorder["label"] for recorder in recorders if recorder.get("cases")}


RANDOM = ("--phases", "examples,fuzzing,stateful")
A_FEW = ("--phases", "examples,fuzzing", "--max-examples", "1")
BOUNDARIES = ("--phases", "coverage")
"""Thousands of requests, to every boundary of every parameter: as somebody to whom they are not all the same."""
SOME = {"WOP_SAMPLE": "1"}


def test_nobody_meets_only_what_is_described(ask, operations):
    assert len(operations_in(ask(*A_FEW))) > 80
    assert len(operations_in(ask(*BOUNDARIES, *only(operations[0]), **SOME))) > 20


def test_an_author_meets_only_what_is_described(ask, operations, for_programs):
    for phases in (A_FEW, BOUNDARIES):
        assert len(operations_in(ask(*phases, *only(operations[1]), **SOME, **for_programs.tokens))) > 40


@pytest.mark.whole
def test_nobody_meets_only_what_is_described_at_any_boundary(ask, operations):
    assert len(operations_in(ask(*RANDOM))) > 80
    assert len(operations_in(ask(*BOUNDARIES, *only(operations[0])))) > 20


@pytest.mark.whole
def test_an_author_meets_only_what_is_described_at_any_boundary(ask, operations, for_programs):
    assert len(operations_in(ask(*RANDOM, **for_programs.tokens))) > 80
    assert len(operations_in(ask(*BOUNDARIES, *only(operations[1]), **for_programs.tokens))) > 40


def test_a_chain_of_links_leads_from_the_beginning_of_an_entry_to_the_public(ask, for_programs):
    names = [f"partnerships_{name}" for name in ("begin", "draft_change", "transition", "read")]
    recorders = ask("--phases", "stateful", *only(names), WOP_LIFE="1", **for_programs.tokens)
    assert LIFE in [chain for recorder in recorders for chain in chains_of(recorder)]
