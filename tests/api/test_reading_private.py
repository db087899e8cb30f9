"""What is not public cannot be reached: by no property, no expansion, no filter, no search, no count."""

import json

import pytest

from api.serializers.organisations import Organisation as OrganisationShape
from api.serializers.partnerships import Partnership as PartnershipShape
from api.serializers.reports import Report as ReportShape
from operators.models import Organisation
from partnerships.models import Involvement, PartnershipAttachment, Quotation, RelatedPartnership, StoredFile
from platforms.models import PlatformHost, Programme
from reports.models import ReportSupporter
from reviews.cloning import clone
from reviews.workflow import perform
from tests import factories

pytestmark = pytest.mark.django_db
SECRET = "zqhidden"


@pytest.fixture
def hidden(version, author):
    """An organisation that is not public, named by drafts of everything beside what is public."""
    organisation = factories.OrganisationFactory(
        key=f"{SECRET}-key", name=f"{SECRET} name", acronym=SECRET, state="draft"
    )
    draft = clone(version, by=author, title=f"{SECRET} title", summary=SECRET)
    factories.InvolvementFactory(version=draft, organisation=organisation, role="funder", description=SECRET)
    Quotation.objects.create(version=draft, organisation=organisation, text=SECRET, has_consent=True)
    stored = StoredFile.objects.create(name=f"{SECRET}.pdf", size=1, media_type="application/pdf", sha256="0" * 64)
    PartnershipAttachment.objects.create(version=draft, description=SECRET, stored_file=stored)
    report = factories.published_report(partnership=version.partnership)
    answers = clone(report, by=author, title=f"{SECRET} report")
    ReportSupporter.objects.create(version=answers, organisation=organisation, support=SECRET)
    factories.ReportVersionFactory(partnership=version.partnership, period="2016", title=SECRET)
    PlatformHost.objects.create(platform=factories.PlatformFactory(), organisation=organisation, note=SECRET)
    Programme.objects.create(key="p", slug="p", name="P", donor=organisation)
    other = factories.draft_version(title=f"{SECRET} other")
    RelatedPartnership.objects.create(version=version, partnership=other.partnership, relation="later")
    return organisation


def addresses(version):
    """Every address of the published entry, with all that can be asked for."""
    reference = version.partnership.reference
    report = version.partnership.reports.first().pk
    everything = ",".join(PartnershipShape.properties())
    yield f"partnerships/?fields={everything}&expand=organisations,reports"
    yield f"partnerships/{reference}/?fields={everything}&expand=organisations,reports"
    yield f"reports/?fields={','.join(ReportShape.properties())}&expand=organisations"
    yield f"reports/{report}/?expand=organisations"
    listed = [name for name in OrganisationShape.properties() if name not in OrganisationShape.detail_only]
    yield f"organisations/?group=all&fields={','.join(listed)}"
    yield from (f"partnerships/{reference}/{part}" for part in ("versions/", "versions/1/", "reports/"))
    yield from (f"reports/{report}/versions/", f"reports/{report}/versions/1/")
    yield from ("platforms/?expand=hosts", "programmes/?fields=donor,about", "terms/?page_size=100")


def test_no_address_tells_what_only_drafts_name(client, version, hidden):
    for path in addresses(version):
        answer = client.get(f"/api/v1/{path}")
        assert answer.status_code == 200, answer.json()
        assert SECRET not in answer.content.decode() + str(answer.headers), path


@pytest.mark.parametrize(
    "path",
    [
        f"partnerships/?organisation={SECRET}-key",
        f"programmes/?donor={SECRET}-key",
        f"organisations/{SECRET}-key/",
        f"organisations/{SECRET}-key/?fields=key",
    ],
)
def test_what_is_not_public_is_no_value_and_no_address(client, hidden, path):
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code in {400, 404}
    assert f"{SECRET} name" not in answer.content.decode()


@pytest.mark.parametrize("path", ["partnerships/", "reports/", "organisations/?group=all"])
def test_a_search_for_private_words_finds_nothing(client, hidden, path):
    assert client.get(f"/api/v1/{path}", {"q": SECRET}).json()["count"] == 0


def test_a_related_partnership_that_is_not_public_is_only_a_reference(client, version, hidden):
    path = f"/api/v1/partnerships/{version.partnership.reference}/"
    (related,) = client.get(path).json()["related"]
    hidden_reference = related["partnership"].pop("reference")
    assert hidden_reference.startswith("WOP-")
    assert related["partnership"] == {"title": None, "url": None, "api_url": None}


def test_an_organisation_that_is_no_longer_public_has_a_name_and_nothing_that_leads_to_it(client, version):
    mentor = factories.mentor_of(version)
    factories.OrganisationFactory()
    Organisation.objects.filter(pk=mentor.pk).update(city=SECRET, website=f"https://{SECRET}.example/")
    reviewer = factories.SecretariatMemberFactory(platform=factories.global_platform()).user
    perform(Organisation.objects.get(pk=mentor.pk), "archive", by=reviewer, comment="Closed down.")
    path = f"/api/v1/partnerships/{version.partnership.reference}/?expand=organisations"
    answer = client.get(path)
    assert SECRET not in answer.content.decode()
    named = answer.json()["involvements"][0]["organisation"]
    assert named["name"] == mentor.name
    assert [named[name] for name in ("key", "slug", "url", "api_url")] == [None] * 4
    assert "figures" not in named
    assert Involvement.objects.filter(organisation=mentor).exists()


def test_what_can_be_asked_for_is_a_fixed_list(client, version):
    """A property that is not declared cannot be named, whatever the model is called."""
    for name in ("created_by", "partnership__participants", "events", "search_text", "organisation", "state", "_state"):
        for parameter in ("fields", "expand"):
            for path in ("partnerships/", f"partnerships/{version.partnership.reference}/", "organisations/"):
                answer = client.get(f"/api/v1/{path}", {parameter: name})
                assert answer.status_code == 400, (path, parameter, name)
                assert list(answer.json()["errors"]) == [parameter]


def test_a_draft_changes_nothing_for_its_author_either(client, version, author):
    path = f"/api/v1/partnerships/{version.partnership.reference}/"
    before = client.get(path).json()
    clone(version, by=author, title=SECRET)
    client.force_login(author)
    assert json.dumps(client.get(path).json()) == json.dumps(before)
