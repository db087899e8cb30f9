"""What a secretariat has published, and where it may write for operators without accounts."""

import pytest
from django.urls import reverse

from reports.models import ReportVersion
from tests import factories

ADDRESS = reverse("desk:register")


def lines(client, user, **question):
    client.force_login(user)
    page = client.get(ADDRESS, question)
    assert page.status_code == 200
    return page.context["lines"]


def test_it_lists_what_the_platform_published(client, version):
    factories.draft_version()
    regional = factories.SecretariatMemberFactory()
    assert lines(client, regional.user) == []
    type(version).objects.filter(pk=version.pk).update(reviewing_platform=regional.platform)
    assert [line.version for line in lines(client, regional.user)] == [version]


def test_nobody_else_sees_it(client, version, author):
    client.force_login(author)
    assert client.get(ADDRESS).status_code == 403
    client.logout()
    assert client.get(ADDRESS).status_code == 302


def test_it_leads_to_a_report_where_nobody_has_an_account(client, version, reviewer):
    (line,) = lines(client, reviewer)
    assert client.get(line.report_url).status_code == 200
    client.post(line.report_url, {"kind": "periodic", "period": "2016"})
    draft = ReportVersion.objects.get()
    assert draft.created_by == reviewer
    assert draft.is_written_by(reviewer)


def test_it_leads_nowhere_where_operators_write(client, version, author, reviewer):
    (line,) = lines(client, reviewer)
    assert (line.report_url, line.version_url) == ("", "")
    assert client.get(reverse("reports:new", args=[version.partnership.reference])).status_code == 403


def test_a_new_version_is_offered_until_one_is_begun(client, version, reviewer):
    (line,) = lines(client, reviewer)
    client.post(line.version_url)
    (line,) = lines(client, reviewer)
    assert line.version_url == ""
    assert line.report_url


@pytest.mark.parametrize(("question", "found"), [("none", 1), ("some", 0), ("", 1)])
def test_it_is_narrowed_to_those_that_nobody_writes(client, version, reviewer, question, found):
    assert len(lines(client, reviewer, accounts=question)) == found


def test_it_is_searched_by_words_and_by_reference(client, version, reviewer):
    assert len(lines(client, reviewer, q=version.partnership.reference)) == 1
    assert len(lines(client, reviewer, q=version.title.split()[0])) == 1
    assert lines(client, reviewer, q="nothing of the kind") == []


def test_thirty_cost_as_many_queries_as_one(client, version, reviewer, django_assert_num_queries):
    client.force_login(reviewer)
    client.get(ADDRESS)
    with django_assert_num_queries(9):
        client.get(ADDRESS)
    for _ in range(29):
        other = factories.published_version()
        type(other).objects.filter(pk=other.pk).update(reviewing_platform=version.reviewing_platform)
    with django_assert_num_queries(9):
        client.get(ADDRESS)
