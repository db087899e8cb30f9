"""Which platform reviews an entry."""

import pytest

from notices.models import OutgoingMail
from partnerships.models import NamedPlatform
from platforms.models import Platform
from reviews.workflow import perform
from tests import factories
from vocabularies.models import Country

pytestmark = pytest.mark.django_db

PLATFORMS = [
    # acronym, level, parent, areas, countries, status
    ("GWOPA", "global", None, ["001"], [], "active"),
    ("WOP-LAC", "regional", "GWOPA", ["419"], [], "active"),
    ("Cari-WOP", "subregional", "WOP-LAC", ["029"], ["BZ", "GY", "SR"], "active"),
    ("WOP-Mexico", "national", "WOP-LAC", [], ["MX"], "active"),
    ("WOP-Africa", "regional", "GWOPA", ["002"], [], "active"),
    ("WaterLinks", "regional", "GWOPA", ["142", "009"], [], "active"),
    ("PWWA", "subregional", None, ["054", "057", "061"], [], "active"),
    ("WOP-SEE", "subregional", "GWOPA", [], ["AL", "RS"], "planned"),
    ("Sleepers", "national", "WOP-Africa", [], ["KE"], "dormant"),
]


@pytest.fixture
def platforms():
    """{acronym: platform}, as they stand in the register."""
    made = {}
    for acronym, level, parent, areas, countries, status in PLATFORMS:
        made[acronym] = factories.PlatformFactory(
            acronym=acronym, level=level, parent=made.get(parent), areas=areas, countries=countries, status=status
        )
    return made


def reviewing(*country_groups, named=()):
    """The acronym of the platform that reviews, for groups of country codes."""
    groups = [[Country.objects.get(pk=code) for code in codes] for codes in country_groups]
    return Platform.objects.routing().reviewing(list(named), *groups).acronym


@pytest.mark.parametrize(
    ("country", "acronym"),
    [
        ("LC", "Cari-WOP"),
        ("MQ", "Cari-WOP"),
        ("GP", "Cari-WOP"),
        ("BZ", "Cari-WOP"),
        ("SR", "Cari-WOP"),
        ("MX", "WOP-Mexico"),
        ("BR", "WOP-LAC"),
        ("GF", "WOP-LAC"),
        ("HN", "WOP-LAC"),
        ("KE", "WOP-Africa"),
        ("RE", "WOP-Africa"),
        ("FJ", "PWWA"),
        ("NC", "PWWA"),
        ("AU", "WaterLinks"),
        ("JP", "WaterLinks"),
        ("PS", "WaterLinks"),
        ("FR", "GWOPA"),
        ("US", "GWOPA"),
        ("RS", "GWOPA"),
        ("AL", "GWOPA"),
    ],
)
def test_the_lowest_active_platform_that_covers_the_mentees_country(platforms, country, acronym):
    assert reviewing([country], [], []) == acronym


def test_the_mentee_decides_then_the_peer_then_the_mentor(platforms):
    assert reviewing(["MX"], ["LC"], ["KE"]) == "WOP-Mexico"
    assert reviewing([], ["LC"], ["KE"]) == "Cari-WOP"
    assert reviewing([], [], ["KE"]) == "WOP-Africa"


def test_the_lowest_level_wins_among_several_mentees(platforms):
    assert reviewing(["BR", "LC", "MX"]) == "WOP-Mexico"
    assert reviewing(["BR", "LC"]) == "Cari-WOP"


def test_the_older_of_two_platforms_of_one_level_wins(platforms):
    factories.PlatformFactory(acronym="Second", level="national", countries=["MX"])
    assert reviewing(["MX"]) == "WOP-Mexico"


def test_the_first_platform_that_is_named_reviews(platforms):
    named = [platforms["WaterLinks"], platforms["WOP-Mexico"]]
    assert reviewing(["LC"], named=named) == "WaterLinks"


def test_without_any_country_the_global_platform_reviews(platforms):
    assert reviewing([], [], []) == reviewing() == "GWOPA"


def test_where_nobody_covers_the_country_the_global_platform_reviews(platforms):
    platforms["GWOPA"].areas.clear()
    assert reviewing(["FR"], [], []) == "GWOPA"


def test_without_platforms_nobody_reviews():
    assert Platform.objects.routing().reviewing([], []) is None


# --- an entry's own route -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("mentor", "mentee", "acronym"),
    [("MQ", "LC", "Cari-WOP"), ("FR", "KE", "WOP-Africa"), ("MX", "BR", "WOP-LAC"), ("LC", "FR", "GWOPA")],
)
def test_a_partnership_goes_where_its_mentee_is(platforms, mentor, mentee, acronym):
    assert factories.published_version(mentor_in=mentor, mentee_in=mentee).reviewing_platform.acronym == acronym


def test_a_mentee_that_is_not_named_counts_by_its_country(platforms):
    version = factories.draft_version(mentor_in="MX")
    version.involvements.filter(role="mentee").update(organisation=None, country="KE")
    assert perform(version, "load", by=None).reviewing_platform.acronym == "WOP-Africa"


@pytest.mark.parametrize("role", ["peer", "partner"])
def test_a_partnership_of_equals_goes_where_one_is(platforms, role):
    version = factories.draft_version(mentor_in="MX", mentee_in="MX")
    version.involvements.update(role=role)
    assert version.route().acronym == "WOP-Mexico"


def test_the_order_in_which_platforms_are_named_counts(platforms):
    version = factories.draft_version(mentee_in="LC")
    for position, acronym in [(1, "WOP-Mexico"), (0, "WaterLinks")]:
        NamedPlatform.objects.create(version=version, platform=platforms[acronym], position=position)
    assert version.route().acronym == "WaterLinks"


# --- who stands above whom ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("acronym", "line"),
    [
        ("WOP-Mexico", ["WOP-Mexico", "WOP-LAC", "GWOPA"]),
        ("PWWA", ["PWWA", "GWOPA"]),
        ("WOP-SEE", ["WOP-SEE", "GWOPA"]),
        ("GWOPA", ["GWOPA"]),
    ],
)
def test_the_line_goes_up_to_the_global_platform(platforms, acronym, line):
    assert [platform.acronym for platform in platforms[acronym].line()] == line


def test_above_the_global_platform_is_nobody(platforms):
    assert platforms["GWOPA"].above() is None


def test_a_circle_of_parents_ends(platforms):
    platforms["GWOPA"].parent = platforms["WOP-Mexico"]
    assert len(platforms["WOP-Mexico"].line()) == 3


@pytest.mark.parametrize(
    ("acronyms", "expected"),
    [
        (["WOP-LAC"], {"WOP-LAC", "Cari-WOP", "WOP-Mexico"}),
        (["WOP-Mexico"], {"WOP-Mexico"}),
        (["WOP-Mexico", "WOP-Africa"], {"WOP-Mexico", "WOP-Africa", "Sleepers"}),
        ([], set()),
    ],
)
def test_a_platform_comes_with_those_below_it(platforms, acronyms, expected):
    found = Platform.objects.filter(acronym__in=acronyms).with_those_below()
    assert sorted(found.values_list("acronym", flat=True)) == sorted(expected)


def test_those_below_reach_down_four_levels(platforms):
    deepest = factories.PlatformFactory(level="national", parent=platforms["Cari-WOP"])
    assert deepest in Platform.objects.filter(acronym="GWOPA").with_those_below()


# --- where nobody can review ----------------------------------------------------------------------------


@pytest.fixture
def waiting(platforms):
    """(draft, its author): a WOP whose mentee is in Saint Lucia, so that Cari-WOP reviews it."""
    draft = factories.draft_version(mentee_in="LC")
    author = factories.OrganisationMemberFactory(organisation=factories.mentor_of(draft)).user
    return draft, author


def test_an_entry_stays_where_somebody_can_review_it(platforms, waiting):
    draft, author = waiting
    factories.SecretariatMemberFactory(platform=platforms["Cari-WOP"])
    assert perform(draft, "submit", by=author).reviewing_platform == platforms["Cari-WOP"]


def test_an_entry_moves_up_where_its_platform_has_no_reviewer(platforms, waiting):
    draft, author = waiting
    reviewer = factories.SecretariatMemberFactory(platform=platforms["WOP-LAC"]).user
    entry = perform(draft, "submit", by=author)
    assert entry.reviewing_platform == platforms["WOP-LAC"]
    assert perform(entry, "publish", by=reviewer, revision=entry.revision).is_published


def test_an_entry_moves_up_where_every_reviewer_has_a_part_in_it(platforms, waiting):
    draft, author = waiting
    conflicted = factories.SecretariatMemberFactory(platform=platforms["Cari-WOP"]).user
    factories.OrganisationMemberFactory(organisation=factories.mentee_of(draft), user=conflicted)
    factories.SecretariatMemberFactory(platform=platforms["Cari-WOP"], user=author)
    factories.SecretariatMemberFactory(platform=platforms["GWOPA"])
    assert perform(draft, "submit", by=author).reviewing_platform == platforms["GWOPA"]


def test_the_global_secretariat_is_told_when_nobody_is_left(platforms, waiting):
    draft, author = waiting
    person = factories.SecretariatMemberFactory(platform=platforms["GWOPA"]).user
    factories.OrganisationMemberFactory(organisation=factories.mentee_of(draft), user=person)
    entry = perform(draft, "submit", by=author)
    assert entry.reviewing_platform == platforms["Cari-WOP"]
    assert list(OutgoingMail.objects.filter(kind="nobody-can-review").values_list("address", flat=True)) == [
        person.email
    ]
