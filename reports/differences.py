"""Where a report and the public version of its WOP disagree: neither overwrites the other, people decide."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from vocabularies.wording import quantity


@dataclass(frozen=True)
class Difference:
    """One point on which the two disagree, each in words."""

    label: str
    reported: str
    stated: str


def differences(report_version, wop_version):
    """The Differences between a ReportVersion and a PartnershipVersion; what one of them leaves open is none."""
    found = [
        _cost(report_version, wop_version),
        _agreement(report_version, wop_version),
        _organisations(report_version, wop_version),
        _objectives(report_version, wop_version),
    ]
    return [difference for difference in found if difference]


def _cost(report, wop):
    if report.cost_amount is None or wop.cost_amount is None:
        return None
    if (report.cost_amount, report.cost_currency) == (wop.cost_amount, wop.cost_currency):
        return None
    return Difference(_("Total cost"), _money(report), _money(wop))


def _money(said):
    kind = said.get_cost_kind_display()
    return f"{said.cost_currency} {quantity(said.cost_amount)}" + (f" ({kind})" if kind else "")


def _agreement(report, wop):
    signed = [str(row) for row in wop.agreements.all()]
    if report.formal_agreement == "no" and signed:
        return Difference(_("Formal agreement"), _("No"), "; ".join(signed))
    if report.formal_agreement == "yes" and not signed:
        return Difference(_("Formal agreement"), _("Yes"), _("no agreement is listed"))
    return None


def _organisations(report, wop):
    """Supporters that the entry of the WOP does not name."""
    named = set(wop.involvements.values_list("organisation", flat=True))
    supporters = report.supporters.exclude(organisation=None).select_related("organisation")
    others = [row.organisation.name for row in supporters if row.organisation_id not in named]
    if not others:
        return None
    return Difference(_("Supporting organisations"), "; ".join(others), _("not among the partners of the entry"))


def _objectives(report, wop):
    reported = [row.text for row in report.objectives.all()]
    stated = [row.text for row in wop.objectives.all()]
    if not reported or not stated or reported == stated:
        return None
    return Difference(_("Objectives"), "\n".join(reported), "\n".join(stated))
