"""Partnerships side by side."""

from django.utils.html import format_html
from django.utils.translation import gettext as _

from directory.profile import people, report_answers, tracks
from directory.profile.public_entry import public_entries, with_dates
from directory.provenance import provenances_of
from directory.wording import cost_of, dates_of, report_name, topics_of, worded
from partnerships.mentor_mentee import end_of
from partnerships.models import EQUAL_ROLES, LEFT_ROLES, RIGHT_ROLES, PartnershipVersion, Status
from vocabularies.formatting import duration
from vocabularies.models import TermList

LINK = '<a href="{}">{}</a>'
OF_REPORTS = (TermList.ACTIVITY, TermList.SUPPORT_TYPE, TermList.SUCCESS_FACTOR, TermList.IMPEDING_FACTOR)


def entries_of(references):
    """{reference: the public Entry}, in as many queries for four as for one."""
    versions = with_dates(PartnershipVersion.objects.published()).filter(partnership__reference__in=references)
    return {entry.version.partnership.reference: entry for entry in public_entries(list(versions))}


def facts_of(entries):
    """[{label: text or texts}] of ``entries``."""
    provenances = provenances_of([entry.version for entry in entries])
    return [_facts(entry, provenances[entry.version.pk].words) for entry in entries]


def _facts(entry, provenance):
    version = entry.version
    return {
        **_sides(version),
        _("Status"): version.get_status_display() if version.status != Status.UNKNOWN else "",
        _("Dates"): dates_of(version),
        _("Stated duration"): duration(version.duration_months) if version.duration_months else "",
        _("Place of the work"): worded(version.place, version.language),
        _("Cost"): cost_of(version) if version.cost_amount is not None else "",
        _("Others who take part"): [_other(other) for other in people.others_of(version)],
        _("Improvement areas"): topics_of(version),
        _("Tracks"): tracks.counted(entry),
        **_reported(entry),
        _("Reports"): [
            format_html(LINK, report.get_absolute_url(), report_name(report.report)) for report in entry.reports
        ],
        _("Platform that it names"): [str(row.platform) for row in version.named_platforms.all()],
        _("Programme"): [str(row.programme) for row in version.named_programmes.all()],
        _("Confirmation"): provenance,
        _("In short"): worded(version.summary, version.language),
    }


def _sides(version):
    sides = {_("Mentors"): LEFT_ROLES, _("Mentees"): RIGHT_ROLES, _("Peers or partners"): EQUAL_ROLES}
    rows = list(version.involvements.all())
    return {label: [_named(end_of(row)) for row in rows if row.role in roles] for label, roles in sides.items()}


def _named(end):
    name = format_html(LINK, end.url, end.name) if end.url else end.name
    return format_html(_("{name} ({place})"), name=name, place=end.where) if end.where else name


def _other(other):
    name = format_html(LINK, other.url, other.name) if other.url else other.name
    return format_html(_("{term}: {explanation}"), term=other.role, explanation=name)


def _reported(entry):
    """The answers of the latest report; nothing without one."""
    if entry.latest is None:
        return {}
    return {name.label: [item.text for item in report_answers.terms_of(entry.latest, name)] for name in OF_REPORTS}
