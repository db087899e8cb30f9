"""Two operators and all that they did together, and the way there from a profile."""

import pytest
from django.urls import reverse
from lxml.html import fromstring

from partnerships.models import Agreement, Milestone, Track
from reviews.workflow import perform
from tests import factories
from tests.directory.test_profile import archived, area, page

pytestmark = pytest.mark.django_db


@pytest.fixture
def together(db):
    """Two published WOPs of the same mentor and mentee: 2012 and, entered before it, 2015."""
    later = factories.published_version(title="Second time", starts_on="2015", ends_on="2016")
    return [also_by(later, title="First time", starts_on="2012"), later]


def also_by(version, swapped=False, **fields):
    """Another published WOP of the same two."""
    draft = factories.draft_version(**fields)
    roles = ("mentee", "mentor") if swapped else ("mentor", "mentee")
    for role, organisation in zip(roles, (factories.mentor_of(version), factories.mentee_of(version)), strict=True):
        draft.involvements.filter(role=role).update(organisation=organisation)
    return perform(draft, "load", by=None)


def address(version):
    pair = (factories.mentor_of(version), factories.mentee_of(version))
    return reverse("directory:twins", args=sorted(organisation.slug for organisation in pair))


def html_of(client, version):
    answer = client.get(address(version))
    assert answer.status_code == 200
    return answer.content.decode()


def test_tells_all_partnerships_of_the_two_the_first_one_first(client, together):
    html = html_of(client, together[0])
    first, later = (version.partnership.reference for version in together)
    assert html.index(f">{first}<") < html.index(f">{later}<")
    assert "2 partnerships, 2012 – 2016" in html


def test_who_always_helped_stands_on_the_left(client, together):
    pair = fromstring(html_of(client, together[0])).xpath("//main//*[contains(@class, 'pair-header')]")[0]
    sides = [side.text_content().split()[0] for side in pair.xpath(".//*[contains(@class, 'pair-side')]")]
    names = [" ".join(end.text_content().split()) for end in pair.xpath(".//*[@class='pair-name']")]
    assert sides == ["Mentor", "Mentee"]
    assert names == [factories.mentor_of(together[0]).acronym, factories.mentee_of(together[0]).acronym]


def test_who_helped_each_other_are_two_equal_ends(client, together):
    also_by(together[0], swapped=True)
    html = html_of(client, together[0])
    assert "pair-header is-peers" in html
    assert 'class="pair-role"' not in html


def test_agreements_and_milestones_of_all_stand_in_one_timeline(client, together):
    first, later = together
    Milestone.objects.create(version=later, text="Visit", happened_on="2015-05")
    Agreement.objects.create(version=first, title="Letter", signed_on="2012-03-01")
    Milestone.objects.create(version=first, text="Some day")
    lines = fromstring(html_of(client, first)).xpath("//ol[@class='timeline']/li/div")
    told = [line.text_content().split() for line in lines]
    assert [words[0] for words in told] == ["Letter", "Visit", "Some"]
    assert told[1][-1] == later.partnership.reference


def test_what_they_worked_on_is_counted(client, together):
    for version in together:
        Track.objects.create(version=version, area=area("metering"))
    row = html_of(client, together[0]).split('class="aside-count">Metering')[1]
    assert row.startswith(" <span>2</span>")


def test_the_other_order_leads_to_the_one_address_for_good(client, together):
    slugs = sorted(part(together[0]).slug for part in (factories.mentor_of, factories.mentee_of))
    answer = client.get(reverse("directory:twins", args=slugs[::-1]))
    assert (answer.status_code, answer["Location"]) == (301, address(together[0]))


@pytest.mark.parametrize("other", ["mentor", "nobody", "a stranger"])
def test_what_they_did_not_do_together_is_not_there(client, together, other):
    slug = factories.mentor_of(together[0]).slug
    others = {"mentor": slug, "nobody": "no-such", "a stranger": factories.OrganisationFactory().slug}
    answer = client.get(reverse("directory:twins", args=sorted([slug, others[other]])))
    assert answer.status_code == 404


def test_drafts_and_archived_partnerships_leave_no_trace(client, together):
    archived(together[1])
    html = html_of(client, together[0])
    assert "Second time" not in html
    assert together[1].partnership.reference not in html
    archived(together[0])
    assert client.get(address(together[0])).status_code == 404


def test_a_profile_leads_there_only_where_there_is_more(client, together):
    assert f'href="{address(together[0])}"' in page(client, together[0])
    alone = factories.published_version()
    assert "/between/" not in page(client, alone)


def test_an_archived_one_of_the_two_is_not_linked(client, together):
    mentor = factories.mentor_of(together[0])
    type(mentor).objects.filter(pk=mentor.pk).update(state="archived")
    assert "/between/" not in page(client, together[0])


def test_others_at_work_on_the_same_in_the_same_country_are_named_with_the_reason(client, version):
    def beside(*areas, country=None):
        draft = factories.draft_version()
        for code in areas:
            Track.objects.create(version=draft, area=area(code))
        mentee = factories.OrganisationFactory(country_id=country or factories.mentee_of(version).country_id)
        draft.involvements.filter(role="mentee").update(organisation=mentee)
        return perform(draft, "load", by=None)

    for code in ("metering", "other"):
        Track.objects.create(version=version, area=area(code))
    alike = beside("procurement", "metering")
    elsewhere, otherwise = beside("metering", country="BO"), beside("procurement", "other")
    html = page(client, version)
    asked = html.split("Others at work on the same")[1].split("</section>")[0]
    assert f"metering in {factories.mentee_of(version).country} too" in asked
    assert alike.get_absolute_url() in asked
    assert elsewhere.get_absolute_url() not in html
    assert otherwise.get_absolute_url() not in html


def test_the_number_of_queries_does_not_grow_with_what_they_did(client, together, django_assert_max_num_queries):
    for _ in range(4):
        also_by(together[0])
    with django_assert_max_num_queries(13):
        client.get(address(together[0]))
