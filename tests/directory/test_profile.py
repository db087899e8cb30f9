"""The profile of a partnership: what is public of it, and nothing else."""

import pytest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.translation import override

from partnerships.models import (
    Confirmation,
    Involvement,
    Objective,
    PartnershipUnanswered,
    Payment,
    RelatedPartnership,
    SdgRow,
    Track,
)
from reviews.cloning import clone
from reviews.snapshots import fingerprint
from reviews.workflow import perform
from tests import factories
from vocabularies.models import ImprovementArea, SdgTarget

pytestmark = pytest.mark.django_db


def address(version):
    return reverse("directory:partnership", args=[version.partnership.reference])


def page(client, version):
    answer = client.get(address(version))
    assert answer.status_code == 200
    return answer.content.decode()


def facts(html):
    """The band's facts: {label: value}; what is not known stands in one line."""
    band = html[html.index('<dl class="facts is-centred">') :].split("</dl>")[0]
    rows = [row.split("</dt>") for row in band.split("<dt>")[1:]]
    return {label: value.split(">", 1)[1].split("</dd>")[0] for label, value in rows}


def archived(version, comment="Both partners asked for it."):
    reviewer = factories.SecretariatMemberFactory(platform=version.reviewing_platform).user
    return perform(version, "archive", by=reviewer, comment=comment)


# --- who sees what ----------------------------------------------------------------------------------------


def test_names_reference_version_date_and_both_operators(client, version):
    html = page(client, version)
    mentor, mentee = factories.mentor_of(version), factories.mentee_of(version)
    published = date_format(version.events.get(action="load").created_at, "DATE_FORMAT")
    for text in (version.partnership.reference, "version 1", f"published {published}", mentor.acronym, mentee.acronym):
        assert text in html


def test_anonymous_answer_sets_no_cookie_and_does_not_depend_on_one(client, version):
    answer = client.get(address(version))
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")


def test_a_goal_or_target_stands_with_its_number(client, version):
    target = SdgTarget.objects.get(code="6.1")
    SdgRow.objects.create(version=version, target=target)
    assert f"<li><b>6.1</b> {target.label}</li>" in page(client, version)


def test_post_is_refused(client, version):
    assert client.post(address(version)).status_code == 405


@pytest.mark.parametrize("reference", ["WOP-9999", "nonsense"])
def test_unknown_reference_is_404(client, db, reference):
    assert client.get(f"/en/partnerships/{reference}/").status_code == 404


def test_partnership_with_only_a_draft_is_404(client, db):
    assert client.get(address(factories.draft_version())).status_code == 404


def test_archived_partnership_is_gone_with_reference_date_and_reason(client, version):
    archived(version, "Both partners asked for <it>.")
    answer = client.get(address(version))
    html = answer.content.decode()
    event = version.events.get(action="archive")
    assert answer.status_code == 410
    assert f"{version.partnership.reference} is no longer public" in html
    assert date_format(event.created_at, "DATE_FORMAT") in html
    assert escape("Both partners asked for <it>.") in html
    assert version.title not in html


def test_restored_partnership_is_back(client, version):
    archived(version)
    reviewer = factories.SecretariatMemberFactory(platform=version.reviewing_platform).user
    perform(version, "restore", by=reviewer, comment="By mistake.")
    page(client, version)


def test_address_with_slug_leads_to_the_one_address_for_good(client, version):
    answer = client.get(f"{address(version)}whatever-it-says/")
    assert (answer.status_code, answer["Location"]) == (301, address(version))


def test_slug_does_not_reveal_what_is_not_public(client, version):
    draft = factories.draft_version()
    archived(version)
    assert client.get(f"{address(draft)}slug/").status_code == 404
    assert client.get(f"{address(version)}slug/").status_code == 410


def test_older_versions_drafts_and_unpublished_reports_leave_no_trace(client, version):
    newer = clone(version, by=None, title="Newer words", summary="Newer summary")
    perform(newer, "load", by=None)
    draft = clone(newer, by=None, title="Words of a draft")
    Objective.objects.create(version=draft, text="Objective of a draft")
    factories.ReportVersionFactory(partnership=version.partnership, overall_results="Words of a draft report")
    html = page(client, version)
    assert "Newer words" in html
    for hidden in (version.title, version.summary, "draft", "Periodic report"):
        assert escape(hidden) not in html


# --- honest about what is not known -----------------------------------------------------------------------


@pytest.fixture
def sparse(db):
    """A title, a mentor, and a mentee of whom only the country is known."""
    factories.global_platform()
    version = factories.VersionFactory(title="Sparse", summary="", partnership__slug="")
    Involvement.objects.create(version=version, organisation=factories.OrganisationFactory(), role="mentor")
    Involvement.objects.create(version=version, country_id="BO", role="mentee", position=1)
    return perform(version, "load", by=None)


def test_sparsest_record_has_no_empty_sections(client, sparse):
    html = page(client, sparse)
    assert "Bolivia" in html
    assert "Operator not named" in html
    assert "None" not in html
    headings = [part.split("</h2>")[0] for part in html.split("<h2>")[1:]]
    assert [heading.strip() for heading in headings] == ["Side by side", "Fact sheet", "Reports", "Source", "Cite this"]


def test_unknown_cost_status_and_dates_say_so_and_are_never_zero(client, sparse):
    html = page(client, sparse)
    assert "Not known: status, dates, cost" in html
    assert not {"Cost", "Status", "Dates"} & set(facts(html))


def test_the_band_says_nothing_of_unknowns_where_all_is_known(client):
    known = {"status": "completed", "starts_on": "2012", "ends_on": "2013", "cost_amount": 5, "cost_currency": "EUR"}
    assert "Not known:" not in page(client, factories.published_version(**known))


def test_cost_of_zero_is_a_cost(client):
    version = factories.published_version(cost_amount=0, cost_currency="EUR")
    assert facts(page(client, version))["Cost"] == "Kind of figure not stated, EUR 0"


def test_dates_are_as_precise_as_their_source(client):
    version = factories.published_version(starts_on="2012", ends_on="2014-06")
    assert facts(page(client, version))["Dates"] == "2012 – June 2014"


def test_question_left_open_is_told_with_its_reason(client):
    draft = factories.draft_version()
    PartnershipUnanswered.objects.create(version=draft, question="cost_amount", reason="prefer-not-to-say")
    html = page(client, perform(draft, "load", by=None))
    section = html[html.index("<h2>Not answered</h2>") :]
    assert section.index("Total cost") < section.index("Prefer not to say")


def test_numbers_follow_the_language_and_years_have_no_separator(client):
    version = factories.published_version(cost_amount=1234567, cost_currency="USD", starts_on="2012")
    with override("es"):
        html = page(client, version)
    assert "1.234.567" in html.replace("\xa0", ".")
    assert "2012" in html


def test_shares_are_shown_with_their_sum_and_not_corrected(client):
    draft = factories.draft_version()
    for position, row in enumerate(draft.involvements.all()):
        Payment.objects.create(version=draft, involvement=row, share=40 + position, position=position)
    html = page(client, perform(draft, "load", by=None))
    assert all(f"{share} %" in html for share in (40, 41, 81))


# --- tracks, topics, results ------------------------------------------------------------------------------


def area(code):
    return ImprovementArea.objects.get(code=code)


def test_area_alone_is_a_topic_and_no_rung_of_the_ladder(client):
    draft = factories.draft_version()
    Track.objects.create(version=draft, area=area("metering"))
    Track.objects.create(version=draft, area=area("procurement"), state="completed")
    html = page(client, perform(draft, "load", by=None))
    ladder = html[html.index('<ol class="tracks">') :].split("</ol>")[0]
    assert str(area("procurement")) in ladder
    assert "Metering" not in ladder
    assert '<li class="tag">Metering</li>' in html


def test_states_of_tracks_are_counted(client):
    draft = factories.draft_version()
    for title, state in [("One", "completed"), ("Two", "planned"), ("Three", "completed"), ("Four", "")]:
        Track.objects.create(version=draft, title=title, state=state)
    html = page(client, perform(draft, "load", by=None))
    assert facts(html)["Tracks"] == "2 completed, 1 planned"
    assert "Further areas named" not in html


# --- who stands behind it, what stands beside it ----------------------------------------------------------


@pytest.mark.parametrize("may_be_shown", [True, False])
def test_difference_is_told_and_its_words_only_with_consent(client, version, may_be_shown):
    mentee = factories.mentee_of(version)
    Confirmation.objects.create(
        entry=version,
        organisation=mentee,
        fingerprint=fingerprint(version),
        answer="differs",
        text="We were four",
        may_be_shown=may_be_shown,
    )
    html = page(client, version)
    assert f"{mentee.acronym} reports a difference" in html
    assert ("We were four" in html) == may_be_shown


def test_entry_of_a_secretariat_is_reported_by_it(client):
    platform = factories.PlatformFactory(areas=["419"], acronym="WOP-HERE")
    draft = factories.draft_version(partnership__entered_by=platform)
    member = factories.SecretariatMemberFactory(platform=platform).user
    above = factories.SecretariatMemberFactory(platform=factories.global_platform()).user
    submitted = perform(draft, "submit", by=member)
    version = perform(submitted, "publish", by=above, revision=submitted.revision)
    assert facts(page(client, version))["Confirmation"] == "reported by WOP-HERE"


def test_earlier_wop_is_linked_only_while_it_is_public(client):
    public, hidden = factories.published_version(title="Public before"), factories.draft_version(title="Hidden before")
    draft = factories.draft_version()
    for position, other in enumerate((public, hidden)):
        RelatedPartnership.objects.create(
            version=draft, partnership=other.partnership, relation="earlier", position=position
        )
    html = page(client, perform(draft, "load", by=None))
    assert f'href="{address(public)}"' in html
    assert hidden.partnership.reference in html
    assert address(hidden) not in html
    assert "Hidden before" not in html


def test_other_public_wops_of_the_same_operators_are_named(client, version):
    mentor = factories.mentor_of(version)
    neighbours = [factories.draft_version(title=f"Neighbour {n}") for n in (1, 2)]
    for neighbour in neighbours:
        factories.InvolvementFactory(version=neighbour, organisation=mentor, role="lead-mentor")
    perform(neighbours[0], "load", by=None)
    html = page(client, version)
    assert "Neighbour 1" in html
    assert f"{mentor.acronym}: lead mentor" in html
    assert "Neighbour 2" not in html


@pytest.mark.parametrize("state", ["archived", "rejected"])
def test_organisation_that_is_not_public_is_named_without_a_link(client, state):
    draft = factories.draft_version()
    hidden = factories.OrganisationFactory(state=state, acronym="NOT-HERE")
    factories.InvolvementFactory(version=draft, organisation=hidden, role="funder")
    html = page(client, perform(draft, "load", by=None))
    assert "NOT-HERE" in html
    assert f"/operators/{hidden.slug}/" not in html


def test_of_an_operator_that_is_not_public_any_more_only_the_name_is_told(client, version):
    mentor = factories.mentor_of(version)
    type(mentor).objects.filter(pk=mentor.pk).update(state="archived", city="Hidden-Town", kind="asset-holder")
    html = page(client, version)
    assert mentor.acronym in html
    assert "Hidden-Town" not in html
    assert "Asset holder" not in html


def test_organisation_added_in_place_is_public_and_linked_with_the_entry(client):
    draft = factories.draft_version()
    added = factories.OrganisationFactory(state="draft", acronym="BRAND-NEW")
    factories.InvolvementFactory(version=draft, organisation=added, role="funder")
    html = page(client, perform(draft, "load", by=None))
    assert f"/operators/{added.slug}/" in html


def test_a_role_beside_the_operators_is_named_once_with_all_who_have_it(client, version):
    for role in ("funder", "supporter", "funder"):
        factories.InvolvementFactory(version=version, role=role)
    others = page(client, version).split("Who else took part")[1].split("</section>")[0]
    assert [others.count(f"<dt>{role}</dt>") for role in ("Funder", "Supporter")] == [1, 1]
    assert others.count("<dd>") == 3


def test_the_place_of_the_work_is_a_fact_only_where_it_is_known(client):
    assert "Place of the work" not in facts(page(client, factories.published_version()))
    named = page(client, factories.published_version(place="Castries, northern zone"))
    assert facts(named)["Place of the work"] == "Castries, northern zone"


@pytest.mark.parametrize(("months", "words"), [(1, "1 month"), (12, "1 year"), (18, "18 months"), (24, "2 years")])
def test_a_stated_duration_is_told_as_people_say_it(client, months, words):
    assert facts(page(client, factories.published_version(duration_months=months)))["Stated duration"] == words


def test_no_duration_is_worked_out_from_the_dates(client):
    html = page(client, factories.published_version(starts_on="2014-01", ends_on="2015-06"))
    assert "Stated duration" not in facts(html)


@pytest.mark.parametrize("role", ["peer", "partner"])
def test_equals_stand_on_both_sides_of_the_table(client, role):
    draft = factories.VersionFactory()
    factories.global_platform()
    for name in ("PEER-ONE", "PEER-TWO"):
        factories.InvolvementFactory(version=draft, organisation__acronym=name, role=role)
    html = page(client, perform(draft, "load", by=None))
    table = html[html.index('<table class="sides is-peers">') :].split("</table>")[0]
    assert table.index("PEER-ONE") < table.index("PEER-TWO")


def test_the_platform_that_it_names_and_that_of_the_country_are_two_lines(client):
    top = factories.global_platform()
    islands = factories.PlatformFactory(acronym="Islands", parent=top, areas=["029"])
    mexico = factories.PlatformFactory(acronym="Mexico", parent=top, countries=["MX"])
    draft = factories.draft_version(mentor_in="MX", mentee_in="LC")
    draft.named_platforms.create(platform=mexico)
    named, silent = perform(draft, "load", by=None), factories.published_version(mentor_in="MX", mentee_in="LC")
    elsewhere = factories.published_version(mentor_in="MX", mentee_in="KE")

    def told(version):
        facts = client.get(version.get_absolute_url()).context["facts"]
        return {label: str(text) for label, text, _known in facts if "latform" in label}

    assert list(told(named)) == ["Platform that it names", "Platform of the country"]
    assert "Mexico" in told(named)["Platform that it names"]
    assert str(islands) in told(named)["Platform of the country"]
    assert list(told(silent)) == ["Platform of the country"]
    assert told(elsewhere) == {}
