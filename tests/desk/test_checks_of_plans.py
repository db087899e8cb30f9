"""What the desk says of a plan whose days are past, and of the last of the seven steps."""

import pytest

from desk.checklist import DONE, NOTE, OPEN, checks_of
from partnerships.models import PlannedWork, Target, TrackResult
from tests import factories
from vocabularies.models import Indicator

pytestmark = pytest.mark.django_db
LATE_WORK = "By the work plan this has ended, but it is not called done or dropped."
LATE_TARGETS = "These targets were due, and no result tells the value that was reached."


def said(entry, words):
    """(state, more) of the checks that have ``words``."""
    return [(check.state, check.more) for check in checks_of(entry, []) if words in check.text]


@pytest.mark.parametrize(
    ("step", "decision", "state"),
    [
        ("next", "", OPEN), ("next", "closed", DONE), ("peer-support", "expanded", NOTE), ("", "continued", NOTE),
        ("peer-support", "", None), ("", "", None),
    ],
)  # fmt: skip
def test_the_last_step_and_the_decision_belong_together(step, decision, state):
    entry = factories.published_version(lifecycle_step=step, decision=decision)
    found = [check.state for check in checks_of(entry, []) if "last" in check.text and "step" in check.text]
    assert found == ([state] if state else [])


@pytest.mark.parametrize(
    ("ends_on", "state", "is_late"),
    [
        ("2019", "planned", True), ("2019-03-04", "under-way", True), ("2019", "done", False),
        ("2019", "dropped", False), ("2019", "", False), ("2999", "planned", False), ("", "planned", False),
    ],
)  # fmt: skip
def test_work_that_should_have_ended_is_named(ends_on, state, is_late):
    entry = factories.published_version()
    PlannedWork.objects.create(version=entry, text="Step tests", ends_on=ends_on, state=state)
    assert said(entry, LATE_WORK) == ([(NOTE, ["Step tests"])] if is_late else [])


def test_a_target_that_was_due_is_named_until_a_result_tells_its_value():
    entry, losses = factories.published_version(), Indicator.objects.first()
    for day in ("2019", "2999"):
        Target.objects.create(version=entry, indicator=losses, unit="%", value=20, due_on=day)
    assert said(entry, LATE_TARGETS) == [(NOTE, [str(losses)])]
    result = TrackResult.objects.create(version=entry, indicator=losses, unit="%", baseline=40)
    assert said(entry, LATE_TARGETS) == [(NOTE, [str(losses)])]
    result.latest = 22
    result.save()
    assert said(entry, LATE_TARGETS) == []
