"""What scripts/figures prints: counted rightly for toys, and at all for the portal."""

import importlib.util

import pytest

from scripts.house import figures
from scripts.trace import REQUESTS, lines_about, measured, traced
from tests.registered import RegisterTestCase
from tests.test_house import ROOT

TOY = """
def outer():
    return [inner(number) for number in range(3)] + [(lambda: 1)()]

def inner(number):
    return number

class Toy:
    seen = inner(1)
"""
FOREIGN_TOY = "def outside(ask):\n    return ask()\n"


def module_at(path, source):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source)
    found = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


def test_each_call_of_a_file_of_the_portal_is_counted_in_order(tmp_path):
    toy = module_at(tmp_path / "app/toy.py", TOY)
    other = module_at(tmp_path / "app/other.py", FOREIGN_TOY)
    foreign = module_at(tmp_path / ".venv/foreign.py", FOREIGN_TOY)
    with traced(tmp_path) as calls:
        foreign.outside(lambda: other.outside(toy.outer))
        toy.inner(4)
    toy.inner(5)
    assert list(calls.items()) == [("app/other.py", 1), ("app/toy.py", 6)]


def test_tracing_ends_where_the_portal_fails(tmp_path):
    toy = module_at(tmp_path / "app/toy.py", TOY)
    with pytest.raises(TypeError), traced(tmp_path) as calls:
        toy.inner()
    toy.outer()
    assert calls == {}


def test_lines_of_one_request_name_its_files(tmp_path):
    toy = module_at(tmp_path / "app/toy.py", TOY)
    with traced(tmp_path) as calls:
        toy.outer()
    heading = "toy           1 files       5 calls"
    assert list(lines_about({"toy": calls}, with_files=False)) == [heading]
    assert list(lines_about({"toy": calls}, with_files=True)) == [heading, "  app/toy.py 5"]


class TestRequests(RegisterTestCase):
    def test_every_request_is_answered_and_passes_files_of_the_portal(self):
        found = measured(*REQUESTS)
        assert list(found) == ["directory", "draft", "publish"]
        for calls in found.values():
            assert calls.total() > len(calls) > 10
            assert all((ROOT / name).exists() for name in calls)
            assert not [name for name in calls if name.startswith(("tests/", "scripts/", ".venv/"))]


def test_modules_lines_and_importers_of_a_toy_house(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    files = {
        "toyhouse/__init__.py": "",
        "toyhouse/one.py": "from toyhouse import both, lonely\n\n\ndef work():\n    return both, lonely\n",
        "toyhouse/two.py": "from toyhouse import both, long\n\n\ndef work():\n    return both, long\n",
        "toyhouse/both.py": "",
        "toyhouse/lonely.py": "A = 1\nB = 2\n",
        "toyhouse/long.py": "A = 1\n" * 80,
        "toyhouse/migrations/__init__.py": "",
        "toyhouse/migrations/0001_initial.py": "from toyhouse import long\n",
    }
    for name, source in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(source)
    counted, small = figures(tmp_path, ["toyhouse"])
    assert list(counted.values()) == [6, 2, 1, 92, 2, 2, 2]
    assert small == {"toyhouse.lonely": (2, "toyhouse.one")}
