"""The pages of a report's draft: nothing of the model is forgotten, every answer arrives, nothing typed is lost."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import KeptInput
from partnerships.drafting.answers import Answers, Progress
from partnerships.models import Partnership, Track
from partnerships.services import save_draft
from partnerships.services.drafting import content_fields
from reports.forms.record import QUESTIONNAIRE
from reports.models import CHOICE_LISTS, Report, ReportVersion
from reports.services import start_new_version, start_report
from reviews.cloning import clone, row_models
from reviews.fingerprint import fingerprint
from reviews.workflow import perform
from tests import factories
from tests.everything import everything
from tests.posting import fields_of
from vocabularies.models import Term

SECTIONS = [section for section in QUESTIONNAIRE.sections if not section.address]
NOT_ASKED = {"translations", "unanswered"}
"""Translations have no pages yet; why a question has no answer is asked beside each of them."""


@pytest.fixture
def draft(version, author):
    return start_report(author, partnership=version.partnership, kind="periodic", period="2016")


@pytest.fixture
def writer(client, author):
    client.force_login(author)
    return client


def term(name, code):
    return Term.objects.get(list=name, code=code)


def section_url(draft, code):
    return reverse("reports:section", args=[draft.pk, code])


def new_url(version):
    return reverse("reports:new", args=[version.partnership.reference])


def now(draft):
    return ReportVersion.objects.get(pk=draft.pk)


def typed(client, url, **changes):
    return fields_of(client.get(url)) | changes


def send(client, draft, code, **changes):
    """Save a section with ``changes``; the answer."""
    url = section_url(draft, code)
    return client.post(url, typed(client, url, **changes))


# --- nothing is forgotten -------------------------------------------------------------------------------


def test_every_field_and_every_kind_of_row_is_in_one_section():
    kinds = {kind._meta.get_field("version").remote_field.get_accessor_name() for kind in row_models(ReportVersion)}
    lists = {str(name) for name in CHOICE_LISTS}
    asked = [name for section in QUESTIONNAIRE.sections for name in section.names]
    wanted = (kinds - NOT_ASKED - {"choices"}) | set(content_fields(ReportVersion)) | lists
    assert sorted(asked) == sorted(wanted)


def test_every_field_of_every_row_is_a_column():
    for section in SECTIONS:
        for question in section.questions:
            if not hasattr(question, "columns"):
                continue
            kind = ReportVersion._meta.get_field(question.name).related_model
            fields = {field.name for field in kind._meta.concrete_fields} - {"id", "version", "key", "position"}
            # The title of a track is noted with the chosen track.
            assert {column.name for column in question.columns} == fields - {"track_title"}, question.name


def test_every_question_has_its_honest_ways_out(writer, draft):
    """Yes/no questions have them among their answers, all others beside them."""
    for section in SECTIONS:
        page = writer.get(section_url(draft, section.code)).content.decode()
        for question in section.questions:
            if question.neutral:
                continue
            name = question.names[0]
            place = page.index(f'name="{name}"') if f'name="open-{name}"' not in page else page.index(f'"open-{name}"')
            for reason in ("dont-know", "not-yet", "prefer-not-to-say"):
                assert f'value="{reason}"' in page[place : place + 3000], (name, reason)


def unchanged(client, draft):
    """Save every section as it stands on its page; returns those that were refused or changed something."""
    wrong = []
    for section in SECTIONS:
        response = send(client, draft, section.code)
        if response.status_code != 302 or now(draft).revision != draft.revision:
            wrong.append((section.code, getattr(response, "context", None)))
    return wrong


def test_a_section_saved_as_it_stands_changes_nothing(client, db):
    version, report = everything()
    author = factories.OrganisationMemberFactory(
        organisation=version.partnership.participants.first().organisation
    ).user
    draft = clone(report, by=author)
    draft.unanswered.update(question="sources")
    draft.sources.all().delete()
    before = fingerprint(draft)
    client.force_login(author)
    assert unchanged(client, draft) == []
    assert fingerprint(draft) == before


def test_the_real_reports_open_and_save_without_a_change(client, db):
    call_command("load_register", verbosity=0)
    for report in Report.objects.filter(partnership__reference__in=["WOP-0001", "WOP-0002"]):
        author = factories.OrganisationMemberFactory(
            organisation=report.partnership.participants.first().organisation
        ).user
        draft = start_new_version(report, by=author)
        before = fingerprint(draft)
        client.force_login(author)
        assert unchanged(client, draft) == []
        assert fingerprint(draft) == before


def test_the_next_report_of_sicsm_and_wasco_begins_with_what_is_known(client, db):
    call_command("load_register", verbosity=0)
    wop = Partnership.objects.get(reference="WOP-0001")
    author = factories.OrganisationMemberFactory(organisation=wop.participants.first().organisation).user
    client.force_login(author)
    answer = client.post(reverse("reports:new", args=["WOP-0001"]), {"kind": "periodic", "period": "2016"})
    draft = ReportVersion.objects.get(report__partnership=wop, report__period="2016")
    assert answer.url == reverse("reports:draft", args=[draft.pk])
    published = wop.versions.published().get()
    assert [row.text for row in draft.objectives.all()] == [row.text for row in published.objectives.all()]
    assert [row.track_key for row in draft.results.all()] == [
        track.key for track in published.tracks.all() if track.title or track.description
    ]
    assert draft.code_of_conduct == "dont-know"
    assert draft.choices.filter(term__list="mentor_motivation", term__code="solidarity-principles").exists()
    assert unchanged(client, draft) == []


# --- beginning ------------------------------------------------------------------------------------------


def test_a_report_is_begun_on_its_page(writer, version):
    assert writer.get(new_url(version)).status_code == 200
    answer = writer.post(new_url(version), {"kind": "periodic", "period": "2016-h1"})
    draft = ReportVersion.objects.get()
    assert (draft.report.kind, draft.report.period) == ("periodic", "2016-H1")
    assert answer.url == reverse("reports:draft", args=[draft.pk])
    assert not KeptInput.objects.exists()


def test_a_final_report_needs_no_period(writer, version):
    writer.post(new_url(version), {"kind": "final", "period": ""})
    assert Report.objects.get().period == "final"


@pytest.mark.parametrize(
    ("kind", "period", "message"),
    [
        ("periodic", "", "Say which period"),
        ("periodic", "final", "Say which period"),
        ("follow-up", "", "Say which period"),
        ("periodic", "two years", "Write a year (2015)"),
        ("", "2016", "This field is required"),
    ],
)
def test_a_wrong_period_is_told_and_kept(writer, version, kind, period, message):
    answer = writer.post(new_url(version), {"kind": kind, "period": period})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert message in text
    assert not period or f'value="{period}"' in text
    assert not Report.objects.exists()


def test_the_same_period_leads_to_the_report_that_there_is(writer, version, draft):
    sent = {"kind": "periodic", "period": "2016"}
    text = writer.post(new_url(version), sent).content.decode()
    assert "already a report of this kind for this period" in text
    assert reverse("desk:entry", args=["report", draft.pk]) in text
    ReportVersion.objects.filter(pk=draft.pk).update(state="published")
    assert draft.report.get_absolute_url() in writer.post(new_url(version), sent).content.decode()


def test_only_those_who_take_part_report(client, stranger, author, version, reviewer):
    assert reverse("account_login") in client.get(new_url(version)).url
    for person in (stranger, reviewer):
        client.force_login(person)
        assert client.get(new_url(version)).status_code == 403


def test_a_wop_that_nobody_may_see_is_not_found(client, stranger):
    client.force_login(stranger)
    assert client.get(new_url(factories.draft_version())).status_code == 404


def test_beginning_is_posted_or_looked_at(writer, version):
    assert writer.put(new_url(version)).status_code == 405


# --- who opens the pages --------------------------------------------------------------------------------

PAGES = ["draft", "check", "section", "files"]


def page_url(page, draft):
    return section_url(draft, "rules") if page == "section" else reverse(f"reports:{page}", args=[draft.pk])


@pytest.mark.parametrize("page", PAGES)
def test_authors_open_the_pages_of_a_draft(writer, draft, page):
    assert writer.get(page_url(page, draft)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_nobody_else_does(client, stranger, reviewer, draft, page):
    assert reverse("account_login") in client.get(page_url(page, draft)).url
    for person in (stranger, reviewer):
        client.force_login(person)
        assert client.get(page_url(page, draft)).status_code == 404


def submitted(draft, author):
    draft = save_draft(
        draft,
        by=author,
        revision=draft.revision,
        fields={"code_of_conduct": "yes", "formal_agreement": "no"},
    )
    return perform(draft, "submit", by=author)


@pytest.mark.parametrize("page", PAGES)
def test_a_reviewer_may_not_write_what_was_submitted(client, author, reviewer, draft, page):
    submitted(draft, author)
    client.force_login(reviewer)
    assert client.get(page_url(page, draft)).status_code == 403


@pytest.mark.parametrize("page", PAGES)
def test_what_was_submitted_is_shown_elsewhere(writer, author, draft, page):
    submitted(draft, author)
    answer = writer.get(page_url(page, draft))
    assert (answer.status_code, answer.url) == (302, reverse("desk:entry", args=["report", draft.pk]))


@pytest.mark.parametrize(("page", "method"), [("draft", "post"), ("check", "post"), ("section", "put")])
def test_other_methods_are_refused(writer, draft, page, method):
    assert getattr(writer, method)(page_url(page, draft)).status_code == 405


def test_an_unknown_section_is_not_found(writer, draft):
    assert writer.get(section_url(draft, "nowhere")).status_code == 404


# --- answers --------------------------------------------------------------------------------------------


def test_terms_are_ticked_with_words_of_ones_own(writer, draft):
    one, two = term("mentor_motivation", "solidarity-principles"), term("mentor_motivation", "share-knowledge")
    mentee = term("mentee_motivation", "service-improvement")
    answer = send(
        writer, draft, "motivations",
        mentor_motivation=[one.pk, two.pk], mentee_motivation=[mentee.pk],
        **{f"mentor_motivation-words-{two.pk}": "  We teach,\r\nwe learn "},
    )  # fmt: skip
    assert answer.status_code == 302
    assert {(row.term.code, row.explanation) for row in draft.choices.all()} == {
        ("solidarity-principles", ""),
        ("share-knowledge", "We teach,\nwe learn"),
        ("service-improvement", ""),
    }


def test_a_tick_that_is_taken_away_takes_its_row_and_no_other(writer, draft):
    one, two = term("mentor_motivation", "solidarity-principles"), term("mentor_motivation", "share-knowledge")
    send(writer, draft, "motivations", mentor_motivation=[one.pk, two.pk])
    send(writer, draft, "activities", activity=[term("activity", "site-visits").pk])
    kept = draft.choices.get(term=two).key
    send(writer, draft, "motivations", mentor_motivation=[two.pk])
    assert {row.term.code for row in draft.choices.all()} == {"share-knowledge", "site-visits"}
    assert draft.choices.get(term=two).key == kept


@pytest.mark.parametrize(
    ("section", "name"),
    [
        ("motivations", "mentor_motivation"), ("motivations", "mentee_motivation"), ("support", "support_type"),
        ("themes", "improvement_area"), ("activities", "activity"), ("factors", "success_factor"),
        ("factors", "impeding_factor"),
    ],
)  # fmt: skip
def test_other_always_asks_which(writer, draft, section, name):
    other = term(name, "other")
    answer = send(writer, draft, section, **{name: [other.pk]})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Say which." in text
    assert f"#id_{name}-words-{other.pk}" in text
    assert not draft.choices.exists()
    assert send(writer, draft, section, **{name: [other.pk], f"{name}-words-{other.pk}": "Theatre"}).status_code == 302
    assert draft.choices.get().explanation == "Theatre"


def test_silence_has_a_reason(writer, draft):
    assert send(writer, draft, "motivations", **{"open-mentee_motivation": "dont-know"}).status_code == 302
    row = draft.unanswered.get()
    assert (row.question, row.reason) == ("mentee_motivation", "dont-know")
    assert "dont-know" in typed(writer, section_url(draft, "motivations"))["open-mentee_motivation"]


def test_silence_and_an_answer_exclude_each_other(writer, draft):
    chosen = term("activity", "site-visits")
    answer = send(writer, draft, "activities", activity=[chosen.pk], **{"open-activity": "not-yet"})
    assert "You answered and also chose “Not yet”." in answer.content.decode()
    assert not draft.choices.exists()


def test_a_term_that_is_no_longer_offered_stays_where_it_was_chosen(writer, draft, author):
    old = term("activity", "site-visits")
    draft = save_draft(draft, by=author, revision=draft.revision, rows={"choices": [{"term": old.pk}]})
    Term.objects.filter(pk__in=[old.pk, term("activity", "study-tours").pk]).update(is_active=False)
    page = writer.get(section_url(draft, "activities")).content.decode()
    assert "Site visits" in page
    assert "Study tours" not in page


def test_a_term_of_another_list_is_not_taken(writer, draft):
    send(writer, draft, "activities", activity=[term("success_factor", "proximity").pk])
    assert not draft.choices.exists()


def test_a_result_belongs_to_a_track_and_keeps_its_title(writer, version, author):
    track = Track.objects.create(version=version, title="Meters")
    draft = start_report(author, partnership=version.partnership, kind="periodic", period="2016")
    answer = send(writer, draft, "results", **{"results-0-text": "Half of the meters stand"})
    assert answer.status_code == 302
    row = draft.results.get()
    assert (row.track_key, row.track_title, row.text) == (track.key, "Meters", "Half of the meters stand")
    send(writer, now(draft), "results", **{"results-0-track_key": ""})
    row.refresh_from_db()
    assert (row.track_key, row.track_title) == (None, "")


def test_an_ambiguous_cost_is_read_back(writer, draft):
    answer = send(writer, draft, "support", cost_amount="2.500", cost_currency="USD")
    assert answer.status_code == 200
    assert "two thousand five hundred" in answer.content.decode()
    assert now(draft).cost_amount is None


def test_a_wrong_answer_keeps_all_words(writer, draft):
    answer = send(writer, draft, "rules", code_of_conduct_url="no address", title="Our second year")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "no address" in text
    assert "Our second year" in text
    kept = writer.get(section_url(draft, "rules")).content.decode()
    assert "Our second year" in kept


def test_a_stale_section_is_told_what_changed(writer, author, draft):
    url = section_url(draft, "motivations")
    sent = typed(writer, url, mentor_motivation=[term("mentor_motivation", "share-knowledge").pk])
    rows = {"choices": [{"term": term("mentor_motivation", "solidarity-principles").pk}]}
    save_draft(draft, by=author, revision=draft.revision, rows=rows)
    answer = writer.post(url, sent)
    assert answer.status_code == 200
    assert answer.context["is_stale"]
    assert [row.term.code for row in draft.choices.all()] == ["solidarity-principles"]


def test_two_people_write_two_lists_of_terms_at_once(writer, author, draft):
    url = section_url(draft, "activities")
    sent = typed(writer, url, activity=[term("activity", "site-visits").pk])
    rows = {"choices": [{"term": term("mentor_motivation", "solidarity-principles").pk}]}
    save_draft(draft, by=author, revision=draft.revision, rows=rows)
    assert writer.post(url, sent).status_code == 302
    assert {row.term.code for row in draft.choices.all()} == {"site-visits", "solidarity-principles"}


# --- the task list and the check ------------------------------------------------------------------------


def progress(draft, code):
    return Answers(now(draft)).progress(QUESTIONNAIRE.section(code))


def test_a_section_of_terms_is_begun_and_done(writer, draft):
    assert progress(draft, "motivations") == Progress.EMPTY
    send(writer, draft, "motivations", mentor_motivation=[term("mentor_motivation", "share-knowledge").pk])
    assert progress(draft, "motivations") == Progress.STARTED
    send(writer, draft, "motivations", **{"open-mentee_motivation": "prefer-not-to-say"})
    assert progress(draft, "motivations") == Progress.DONE


def test_the_check_shows_every_answer_and_every_gap(writer, author, draft):
    visits = {"term": term("activity", "site-visits").pk, "explanation": "Three of them"}
    draft = save_draft(draft, by=author, revision=draft.revision, rows={"choices": [visits]})
    # As it may have been loaded: nobody can write it so.
    draft.choices.create(term=term("activity", "other"), position=1)
    text = writer.get(reverse("reports:check", args=[draft.pk])).content.decode()
    assert "Site visits" in text
    assert "Three of them" in text
    assert "Types of activities: Where you chose “Other”, say which." in text
    assert f'href="{section_url(draft, "activities")}#id_activity"' in text
    assert f'href="{section_url(draft, "rules")}#id_code_of_conduct"' in text
    assert reverse("desk:step", args=["report", draft.pk, "submit"]) not in text


def test_a_complete_report_can_be_submitted(writer, author, draft):
    send(writer, draft, "rules", code_of_conduct="dont-know", formal_agreement="yes")
    text = writer.get(reverse("reports:check", args=[draft.pk])).content.decode()
    assert reverse("desk:step", args=["report", draft.pk, "submit"]) in text


def test_the_check_offers_a_new_version_where_report_and_entry_differ(writer, version, draft):
    check = reverse("reports:check", args=[draft.pk])
    new_version = reverse("partnerships:new-version", args=[version.partnership.reference])
    assert new_version not in writer.get(check).content.decode()
    send(writer, draft, "rules", code_of_conduct="yes", formal_agreement="yes")
    text = writer.get(check).content.decode()
    assert new_version in text
    assert "no agreement is listed" in text


def test_a_section_says_what_was_taken_over_until_it_is_changed(writer, version, author):
    factories.published_report(partnership=version.partnership, period="2015", code_of_conduct="yes")
    draft = start_report(author, partnership=version.partnership, kind="periodic", period="2016")
    url = section_url(draft, "rules")
    assert "Was the code of conduct followed?; " in writer.get(url).content.decode()
    send(writer, draft, "rules", code_of_conduct="no")
    assert "Was the code of conduct followed?; " not in writer.get(url).content.decode()


def test_a_new_version_of_a_published_report_is_begun(writer, stranger, version):
    published = factories.published_report(partnership=version.partnership)
    url = reverse("reports:new-version", args=[published.report.pk])
    assert writer.get(url).status_code == 405
    answer = writer.post(url)
    assert answer.url == reverse("reports:draft", args=[published.report.versions.get(number=2).pk])
    writer.force_login(stranger)
    assert writer.post(url).status_code == 403


def test_a_new_version_of_what_nobody_may_see_is_not_found(client, stranger, draft):
    client.force_login(stranger)
    assert client.post(reverse("reports:new-version", args=[draft.report.pk])).status_code == 404


def queries(client, url):
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("page", ["draft", "check", *(one.code for one in SECTIONS)])
def test_many_answers_cost_no_more_queries_than_few(writer, author, draft, page):
    url = reverse(f"reports:{page}", args=[draft.pk]) if page in ("draft", "check") else section_url(draft, page)
    writer.get(url)

    def answered(number):
        terms = Term.objects.filter(list__in=[str(name) for name in CHOICE_LISTS]).exclude(code="other")[:number]
        rows = {
            "choices": [{"term": one.pk} for one in terms],
            "results": [{"text": f"Result {n}"} for n in range(number)],
            "objectives": [{"text": f"Objective {n}"} for n in range(number)],
        }
        complete = {"code_of_conduct": "yes", "formal_agreement": "yes"}  # a whole section: what is missing is asked
        save_draft(draft, by=author, revision=now(draft).revision, fields=complete, rows=rows)

    answered(15)
    few = queries(writer, url)
    answered(45)
    assert queries(writer, url) == few
