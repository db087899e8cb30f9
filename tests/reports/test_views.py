"""The pages of a report's draft: who opens them, every answer arrives, nothing typed is lost."""

import pytest
from django.urls import reverse

from partnerships.models import Track
from partnerships.services import save_draft
from reports.services import start_report
from reviews.workflow import perform
from tests.partnerships.answering import typed
from tests.reports.answering import now, section_url, send, term
from vocabularies.models import Term

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
    chosen = term("mentor_motivation", "share-knowledge").pk
    sent = typed(writer, url, mentor_motivation=[chosen]) | {f"mentor_motivation-words-{chosen}": "My words"}
    rows = {"choices": [{"term": chosen, "explanation": "Their words"}]}
    save_draft(draft, by=author, revision=draft.revision, rows=rows)
    answer = writer.post(url, sent)
    assert answer.status_code == 200
    assert answer.context["is_stale"]
    assert [row.explanation for row in draft.choices.all()] == ["Their words"]


def test_two_people_choose_different_terms_of_one_list(writer, author, draft):
    url = section_url(draft, "motivations")
    sent = typed(writer, url, mentor_motivation=[term("mentor_motivation", "share-knowledge").pk])
    rows = {"choices": [{"term": term("mentor_motivation", "solidarity-principles").pk}]}
    save_draft(draft, by=author, revision=draft.revision, rows=rows)
    assert writer.post(url, sent).status_code == 302
    assert {row.term.code for row in draft.choices.all()} == {"solidarity-principles", "share-knowledge"}


def test_two_people_write_two_lists_of_terms_at_once(writer, author, draft):
    url = section_url(draft, "activities")
    sent = typed(writer, url, activity=[term("activity", "site-visits").pk])
    rows = {"choices": [{"term": term("mentor_motivation", "solidarity-principles").pk}]}
    save_draft(draft, by=author, revision=draft.revision, rows=rows)
    assert writer.post(url, sent).status_code == 302
    assert {row.term.code for row in draft.choices.all()} == {"site-visits", "solidarity-principles"}
