"""Nothing that is entered is lost on the way to the reader, or to the next version."""

from decimal import Decimal

import pytest
from django.db import models
from django.urls import reverse
from django.utils.html import escape
from lxml.html import fromstring

from directory.profile.question_titles import question_label
from directory.wording import quantity
from operators.models import Organisation
from partnerships.models import Involvement, Milestone, Partnership, PartnershipVersion, Quotation, StoredFile
from partnerships.models.base import NarrativeRow, Version
from reports.models import Report, ReportVersion
from reviews.cloning import FRESH, clone, row_models
from reviews.models import Row, TranslationRow, UnansweredRow
from reviews.snapshots import content_of, fingerprint
from reviews.workflow import perform
from tests import factories
from tests.everything import everything
from vocabularies.formatting import duration, language_name
from vocabularies.partial_dates import PartialDate, span

NOT_SHOWN = {
    (Partnership, "loaded_as"): "which row of the files it is, for the loader alone",
    (Version, "id"): "machine key; the address of a report is that of its identity",
    (Version, "state"): "a page exists only for published entries",
    (Version, "revision"): "for the workflow",
    (Version, "created_by"): "a person's name is not public",
    (Version, "created_at"): "readers want to know when it was published",
    (Version, "updated_at"): "readers want to know when it was published",
    (Version, "search_text"): "made of the other fields",
    (Version, "reviewing_platform"): "how the entry was routed; the named platforms are shown",
    (Row, "id"): "machine key",
    (Row, "key"): "machine key",
    (Row, "version"): "the page itself",
    (Row, "position"): "the order on the page",
    (Partnership, "id"): "machine key",
    (Partnership, "slug"): "leads to the page by redirect",
    (Partnership, "entered_by"): "shown as “reported by” after a submission; see test_profile.py",
    (Partnership, "created_at"): "readers want to know when it was published",
    (Report, "id"): "part of the address",
    (Report, "created_at"): "readers want to know when it was published",
    (ReportVersion, "report"): "its kind, period and partnership are shown",
    **{
        (TranslationRow, name): "read in its own language; see test_translations.py"
        for name in ("row_key", "field", "language", "text", "source_fingerprint")
    },
}
MACHINE_LINKS = {"track_key"}  # the result stands below the track, with the title that the track had


@pytest.fixture
def record(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return everything()


@pytest.fixture
def pages(record, client):
    version, report = record
    addresses = [
        reverse("directory:partnership", args=[version.partnership.reference]),
        reverse("directory:report", args=[report.report_id]),
    ]
    return "\n".join(client.get(address).content.decode() for address in addresses)


def things(record):
    """Versions, identities and every row below them."""
    version, report = record
    yield from (version, report, version.partnership, report.report)
    for entry in record:
        for kind in row_models(type(entry)):
            yield from kind._base_manager.filter(version=entry)


def shown_fields(thing):
    """The fields that a reader must find, each with its value."""
    for field in thing._meta.concrete_fields:
        hidden = any(isinstance(thing, kind) and field.name == name for kind, name in NOT_SHOWN)
        value = getattr(thing, field.name)
        if not hidden and field.name not in MACHINE_LINKS and value not in (None, ""):
            yield field, value


def reading(thing, field, value):
    """How ``value`` reads on a page in English; several texts where either will do."""
    if field.name == "number":
        return [f"version {value}"]
    if field.name == "language":
        return [reading_of_language(thing, value)]
    if isinstance(thing, UnansweredRow) and field.name == "question":
        return [question_label(type(thing.version), value)]
    if isinstance(thing, Involvement) and field.name == "role":
        return [thing.role_label]
    if isinstance(thing, Quotation) and field.name == "has_consent":
        return ["quoted with consent"]
    if field.choices:
        return [getattr(thing, f"get_{field.name}_display")()]
    if isinstance(value, Organisation):
        return [value.name, value.short_name]
    if field.name == "duration_months":
        return [duration(value)]
    if isinstance(value, Decimal):
        return [quantity(value)]
    if isinstance(thing, Milestone) and isinstance(value, PartialDate):
        return [span(thing.happened_on, thing.ended_on)]
    return [value.localised() if isinstance(value, PartialDate) else str(value)]


def reading_of_language(thing, code):
    if isinstance(thing, NarrativeRow):
        text = getattr(thing, "title", "") or thing.text
        return f' lang="{code}">{text}'
    if isinstance(thing, Quotation):
        return f' lang="{code}"><p>{thing.text}'
    return f"Written in {language_name(code)}" if isinstance(thing, Version) else language_name(code)


def test_every_kind_of_row_and_every_field_is_filled(record):
    filled = {(type(thing), field.name) for thing in things(record) for field, _value in shown_fields(thing)}
    kinds = {type(thing) for thing in things(record)}
    assert kinds >= {*row_models(PartnershipVersion), *row_models(ReportVersion)}
    left_empty = [
        f"{kind.__name__}.{field.name}"
        for kind in kinds
        for field in kind._meta.concrete_fields
        if (kind, field.name) not in filled
        and field.name not in MACHINE_LINKS
        and not any(issubclass(kind, hidden) and field.name == name for hidden, name in NOT_SHOWN)
    ]
    assert left_empty == []


def test_every_value_is_found_on_the_profile_or_the_report_page(record, pages):
    missing = []
    for thing in things(record):
        for field, value in shown_fields(thing):
            texts = [str(text) for text in reading(thing, field, value)]
            if not any(text in pages or escape(text) in pages for text in texts):
                missing.append(f"{type(thing).__name__}.{field.name}: {texts}")
    assert missing == []


def test_a_stored_file_is_shown_with_its_type_and_a_size_for_people_and_without_a_link(record, pages):
    assert "2.3 MB" in pages.replace("\xa0", " ")
    assert ">PDF<" in pages
    assert not any(file.file.name in pages for file in StoredFile.objects.all())


def test_result_of_a_report_stands_with_its_track_and_is_marked_with_the_report(record, client):
    version, report = record
    page = client.get(version.get_absolute_url()).content.decode()
    rung = page[page.index(f'id="track-{version.tracks.get().key}"') :].split("</ol>")[0]
    assert (
        rung.index("Result of the track") < rung.index(report.get_absolute_url()) < rung.index("Result in the report")
    )


@pytest.mark.parametrize("place", [0, 1], ids=["partnership", "report"])
def test_a_clone_keeps_every_value_and_every_key(record, place):
    entry = record[place]
    copy = clone(entry, by=None)
    assert contents(copy) == contents(entry)
    assert fingerprint(copy) == fingerprint(entry)


def contents(entry):
    """Every value of an entry and its rows; links to rows as their keys."""
    skipped = FRESH | {"version"}
    rows = [row for kind in row_models(type(entry)) for row in kind._base_manager.filter(version=entry)]
    return [values(thing, skipped) for thing in [type(entry)._base_manager.get(pk=entry.pk), *rows]]


def values(thing, skipped):
    found = {
        field.name: getattr(thing, field.name) for field in thing._meta.concrete_fields if field.name not in skipped
    }
    return {name: value.key if isinstance(value, Row) else value for name, value in found.items()}


@pytest.mark.parametrize(("kind", "name"), NOT_SHOWN)
def test_every_exception_names_a_field(kind, name):
    """One that names nothing any more would hide the next field of that name."""
    assert name in {field.name for model in [kind, *kind.__subclasses__()] for field in model._meta.get_fields()}


def test_the_public_reads_exactly_the_words_that_were_approved(record, client):
    version, _report = record
    author = factories.OrganisationMemberFactory(
        organisation=version.partnership.participants.first().organisation
    ).user
    reviewer = factories.SecretariatMemberFactory(platform=version.reviewing_platform).user
    submitted = perform(clone(version, by=author, summary="Words that somebody approved."), "submit", by=author)
    seen, words = content_of(submitted), fingerprint(submitted)
    perform(submitted, "publish", by=reviewer, revision=submitted.revision)
    public = PartnershipVersion.objects.published().get(partnership=version.partnership)
    assert (content_of(public), fingerprint(public)) == (seen, words)
    page = client.get(reverse("directory:partnership", args=[version.partnership.reference]))
    assert "Words that somebody approved." in page.content.decode()


def languages_of(html, text):
    """The languages in which a page has ``text``, as its marks say."""
    start = text.splitlines()[0]
    places = [one for one in fromstring(html).iter() if isinstance(one.tag, str) and start in (one.text or "")]
    return {place.xpath("ancestor-or-self::*[@lang][1]/@lang")[0] for place in places}


def test_every_text_of_the_versions_is_marked_with_its_language(record, client):
    wrong = {}
    for version in record:
        html = client.get(version.get_absolute_url(), follow=True).content.decode().split("<main", 1)[1]
        for field, value in shown_fields(version):
            if isinstance(field, models.TextField) and (found := languages_of(f"<main{html}", value)) != {"fr"}:
                wrong[f"{type(version).__name__}.{field.name}"] = found
    assert wrong == {}
