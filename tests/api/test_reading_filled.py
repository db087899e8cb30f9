"""Every property that the API promises, once with something in it: an empty list hides how its items read."""

from decimal import Decimal

import pytest

from operators.models import Figure, FormerName, Need, OrganisationLanguage, OrganisationService, Strength
from partnerships.models import Confirmation
from platforms.models import Platform, PlatformHost, PlatformMilestone, Programme
from reviews.snapshots import fingerprint
from tests import factories
from tests.api.conforming import check, operation_of, schema
from tests.everything import everything
from vocabularies.models import Area, ImprovementArea, Indicator, Term

pytestmark = pytest.mark.django_db
EMPTY = (None, "", [], {})
OF_PAGES = {"next", "previous"}
"""Other tests turn pages (test_reading.py)."""


@pytest.fixture
def paths(settings, tmp_path):
    """Addresses of things in which nothing is left empty."""
    settings.MEDIA_ROOT = tmp_path
    version, report = everything()
    body = version.involvements.get(role="lead-mentor").organisation
    _fill_organisation(body)
    platform = _fill_platform(version, body)
    _differ(version, body)
    wop = f"partnerships/{version.partnership.reference}/"
    term = Term.objects.exclude(parent=None).first()
    unit = Term.objects.exclude(unit="").first()
    return [
        f"{wop}?expand=organisations,reports", f"{wop}versions/", f"{wop}versions/1/", f"reports/{report.report_id}/",
        f"reports/{report.report_id}/versions/", f"organisations/{body.key}/", f"platforms/{platform.key}/",
        f"platforms/{platform.parent.key}/", "programmes/all/", f"terms/{term.list}/{term.code}/",
        f"terms/{unit.list}/{unit.code}/", "countries/MQ/", f"areas/{Area.objects.exclude(also_in=None).first().code}/",
    ]  # fmt: skip


def _fill_organisation(body):
    about = {"kind": "public-utility", "city": "Castries", "website": "https://utility.example/", "about": "Who we are"}
    place = {"latitude": Decimal("14.01"), "longitude": Decimal("-60.98")}
    type(body).objects.filter(pk=body.pk).update(about_language="fr", logo="logos/a.png", **about, **place)
    OrganisationService.objects.create(organisation=body, service="water")
    OrganisationLanguage.objects.create(organisation=body, language="fr")
    FormerName.objects.create(
        organisation=body, name="The old name", acronym="OLD", used_from="1990", used_until="2001-05", source="A book"
    )
    number = {"services": "water", "value": Decimal("7600.5"), "unit": "persons", "year": 2013, "note": "Counted"}
    Figure.objects.create(organisation=body, indicator=Indicator.objects.first(), source="A letter", **number)
    area = ImprovementArea.objects.get(code="metering")
    Need.objects.create(organisation=body, area=area, description="Meters")
    Strength.objects.create(organisation=body, area=area, description="Reading them")


def _fill_platform(version, body):
    """The platform that the entry names, and its programme: both of ``body``, with all that can be said of them."""
    platform = version.named_platforms.get().platform
    about = {"website": "https://platform.example/", "about": "Who", "about_language": "es", "source": "A sheet"}
    Platform.objects.filter(pk=platform.pk).update(
        parent=factories.PlatformFactory(), status="active", established_on="2007", **about
    )
    Programme.objects.filter(key="all").update(donor=body, starts_on="2017", ends_on="2021", **about)
    platform.countries.add("MQ")
    PlatformHost.objects.create(
        platform=platform, organisation=body, starts_on="2013-08", ends_on="2015", note="Then", source="A letter"
    )
    PlatformMilestone.objects.create(platform=platform, happened_on="2010", text="Founded", source="A book")
    platform.refresh_from_db()
    return platform


def _differ(version, body):
    said = {"entry": version, "fingerprint": fingerprint(version), "answer": "differs", "text": "It began in 2013."}
    Confirmation.objects.create(organisation=body, may_be_shown=True, **said)


def told(value, wanted, name=""):
    """(shape, property, value) of everything that stands in ``value`` under a shape that has a name."""
    if "$ref" in wanted:
        name = wanted["$ref"].rsplit("/", 1)[1]
        wanted = schema()["components"]["schemas"][name]
    for one in [*wanted.get("allOf", ()), *wanted.get("oneOf", ()), *wanted.get("anyOf", ())]:
        yield from told(value, one, name)
    for item in value if isinstance(value, list) else ():
        yield from told(item, wanted.get("items", {}))
    for key, shape in wanted.get("properties", {}).items():
        held = value.get(key) if isinstance(value, dict) else None
        yield name, key, held
        yield from told(held, shape)


def test_every_property_that_is_promised_is_filled_and_as_promised(client, paths):
    promised, filled = set(), set()
    for path in paths:
        answer = client.get(f"/api/v1/{path}")
        check(answer)
        content = operation_of("GET", answer.wsgi_request.path_info)["responses"]["200"]["content"]
        for shape, name, value in told(answer.json(), content["application/json"]["schema"]):
            promised.add((shape, name))
            if value not in EMPTY:
                filled.add((shape, name))
    assert {(shape, name) for shape, name in promised - filled if name not in OF_PAGES} == set()
