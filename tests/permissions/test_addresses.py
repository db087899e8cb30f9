"""The permission matrix: every address × method × role. A new address without a row fails the build."""

from pathlib import Path

import pytest

from tests.permissions.addresses import ADDRESSES
from tests.permissions.answers import answer, names, visitor
from tests.permissions.programs import WORKING
from tests.permissions.world import ROLES

METHODS = ("GET", "POST")
WORKING_METHODS = (*METHODS, "PUT", "PATCH", "DELETE")
TABLE = (Path(__file__).parent / "expected.txt").read_text(encoding="utf-8")
EXPECTED = {
    (method, name): dict(zip(ROLES, answers, strict=True))
    for method, name, *answers in (line.split() for line in TABLE.splitlines() if not line.startswith("#"))
}
"""{(method, name of the address): {role: answer}}."""
PARTS = 8
"""So many tests share the work, for several processes to take."""


def methods_of(name):
    return WORKING_METHODS if name in WORKING else METHODS


def test_every_address_has_a_row():
    assert set(names()) == {name.partition("@")[0] for name in ADDRESSES}
    assert set(EXPECTED) == {(method, name) for name in ADDRESSES for method in methods_of(name)}


@pytest.mark.parametrize("part", range(PARTS))
def test_every_address_answers_everybody_as_it_should(world, part):
    visitors = {role: visitor(world.users[role]) for role in ROLES}
    wrong = {}
    for name in list(ADDRESSES)[part::PARTS]:
        arguments = ADDRESSES[name](world)
        for method in methods_of(name):
            answers = {role: answer(visitors[role], method, name, arguments, world.tags()) for role in ROLES}
            differing = {role: got for role, got in answers.items() if got != EXPECTED[method, name][role]}
            wrong |= {(method, name): differing} if differing else {}
    assert wrong == {}
