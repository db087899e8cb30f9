"""What the guide pages count live, and the texts that go with lists of the code."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from directory.filters.partnerships import PartnershipFilter
from directory.insights.costs import RULE_OF_THUMB
from directory.insights.numbers import counts as counts_of
from operators.models import Organisation
from partnerships.models import Involvement, PartnershipVersion, Role, Step
from reports.models import ReportVersion
from vocabularies.models import Term, TermList

WHAT_ARE_WOPS = {
    "label": "GWOPA, What are WOPs",
    "language": "en",
    "url": "https://gwopa.unhabitat.org/our-focus/WOPs/what-are-wops",
}
GET_INVOLVED = {"label": "GWOPA, Get involved in a WOP", "language": "en", "url": ""}


@dataclass(frozen=True)
class Motivation:
    label: str
    reports: int


def steps():
    """The seven steps: (name as everywhere in the portal, what happens in it)."""
    texts = {
        Step.PARTNERS_MEET: _(
            "One utility knows what it lacks, another has it. Often a platform introduces them. Being near each other, "
            "speaking the same language or working under similar conditions helps."
        ),
        Step.AGREEMENT: _("Both sides write down what they want to reach, how long it may take and who pays for what."),
        Step.JOINT_DIAGNOSIS: _(
            "People of both utilities look at the network, the books and the daily work together, choose the "
            "improvement tracks and name a team for each."
        ),
        Step.WORK_PLAN: _(
            "For every track: what comes first, who does it and by when. The mentee’s priorities set the order, what "
            "both can spare sets the pace."
        ),
        Step.PEER_SUPPORT: _(
            "Colleagues work side by side, in the classroom, on the job and over the phone. This is the long part: "
            "some months, or more than ten years."
        ),
        Step.ASSESSMENT: _(
            "Partners keep asking what has changed and correct their course. A report to the register makes the answer "
            "useful to others."
        ),
        Step.NEXT: _(
            "The agreement ends; the acquaintance often does not. Partners close, go on, or widen the work to new "
            "subjects and new partners."
        ),
    }
    return [(step.label, texts[step]) for step in Step]


def counts():
    """Published partnerships, operators in them, and the bodies that paid for some."""
    published = PartnershipVersion.objects.published()
    funding = Involvement.objects.filter(version__in=published.order_by().values("pk"), role=Role.FUNDER)
    counted = counts_of(published)
    return {
        "partnerships": counted["partnerships"],
        "operators": counted["operators"],
        "funders": Organisation.objects.published().filter(pk__in=funding.values("organisation")).count(),
    }


def costs():
    """How many published WOPs state a total cost, and how many of them stay within the rule of thumb."""
    published = PartnershipVersion.objects.published()
    asked = QueryDict(f"cost_max={RULE_OF_THUMB}")
    return {
        "limit": RULE_OF_THUMB,
        "stated": published.exclude(cost_amount=None).count(),
        "within": PartnershipFilter(asked, published).qs.count(),
    }


def motivations():
    """({"mentors": [Motivation], "mentees": [Motivation]}, number of published reports that name any)."""
    reports = ReportVersion.objects.published().order_by().values("pk")
    lists = {TermList.MENTOR_MOTIVATION: "mentors", TermList.MENTEE_MOTIVATION: "mentees"}
    named = Count("chosen_in__version", filter=Q(chosen_in__version__in=reports), distinct=True)
    terms = Term.objects.filter(list__in=lists, is_active=True).annotate(reports=named).exclude(code="other")
    found = {side: [] for side in lists.values()}
    for term in terms.order_by("list", "-reports", "position", "code"):
        found[lists[term.list]].append(Motivation(str(term), term.reports))
    answering = ReportVersion.objects.published().filter(choices__term__list__in=lists)
    return found, answering.distinct().count()
