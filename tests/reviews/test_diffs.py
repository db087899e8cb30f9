"""What changed between two states of an entry, in the words of the reader."""

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from operators.models import Organisation, OrganisationChange
from partnerships.models import (
    Agreement,
    Involvement,
    NamedPlatform,
    PartnershipAttachment,
    PartnershipUnanswered,
    PartnershipVersion,
    Payment,
    Quotation,
    StoredFile,
    Track,
    TrackResult,
    TrackState,
)
from reports.models import ReportResult, ReportVersion
from reviews.cloning import clone
from reviews.diffs import changes_between, pieces_of
from reviews.snapshots import at_revision, content_of, remember
from tests import factories
from vocabularies.models import ImprovementArea

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(version):
    return clone(version, by=None)


def changes_of(old, new):
    return changes_between(type(new), content_of(old) if old else None, content_of(new))


def update(thing, **fields):
    type(thing)._base_manager.filter(pk=thing.pk).update(**fields)


def only(changes):
    assert len(changes) == 1, changes
    return changes[0]


def test_a_copy_without_a_change_has_none(version, draft):
    assert changes_of(version, draft) == []


def test_a_changed_field_is_told_with_its_label_word_by_word(version, draft):
    update(draft, summary="A mentor helps two mentees to lose less water.")
    change = only(changes_of(version, draft))
    assert (change.kind, change.key, change.field, change.field_label) == ("", "", "summary", "Summary")
    assert change.what == "changed"
    assert change.before == "A mentor helps a mentee to lose less water."
    assert change.pieces == (
        ("same", "A mentor helps "),
        ("out", "a mentee"),
        ("in", "two mentees"),
        ("same", " to lose less water."),
    )


def test_a_chosen_value_is_told_by_its_label_and_replaced_as_a_whole(version, draft):
    update(draft, status="under-way", lifecycle_step="work-plan")
    status, step = changes_of(version, draft)
    assert status.pieces == (("out", "Not known"), ("in", "Under way"))
    assert (step.before, step.after, step.pieces) == ("", "Work plan", (("in", "Work plan"),))


def test_dates_and_amounts_read_as_in_the_language_of_the_page(version, draft):
    update(draft, starts_on="2014-12-03", cost_amount="60000.50", cost_currency="USD")
    with override("en"):
        start, amount, _currency = changes_of(version, draft)
        assert (start.after, amount.after) == ("3 December 2014", "60,000.5")
    with override("es"):
        start, amount, _currency = changes_of(version, draft)
        assert start.after == "3 de diciembre de 2014"


def test_an_amount_has_no_trailing_zeros(version, draft):
    update(draft, cost_amount="60000.00", cost_currency="USD")
    assert changes_of(version, draft)[0].after == "60,000"


def test_languages_are_named(version, draft):
    PartnershipAttachment.objects.create(version=draft, description="Atas", language="pt")
    update(draft, language="fr")
    changes = {change.kind + change.field: change.after for change in changes_of(version, draft)}
    assert changes["language"] == "French"
    assert changes["attachmentslanguage"] == "Portuguese"


def test_an_added_row_is_told_field_by_field(version, draft):
    area = ImprovementArea.objects.get(code="metering")
    track = Track.objects.create(version=draft, area=area, title="Meters", state=TrackState.PLANNED)
    changes = changes_of(version, draft)
    assert {(change.what, change.key, change.row_label) for change in changes} == {("added", str(track.key), "Meters")}
    assert {change.field: change.after for change in changes} == {
        "area": str(area),
        "title": "Meters",
        "state": "Planned",
    }
    assert changes[0].kind_label == "Improvement tracks"


def test_a_removed_row_is_told_with_what_it_said(version, draft):
    draft.sources.all().delete()
    changes = changes_of(version, draft)
    assert {change.what for change in changes} == {"removed"}
    assert {change.field: change.before for change in changes} == {
        "title": "A source",
        "url": "https://source.example/wop",
    }
    assert {change.after for change in changes} == {""}


def test_a_row_is_known_by_its_key_not_by_its_place(version, draft):
    mentee = draft.involvements.get(role="mentee")
    update(mentee, contribution="Two weeks a year")
    change = only(changes_of(version, draft))
    assert (change.key, change.field, change.what) == (str(mentee.key), "contribution", "changed")
    assert change.row_label == factories.mentee_of(version).name


def test_an_exchanged_organisation_is_told_by_name(version, draft):
    other = factories.OrganisationFactory(name="Another utility")
    mentee = factories.mentee_of(version)
    update(draft.involvements.get(role="mentee"), organisation=other)
    change = only(changes_of(version, draft))
    assert (change.before, change.after) == (mentee.name, "Another utility")


def test_a_link_to_another_row_reads_as_that_row(version, draft):
    track = Track.objects.create(version=draft, title="Leaks")
    TrackResult.objects.create(version=draft, track=track, text="A third less")
    Payment.objects.create(version=draft, involvement=draft.involvements.get(role="mentor"), in_kind="Experts")
    changes = {(change.kind, change.field): change.after for change in changes_of(version, draft)}
    assert changes["results", "track"] == "Leaks"
    assert changes["payments", "involvement"] == factories.mentor_of(version).name


def test_a_new_order_is_told_once_and_not_for_every_row(version, draft):
    mentor, mentee = draft.involvements.order_by("position")
    update(mentor, position=1)
    update(mentee, position=0)
    change = only(changes_of(version, draft))
    assert (change.field, change.key, change.field_label) == ("position", "", "Order changed")
    names = factories.mentor_of(version).name, factories.mentee_of(version).name
    assert (change.before, change.after) == ("; ".join(names), "; ".join(reversed(names)))


def test_a_row_in_front_is_no_new_order_of_the_others(version, draft):
    draft.involvements.filter(role="mentor").update(position=5)
    draft.involvements.filter(role="mentee").update(position=6)
    factories.InvolvementFactory(version=draft, role="funder", position=0)
    assert {change.what for change in changes_of(version, draft)} == {"added"}


def test_files_are_compared_by_name(version, draft):
    first = StoredFile.objects.create(file="attachments/a.pdf", name="minutes.pdf", size=10)
    second = StoredFile.objects.create(file="attachments/b.pdf", name="minutes, signed.pdf", size=10)
    row = PartnershipAttachment.objects.create(version=version, description="Minutes", stored_file=first)
    PartnershipAttachment.objects.create(version=draft, key=row.key, description="Minutes", stored_file=second)
    change = only(changes_of(version, draft))
    assert (change.field_label, change.before, change.after) == ("File", "minutes.pdf", "minutes, signed.pdf")


def test_yes_and_no_are_words(version, draft):
    Quotation.objects.create(version=draft, text="We learned a lot.", has_consent=True)
    consent = next(change for change in changes_of(version, draft) if change.field == "has_consent")
    assert consent.after == "Yes"


def test_an_open_question_is_named_by_its_words(version, draft):
    PartnershipUnanswered.objects.create(version=draft, question="cost_amount", reason="dont-know")
    changes = {change.field: change.after for change in changes_of(version, draft)}
    assert changes == {"question": "Total cost", "reason": "Don't know"}


def test_a_track_of_the_partnership_reads_by_the_title_kept_in_the_report():
    report = factories.ReportVersionFactory()
    ReportResult.objects.create(version=report, track_key=report.sources.get().key, text="Less", track_title="Leaks")
    before = content_of(report)
    before["results"] = {}
    ReportResult.objects.update(track_key="5d1f5d34-6d5f-4c3e-8a6b-6f27ad4c6a5e")
    changes = {change.field: change.after for change in changes_between(ReportVersion, before, content_of(report))}
    assert changes["track_key"] == "Leaks"


def test_nothing_before_means_everything_is_new_but_the_entry_itself(version):
    changes = changes_of(None, version)
    assert {change.what for change in changes if change.kind} == {"added"}
    assert {change.what for change in changes if not change.kind} == {"changed"}
    assert not [change for change in changes if change.field in {"partnership", "number", "search_text", "position"}]


def test_content_kept_before_a_field_existed_tells_no_change_of_it(version):
    kept = content_of(version)
    del kept[""][""]["approach"]
    kept["gone-kind"] = {"1": {"x": 1}}
    assert changes_between(PartnershipVersion, kept, content_of(version)) == []


def test_an_organisation_and_a_request_to_change_it_can_be_compared():
    organisation = factories.OrganisationFactory(name="Old name")
    before = content_of(organisation)
    update(organisation, name="New name")
    change = only(changes_between(Organisation, before, content_of(organisation)))
    assert change.pieces == (("out", "Old"), ("in", "New"), ("same", " name"))
    request = OrganisationChange.objects.create(organisation=organisation, name="New", kind="company", country_id="PE")
    changes = {change.field: change.after for change in changes_of(None, request)}
    assert (changes["kind"], changes["country"]) == ("Company", "Peru")


@pytest.mark.parametrize(
    ("before", "after", "pieces"),
    [
        ("one two", "one two", (("same", "one two"),)),
        ("", "new", (("in", "new"),)),
        ("two of us", "four of us", (("out", "two"), ("in", "four"), ("same", " of us"))),
        ("a b c", "x y c", (("out", "a b"), ("in", "x y"), ("same", " c"))),
        ("2.500 m", "2.600 m", (("out", "2.500"), ("in", "2.600"), ("same", " m"))),
        ("end", "end.", (("same", "end"), ("in", "."))),
    ],
)  # fmt: skip
def test_words_that_stay_are_told_apart_from_those_that_change(before, after, pieces):
    assert pieces_of(before, after) == pieces


@pytest.mark.parametrize("length", [10, 3000])
def test_the_pieces_put_together_are_both_texts(length):
    before = "".join(f"word {n}\n" for n in range(length))
    after = before.replace("word 3\n", "other\n\nword 7 ")
    pieces = pieces_of(before, after)
    assert "".join(text for op, text in pieces if op != "in") == before
    assert "".join(text for op, text in pieces if op != "out") == after


def test_a_very_long_text_without_lines_is_replaced_as_a_whole():
    before, after = "word " * 5000, "words " * 5000
    assert pieces_of(before, after) == (("out", before), ("in", after))


def filled(rows):
    """A version with many rows of the kinds that point to other tables."""
    version = factories.draft_version()
    area = list(ImprovementArea.objects.all()[: rows + 1])
    tracks = [Track(version=version, title=f"T{n}", area=area[n % len(area)], position=n) for n in range(rows)]
    Track.objects.bulk_create(tracks)
    TrackResult.objects.bulk_create(
        TrackResult(version=version, track=tracks[n % rows], text=f"R{n}", position=n) for n in range(rows + rows // 2)
    )
    files = StoredFile.objects.bulk_create(
        StoredFile(file=f"attachments/{n}.pdf", name=f"{n}.pdf", size=n) for n in range(max(1, rows // 2))
    )
    PartnershipAttachment.objects.bulk_create(
        PartnershipAttachment(version=version, description=f"F{n}", stored_file=one, position=n)
        for n, one in enumerate(files)
    )
    organisations = [factories.OrganisationFactory() for n in range(max(1, rows // 10))]
    Involvement.objects.bulk_create(
        Involvement(version=version, organisation=one, role="funder", position=2 + n)
        for n, one in enumerate(organisations)
    )
    NamedPlatform.objects.create(version=version, platform=factories.PlatformFactory())
    Agreement.objects.create(version=version, title="Agreement")
    return content_of(version)


def test_forty_tracks_sixty_results_and_twenty_files_cost_no_more_queries_than_one():
    small, large = filled(1), filled(40)
    counts = []
    for content in (small, large):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            changes = changes_between(PartnershipVersion, None, content)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 5
    assert sum(change.field == "text" for change in changes) == 60


def test_the_page_marks_what_went_and_what_came_for_eye_and_ear(version, draft):
    update(draft, summary="A mentor helps two <b>mentees</b> to lose less water.")
    Track.objects.create(version=draft, title="Leaks")
    page = render_to_string("components/changes.html", {"changes": changes_of(version, draft)})
    assert '<del><span\n  class="visually-hidden">removed: </span>a mentee<' in page
    assert "two &lt;b&gt;mentees&lt;/b&gt;" in page
    assert 'id="change-entry-summary"' in page
    assert page.index("General") < page.index("Improvement tracks") < page.index("Leaks")


def test_a_row_that_is_gone_stands_where_it_stood(draft):
    for place, title in enumerate(("First", "Second", "Third")):
        Track.objects.create(version=draft, title=title, position=place)
    before = content_of(draft)
    draft.tracks.filter(title="Second").delete()
    draft.tracks.filter(title="First").update(title="First of all")
    draft.tracks.filter(title="Third").update(title="Third of all")
    changes = changes_between(PartnershipVersion, before, content_of(draft))
    assert [change.before for change in changes] == ["First", "Second", "Third"]


def test_what_was_said_at_a_revision_is_the_last_that_was_kept_until_then(draft):
    for revision, title in ((3, "Third"), (5, "Fifth"), (9, "Ninth")):
        PartnershipVersion.objects.filter(pk=draft.pk).update(title=title, revision=revision)
        remember(PartnershipVersion.objects.get(pk=draft.pk), by=None)
    said = {revision: at_revision(draft, revision)[""][""]["title"] for revision in (3, 4, 5, 8, 9, 12)}
    assert said == {3: "Third", 4: "Third", 5: "Fifth", 8: "Fifth", 9: "Ninth", 12: "Ninth"}
    assert at_revision(draft, 2) is None
