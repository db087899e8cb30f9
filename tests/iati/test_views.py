"""The doors of the IATI export: what they answer, to whom, what they say of the file, what they never tell."""

import pytest
from django.urls import reverse

from directory.selection import CountDiffers
from iati import document
from iati.document import IatiFile
from partnerships.models import PartnershipVersion
from reports.models import ReportVersion
from reviews.cloning import clone
from reviews.workflow import perform
from tests import factories
from tests.everything import everything
from tests.iati.rules import WOP, checked_root
from tests.indexing import up_to_date
from tests.permissions.test_canary import SECRET, poison_version
from tests.test_house import python

pytestmark = pytest.mark.django_db
FILE = "api:partnerships-iati"
MISSING = "api:partnerships-iati-missing"
ONE = "api:partnership-iati"
QUERIES = 33
"""One that says what is complete, two for the countries and areas, the rest for one batch of entries."""


def complete(**fields):
    return factories.published_version(**({"status": "completed", "starts_on": "2014-03-01"} | fields))


def identifiers(content):
    return [one.text for one in checked_root(content).iter("iati-identifier")]


def identifier_of(version, prefix="UNSET-IATI-ORG-REF"):
    return f"{prefix}-{version.partnership.reference}"


# --- answers --------------------------------------------------------------------------------------------


def test_a_question_finds_the_same_as_in_the_directory(client):
    found, other, incomplete = (
        complete(title="B – A", mentee_in="KE"), complete(mentee_in="LC"), factories.published_version(mentee_in="KE"),
    )  # fmt: skip
    question = {"country": "KE", "ordering": "title"}
    answer = client.get(reverse(FILE), question)
    assert identifiers(answer.getvalue()) == [identifier_of(found)]
    missing = client.get(reverse(MISSING), question).json()
    assert [one["reference"] for one in missing["results"]] == [incomplete.partnership.reference]
    assert (missing["partnerships"], missing["exported"], missing["omitted"]) == (2, 1, 1)
    assert identifier_of(other) in identifiers(client.get(reverse(FILE)).getvalue())


def test_the_order_is_that_of_the_question_across_batches(client, monkeypatch):
    monkeypatch.setattr(document, "BATCH", 2)
    versions = [complete() for _place in range(5)]
    answer = client.get(reverse(FILE), {"ordering": "reference"})
    assert identifiers(answer.getvalue()) == [identifier_of(version) for version in versions]


def test_the_list_of_what_is_missing_names_the_elements(client):
    version = factories.published_version(title="A – B")
    (one,) = client.get(reverse(MISSING)).json()["results"]
    assert one == {
        "reference": version.partnership.reference, "title": "A – B", "lacks": ["activity-status", "activity-date"],
    }  # fmt: skip


@pytest.mark.parametrize("name", [FILE, MISSING])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_invalid_question_is_refused_with_the_words_of_the_page(client, name, language):
    answer = client.get(reverse(name), {"country": "ZZ"}, headers={"accept-language": language})
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    page = client.get(f"/{language}/partnerships/", {"country": "ZZ"})
    (words,) = answer.json()["errors"]["country"]
    assert any(words in problem["text"] for problem in page.context["problems"])


def test_a_file_without_activities_would_be_invalid_so_there_is_none(client):
    factories.published_version()
    answer = client.get(reverse(FILE), {"role": "mentor"})
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
    problem = answer.json()
    assert (problem["code"], problem["omitted"]) == ("no_activity", 1)
    assert client.get(problem["missing"]).json()["omitted"] == 1


def test_a_question_that_finds_nothing_is_not_blamed_on_what_iati_requires(client):
    complete()
    answer = client.get(reverse(FILE), {"q": "nothingatall"})
    assert (answer.status_code, answer.json()["code"]) == (404, "no_activity")
    assert answer.json()["detail"] == "No partnership matches all of this"


def test_one_entry_is_a_file_of_its_own(client):
    version = complete()
    complete()
    answer = client.get(reverse(ONE, args=[version.partnership.reference]))
    assert identifiers(answer.getvalue()) == [identifier_of(version)]


def test_an_entry_that_is_no_activity_says_what_it_lacks(client):
    version = factories.published_version()
    answer = client.get(reverse(ONE, args=[version.partnership.reference]))
    assert answer.status_code == 404
    assert answer.json()["lacks"] == ["activity-status", "activity-date"]


def test_what_is_not_public_is_not_there(client):
    draft = factories.draft_version(status="completed", starts_on="2014")
    for reference in (draft.partnership.reference, "WOP-9999", "nonsense"):
        assert client.get(reverse(ONE, args=[reference])).status_code == 404


def test_an_archived_entry_is_gone_with_its_public_reason(client):
    version = complete()
    reviewer = factories.SecretariatMemberFactory(platform=version.reviewing_platform).user
    perform(version, "archive", by=reviewer, comment="Entered twice.")
    answer = client.get(reverse(ONE, args=[version.partnership.reference]))
    assert (answer.status_code, answer.json()["reason"]) == (410, "Entered twice.")


def test_a_parameter_that_does_not_exist_is_refused_and_not_passed_over(client):
    version = complete()
    addresses = [reverse(FILE), reverse(MISSING), reverse(ONE, args=[version.partnership.reference])]
    for address in addresses:
        answer = client.get(address, {"contry": "KE"})
        assert (answer.status_code, list(answer.json()["errors"])) == (400, ["contry"])


@pytest.mark.parametrize("name", [FILE, MISSING])
def test_only_reading_is_possible_and_sets_no_cookie(client, name):
    complete()
    answer = client.head(reverse(name))
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert client.post(reverse(name)).status_code == 405


@pytest.mark.parametrize("accept", ["application/xml", "text/html,*/*;q=0.8", "application/iati+xml"])
def test_the_address_says_the_format_whatever_is_accepted(client, accept):
    complete()
    answer = client.get(reverse(FILE), headers={"accept": accept})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/xml; charset=utf-8")


# --- what the file says of itself -----------------------------------------------------------------------


def test_counts_licence_and_moment_stand_in_headers_comment_and_root(client, settings):
    settings.DATA_LICENCE = "CC BY 4.0 -- see <terms>"
    complete()
    factories.published_version()
    answer = client.get(reverse(FILE))
    content = answer.getvalue()
    root = checked_root(content)
    for name, value in {"activities": "1", "omitted": "1", "licence": settings.DATA_LICENCE}.items():
        assert answer.headers[f"X-IATI-{name}"] == root.get(f"{WOP}{name}") == value
    assert root.get("generated-datetime")[:10] in content.decode().split("-->")[0]
    assert "Activities: 1." in content.decode()
    assert "Licence of the data: CC BY 4.0 - - see <terms>." in content.decode()


def test_without_a_licence_it_says_that_none_was_decided(client, settings):
    settings.DATA_LICENCE = ""
    complete()
    assert "Licence of the data: not decided." in client.get(reverse(FILE)).getvalue().decode()


def test_without_the_publishers_reference_the_export_says_so(client):
    version = complete()
    answer = client.get(reverse(FILE))
    content = answer.getvalue()
    assert answer.headers["X-IATI-Prefix"] == "unset"
    assert b"The publisher's identifier is not set" in content
    assert checked_root(content).get(f"{WOP}prefix") == "unset"
    assert identifiers(content) == [identifier_of(version)]


def test_with_it_every_identifier_begins_with_it(client, settings):
    settings.IATI_ORG_REF, settings.IATI_ORG_NAME, settings.IATI_ORG_TYPE = "NL-KVK-1", "A secretariat", "21"
    version = complete()
    answer = client.get(reverse(FILE))
    content = answer.getvalue()
    assert answer.headers["X-IATI-Prefix"] == "NL-KVK-1"
    assert b"is not set" not in content
    assert identifiers(content) == [identifier_of(version, "NL-KVK-1")]
    reporter = checked_root(content).find("iati-activity/reporting-org")
    assert (reporter.get("ref"), reporter.get("type"), reporter[0].text) == ("NL-KVK-1", "21", "A secretariat")


def test_an_identifier_stays_when_a_new_version_is_published(client):
    version = complete(title="Before")
    author = factories.OrganisationMemberFactory(organisation=factories.mentor_of(version)).user
    reviewer = factories.SecretariatMemberFactory(platform=version.reviewing_platform).user
    before = client.get(reverse(FILE)).getvalue()
    submitted = perform(clone(version, by=author, title="After"), "submit", by=author)
    perform(submitted, "publish", by=reviewer, revision=submitted.revision)
    after = client.get(reverse(FILE)).getvalue()
    assert identifiers(before) == identifiers(after) == [identifier_of(version)]
    assert [b"Before" in before, b"After" in after, b"Before" in after] == [True, True, False]


def test_a_file_whose_number_is_no_longer_true_does_not_look_whole():
    versions = [complete(), complete()]
    file = IatiFile.of(PartnershipVersion.objects.published())
    PartnershipVersion.objects.filter(pk=versions[0].pk).update(state="archived")
    with pytest.raises(CountDiffers):
        list(file.chunks())


# --- what it never tells, what it costs -----------------------------------------------------------------


def test_nothing_unpublished_is_in_the_file(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    full, report = everything()
    poison_version(clone(full, by=None))
    poison_version(clone(report, by=None))
    poison_version(factories.draft_version(status="completed", starts_on="2014"))
    poison_version(factories.ReportVersionFactory(partnership=full.partnership))
    archived = complete()
    poison_version(archived)
    PartnershipVersion.objects.filter(pk=archived.pk).update(state="archived")
    assert ReportVersion.objects.published().count() == 1
    answers = [client.get(reverse(FILE)), client.get(reverse(MISSING))]
    answers.append(client.get(reverse(ONE, args=[full.partnership.reference])))
    for answer in answers:
        assert answer.status_code == 200
        assert SECRET not in str(answer.headers)
        assert SECRET.encode() not in answer.getvalue()


@pytest.mark.parametrize("number", [1, 30])
def test_the_number_of_queries_does_not_grow_with_the_activities(client, django_assert_num_queries, number):
    for _place in range(number):
        complete()
    up_to_date()
    with django_assert_num_queries(QUERIES):
        client.get(reverse(FILE)).getvalue()


def test_the_list_of_what_is_missing_costs_one_query_and_a_look_at_the_index(client, django_assert_num_queries):
    for _place in range(3):
        factories.published_version()
    up_to_date()
    with django_assert_num_queries(2):
        client.get(reverse(MISSING))


@pytest.mark.parametrize(("reference", "starts"), [("NL-KVK-1", True), ("NL/KVK-1", False), ("NL KVK", False)])
def test_a_reference_that_the_standard_forbids_does_not_start(reference, starts):
    assert (python("manage.py", "check", IATI_ORG_REF=reference).returncode == 0) == starts
