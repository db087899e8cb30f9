"""Who may write, who decides and who had a part: each rule stands once, whichever way it is asked.

Every kind of entry in several states, with everybody who may come near it; each question is asked of one entry and of
many, and of the people of an entry as of the entries of a person.
"""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from desk.conflicts import conflicts_of
from operators.services import leave
from platforms.models import Platform
from reviews.querysets import Part
from reviews.services import actors_of
from reviews.states import Actor
from reviews.workflow import perform
from tests import factories
from tests.desk.test_conflicts import KINDS, Case

AUTHOR, REVIEWER, BOTH, NOBODY = {Actor.AUTHOR}, {Actor.REVIEWER}, {Actor.AUTHOR, Actor.REVIEWER}, set()
STATES = ("draft", "submitted", "changes-requested", "published")
pytestmark = pytest.mark.django_db


class World:
    """One entry of ``kind`` in ``state`` and everybody who may come near it, by name."""

    def __init__(self, kind, state):
        self.case = case = Case(kind)
        case.platform.parent = self.region = factories.PlatformFactory(level="regional")
        case.platform.save()
        member = factories.SecretariatMemberFactory
        self.people = {
            "manager": case.author,
            "editor": case.join(factories.UserFactory()).user,
            "reviewer": case.colleague,
            "coordinator": member(platform=case.platform, role="coordinator").user,
            "of the platform above": member(platform=self.region).user,
            "of the global secretariat": case.overseer,
            "of another platform": member(platform=factories.PlatformFactory()).user,
            "of a platform below": member(platform=factories.PlatformFactory(parent=case.platform)).user,
            "who belongs to both": case.join(case.serving()).user,
            "who left": case.join(case.serving()).user,
            "who submitted and left": case.join(case.serving(), "manager").user,
            "who entered it": case.serving(),
            "who wrote a word": case.serving(),
            "who has gone, of the secretariat": case.serving(),
            "who has gone, of the organisation": case.join(factories.UserFactory(), "manager").user,
            "support": factories.UserFactory(is_staff=True, is_superuser=True),
            "stranger": factories.UserFactory(),
        }
        self._bring_to(state)

    def _bring_to(self, state):
        case, people = self.case, self.people
        for name in ("who has gone, of the secretariat", "who has gone, of the organisation"):
            User.objects.filter(pk=people[name].pk).update(is_active=False)
            people[name].refresh_from_db()
        type(case.entry)._base_manager.filter(pk=case.entry.pk).update(created_by=people["who entered it"])
        case.entry.snapshots.create(revision=999, data={}, by=people["who wrote a word"])
        case.entry = case.now()
        if state != "draft":
            case.submit(by=people["who submitted and left"])
        for name in ("who left", "who submitted and left"):
            leave(case.organisation, by=people[name])
        if state in ("changes-requested", "published"):
            action = {"changes-requested": "request_changes", "published": "publish"}[state]
            case.entry = perform(
                case.entry, action, by=case.overseer, comment="So decided", revision=case.entry.revision
            )


@pytest.fixture(params=[(kind, state) for kind in KINDS for state in STATES], ids=lambda param: "-".join(param))
def world(request, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    return World(*request.param)


@pytest.fixture
def worlds(settings):
    settings.SECOND_FACTOR_REQUIRED = False
    return [World(kind, state) for kind, state in zip(KINDS, ("submitted", "draft", "draft", "submitted"), strict=True)]


def everybody():
    return [*User.objects.all(), AnonymousUser()]


def name_of(entry):
    return type(entry), entry.pk


def test_one_entry_is_judged_as_many_are(worlds):
    entries = [world.case.now() for world in worlds]
    for user in everybody():
        assert actors_of(entries, user) == {name_of(entry): entry.roles_of(user) for entry in entries}
        alone = [conflicts_of([entry], user) for entry in entries]
        assert conflicts_of(entries, user) == {name: words for found in alone for name, words in found.items()}


def test_the_people_of_an_entry_are_those_whose_entry_it_is(world):
    entry = world.case.now()
    model, everyone = type(entry), everybody()
    line = (entry.reviewing_platform or entry.route()).line()
    writing = {user for user in everyone if model.objects.written_by(user).filter(pk=entry.pk).exists()}
    deciding = {user for user in everyone if entry.pk in model.objects.decidable_by(user).values_list("pk", flat=True)}
    assert set(entry.authors()) == writing == {user for user in everyone if entry.is_written_by(user)}
    assert set(entry.deciders(line)) == deciding == {user for user in everyone if entry.may_be_decided_by(user)}
    assert writing
    assert deciding


def test_who_may_not_decide_is_told_why(world):
    entry = world.case.now()
    for user in User.objects.filter(is_active=True):
        asked = entry.as_queryset()
        is_told = name_of(entry) in conflicts_of([entry], user)
        assert is_told == (not asked.without_part_of(user).exists())
        assert entry.may_be_decided_by(user) == (asked.in_reach_of(user).exists() and not is_told)


def test_what_everybody_is_for_an_entry(world):
    """So that the questions do not agree on nothing."""
    entry, people = world.case.now(), world.people
    is_given = entry.state != "draft"
    members = AUTHOR if world.case.kind != "change" else NOBODY
    expected = {
        "manager": AUTHOR,
        "editor": members,
        "reviewer": REVIEWER,
        "coordinator": REVIEWER,
        "of the platform above": REVIEWER,
        "of the global secretariat": REVIEWER,
        "of another platform": NOBODY,
        "of a platform below": NOBODY,
        "who belongs to both": members,
        "who left": NOBODY,
        "who submitted and left": NOBODY,
        "who entered it": NOBODY,
        "who wrote a word": NOBODY if is_given else REVIEWER,
        "who has gone, of the secretariat": NOBODY,
        "who has gone, of the organisation": NOBODY,
        "support": NOBODY,
        "stranger": NOBODY,
    }
    assert {name: entry.roles_of(user) for name, user in people.items()} == expected
    parts = {name: entry.as_queryset().with_part_of(user).get().part for name, user in people.items()}
    assert parts["who belongs to both"] == parts["editor"] == Part.MEMBER
    assert parts["who entered it"] == Part.ENTERED
    assert parts["who left"] == Part.RECORDED
    assert parts["who submitted and left"] == (Part.SUBMITTED if is_given else Part.RECORDED)
    assert parts["reviewer"] == parts["stranger"] == ""


def test_many_entries_cost_as_many_queries_as_one_of_each_kind(worlds):
    """Also those that no platform was given yet: where they would go is found out together."""
    drafts = [Case(kind) for kind in KINDS]
    few = queries_for([case.now() for case in drafts], drafts[0].overseer)
    more = [*drafts, *(Case(kind) for kind in KINDS), *(world.case for world in worlds)]
    assert queries_for([case.now() for case in more], drafts[0].overseer) == few


def queries_for(entries, user):
    with CaptureQueriesContext(connection) as asked:
        actors_of(entries, user)
        conflicts_of(entries, user)
    return len(asked)


def test_without_the_second_factor_nobody_decides(settings):
    world = World("partnership", "submitted")
    settings.SECOND_FACTOR_REQUIRED = True
    entry = world.case.now()
    assert not entry.may_be_decided_by(world.people["reviewer"])
    assert not type(entry).objects.decidable_by(world.people["reviewer"]).exists()
    assert world.people["reviewer"] in entry.deciders(entry.reviewing_platform.line())


def test_the_people_of_a_line_are_those_who_serve_its_platform():
    levels = ("regional", "subregional", "national")
    lowest = factories.global_platform()
    for level in levels:
        above = None if level == "regional" else lowest
        lowest = factories.PlatformFactory(level=level, parent=above)
        factories.PlatformFactory(level=level, parent=above)
    for platform in Platform.objects.all():
        factories.SecretariatMemberFactory(platform=platform)
    for platform in Platform.objects.all():
        serving = {user for user in User.objects.all() if platform in Platform.objects.served_by(user)}
        assert set(Platform.objects.people_of(platform.line())) == serving
