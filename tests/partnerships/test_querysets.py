"""Which versions are public, and what lists know about them."""

from datetime import date

import pytest

from partnerships.models import Agreement, Involvement, Partnership, PartnershipVersion
from reports.querysets import with_report_count
from reviews.models import ReviewEvent
from reviews.states import State
from tests import factories
from tests.reviews.moves import put_in

pytestmark = pytest.mark.django_db
THIS_YEAR = str(date.today().year)


@pytest.mark.parametrize("state", State.values)
def test_only_published_versions_are_public(state):
    version = put_in(factories.draft_version(), state)
    public = state == State.PUBLISHED
    assert PartnershipVersion.objects.published().filter(pk=version.pk).exists() == public
    assert Partnership.objects.published().filter(pk=version.partnership_id).exists() == public


@pytest.mark.parametrize("state", State.values)
def test_open_versions_are_those_being_worked_on(state):
    put_in(factories.draft_version(), state)
    assert PartnershipVersion.objects.open().exists() == (state in {"draft", "submitted", "changes-requested"})


def versions(partnership, *states):
    return [factories.VersionFactory(partnership=partnership, state=state) for state in states]


@pytest.mark.parametrize(
    ("states", "numbers"),
    [
        (["superseded", "superseded", "published", "draft"], [1, 2, 3]),
        (["superseded", "archived"], []),
        (["rejected", "discarded", "published"], [3]),
        (["superseded", "superseded"], []),
    ],
)
def test_superseded_versions_stay_public_below_a_published_one(states, numbers):
    versions(factories.PartnershipFactory(), *states)
    assert [version.number for version in PartnershipVersion.objects.visible_history().order_by("number")] == numbers


@pytest.mark.parametrize(
    ("states", "gone"), [(["archived"], True), (["superseded", "archived"], True), (["draft"], False)]
)
def test_a_partnership_is_archived_when_it_was_public_and_is_no_longer(states, gone):
    versions(factories.PartnershipFactory(), *states)
    assert Partnership.objects.archived().exists() == gone


def test_the_public_title_is_that_of_the_published_version():
    partnership = factories.PartnershipFactory()
    factories.VersionFactory(partnership=partnership, state="published", title="Public")
    factories.VersionFactory(partnership=partnership, state="draft", title="Not yet")
    assert Partnership.objects.with_public_title().get(pk=partnership.pk).public_title == "Public"
    hidden = versions(factories.PartnershipFactory(), "draft")[0].partnership
    assert Partnership.objects.with_public_title().get(pk=hidden.pk).public_title is None


@pytest.mark.parametrize(
    ("dates", "signed", "years"),
    [
        ({"starts_on": "2014-12", "ends_on": "2016-03-01"}, [], ("2014", "2016")),
        ({"starts_on": "2014"}, [], ("2014", "2014")),
        ({"starts_on": "2014", "status": "under-way"}, [], ("2014", THIS_YEAR)),
        ({"ends_on": "2016"}, [], ("2016", "2016")),
        ({}, [], (None, None)),
        ({"status": "under-way"}, [], (None, None)),
        ({}, ["2013-05-01", "2012"], ("2012", "2012")),
        ({"starts_on": "2014"}, ["2012"], ("2014", "2014")),
        ({"ends_on": "2016"}, ["", "2012-03"], ("2012", "2016")),
    ],
)
def test_years_run_from_start_or_first_signature_to_the_end(dates, signed, years):
    version = factories.VersionFactory(**dates)
    for signed_on in signed:
        Agreement.objects.create(version=version, signed_on=signed_on)
    found = PartnershipVersion.objects.with_years().get(pk=version.pk)
    assert (found.first_year, found.last_year) == years


def test_only_published_reports_are_counted(version):
    factories.published_report(partnership=version.partnership, period="2014")
    factories.published_report(partnership=version.partnership, period="2015")
    factories.ReportVersionFactory(partnership=version.partnership, period="2016")
    factories.published_report()
    assert with_report_count(PartnershipVersion.objects.all()).get(pk=version.pk).report_count == 2


def test_published_at_is_the_last_time_it_became_public(version):
    again = ReviewEvent.objects.create(
        entry=version, action="restore", from_state="archived", to_state="published", revision=9
    )
    ReviewEvent.objects.create(entry=version, action="archive", from_state="x", to_state="archived", revision=10)
    assert PartnershipVersion.objects.with_published_at().get(pk=version.pk).published_at == again.created_at


def test_the_place_is_that_of_the_organisation_or_of_the_unnamed_partner(version):
    Involvement.objects.create(version=version, country_id="PS", role="mentee")
    assert sorted(Involvement.objects.placed().values_list("place", flat=True)) == ["LC", "MQ", "PS"]
