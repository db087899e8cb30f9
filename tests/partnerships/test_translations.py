"""Translations of a draft: which texts have any, how they are written, when they fit no longer, when they go."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from partnerships.models import PartnershipVersion
from partnerships.services import save_draft
from partnerships.services.translations import save_translations
from reports.models import ReportVersion
from reports.services import start_new_version as start_new_report_version
from reviews.diffs import changes_between
from reviews.schema import schema_of
from reviews.schema.types import LongText, Text
from reviews.snapshot_display import kinds_of
from reviews.snapshots import content_of
from reviews.translations import fitting, standing, translatable
from reviews.workflow import perform
from tests import factories
from tests.partnerships.saving import refused
from tests.posting import fields_of

pytestmark = pytest.mark.django_db

SAME = {
    "name_used": "a name", "speaker": "a name", "source_title": "a publication", "unit": "shown by its own words",
    "cost_usd_rate_source": "a publication", "stated_type": "PDF", "stated_size": "1 MB", "question": "a column",
    "track_title": "told by the track", "sources.title": "a document", "links.title": "a document", "field": "a column",
    "source_fingerprint": "no words", "translations.text": "a translation itself",
}  # fmt: skip
"""{column, or relation.column: why its words are the same in every language}."""


@pytest.mark.parametrize("model", [PartnershipVersion, ReportVersion])
def test_every_text_is_translated_or_there_is_a_reason(model):
    schema = schema_of(model)
    texts = {("", name) for name, kind in schema.fields.items() if type(kind) in {Text, LongText}}
    texts |= {
        (relation, name)
        for relation, one in schema.relations.items()
        for name, kind in one.fields.items()
        if type(kind) in {Text, LongText}
    }
    told = {(kind, name) for kind, of in kinds_of(model).items() for name in translatable(of)}
    left = {(kind, name) for kind, name in texts - told if not {name, f"{kind}.{name}"} & set(SAME)}
    assert told <= texts
    assert left == set()


@pytest.fixture
def objective(draft, author):
    save_draft(draft, by=author, revision=draft.revision, rows={"objectives": [{"text": "Read every meter"}]})
    draft.refresh_from_db()
    return draft.objectives.get()


def saved(draft, author, texts, language="es", **more):
    revision = PartnershipVersion.objects.get(pk=draft.pk).revision
    fresh = PartnershipVersion.objects.get(pk=draft.pk)
    return save_translations(fresh, by=author, revision=revision, language=language, texts=texts, **more)


def told(draft, language="es"):
    return {
        original.place: row.text for original, row in fitting(PartnershipVersion.objects.get(pk=draft.pk), language)
    }


# --- what is saved ----------------------------------------------------------------------------------------


def test_each_language_is_saved_by_itself_and_an_empty_text_goes(draft, author, objective):
    place = str(objective.key), "text"
    saved(draft, author, {("", "summary"): "Resumen", place: "Leer"})
    saved(draft, author, {("", "summary"): "Résumé"}, language="fr")
    assert told(draft) == {("", "summary"): "Resumen", place: "Leer"}
    saved(draft, author, {place: "Leer todo"})
    assert told(draft) == {place: "Leer todo"}
    assert told(draft, "fr") == {("", "summary"): "Résumé"}


def test_saving_the_same_again_changes_nothing(draft, author, objective):
    texts = {("", "summary"): "Resumen", (str(objective.key), "text"): "Leer"}
    once = saved(draft, author, texts)
    assert saved(draft, author, texts).revision == once.revision


def test_it_goes_with_the_row_that_it_belongs_to(draft, author, objective):
    now = saved(draft, author, {("", "summary"): "Resumen", (str(objective.key), "text"): "Leer"})
    save_draft(now, by=author, revision=now.revision, rows={"objectives": []})
    assert [row.field for row in draft.translations.all()] == ["summary"]


def test_it_fits_no_longer_once_the_original_moves_until_somebody_looks_at_it(draft, author):
    now = saved(draft, author, {("", "summary"): "Resumen"})
    now = save_draft(now, by=author, revision=now.revision, fields={"summary": "Other words"})
    assert told(draft) == {}
    assert [fits for original, row, fits in standing(now, "es") if row] == [False]
    saved(draft, author, {("", "summary"): "Resumen"})
    assert told(draft) == {}  # saved unread with the others of its page
    saved(draft, author, {("", "summary"): "Resumen"}, still_right={("", "summary")})
    assert told(draft) == {("", "summary"): "Resumen"}


def test_other_words_are_a_translation_of_the_original_as_it_stands(draft, author):
    now = saved(draft, author, {("", "summary"): "Resumen"})
    save_draft(now, by=author, revision=now.revision, fields={"summary": "Other words"})
    saved(draft, author, {("", "summary"): "Otras palabras"})
    assert told(draft) == {("", "summary"): "Otras palabras"}


def test_a_text_and_its_translation_may_come_together(draft, author):
    key = "7b1e9c52-5d0a-4c8e-9e34-2f1f0a3b6c77"
    rows = {
        "objectives": [{"text": "Read every meter", "key": key}],
        "translations": [{"row_key": key, "field": "text", "language": "es", "text": "Leer"}],
    }
    save_draft(draft, by=author, revision=draft.revision, rows=rows)
    assert told(draft) == {(key, "text"): "Leer"}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ({"field": "approach"}, "field"),
        ({"field": "status"}, "field"),
        ({"field": "summary", "row_key": "7b1e9c52-5d0a-4c8e-9e34-2f1f0a3b6c77"}, "field"),
        ({"field": "summary", "language": "en"}, "language"),
        ({"field": "summary", "text": ""}, "text"),
    ],
)
def test_what_translates_nothing_is_refused(draft, author, row, column):
    given = {"language": "es", "text": "Resumen"} | row
    error = refused(draft, author, rows={"translations": [given]})
    assert list(error.message_dict) == [f"translations-0-{column}"]


def test_two_translations_of_a_text_into_a_language_are_refused(draft, author):
    row = {"field": "summary", "language": "es", "text": "Resumen"}
    assert list(refused(draft, author, rows={"translations": [row, row]}).message_dict) == ["translations-1-field"]


def test_nobody_writes_over_a_draft_that_has_moved(draft, author):
    with pytest.raises(ValidationError) as refusal:
        save_translations(draft, by=author, revision=draft.revision - 1, language="es", texts={("", "summary"): "No"})
    assert refusal.value.code == "stale"


# --- reviewed like everything -----------------------------------------------------------------------------


def test_it_is_compared_and_published_with_its_version(draft, author, reviewer, version):
    before = content_of(draft)
    now = saved(draft, author, {("", "summary"): "Resumen"})
    changes = changes_between(PartnershipVersion, before, content_of(now))
    assert {(change.kind, change.field, change.after) for change in changes} == {
        ("translations", "field", "Summary"),
        ("translations", "language", "Spanish"),
        ("translations", "text", "Resumen"),
    }
    now = perform(now, "submit", by=author)
    now = perform(now, "publish", by=reviewer, revision=now.revision)
    assert told(now) == {("", "summary"): "Resumen"}
    assert told(version) == {}


# --- the page ---------------------------------------------------------------------------------------------


def address(draft, language="es"):
    return reverse("partnerships:translation", args=[draft.pk, language])


def test_the_page_shows_every_text_with_its_original_and_saves_what_is_typed(writer, draft, objective):
    name = f"{objective.key}-text"
    page = writer.get(address(draft))
    assert draft.summary in page.content.decode()
    sent = fields_of(page) | {"entry-summary": "Resumen", name: "Leer"}
    answer = writer.post(address(draft), sent, follow=True)
    assert told(draft) == {("", "summary"): "Resumen", (str(objective.key), "text"): "Leer"}
    assert "Resumen" in answer.content.decode()


def test_what_is_overtaken_says_so_and_offers_the_old_words(writer, draft, author):
    now = saved(draft, author, {("", "summary"): "Resumen"})
    save_draft(now, by=author, revision=now.revision, fields={"summary": "Other words"})
    page = writer.get(address(draft))
    assert fields_of(page)["entry-summary"] == ["Resumen"]
    writer.post(address(draft), fields_of(page))
    assert told(draft) == {}
    writer.post(address(draft), fields_of(writer.get(address(draft))) | {"again-entry-summary": "on"})
    assert told(draft) == {("", "summary"): "Resumen"}


def test_what_was_typed_stays_when_somebody_else_was_quicker(writer, draft, author):
    sent = fields_of(writer.get(address(draft))) | {"entry-summary": "Resumen"}
    save_draft(draft, by=author, revision=draft.revision, fields={"approach": "Other words"})
    page = writer.post(address(draft), sent)
    assert told(draft) == {}
    assert fields_of(page)["entry-summary"] == ["Resumen"]
    writer.post(address(draft), fields_of(page))
    assert told(draft) == {("", "summary"): "Resumen"}


def test_the_section_of_the_draft_leads_to_the_first_other_language(writer, draft):
    answer = writer.get(reverse("partnerships:translations", args=[draft.pk]))
    assert answer.headers["Location"] == address(draft, "es")


@pytest.mark.parametrize("language", ["en", "de"])
def test_there_is_no_page_for_its_own_language_or_one_that_the_portal_has_not(writer, draft, language):
    assert writer.get(address(draft, language)).status_code == 404


def test_a_report_has_the_same_page(writer, version, author):
    report = factories.published_report(partnership=version.partnership, overall_results="Half are read.")
    draft = start_new_report_version(report.report, by=author)
    answer = writer.get(reverse("reports:translations", args=[draft.pk]), follow=True)
    writer.post(answer.request["PATH_INFO"], fields_of(answer) | {"entry-overall_results": "Se lee la mitad."})
    assert [row.text for _original, row in fitting(draft, "es")] == ["Se lee la mitad."]
