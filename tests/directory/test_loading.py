"""Loading is all or nothing, repeatable, and names file, line, column and reason of what it cannot place."""

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

from directory.loading import load_register
from operators.models import Organisation
from partnerships.models import Involvement, Partnership, PartnershipVersion, ReferenceCounter, Track
from platforms.models import Platform
from reports.models import Report
from reviews.models import ReviewEvent
from tests import factories
from tests.directory.small_register import change, problems_of, read, write

pytestmark = pytest.mark.django_db


def counts():
    """{model: how many rows it has}, of every table of ours."""
    models = [model for model in apps.get_models() if model.__module__.startswith(LOADED)]
    return {model._meta.label: model._base_manager.count() for model in models}


LOADED = ("operators", "platforms", "partnerships", "reports", "reviews")


# --- what works -----------------------------------------------------------------------------------------


def test_the_small_register_loads(folder):
    loaded = {what: counts for what, counts in load_register(folder).items() if "translations" not in what}
    assert loaded == {
        "operators": (6, 0),
        "organisations": (3, 0),
        "platforms": (3, 0),
        "programmes": (1, 0),
        "partnerships": (2, 0),
        "reports": (2, 0),
    }
    assert PartnershipVersion.objects.published().count() == 2


def stored():
    """Every row of the register as it stands in the database."""
    models = [model for model in apps.get_models() if model.__module__.startswith(LOADED)]
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models}


def test_loading_again_keeps_everything_and_touches_nothing(folder):
    load_register(folder)
    before = stored()
    assert all(added == 0 for added, _kept in load_register(folder).values())
    assert stored() == before


def test_what_people_changed_stays_changed(folder):
    load_register(folder)
    PartnershipVersion.objects.update(title="Edited", cost_amount=5, cost_currency="EUR")
    Organisation.objects.filter(key="onee").update(name="Renamed", acronym="")
    Platform.objects.filter(key="wop-lac").update(about="Rewritten", parent=None)
    Track.objects.filter(title="Communication tools").delete()
    before = stored()
    load_register(folder)
    assert stored() == before


def test_a_partnership_that_is_archived_is_not_loaded_again(folder):
    load_register(folder)
    PartnershipVersion.objects.update(state="archived")
    load_register(folder)
    assert PartnershipVersion.objects.count() == 2
    assert not PartnershipVersion.objects.published().exists()


def test_a_registration_under_way_with_the_same_acronym_takes_no_part(folder):
    begun = factories.OrganisationFactory(state="draft", acronym="ONEE")
    load_register(folder)
    begun.refresh_from_db()
    assert begun.state == "draft"
    assert not begun.involvements.exists()


def test_a_new_row_is_added_beside_what_exists(folder):
    load_register(folder)
    change(folder, "partnerships", "+", reference="WOP-0200", title="New")
    change(folder, "tracks", "+", reference="WOP-0200", title="New track")
    assert load_register(folder)["partnerships"] == (1, 2)
    assert Track.objects.filter(version__partnership__reference="WOP-0200", title="New track").count() == 1
    assert Partnership.objects.create().reference == "WOP-0201"


# --- what does not --------------------------------------------------------------------------------------

BROKEN = [
    # file, row, cells, column, reason
    ("operators", 0, {"kind": "pond"}, "kind", "Value 'pond' is not a valid choice."),
    ("operators", 0, {"kind": "donor"}, "kind", "operators and other bodies stand in two files."),
    ("operators", 0, {"country": "XX"}, "country", "“XX” is not an ISO 3166 code we know."),
    ("operators", 0, {"source": ""}, "source", "Name the source."),
    ("operators", 0, {"services": "water;gas"}, "services", "Value 'gas' is not a valid choice."),
    ("operators", 0, {"services": "water;water"}, "", "This service is already listed."),
    ("operators", 0, {"website": "soon"}, "website", "Write a web address, for example https://gwopa.org/."),
    ("organisations", 0, {"name": ""}, "name", "This field cannot be blank."),
    ("figures", 0, {"value": "many"}, "value", "“many” value must be a decimal number."),
    ("figures", 0, {"unit": ""}, "unit", "This field cannot be blank."),
    ("figures", 0, {"service": "gas"}, "service", "“gas” is not a service we know."),
    ("figures", 0, {"indicator": "luck"}, "indicator", "“luck” is not known."),
    ("figures", 0, {"organisation": "x"}, "organisation", "no organisation has the key “x”."),
    ("platforms", 1, {"parent": "WOP-Moon"}, "parent", "no platform is called “WOP-Moon”."),
    ("platforms", 1, {"level": "lunar"}, "level", "Value 'lunar' is not a valid choice."),
    ("platforms", 1, {"level": "global"}, "", "There is one global platform."),
    ("platforms", 1, {"countries": "XX"}, "countries", "“XX” is not an ISO 3166 code we know."),
    ("platforms", 1, {"area_m49": "999"}, "area_m49", "“999” is not known."),
    ("platform_hosts", 0, {"platform": "x"}, "platform", "no platform has the key “x”."),
    ("platform_milestones", 0, {"happened_on": "2011-2"}, "happened_on", "Write a year"),
    ("programmes", 0, {"donor": "Santa"}, "donor", "no organisation is called “Santa”."),
    ("partnerships", 0, {"mentors": "Nobody"}, "mentors", "no organisation is called “Nobody”."),
    ("partnerships", 0, {"mentees": "WASCO"}, "mentees", "“WASCO” is several organisations (wasco-lc, wasco-ls):"),
    ("partnerships", 0, {"start": "2014-13"}, "start", "Write a year (2014), a month"),
    ("partnerships", 0, {"start": "2014", "end": "2013"}, "end", "The end lies before the start."),
    ("partnerships", 0, {"signed_on": "03.12.2014"}, "signed_on", "Write a year"),
    ("partnerships", 0, {"cost_amount": "60k"}, "cost_amount", "“60k” is not a number like"),
    ("partnerships", 0, {"cost_amount": "5"}, "", "An amount needs its currency"),
    ("partnerships", 0, {"status": "asleep"}, "status", "Value 'asleep' is not a valid choice."),
    ("partnerships", 0, {"language": "de"}, "language", "Value 'de' is not a valid choice."),
    ("partnerships", 0, {"improvement_areas": "Magic"}, "improvement_areas", "“Magic” is not a"),
    ("partnerships", 0, {"platform": "WOP-Moon"}, "platform", "“WOP-Moon” is not known."),
    ("partnerships", 0, {"programme": "Moonshot"}, "programme", "“Moonshot” is not known."),
    ("partnerships", 0, {"unnamed_mentee_country": "XX"}, "unnamed_mentee_country", "“XX” is"),
    ("partnerships", 0, {"source": "soon"}, "source", "Write a web address, for example https://gwopa.org/."),
    ("partnerships", 0, {"title": ""}, "title", "Give the partnership a title."),
    ("partnerships", "+", {}, "reference", "this reference stands twice."),
    ("partnerships", "+", {"reference": "WOP-99"}, "reference", "write WOP- and at least four"),
    ("involvements", 0, {"role": "wizard"}, "role", "Value 'wizard' is not a valid choice."),
    ("involvements", 0, {"organisation": ""}, "organisation", "name the organisation."),
    ("involvements", "+", {}, "role", "this role of the organisation stands twice."),
    ("tracks", 0, {"reference": "WOP-9999"}, "reference", "there is no partnership “WOP-9999”."),
    ("tracks", 0, {"area": "magic"}, "area", "“magic” is not known."),
    ("tracks", 0, {"state": "half"}, "state", "Value 'half' is not a valid choice."),
    ("track_results", 0, {"track": "No such"}, "track", "“No such” is not known."),
    ("quotations", 0, {"source": ""}, "", "Quote only with the speaker's consent or from a"),
    ("objectives", 0, {"text": ""}, "text", "This field cannot be blank."),
    ("reports", 0, {"kind": "diary"}, "kind", "Value 'diary' is not a valid choice."),
    ("reports", 0, {"code_of_conduct": "maybe"}, "code_of_conduct", "Value 'maybe' is not a valid"),
    ("reports", 0, {"source": ""}, "source", "Name at least one source."),
    ("report_choices", 0, {"term": "fun"}, "term", "“fun” is not known."),
    ("report_results", 0, {"track": "No such"}, "track", "“No such” is not known."),
    ("report_results", 0, {"period": "1999"}, "period", "reports.csv has no report of this"),
    ("report_attachments", 0, {"link": "desk"}, "link", "Write a web address, for example https://gwopa.org/."),
]  # fmt: skip


@pytest.mark.parametrize(("name", "place", "cells", "column", "reason"), BROKEN)
def test_one_wrong_cell_is_named_and_nothing_at_all_is_written(folder, name, place, cells, column, reason):
    before = counts()
    if name == "tracks":  # whose results would be strays without it
        empty(folder, "track_results", "report_results")
    change(folder, name, place, **cells)
    (problem,) = problems_of(folder)
    line = len(read(folder, name)) + 1 if place == "+" else place + 2
    where = ", ".join(filter(None, [f"{name}.csv", f"line {line}", column]))
    assert problem.startswith(f"{where}: {reason}")
    assert counts() == before


def empty(folder, *names):
    for name in names:
        write(folder, name, [], list(read(folder, name)[0]))


def test_a_payment_belongs_to_a_role_that_the_organisation_has(folder):
    row = {"reference": "WOP-0001", "organisation": "sicsm", "role": "funder", "share": "50"}
    columns = (settings.DATA_DIR / "payments.csv").read_text().splitlines()[0].split(",")
    write(folder, "payments", [row, row | {"role": "mentor", "share": "half"}, row | {"organisation": "x"}], columns)
    assert problems_of(folder) == [
        "payments.csv, line 2, role: this organisation does not have this role in the partnership.",
        "payments.csv, line 3, share: “half” is not a number like 60000 or 29.5.",
        "payments.csv, line 4, organisation: no organisation is called “x”.",
    ]


def test_a_partnership_of_nobody_from_nowhere_is_refused(folder):
    change(folder, "partnerships", 0, mentors="", mentees="", source="")
    empty(folder, "involvements", "sources")
    assert problems_of(folder) == [
        "partnerships.csv, line 2, mentors: Name at least one organisation or country.",
        "partnerships.csv, line 2, source: Name at least one source.",
    ]


def test_a_column_that_is_missing_is_named(folder):
    rows = read(folder, "tracks")
    write(folder, "tracks", rows, [column for column in rows[0] if column != "state"])
    assert problems_of(folder) == ["tracks.csv, line 1, state: this column is missing"]
    assert not Organisation.objects.exists()


def test_a_file_that_is_missing_is_named(folder):
    (folder / "sources.csv").unlink()
    assert problems_of(folder) == ["sources.csv, line 1: the file cannot be read"]


def test_everything_that_is_wrong_is_told_at_once_and_only_once(folder):
    change(folder, "operators", 0, kind="pond")
    change(folder, "platforms", 2, status="tired")
    change(folder, "partnerships", 0, start="2014-13", status="asleep")
    change(folder, "partnerships", 1, platform="WOP-Moon")
    change(folder, "reports", 1, formal_agreement="maybe")
    assert [problem.split(":")[0] for problem in problems_of(folder)] == [
        "operators.csv, line 2, kind",
        "platforms.csv, line 4, status",
        "partnerships.csv, line 2, status",
        "partnerships.csv, line 2, start",
        "partnerships.csv, line 3, platform",
        "reports.csv, line 3, formal_agreement",
    ]


def test_problems_are_told_in_the_order_of_the_files_and_their_lines(folder):
    change(folder, "objectives", 0, text="")
    change(folder, "quotations", 2, source="")
    change(folder, "quotations", 0, text="")
    change(folder, "partnerships", 1, improvement_areas="Magic")
    assert [problem.split(":")[0] for problem in problems_of(folder)] == [
        "partnerships.csv, line 3, improvement_areas",
        "objectives.csv, line 2, text",
        "quotations.csv, line 2, text",
        "quotations.csv, line 4",
    ]


def test_what_was_found_before_an_unreadable_file_is_told_with_it(folder):
    change(folder, "operators", 0, country="XX")
    (folder / "partnerships.csv").write_bytes(b"\xff\xfe")
    assert [problem.split(":")[0] for problem in problems_of(folder)] == [
        "operators.csv, line 2, country",
        "partnerships.csv, line 1",
    ]


def test_a_failed_load_spoils_nothing_that_was_there(folder):
    load_register(folder)
    before = stored()
    change(folder, "partnerships", "+", reference="WOP-0200", status="asleep")
    problems_of(folder)
    assert stored() == before


# --- what is read ---------------------------------------------------------------------------------------


def test_an_organisation_on_both_sides_is_a_peer(folder):
    change(folder, "partnerships", 1, mentors="siaap;onee", mentees="siaap;onee")
    empty(folder, "involvements")
    load_register(folder)
    version = PartnershipVersion.objects.get(partnership__reference="WOP-0002")
    assert set(version.involvements.values_list("organisation__key", "role")) == {("siaap", "peer"), ("onee", "peer")}


@pytest.mark.parametrize("role", ["lead-mentor", "mentor"])
def test_a_lead_role_replaces_the_plain_one_and_a_named_role_replaces_the_supporter(folder, role):
    change(folder, "partnerships", 0, supporters="giz;USAID;UN-Habitat")
    change(folder, "involvements", 0, organisation="sicsm", role=role)
    load_register(folder)
    involved = Involvement.objects.filter(version__partnership__reference="WOP-0001")
    assert list(involved.values_list("organisation__key", "role")) == [
        ("sicsm", role), ("wasco-lc", "mentee"), ("giz", "other"), ("usaid", "other"), ("un-habitat", "supporter")
    ]  # fmt: skip


def test_empty_cells_stay_unknown(folder):
    load_register(folder)
    version = PartnershipVersion.objects.get(partnership__reference="WOP-0001")
    assert (version.cost_amount, version.cost_currency, version.starts_on, version.ends_on) == (None, "", "", "")
    assert version.status == "unknown"
    assert not version.payments.exists()


# --- the command ----------------------------------------------------------------------------------------


def test_the_command_says_what_it_did(folder, capsys):
    call_command("load_register", str(folder))
    assert capsys.readouterr().out.splitlines()[0] == "operators: 6 added, 0 kept"


def test_the_command_fails_with_all_problems(folder):
    change(folder, "operators", 0, kind="pond")
    change(folder, "partnerships", 0, start="2014-13")
    with pytest.raises(CommandError) as caught:
        call_command("load_register", str(folder))
    lines = str(caught.value).splitlines()
    assert lines[0] == "Nothing was loaded."
    assert [line.split(",")[0] for line in lines[1:]] == ["operators.csv", "partnerships.csv"]
    assert caught.value.returncode != 0


def test_a_load_is_written_into_the_history_as_done_by_nobody(folder):
    load_register(folder)
    assert set(ReviewEvent.objects.values_list("action", "from_state", "to_state", "by")) == {
        ("load", "draft", "published", None)
    }
    assert ReviewEvent.objects.count() == Organisation.objects.count() + 2 + Report.objects.count()


def test_numbers_given_by_the_files_are_not_given_again_after_a_failed_load(folder):
    ReferenceCounter.raise_to(7)
    change(folder, "partnerships", 0, reference="WOP-0500", status="asleep")
    problems_of(folder)
    assert Partnership.objects.create().reference == "WOP-0008"


@pytest.mark.parametrize(("name", "column"), [("partnerships", "cost_amount"), ("payments", "amount")])
def test_an_amount_of_0_is_refused_and_a_word_says_that_there_was_no_money(folder, name, column):
    if name == "payments":
        line = {"reference": "WOP-0001", "organisation": "sicsm", "role": "mentor", "currency": "USD"}
        columns = (settings.DATA_DIR / "payments.csv").read_text(encoding="utf-8").splitlines()[0].split(",")
        write(folder, "payments", [dict.fromkeys(columns, "") | line | {column: "0"}], columns)
    else:
        change(folder, name, 0, cost_amount="0", cost_currency="USD")
    (problem,) = problems_of(folder)
    assert "0 can mean that there was no money" in problem
    change(folder, name, 0, **{column: "nothing"})
    load_register(folder)
    version = PartnershipVersion.objects.get(partnership__reference="WOP-0001")
    assert 0 in (version.cost_amount, *version.payments.values_list("amount", flat=True))


def test_a_reference_that_somebody_has_taken_is_left_to_them(folder):
    theirs = Partnership.objects.create()
    assert theirs.reference == "WOP-0001"
    load_register(folder)
    assert not theirs.versions.exists()
    loaded = Partnership.objects.get(loaded_as="WOP-0001")
    assert (loaded.reference, Partnership.objects.get(loaded_as="WOP-0002").reference) == ("WOP-0003", "WOP-0002")
    assert set(loaded.reports.values_list("period", flat=True)) == {"2015"}
    assert all(added == 0 for added, _kept in load_register(folder).values())


def test_a_name_that_somebody_registered_too_means_the_one_of_the_files(folder):
    namesake = factories.OrganisationFactory(name="Syndicat Intercommunal du Centre et du Sud de la Martinique")
    load_register(folder)
    assert not namesake.involvements.exists()


def test_what_happened_when_and_what_was_measured_is_read(folder):
    write(
        folder, "phases", [{"reference": "WOP-0001", "title": "First", "starts_on": "2014", "ends_on": "2015"}], PHASES
    )
    write(folder, "milestones", [{"reference": "WOP-0001", "happened_on": "2015-03", "text": "Visit"}], MILESTONES)
    write(folder, "sdg_targets", [{"reference": "WOP-0001", "target": "6.4"}])
    write(folder, "related", [{"reference": "WOP-0002", "partnership": "WOP-0001", "relation": "earlier"}])
    values = {"indicator": "non-revenue-water", "unit": "%", "baseline": "39", "latest": "12", "latest_on": "2015"}
    change(folder, "track_results", 0, **values)
    change(folder, "partnerships", 0, duration_months="12")
    load_register(folder)
    first, second = PartnershipVersion.objects.order_by("partnership")
    result = first.results.get(indicator__code="non-revenue-water")
    assert (result.baseline, result.latest, result.latest_on) == (39, 12, "2015")
    assert [str(row) for row in (first.phases.get(), first.milestones.get())] == ["First", "Visit"]
    assert first.sdg_targets.get().target.code == "6.4"
    assert second.related.get().partnership == first.partnership
    assert first.duration_months == 12


def test_a_track_without_a_title_is_named_by_its_area(folder):
    change(folder, "tracks", 0, title="", area="asset-management")
    change(folder, "track_results", 0, track="asset-management")
    empty(folder, "report_results")
    load_register(folder)
    track = Track.objects.get(version__partnership__reference="WOP-0001", title="", area__code="asset-management")
    assert track.results.exists()


PHASES = ["reference", "title", "description", "starts_on", "ends_on"]
MILESTONES = ["reference", "happened_on", "ended_on", "text"]
