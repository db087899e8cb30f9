"""A data release makes new versions of what was loaded, once, and leaves alone what somebody has had a hand in."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from directory.loading import load_register
from operators.models import Organisation
from operators.services.pages import PAGE
from partnerships.models import Confirmation, PartnershipVersion
from reviews import edits
from reviews.cloning import clone
from reviews.snapshots import fingerprint
from reviews.workflow import perform
from tests import factories
from tests import register_files as files
from tests.directory.small_register import problems_of, read, write

pytestmark = pytest.mark.django_db

SOURCE = "https://example.org/known-better"
SUMMARY = "Known better."
NAME = "Data release 2"


@pytest.fixture
def release(folder):
    """Two files of a second release: WOP-0001 in other words, and a figure of its mentor."""
    row = dict.fromkeys(read(folder, "partnerships")[0], "")
    (folder / "release-2").mkdir()
    better = row | {"reference": "WOP-0001", "summary": SUMMARY, "end": "2016", "source": SOURCE}
    write(folder, "release-2/partnerships", [better])
    figure = read(folder, "figures")[0] | {"organisation": "sicsm", "value": "77", "source": SOURCE}
    write(folder, "release-2/figures", [figure])
    return folder


@pytest.fixture
def first(release):
    """What is public of WOP-0001 before the second release is there."""
    away = release.parent / "away"
    (release / "release-2").rename(away)
    load_register(release)
    away.rename(release / "release-2")
    return published()


def published(reference="WOP-0001"):
    return PartnershipVersion.objects.published().get(partnership__reference=reference)


def told(folder):
    lines = []
    counts = load_register(folder, tell=lines.append)
    return counts[NAME], " ".join(lines)


class TestNewVersions:
    def test_one_follows_the_loaded_one_and_says_whence(self, release):
        load_register(release)
        version = published()
        assert (version.number, version.summary, version.ends_on) == (2, SUMMARY, "2016")
        event = version.events.get()
        assert (event.action, event.by, event.comment) == ("load", None, f"{NAME}: {SOURCE}")
        before = version.siblings().get()
        assert (before.state, before.title, before.starts_on) == ("superseded", version.title, version.starts_on)
        assert version.tracks.count() == before.tracks.count() > 0
        assert version.sources.filter(url=SOURCE).exists()

    def test_the_history_names_the_release_and_its_source(self, release, client):
        load_register(release)
        page = client.get(reverse("directory:history", args=["WOP-0001"])).content.decode()
        assert f"compiled from public sources ({NAME}: {SOURCE})" in page

    def test_it_is_found_by_its_new_words(self, release):
        load_register(release)
        assert "known better" in published().search_text

    def test_it_comes_once(self, first, release):
        assert told(release) == ((1, 0), "")
        number = published().number
        assert told(release) == ((0, 1), "")
        assert published().number == number == 2

    def test_not_again_after_somebody_has_changed_it(self, release, author_of):
        load_register(release)
        author_of("WOP-0001")(summary="Ours")
        assert told(release) == ((0, 1), "")
        assert published().summary == "Ours"

    def test_a_mentee_that_was_known_by_its_country_gets_its_name(self, release):
        write(release, "involvements", [], list(read(release, "involvements")[0]))
        rows = read(release, "partnerships")
        rows[0] |= {"mentees": "", "unnamed_mentee_country": "LC"}
        write(release, "partnerships", rows)
        better = read(release, "release-2/partnerships")[0] | {"mentees": "wasco-lc"}
        write(release, "release-2/partnerships", [better])
        load_register(release)
        mentee = published().involvements.get(role="mentee")
        before = published().siblings().get().involvements.get(role="mentee")
        assert (mentee.organisation.key, mentee.country, mentee.key) == ("wasco-lc", None, before.key)

    def test_a_role_that_is_there_is_told_better(self, release):
        columns = list(read(release, "involvements")[0])
        line = {"reference": "WOP-0001", "organisation": "sicsm", "role": "mentor", "name_used": "Sicsm"}
        write(release, "release-2/involvements", [line], columns)
        load_register(release)
        assert published().involvements.get(organisation__key="sicsm").name_used == "Sicsm"


@pytest.fixture
def author_of():
    """A function that publishes a version of somebody's: ``author_of(reference)(**changes)``."""

    def of(reference):
        version = published(reference)
        version.involvements.filter(role="other").update(role_other="Sponsor of a training")
        author = factories.OrganisationMemberFactory(organisation=factories.mentor_of(version)).user
        reviewer = factories.SecretariatMemberFactory(platform=version.reviewing_platform).user

        def publish(**changes):
            draft = perform(clone(version, by=author, **changes), "submit", by=author)
            return perform(draft, "publish", by=reviewer, revision=draft.revision)

        return publish

    return of


class TestLeftAlone:
    """Each is told, and nothing of it changes."""

    def leaves_alone(self, release, version):
        counted, line = told(release)
        assert counted == (0, 1)
        assert line == f"left alone, since somebody has changed, confirmed or archived them: {version.partnership}"
        assert not PartnershipVersion.objects.filter(summary=SUMMARY).exists()

    def test_what_somebody_has_changed(self, first, release, author_of):
        author_of("WOP-0001")(summary="Ours")
        self.leaves_alone(release, first)
        assert published().summary == "Ours"

    def test_what_somebody_is_changing(self, first, release):
        clone(first, by=factories.UserFactory())
        self.leaves_alone(release, first)

    def test_what_a_partner_has_confirmed(self, first, release):
        Confirmation.objects.create(
            entry=first, organisation=factories.mentor_of(first), fingerprint=fingerprint(first), answer="confirms"
        )
        self.leaves_alone(release, first)

    def test_what_is_archived(self, first, release):
        reviewer = factories.SecretariatMemberFactory(platform=first.reviewing_platform).user
        perform(first, "archive", by=reviewer, comment="Withdrawn")
        self.leaves_alone(release, first)

    def test_a_proposal_that_was_given_up_is_in_nobodys_way(self, first, release):
        author = factories.OrganisationMemberFactory(organisation=factories.mentor_of(first)).user
        perform(clone(first, by=author), "discard", by=author)
        assert told(release) == ((1, 0), "")

    def test_the_command_says_so(self, first, release):
        clone(first, by=factories.UserFactory())
        out = StringIO()
        call_command("load_register", release, stdout=out)
        assert "left alone, since somebody has changed, confirmed or archived them: WOP-0001" in out.getvalue()
        assert f"{NAME}: 0 added, 1 kept" in out.getvalue()


class TestFigures:
    def figures(self):
        return list(Organisation.objects.get(key="sicsm").figures.values_list("value", "source"))

    def test_they_are_an_edit_of_the_page_that_can_be_taken_back(self, first, release):
        load_register(release)
        assert self.figures() == [(77, SOURCE)]
        organisation = Organisation.objects.get(key="sicsm")
        edits.revert(PAGE, organisation.page_edits.get(), by=None)
        load_register(release)
        assert self.figures() == []

    def test_they_come_once(self, first, release):
        load_register(release)
        load_register(release)
        assert self.figures() == [(77, SOURCE)]

    def test_a_page_that_somebody_changed_is_left_alone(self, first, release):
        organisation = Organisation.objects.get(key="sicsm")
        organisation.page_edits.create(by=factories.UserFactory(), revision=1, before={}, after={"services": {}})
        _counted, line = told(release)
        assert str(organisation) in line
        assert self.figures() == []


class TestProblems:
    def test_one_is_named_with_its_folder_and_nothing_is_loaded(self, first, release):
        rows = read(release, "release-2/partnerships")
        write(release, "release-2/partnerships", [*rows, rows[0] | {"reference": "WOP-0999"}])
        reason = "there is no partnership “WOP-0999”."
        assert problems_of(release) == [f"release-2/partnerships.csv, line 3, reference: {reason}"]
        assert published() == first

    def test_a_cell_that_cannot_be_is_named(self, first, release):
        reason = "Value 'asleep' is not a valid choice."
        rows = read(release, "release-2/partnerships")
        write(release, "release-2/partnerships", [rows[0] | {"status": "asleep"}])
        assert problems_of(release) == [f"release-2/partnerships.csv, line 2, status: {reason}"]
        assert published() == first

    def test_an_organisation_that_is_not_there_is_named(self, release):
        figure = read(release, "release-2/figures")[0]
        write(release, "release-2/figures", [figure | {"organisation": "nobody"}])
        reason = "no organisation has the key “nobody”."
        assert problems_of(release) == [f"release-2/figures.csv, line 2, organisation: {reason}"]


def test_the_second_release_of_the_register_only_names_what_is_in_its_files():
    assert files.improved() <= set(files.references())
    for row in files.rows("release-2/figures"):
        assert row["organisation"] in {one["key"] for one in files.rows("operators")}
