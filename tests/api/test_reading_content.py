"""Nothing that is entered is lost on the way to programs."""

from decimal import Decimal

import pytest
from django.db.models import Field

from operators.models import Figure, FormerName, Need, Organisation, OrganisationService, Strength
from partnerships.models import (
    Confirmation,
    Involvement,
    Partnership,
    PartnershipVersion,
    StoredFile,
)
from partnerships.models.base import ResultRow, TotalCost, Version
from partnerships.models.files import AttachmentRow
from platforms.models import Platform, PlatformHost, PlatformMilestone, Programme
from reports.models import Report, ReportChoice, ReportVersion
from reviews.cloning import row_models
from reviews.models import Reviewable, Row
from reviews.snapshots import fingerprint
from tests import factories
from tests.everything import everything
from vocabularies.models import Area, Country, ImprovementArea, Indicator, Term

LEFT_OUT = {
    (Partnership, "loaded_as"): "which row of the files it is, for the loader alone",
    (Reviewable, "id"): "machine key",
    (Reviewable, "revision"): "for the workflow",
    (Reviewable, "created_by"): "a person's name is not public",
    (Reviewable, "created_at"): "readers want to know when it was published",
    (Reviewable, "updated_at"): "stands in Last-Modified",
    (Reviewable, "reviewing_platform"): "how the entry was routed; the named platforms are shown",
    (Version, "search_text"): "made of the other fields",
    (Organisation, "search_text"): "made of the other fields",
    (Organisation, "state"): "what is there is published",
    (Row, "id"): "machine key",
    (Row, "version"): "the entry itself",
    (Row, "position"): "the order of the rows",
    (Partnership, "id"): "machine key",
    (Partnership, "slug"): "leads to the page by redirect",
    (Partnership, "entered_by"): "shown as “reported by” after a submission",
    (Partnership, "created_at"): "readers want to know when it was published",
    (Report, "created_at"): "readers want to know when it was published",
    (StoredFile, "id"): "part of the address of its download",
    (StoredFile, "file"): "where it lies is nobody's business",
    (StoredFile, "uploaded_by"): "a person's name is not public",
    (StoredFile, "uploaded_at"): "readers want to know when the entry was published",
}
"""{(model, field): why programs do not read it}."""
PATHS = {
    (Version, "state"): "is_present",
    (Version, "number"): "version",
    (TotalCost, "cost_amount"): "cost.amount",
    (TotalCost, "cost_currency"): "cost.currency",
    (TotalCost, "cost_kind"): "cost.kind",
    (TotalCost, "cost_covers"): "cost.covers",
    (TotalCost, "cost_usd_rate"): "cost.usd.rate",
    (TotalCost, "cost_usd_rate_on"): "cost.usd.rate_date",
    (TotalCost, "cost_usd_rate_source"): "cost.usd.rate_source",
    (PartnershipVersion, "partnership"): "reference",
    (ReportVersion, "report"): "id",
    (AttachmentRow, "stored_file"): "file.name",
    (ReportChoice, "term"): "term",
    **{
        (ResultRow, f"{name}{end}"): f"{name}.{part}"
        for name in ("baseline", "latest", "target")
        for end, part in (("", "value"), ("_on", "date"))
    },
}
"""{(model, field): where it stands, when it is not under its own name}."""


NAMED_BY = (
    (Partnership, "reference"), (Term, "code"), (Country, "code"), (Area, "code"), (Report, "pk"), (Platform, "key"),
    (Programme, "key"), (Organisation, "key"), (StoredFile, "name"), (Row, "key"),
)  # fmt: skip


@pytest.fixture
def record(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return everything()


@pytest.fixture
def answers(record, client):
    """[(version, its answer)] of both."""
    version, report = record
    paths = (f"partnerships/{version.partnership.reference}/", f"reports/{report.report_id}/")
    answers = [client.get(f"/api/v1/{path}").json() for path in paths]
    return list(zip(record, answers, strict=True))


def is_left_out(thing, field):
    return any(isinstance(thing, kind) and field.name == name for kind, name in LEFT_OUT)


def path_of(thing, field):
    found = [path for (kind, name), path in PATHS.items() if isinstance(thing, kind) and name == field.name]
    return found[0] if found else field.name


def told(data, path):
    """What stands under a dotted path; null where something on the way is null, an error where a name is missing."""
    for name in path.split("."):
        data = data if data is None else data[name]
    return data


def missing_in(data, thing):
    """Names of the fields of ``thing`` whose values do not stand in ``data``."""
    return [
        f"{type(thing).__name__}.{field.name}"
        for field in thing._meta.concrete_fields
        if not is_left_out(thing, field) and not is_told(data, thing, field)
    ]


def is_told(data, thing, field):
    # An organisation's own country stands for its row.
    name = "place" if isinstance(thing, Involvement) and field.name == "country" else field.name
    value, said = getattr(thing, name), told(data, path_of(thing, field))
    if field.name == "state" and isinstance(thing, Version):
        return said is True
    if value in (None, ""):
        return said in (None, "")
    return said == as_json(value) or (isinstance(said, dict) and as_json(value) in said.values())


def as_json(value):
    """``value`` as an answer says it; of a thing that has a code or a key, that."""
    for kind, attribute in NAMED_BY:
        if isinstance(value, kind):
            value = getattr(value, attribute)
    if isinstance(value, Decimal):
        return format(value if value.as_tuple().exponent == -2 else value.normalize(), "f")
    return value if isinstance(value, bool | int) else str(value)


def rows_of(version):
    for kind in row_models(type(version)):
        name = kind._meta.get_field("version").remote_field.get_accessor_name()
        yield name, kind._base_manager.filter(version=version)


def test_every_field_of_an_entry_is_told(answers):
    assert [missing for version, data in answers for missing in missing_in(data, version)] == []


def test_every_field_of_every_row_is_told(answers):
    missing = []
    for version, data in answers:
        for name, rows in rows_of(version):
            by_key = {row["key"]: row for row in data[name]}
            assert rows.exists()
            for row in rows:
                missing += missing_in(by_key[str(row.key)], row)
    assert missing == []


def test_every_field_of_the_identities_and_files_is_told(answers):
    (version, data), (report, report_data) = answers
    assert missing_in(data, version.partnership) == []
    assert missing_in(report_data, report.report) == []
    for entry, said in answers:
        row = entry.attachments.exclude(stored_file=None).get()
        file = next(one["file"] for one in said["attachments"] if one["file"])
        assert missing_in(file, row.stored_file) == []
        assert file["url"].endswith(row.stored_file.get_absolute_url())


@pytest.mark.parametrize(("kind", "name"), LEFT_OUT)
def test_every_exception_names_a_field(kind, name):
    """One that names nothing any more would hide the next field of that name."""
    kinds = [kind, *kind.__subclasses__(), *(two for one in kind.__subclasses__() for two in one.__subclasses__())]
    assert name in {field.name for one in kinds for field in one._meta.get_fields()}


def test_unknown_is_null_and_never_nought(client, version):
    data = client.get(f"/api/v1/partnerships/{version.partnership.reference}/").json()
    assert [data[name] for name in ("cost", "starts_on", "ends_on", "signed_on", "lifecycle_step")] == [None] * 5
    assert data["status"] == {"code": "unknown", "label": "Not known"}


def test_an_amount_keeps_its_decimals_and_a_date_its_precision(answers):
    (_version, data), (_report, reported) = answers
    assert data["cost"]["amount"] == "734210.00"
    assert data["cost"]["usd"]["amount"] == "794782.32"
    assert data["starts_on"] == {"date": "2012-11", "precision": "month"}
    assert data["results"][0]["baseline"] == {"value": "47.25", "date": {"date": "2011-03", "precision": "month"}}
    assert reported["results"][0]["target"] == {"value": "21", "date": {"date": "2019", "precision": "year"}}


def test_a_target_is_a_row_of_its_own(answers):
    (version, data), _report = answers
    (target,) = data["targets"]
    assert target["track"] == str(version.tracks.get().key)
    assert (target["value"], target["unit"]) == ("18.75", "% of taps")
    assert target["due_on"] == {"date": "2020-11", "precision": "month"}
    assert "target" not in data["results"][0]


def test_reasons_for_silence_stand_beside(answers):
    (_version, data), (_report, reported) = answers
    assert data["unanswered"][0]["reason"]["code"] == "prefer-not-to-say"
    assert reported["unanswered"][0]["question"] == {"code": "supporters", "label": "Supporters"}


def test_the_confirmation_reads_as_on_the_page(client, version):
    path = f"/api/v1/partnerships/{version.partnership.reference}/?fields=confirmation"
    assert client.get(path).json()["confirmation"] == {
        "code": "public-sources", "text": "compiled from public sources", "differences": [],
    }  # fmt: skip
    said = {"entry": version, "fingerprint": fingerprint(version), "answer": "differs", "text": "It began in 2013."}
    mentor = factories.mentor_of(version)
    answer = Confirmation.objects.create(organisation=mentor, may_be_shown=False, **said)
    confirmation = client.get(path).json()["confirmation"]
    assert (confirmation["code"], confirmation["differences"]) == ("difference", [])
    assert confirmation["text"] == f"{mentor.acronym} reports a difference"
    Confirmation.objects.filter(pk=answer.pk).update(may_be_shown=True)
    (difference,) = client.get(path).json()["confirmation"]["differences"]
    assert (difference["text"], difference["organisation"]["key"]) == ("It began in 2013.", mentor.key)


# --- organisations and platforms ------------------------------------------------------------------------


def full_organisation():
    organisation = factories.OrganisationFactory(
        kind="public-utility", city="Castries", latitude=Decimal("14.01"), longitude=Decimal("-60.98"),
        website="https://utility.example/", about="Who we are", about_language="fr", logo="logos/a.png",
    )  # fmt: skip
    OrganisationService.objects.create(organisation=organisation, service="water")
    old = {"name": "The old name", "acronym": "OLD", "used_from": "1990", "used_until": "2001-05", "source": "A book"}
    FormerName.objects.create(organisation=organisation, **old)
    number = {"services": "water;sanitation", "value": Decimal("7600.5"), "unit": "persons", "year": 2013}
    indicator = Indicator.objects.first()
    Figure.objects.create(organisation=organisation, indicator=indicator, note="Counted", source="A letter", **number)
    area = ImprovementArea.objects.get(code="metering")
    Need.objects.create(organisation=organisation, area=area, description="Meters")
    Strength.objects.create(organisation=organisation, area=area, description="Reading them")
    return organisation


def named(model, *names):
    """Names of the fields of a model but ``names``."""
    return {field.name for field in model._meta.concrete_fields if isinstance(field, Field)} - {"id", *names}


def test_every_field_of_an_organisation_is_told(client, db):
    organisation = full_organisation()
    data = client.get(f"/api/v1/organisations/{organisation.key}/").json()
    shown = {"latitude": "location", "longitude": "location"}
    fields = {field.name for field in Organisation._meta.concrete_fields if not is_left_out(organisation, field)}
    assert {shown.get(name, name) for name in fields} <= set(data)
    assert data["location"] == {"latitude": 14.01, "longitude": -60.98}
    assert data["services"] == [{"code": "water", "label": "Water"}]
    assert set(data["former_names"][0]) == named(FormerName, "organisation")
    assert set(data["figures"][0]) == named(Figure, "organisation", "created_at")
    assert data["figures"][0]["value"] == "7600.5"
    assert set(data["needs"][0]) == set(data["strengths"][0]) == named(Need, "organisation", "created_at")


def test_every_field_of_a_platform_and_a_programme_is_told(client, version):
    host = factories.mentor_of(version)
    parent = factories.PlatformFactory()
    platform = factories.PlatformFactory(parent=parent, areas=["419"], countries=["MQ"])
    PlatformHost.objects.create(platform=platform, organisation=host, starts_on="2013-08", note="Since then")
    PlatformMilestone.objects.create(platform=platform, happened_on="2010", text="Founded")
    programme = Programme.objects.create(key="p", slug="p", name="P", donor=host, starts_on="2016")
    data = client.get(f"/api/v1/platforms/{platform.key}/").json()
    assert named(Platform, "revision") <= set(data)
    assert {"areas", "countries", "children"} <= set(data)
    assert set(data["hosts"][0]) == named(PlatformHost, "platform")
    assert set(data["milestones"][0]) == named(PlatformMilestone, "platform")
    assert client.get(f"/api/v1/platforms/{parent.key}/").json()["children"][0]["key"] == platform.key
    assert named(Programme) <= set(client.get(f"/api/v1/programmes/{programme.key}/").json())


def test_codes_of_terms_and_countries_are_told_in_full(client, db):
    assert named(Term, *(f"label_{code}" for code in ("en", "es", "fr", "pt"))) <= set(
        client.get("/api/v1/terms/improvement_area/metering/").json()
    )
    names = [f"name_{code}" for code in ("en", "es", "fr", "pt")]
    assert named(Country, *names, "latitude", "longitude") <= set(client.get("/api/v1/countries/MQ/").json())
    assert named(Area, *names, "lineage") <= set(client.get("/api/v1/areas/029/").json())
