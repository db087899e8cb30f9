"""How a report or its next version is begun on the pages, and by whom."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from accounts.models import AutosavedForm
from partnerships.models import Objective
from reports.models import Report, ReportVersion
from tests import factories
from tests.posting import fields_of


def new_url(version):
    return reverse("reports:new", args=[version.partnership.reference])


def test_a_report_is_begun_on_its_page(writer, version):
    assert writer.get(new_url(version)).status_code == 200
    answer = writer.post(new_url(version), {"kind": "periodic", "period": "2016-h1"})
    draft = ReportVersion.objects.get()
    assert (draft.report.kind, draft.report.period) == ("periodic", "2016-H1")
    assert answer.url == reverse("reports:draft", args=[draft.pk])
    assert not AutosavedForm.objects.exists()


@pytest.mark.parametrize(("page", "chosen", "kept"), [("es", None, "es"), ("pt", "fr", "fr")])
def test_a_report_is_in_the_language_of_the_page_unless_another_is_chosen(writer, version, page, chosen, kept):
    Objective.objects.create(version=version, text="Lose less water")
    with override(page):
        url = new_url(version)
    data = fields_of(writer.get(url)) | {"kind": "final"} | ({"language": chosen} if chosen else {})
    writer.post(url, data)
    draft = ReportVersion.objects.get()
    assert draft.language == kept
    assert draft.objectives.get().language == "en"  # as the entry from which it was taken
    assert draft.title.startswith(version.title)


def test_a_period_that_is_not_known_is_said_by_name(writer, version):
    page = writer.get(new_url(version)).content.decode()
    assert "The period is not known" in page
    answer = writer.post(new_url(version), {"kind": "follow-up", "period": "2016", "not_known": "on"})
    assert "You named a period and also said that it is not known." in answer.content.decode()
    writer.post(new_url(version), {"kind": "follow-up", "period": "", "not_known": "on"})
    assert Report.objects.get().period == "unknown"


def test_a_final_report_needs_no_period(writer, version):
    writer.post(new_url(version), {"kind": "final", "period": ""})
    assert Report.objects.get().period == "final"


@pytest.mark.parametrize(
    ("kind", "period", "message"),
    [
        ("periodic", "", "Say which period"),
        ("periodic", "final", "Say which period"),
        ("follow-up", "", "Say which period"),
        ("periodic", "two years", "Write a year (2015)"),
        ("", "2016", "from the list “kind of report”"),
    ],
)
def test_a_wrong_period_is_told_and_kept(writer, version, kind, period, message):
    answer = writer.post(new_url(version), {"kind": kind, "period": period})
    text = answer.content.decode()
    assert answer.status_code == 200
    assert message in text
    assert not period or f'value="{period}"' in text
    assert not Report.objects.exists()


def test_the_same_period_leads_to_the_report_that_there_is(writer, version, draft):
    sent = {"kind": "periodic", "period": "2016"}
    text = writer.post(new_url(version), sent).content.decode()
    assert "already a report of this kind for this period" in text
    assert reverse("desk:entry", args=["report", draft.pk]) in text
    ReportVersion.objects.filter(pk=draft.pk).update(state="published")
    assert draft.report.get_absolute_url() in writer.post(new_url(version), sent).content.decode()


def test_only_those_who_take_part_report(client, stranger, author, version, reviewer):
    assert reverse("account_login") in client.get(new_url(version)).url
    for person in (stranger, reviewer):
        client.force_login(person)
        assert client.get(new_url(version)).status_code == 403


def test_a_wop_that_nobody_may_see_is_not_found(client, stranger):
    client.force_login(stranger)
    assert client.get(new_url(factories.draft_version())).status_code == 404


def test_beginning_is_posted_or_looked_at(writer, version):
    assert writer.put(new_url(version)).status_code == 405


def test_a_new_version_of_a_published_report_is_begun(writer, stranger, version):
    published = factories.published_report(partnership=version.partnership)
    url = reverse("reports:new-version", args=[published.report.pk])
    assert writer.get(url).status_code == 405
    answer = writer.post(url)
    assert answer.url == reverse("reports:draft", args=[published.report.versions.get(number=2).pk])
    writer.force_login(stranger)
    assert writer.post(url).status_code == 403


def test_a_new_version_of_what_nobody_may_see_is_not_found(client, stranger, draft):
    client.force_login(stranger)
    assert client.post(reverse("reports:new-version", args=[draft.report.pk])).status_code == 404
