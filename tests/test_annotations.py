"""The public functions of services, querysets, permissions and of the schema say their types."""

import ast
import tomllib

import pytest

from tests.test_house import APPS, ROOT, name_of

TYPED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]["files"]
"""Patterns of the modules whose types `make check` judges."""


def untyped(source):
    """The public functions whose arguments or result have no type: mypy looks at those only that have some."""
    return [
        name for name, one in _public(ast.parse(source)) if one.returns is None or _bare(one, is_method="." in name)
    ]


def _public(node, path=""):
    """(name, function): those of private classes are private, and so is what a function has inside."""
    for child in ast.iter_child_nodes(node):
        name = getattr(child, "name", "")
        if name.startswith("_") and not name.endswith("__"):
            continue
        if isinstance(child, ast.ClassDef):
            yield from _public(child, f"{path}{name}.")
        elif isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield path + name, child
        elif isinstance(child, ast.If | ast.Try):
            yield from _public(child, path)


def _bare(function, *, is_method):
    given = function.args
    places = [*given.posonlyargs, *given.args]
    is_static = any(ast.unparse(one) == "staticmethod" for one in function.decorator_list)
    own = 1 if is_method and not is_static else 0
    every = [*places[own:], given.vararg, *given.kwonlyargs, given.kwarg]
    return [one.arg for one in every if one is not None and one.annotation is None]


@pytest.mark.parametrize("pattern", TYPED)
def test_every_public_function_of_the_rules_says_its_types(pattern):
    paths = sorted(ROOT.glob(pattern))
    assert paths
    found = {name_of(path): untyped(path.read_text(encoding="utf-8")) for path in paths}
    assert {name: functions for name, functions in found.items() if functions} == {}


def test_services_querysets_permissions_and_the_schema_of_every_app_are_typed():
    """A folder that is moved, or a module that becomes a package, does not fall out of what is judged."""
    judged = {path for pattern in TYPED for path in ROOT.glob(pattern)}
    ours = {path for app in APPS for path in (ROOT / app).rglob("*.py")}
    kinds = {"services", "querysets", "permissions", "field_types", "schema"}
    rules = {path for path in ours if path.stem in kinds - {"schema"} or path.parent.name in kinds}
    assert sorted(map(name_of, rules - judged)) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("def a(b): pass", ["a"]),
        ("def a(b: int): pass", ["a"]),
        ("def a(b: int, *, c) -> int: pass", ["a"]),
        ("def a(*b, **c: int) -> int: pass", ["a"]),
        ("class A:\n    def b(self, c) -> int: pass", ["A.b"]),
        ("class A:\n    def __init__(self, c): pass", ["A.__init__"]),
        ("class A:\n    @staticmethod\n    def b(c) -> int: pass", ["A.b"]),
        ("def a(b: int, *, c: str) -> int:\n    def d(e): pass", []),
        ("class A:\n    def b(self) -> int: pass\n    def _c(self, d): pass", []),
        ("def _a(b): pass", []),
    ],
)
def test_functions_without_types_are_recognised(source, found):
    assert untyped(source) == found
