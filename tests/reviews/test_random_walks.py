"""Whatever anybody tries in whatever order, an entry moves along the table and nowhere else.

The short walks are the same every time. The long ones are others every time: the head of the run says their seed, and
WALK_SEED=... walks them again.
"""

import os

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from partnerships.models import Participant
from reviews.cloning import clone
from reviews.states import OPEN_STATES, State
from tests import factories
from tests.reviews.moves import outcome
from tests.reviews.test_transitions import ACTIONS

MOVES = {
    ("submit", "draft", "submitted"),
    ("submit", "changes-requested", "submitted"),
    ("withdraw", "submitted", "draft"),
    ("request_changes", "submitted", "changes-requested"),
    ("publish", "submitted", "published"),
    ("reject", "submitted", "rejected"),
    ("archive", "published", "archived"),
    ("restore", "archived", "published"),
    ("discard", "draft", "discarded"),
    ("discard", "changes-requested", "discarded"),
    ("admit", "draft", "published"),
    ("load", "draft", "published"),
    ("supersede", "published", "superseded"),
}
"""(action, from, to): every move there is."""

attempts = st.tuples(
    st.sampled_from(["clone", *ACTIONS]),
    st.sampled_from(["author", "counterpart", "reviewer", "stranger", "system"]),
    st.integers(min_value=0, max_value=3),
)
likely = st.sampled_from(
    [("clone", "author", 3), ("submit", "author", 3), ("publish", "reviewer", 3), ("archive", "reviewer", 2)]
)


short_walks = st.lists(attempts | likely, min_size=4, max_size=16)
long_walks = st.lists(attempts | likely, min_size=16, max_size=40)


class Walking(TestCase):
    def setUp(self):
        version = factories.draft_version()
        self.wop = version.partnership
        Participant.objects.create(partnership=self.wop, organisation=factories.mentee_of(version))
        self.cast = {
            "author": factories.OrganisationMemberFactory(organisation=factories.mentor_of(version)).user,
            "counterpart": factories.OrganisationMemberFactory(organisation=factories.mentee_of(version)).user,
            "reviewer": factories.SecretariatMemberFactory(platform=factories.global_platform()).user,
            "stranger": factories.UserFactory(),
            "system": None,
        }

    def walk(self, steps):
        for action, actor, place in steps:
            before = self.states()
            self.attempt(action, self.cast[actor], place)
            self.check_moves(before, self.states())
            self.check_rows()

    def attempt(self, action, user, place):
        versions = list(self.wop.versions.order_by("number"))
        version = versions[place % len(versions)]
        if action != "clone":
            outcome(version, action, user)
        elif version.is_published and not self.wop.versions.open().exists():
            clone(version, by=user)

    def states(self):
        return dict(self.wop.versions.values_list("pk", "state"))

    def check_moves(self, before, after):
        moved = {(before[pk], state) for pk, state in after.items() if before.get(pk, state) != state}
        assert moved <= {(source, target) for _, source, target in MOVES}

    def check_rows(self):
        states = list(self.states().values())
        assert states.count(State.PUBLISHED) <= 1
        assert sum(state in OPEN_STATES for state in states) <= 1
        for version in self.wop.versions.all():
            history = [(e.action, e.from_state, e.to_state) for e in version.events.order_by("pk")]
            assert set(history) <= MOVES
            path = ["draft", *(target for _, _, target in history)]
            assert [source for _, source, _ in history] == path[:-1]
            assert path[-1] == version.state
            assert version.revision == 1 + len(history)


class RandomWalks(Walking):
    @settings(max_examples=20)
    @given(short_walks)
    def test_state_moves_along_the_table_only(self, steps):
        self.walk(steps)


class LongRandomWalks(Walking):
    @pytest.mark.whole
    @seed(os.environ["WALK_SEED"])
    @settings(max_examples=200, derandomize=False, database=None)
    @given(long_walks)
    def test_state_moves_along_the_table_only_however_long(self, steps):
        self.walk(steps)
