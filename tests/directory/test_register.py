"""The real register as it stands after loading: counted, sourced, and nothing in it guessed."""

from decimal import Decimal

from django.conf import settings
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from directory.loading import load_register
from operators.models import Organisation
from partnerships.models import (
    Agreement,
    Involvement,
    NamedPlatform,
    NamedProgramme,
    Partnership,
    PartnershipVersion,
    Payment,
    Quotation,
    Source,
)
from platforms.models import Platform, PlatformHost, PlatformMilestone, Programme
from reports.models import Report, ReportAttachment, ReportSource, ReportVersion
from reviews.models import ReviewEvent
from tests import register_files as files


def wop(reference):
    return PartnershipVersion.objects.published().get(partnership__reference=reference)


def roles(reference):
    """{(key of the organisation or country, role)}"""
    rows = Involvement.objects.filter(version__partnership__reference=reference)
    return {(row.organisation.key if row.organisation else row.country_id, row.role) for row in rows}


class Register(TestCase):
    @classmethod
    def setUpTestData(cls):
        with CaptureQueriesContext(connection) as queries:
            load_register(settings.DATA_DIR)
        cls.queries = len(queries)

    # --- what it costs ----------------------------------------------------------------------------------

    def test_each_entry_costs_a_few_queries_whatever_it_says(self):
        organisations, references = Organisation.objects.count(), Partnership.objects.count()
        assert self.queries <= 300 + 6 * organisations + 11 * references + 230 * len(files.improved())

    def test_loading_again_costs_a_few_queries(self):
        with CaptureQueriesContext(connection) as queries:
            load_register(settings.DATA_DIR)
        assert len(queries) <= 16

    # --- all of it --------------------------------------------------------------------------------------

    def test_it_counts(self):
        operators = Organisation.objects.published().operators()
        assert Platform.objects.count() == files.number("platforms")
        assert operators.count() == files.number("operators")
        assert Organisation.objects.published().exclude(pk__in=operators).count() == files.number("organisations")
        assert Programme.objects.count() == files.number("programmes")
        number = files.number("partnerships")
        assert Partnership.objects.count() == PartnershipVersion.objects.published().count() == number
        assert ReportVersion.objects.published().count() == files.number("reports")

    def test_its_references_run_from_1_and_the_next_one_is_free(self):
        numbers = range(1, files.number("partnerships") + 1)
        assert files.references() == [Partnership.reference_of(number) for number in numbers]
        assert set(Partnership.objects.values_list("reference", flat=True)) == set(files.references())
        assert Partnership.objects.create().reference == Partnership.reference_of(numbers.stop)

    def test_everything_names_its_source(self):
        assert not PartnershipVersion.objects.exclude(pk__in=Source.objects.values("version")).exists()
        assert not ReportVersion.objects.exclude(pk__in=ReportSource.objects.values("version")).exists()
        assert not Source.objects.filter(url="").exists()
        for model in (Organisation, Platform, PlatformHost, PlatformMilestone, Programme):
            assert not model.objects.filter(source="").exists(), model

    def test_every_source_has_a_title(self):
        assert list(Source.objects.filter(title="").values_list("version__partnership__reference", flat=True)) == []

    def test_everything_was_published_by_nobody_through_the_load(self):
        events = set(ReviewEvent.objects.values_list("action", "from_state", "to_state", "by"))
        assert events == {("load", "draft", "published", None), ("supersede", "published", "superseded", None)}
        assert ReviewEvent.objects.count() == EVENTS

    def test_everything_would_pass_its_own_checks(self):
        for model in (Organisation, PartnershipVersion, Involvement, Agreement, Payment, Quotation, ReportVersion):
            for thing in model.objects.all():
                thing.full_clean()

    def test_every_partnership_is_found_by_its_title(self):
        assert not PartnershipVersion.objects.filter(search_text="").exists()

    # --- nothing is guessed -----------------------------------------------------------------------------

    def test_a_cost_that_no_source_states_stays_unknown(self):
        stated = {row["reference"] for row in self.rows() if row["cost_amount"]}
        known = PartnershipVersion.objects.published().exclude(cost_amount=None)
        assert set(known.values_list("partnership__reference", flat=True)) == stated
        assert not known.filter(cost_amount=0).exists()
        assert wop("WOP-0003").cost_amount == Decimal(60000)

    def test_a_budget_is_no_actual_cost(self):
        assert (wop("WOP-0032").cost_kind, wop("WOP-0032").cost_currency) == ("budget", "EUR")
        assert not PartnershipVersion.objects.filter(cost_kind="actual").exists()

    def test_the_status_is_what_a_source_says(self):
        published = PartnershipVersion.objects.published().exclude(status="unknown")
        stated = {row["reference"]: row["status"].replace(" ", "-") for row in self.rows() if row["status"]}
        assert dict(published.values_list("partnership__reference", "status")) == stated
        assert {"WOP-0008", "WOP-0009", "WOP-0010", "WOP-0025"}.isdisjoint(stated)  # in doubt, so nothing is said

    def test_dates_stay_as_precise_as_their_source(self):
        for row in self.rows():
            version = wop(row["reference"])
            assert (version.starts_on, version.ends_on) == (row["start"], row["end"])
        assert (wop("WOP-0005").starts_on, wop("WOP-0005").starts_on.precision) == ("2009", "year")
        assert (wop("WOP-0078").starts_on, wop("WOP-0078").starts_on.precision) == ("2013-12", "month")

    def test_no_share_was_completed(self):
        shares = dict(Payment.objects.exclude(share=None).values_list("involvement__organisation__key", "share"))
        assert shares == {"ews": Decimal("29.5"), "embassy-of-the-netherlands-in-nairobi": 50, "dfid": 20, "vei": 25}
        assert wop("WOP-0078").payments.get().amount == 600000

    def rows(self):
        return files.latest().values()

    # --- who --------------------------------------------------------------------------------------------

    def test_two_organisations_may_share_an_acronym(self):
        for acronym, countries in [("WASCO", {"LC", "LS"}), ("NWSC", {"UG", "ZM"})]:
            named = Organisation.objects.named(acronym)
            assert set(named.values_list("country", flat=True)) == countries
        assert ("nwsc-ug", "mentor") in roles("WOP-0017")

    def test_peers_are_peers(self):
        mains = {(key, role) for key, role in roles("WOP-0013") if role in {"mentor", "mentee", "peer"}}
        assert {role for _key, role in mains} == {"peer"}
        assert len(mains) == 2
        assert {role for _key, role in roles("WOP-0068")} == {"peer"}
        assert len(roles("WOP-0068")) == 2

    def test_unnamed_mentees_stay_unnamed(self):
        for reference, country in [("WOP-0024", "PS"), ("WOP-0126", "KE"), ("WOP-0080", "LK")]:
            mentee = wop(reference).involvements.get(role="mentee")
            assert (mentee.organisation, mentee.country_id, mentee.description) == (None, country, "")

    def test_a_partnership_may_have_several_mentors_and_mentees(self):
        assert {
            ("world-waternet", "mentor"),
            ("onee", "mentor"),
            ("somagep", "mentee"),
            ("somapep", "mentee"),
        } <= roles("WOP-0026")

    def test_a_lead_mentor_leads(self):
        assert ("gwcl", "lead-mentor") in roles("WOP-0022")
        assert ("gwcl", "mentor") not in roles("WOP-0022")
        assert ("vei", "mentor") in roles("WOP-0022")

    def test_a_funder_is_not_listed_as_supporter_besides(self):
        assert ("ofid", "funder") in roles("WOP-0003")
        assert ("ofid", "supporter") not in roles("WOP-0003")
        assert ("gwopa", "supporter") in roles("WOP-0003")

    def test_platforms_and_programmes_are_two_things(self):
        named = NamedPlatform.objects.filter(version=wop("WOP-0070"))
        assert list(named.values_list("platform__acronym", flat=True)) == ["WOP-Mexico", "WOP-Honduras"]
        assert wop("WOP-0070").reviewing_platform.acronym == "WOP-Mexico"
        programmes = NamedProgramme.objects.filter(version=wop("WOP-0028"))
        assert list(programmes.values_list("programme__name", flat=True)) == ["WaterWorX", "Blue Deal"]

    # --- the platforms of Latin America and the Caribbean ---

    def test_platforms_stand_in_their_tree(self):
        below = Platform.objects.filter(parent__acronym="WOP-LAC").values_list("acronym", flat=True)
        assert set(below) == {"Cari-WOP", "WOP-Argentina", "WOP-Bolivia", "WOP-Honduras", "WOP-Mexico"}
        assert Platform.objects.get(level="global").acronym == "GWOPA"
        planned = Platform.objects.filter(status="planned").values_list("acronym", flat=True)
        assert list(planned) == ["WOP-SEE"]

    def test_platforms_had_hosts_over_time_and_several_at_once(self):
        hosts = PlatformHost.objects.filter(platform__key="wop-lac").values_list(
            "organisation__key", "starts_on", "ends_on"
        )
        assert set(hosts) == {("idb", "2007-10", "2013-08"), ("aysa", "2013-08", ""), ("aloas", "2013-08", "")}
        caribbean = PlatformHost.objects.filter(platform__key="cari-wop", ends_on="")
        assert set(caribbean.values_list("organisation__acronym", flat=True)) == {"CAWASA", "CWWA"}

    # --- the first of the two in full depth: SICSM – WASCO -----------------------------------------------

    def test_every_organisation_is_looked_after_by_the_secretariat_of_its_country(self):
        assert not Organisation.objects.filter(reviewing_platform=None).exists()
        caretakers = dict(Organisation.objects.values_list("key", "reviewing_platform__acronym"))
        assert [caretakers[key] for key in ("wasco-lc", "sicsm", "wasco-ls")] == ["Cari-WOP", "Cari-WOP", "WOP-Africa"]

    def test_the_partners_of_wop_1_are_in_martinique_and_saint_lucia(self):
        assert {("sicsm", "mentor"), ("wasco-lc", "mentee"), ("sme", "technical-support")} <= roles("WOP-0001")
        places = wop("WOP-0001").involvements.main().placed().values_list("role", "place")
        assert dict(places) == {"mentor": "MQ", "mentee": "LC"}
        assert wop("WOP-0001").reviewing_platform.acronym == "Cari-WOP"

    def test_wop_1_was_agreed_on_a_day_and_has_three_tracks(self):
        agreement = wop("WOP-0001").agreements.get()
        assert (agreement.signed_on, agreement.place) == ("2014-12-03", "Rivière-Salée, Martinique")
        tracks = wop("WOP-0001").tracks.values_list("area__code", "state")
        assert list(tracks) == [("other", ""), ("asset-management", ""), ("crisis-preparedness", "")]
        assert wop("WOP-0001").results.filter(track=None).exists()

    def test_the_report_of_wop_1_keeps_its_honest_unknowns(self):
        report = ReportVersion.objects.get(report__partnership__reference="WOP-0001")
        assert (report.report.kind, report.report.period) == ("periodic", "2015")
        assert (report.code_of_conduct, report.formal_agreement, report.cost_amount) == ("dont-know", "", None)
        assert not report.choices.filter(term__list="mentee_motivation").exists()
        assert report.results.count() == 11
        titles = set(report.results.exclude(track_key=None).values_list("track_key", flat=True))
        assert titles <= set(wop("WOP-0001").tracks.values_list("key", flat=True))

    def test_the_attachment_of_wop_1_is_a_reference_and_no_file_was_made_up(self):
        attachment = ReportAttachment.objects.get()
        assert attachment.version.wop().reference == "WOP-0001"
        assert (attachment.stated_size, attachment.stored_file, attachment.url) == ("1 MB", None, "")

    # --- the second one: SIAAP – ONEE -------------------------------------------------------------------

    def test_wop_2_has_three_completed_and_five_planned_tracks(self):
        states = list(wop("WOP-0002").tracks.values_list("state", flat=True))
        assert states == ["completed"] * 3 + ["planned"] * 5
        assert wop("WOP-0002").results.exclude(track__state="completed").exclude(track=None).count() == 0

    def test_wop_2_quotes_four_people_with_their_published_source(self):
        quotations = wop("WOP-0002").quotations.all()
        assert len(quotations) == 4
        assert all(one.speaker and one.function and one.organisation and one.source_url for one in quotations)
        assert not any(one.has_consent for one in quotations)

    def test_the_report_of_wop_2_tells_the_motivations_of_each_side(self):
        report = Report.objects.get(partnership__reference="WOP-0002")
        assert report.period == "unknown"
        chosen = report.versions.get().choices
        assert chosen.filter(term__list="mentee_motivation").count() == 3
        assert chosen.filter(term__list="mentor_motivation").count() == 4
        assert chosen.filter(term__list="impeding_factor").count() == 3

    # --- again ------------------------------------------------------------------------------------------

    def test_loading_again_adds_nothing(self):
        before = list(PartnershipVersion.objects.order_by("pk").values())
        assert {added for added, _kept in load_register(settings.DATA_DIR).values()} == {0}
        assert list(PartnershipVersion.objects.order_by("pk").values()) == before
        assert ReviewEvent.objects.count() == EVENTS


EVENTS = sum(map(files.number, files.ENTRIES)) + 2 * len(files.improved())
"""Each entry is loaded once; of those that a data release improves, one version more comes and one goes."""
