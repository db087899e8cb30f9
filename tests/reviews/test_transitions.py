"""The transition matrix, written by hand: state × action × actor, and what comes of it.

A cell is the state that the entry moves to, ``-`` for PermissionDenied or ``x`` for "not in this
state" (ValidationError with code ``wrong_state``). The entry is complete, everybody says why and
has seen the present revision; the refusals for lack of these are in test_workflow.py.
"""

import pytest

from reviews.states import TRANSITIONS, State
from reviews.workflow import available
from tests.reviews.moves import abandon, outcome, put_in

ACTIONS = [
    "submit",
    "withdraw",
    "request_changes",
    "publish",
    "reject",
    "archive",
    "restore",
    "discard",
    "admit",
    "load",
]

AUTHOR = """
draft              submitted  x      -  -  -  -  -  discarded  -  -
submitted          x          draft  -  -  -  -  -  x          -  -
changes-requested  submitted  x      -  -  -  -  -  discarded  -  -
published          x          x      -  -  -  -  -  x          -  -
superseded         x          x      -  -  -  -  -  x          -  -
rejected           x          x      -  -  -  -  -  x          -  -
archived           x          x      -  -  -  -  -  x          -  -
discarded          x          x      -  -  -  -  -  x          -  -
"""
REVIEWER = """
draft              -  -  x                  x          x         x         x          -  -  -
submitted          -  -  changes-requested  published  rejected  x         x          -  -  -
changes-requested  -  -  x                  x          x         x         x          -  -  -
published          -  -  x                  x          x         archived  x          -  -  -
superseded         -  -  x                  x          x         x         x          -  -  -
rejected           -  -  x                  x          x         x         x          -  -  -
archived           -  -  x                  x          x         x         published  -  -  -
discarded          -  -  x                  x          x         x         x          -  -  -
"""
STRANGER = """
draft              -  -  -  -  -  -  -  -  -  -
submitted          -  -  -  -  -  -  -  -  -  -
changes-requested  -  -  -  -  -  -  -  -  -  -
published          -  -  -  -  -  -  -  -  -  -
superseded         -  -  -  -  -  -  -  -  -  -
rejected           -  -  -  -  -  -  -  -  -  -
archived           -  -  -  -  -  -  -  -  -  -
discarded          -  -  -  -  -  -  -  -  -  -
"""
SYSTEM = """
draft              -  -  -  -  -  -  -  -  published  published
submitted          -  -  -  -  -  -  -  -  x  x
changes-requested  -  -  -  -  -  -  -  -  x  x
published          -  -  -  -  -  -  -  -  x  x
superseded         -  -  -  -  -  -  -  -  x  x
rejected           -  -  -  -  -  -  -  -  x  x
archived           -  -  -  -  -  -  -  -  x  x
discarded          -  -  -  -  -  -  -  -  x  x
"""
TABLES = {"author": AUTHOR, "counterpart": AUTHOR, "reviewer": REVIEWER, "stranger": STRANGER, "system": SYSTEM}
WORDS = {"-": "denied", "x": "wrong_state"}


def cells():
    """(actor, state, action, outcome) for every cell of the tables."""
    for actor, table in TABLES.items():
        for line in table.strip().splitlines():
            state, *answers = line.split()
            for action, answer in zip(ACTIONS, answers, strict=True):
                yield actor, state, action, WORDS.get(answer, answer)


MATRIX = list(cells())


@pytest.mark.parametrize(("actor", "state", "action", "expected"), MATRIX)
def test_every_action_in_every_state_by_every_actor(draft, cast, actor, state, action, expected):
    entry = put_in(draft, state)
    assert outcome(entry, action, cast[actor]) == expected
    entry.refresh_from_db()
    assert entry.state == (expected if expected in State.values else state)


def test_the_matrix_has_every_state_action_and_actor(cast):
    assert {(actor, state, action) for actor, state, action, _ in MATRIX} == {
        (actor, state, action) for actor in cast for state in State.values for action in TRANSITIONS
    }


@pytest.mark.parametrize("state", State.values)
@pytest.mark.parametrize("actor", ["author", "counterpart", "reviewer", "stranger"])
def test_a_page_offers_exactly_the_steps_that_work(draft, cast, actor, state):
    entry = put_in(draft, state)
    works = {
        action for who, source, action, expected in MATRIX if (who, source) == (actor, state) and expected in State
    }
    assert {step.action for step in available(entry, cast[actor])} == works


@pytest.mark.parametrize("state", State.values)
def test_a_reviewer_may_discard_an_abandoned_draft_and_nothing_else_that_is_old(draft, cast, state):
    entry = abandon(put_in(draft, state))
    editable = state in {"draft", "changes-requested"}
    offered = {step.action for step in available(entry, cast["reviewer"])}
    assert ("discard" in offered) == editable
    assert outcome(entry, "discard", cast["reviewer"]) == ("discarded" if editable else "wrong_state")
