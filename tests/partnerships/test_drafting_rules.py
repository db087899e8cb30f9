"""Rules of a draft that hold at every door, whether a form asked before or not."""

import pytest
from django.core.exceptions import ValidationError

from partnerships.services import save_draft
from partnerships.services.files import attach, store_file
from partnerships.services.save_rows import ROWS_LIMIT
from tests import sample_files
from vocabularies.models import ImprovementArea, SdgTarget, Term


def refused(draft, by, **change):
    with pytest.raises(ValidationError) as refusal:
        save_draft(draft, by=by, revision=draft.revision, **change)
    return refusal.value.message_dict


@pytest.mark.parametrize(
    ("relation", "row", "field"),
    [
        ("objectives", {"language": "fr"}, "text"),
        ("links", {"title": "A"}, "url"),
        ("payments", {"amount": None}, "involvement"),
        ("named_platforms", {}, "platform"),
        ("involvements", {"description": "Somebody"}, "role"),
    ],
)
def test_a_row_that_says_nothing_is_filled_in_or_taken_away(draft, author, relation, row, field):
    reasons = refused(draft, author, rows={relation: [row]})
    assert reasons[f"{relation}-0-{field}"] == ["Fill this in, or take the whole row away."]


def test_so_many_rows_fit_and_not_one_more(draft, author):
    rows = [{"text": f"Objective {place}"} for place in range(ROWS_LIMIT + 1)]
    assert refused(draft, author, rows={"objectives": rows}) == {"objectives": ["At most 300 rows fit here."]}
    saved = save_draft(draft, by=author, revision=draft.revision, rows={"objectives": rows[:ROWS_LIMIT]})
    assert saved.objectives.count() == ROWS_LIMIT


@pytest.mark.parametrize(
    ("change", "meant"),
    [({"fields": {"status": "asleep"}}, "status"), ({"rows": {"tracks": [{"state": "half"}]}}, "state")],
)
def test_what_was_never_on_offer_is_not_chosen(draft, author, change, meant):
    assert list(refused(draft, author, **change).values()) == [[f"Choose one from the list “{meant}”."]]


@pytest.mark.parametrize(("months", "words"), [(0, "Write 1 or more."), (2014, "Write 600 or less.")])
def test_a_duration_is_a_number_of_months_that_a_partnership_may_last(draft, author, months, words):
    assert refused(draft, author, fields={"duration_months": months}) == {"duration_months": [words]}
    saved = save_draft(draft, by=author, revision=draft.revision, fields={"duration_months": 18})
    assert saved.duration_months == 18


def test_a_term_of_another_list_is_not_chosen(draft, author):
    reasons = refused(draft, author, rows={"tracks": [{"area": SdgTarget.objects.first().pk}]})
    assert reasons == {"tracks-0-area": ["Choose one from the list “Improvement areas”."]}


def test_a_retired_term_is_chosen_by_nobody_any_more(draft, author):
    area = ImprovementArea.objects.get(code="metering")
    Term.objects.filter(pk=area.pk).update(is_active=False)
    assert list(refused(draft, author, rows={"tracks": [{"area": area.pk}]})) == ["tracks-0-area"]


def test_a_text_holds_no_sign_that_the_database_cannot_hold(draft, author):
    fields, rows = {"summary": "a\0b"}, {"objectives": [{"text": "a\0b"}]}
    saved = save_draft(draft, by=author, revision=draft.revision, fields=fields, rows=rows)
    assert (saved.summary, saved.objectives.get().text) == ("ab", "ab")


def test_a_file_that_is_held_tells_its_type_itself(draft, author):
    stored = store_file(sample_files.upload("a.pdf", sample_files.of_kind("pdf")), by=author)
    words = {"description": "A", "language": "fr", "stated_type": "Slides", "stated_size": "2 MB"}
    saved = attach(draft, by=author, revision=draft.revision, stored=stored, **words)
    assert (saved.attachments.get().stated_type, saved.attachments.get().stated_size) == ("", "")


def test_a_file_is_in_a_language_that_has_a_name(draft, author):
    reasons = refused(draft, author, rows={"attachments": [{"description": "A", "language": "klingon"}]})
    assert reasons == {"attachments-0-language": ["Choose one from the list “language”."]}
