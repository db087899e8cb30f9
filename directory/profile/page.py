"""The parts of the two pages, put together: templates only lay them out."""

from dataclasses import replace

from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from directory.profile import people, plan, related, report_answers, sidebar, timeline, tracks
from directory.profile.further import further_of
from directory.profile.question_titles import open_questions
from directory.provenance import confirmation_line, differences_in
from directory.query_strings import in_sentence
from directory.wording import cost_of, dates_of, money, report_name, worded
from partnerships.mentor_mentee import pair_of
from partnerships.models import Status
from partnerships.services.confirmations import answers_about
from platforms.models import Level
from vocabularies.formatting import duration, language_name
from vocabularies.models import TermList

RULES = {"code_of_conduct", "code_of_conduct_url", "formal_agreement"}
LINK = '<a href="{}">{}</a>'
RETOLD = RULES | {"support_type", "improvement_area", "other_themes"}


def partnership_page(entry):
    """The context of ``directory/partnership.html``."""
    version = entry.version
    said = answers_about(version)
    facts = facts_of(entry, said)
    return {
        **_head(entry),
        "facts": facts,
        "unknown": ", ".join(in_sentence(label) for label, _value, is_known in facts if not is_known),
        "differences": differences_in(said),
        "tracks": tracks.ladder_of(entry),
        "topics": tracks.topics_of(entry),
        "plan": plan.plan_of(version),
        "overall": tracks.overall_of(entry),
        "sides": people.sides_of(entry),
        "others": people.others_of(version),
        "payments": people.payments_of(version),
        "cost": "" if version.cost_amount is None else money(version.cost_amount, version.cost_currency),
        "cost_details": people.cost_details(version),
        "agreements": timeline.agreements_of(version),
        "phases": timeline.phases_of(version),
        "milestones": timeline.milestones_of(version),
        "assessments": timeline.assessments_of(version),
        "lifecycle": timeline.lifecycle_of(version),
        "further": further_of(version),
        "decision": timeline.decision_of(version),
        "reported": reported_of(entry),
        "quotations": sidebar.quotations_of(version),
        "attachments": sidebar.attachments_of(entry),
        "unanswered": open_questions(version),
        "reports": [{"name": report_name(report.report), "version": report} for report in entry.reports],
        "related": sidebar.related_of(version),
        "twins": related.twins_of(version),
        "neighbours": sidebar.neighbours_of(version),
        "alike": related.alike_of(version),
    }


def report_page(entry, report):
    """The context of ``directory/report.html``."""
    version, said = entry.version, answers_about(report)
    url = version.get_absolute_url()
    crumbs = [(_("Partnerships"), reverse("directory:partnerships")), (version.partnership.reference, url)]
    return _head(entry) | {
        "crumbs": crumbs,
        "report": report,
        "name": report_name(report.report),
        "confirmation": confirmation_line(report, said, naming=version),
        "differences": differences_in(said),
        "form": report_answers.form_of(report),
        "sources": sidebar.sources_of(report),
        "language": language_name(report.language),
        "others": [
            {"name": report_name(other.report), "version": other} for other in entry.reports if other is not report
        ],
    }


def history_page(past, present, wop):
    """The context of ``directory/history.html``: the PastVersions of an entry, its public version, that of its WOP."""
    crumbs = [(_("Partnerships"), reverse("directory:partnerships"))]
    crumbs.append((wop.partnership.reference, wop.get_absolute_url()))
    is_report = present is not wop
    if is_report:
        crumbs.append((report_name(present.report), present.get_absolute_url()))
    return {
        "section": "partnerships",
        "crumbs": crumbs,
        "past": past,
        "present": present,
        "title": report_name(present.report) if is_report else wop.title,
    }


def _head(entry):
    version = entry.version
    return {
        "section": "partnerships",
        "crumbs": [(_("Partnerships"), reverse("directory:partnerships"))],
        "version": version,
        "pair": pair_of(version),
        "language": language_name(version.language),
        "sources": sidebar.sources_of(version),
    }


def facts_of(entry, said):
    """(label, value, is known) for the band, which leads with what is known and says in one line what is not."""
    version = entry.version
    status = version.get_status_display() if version.status != Status.UNKNOWN else ""
    facts = [
        (_("Status"), status or _("not known"), bool(status)),
        (_("Dates"), dates_of(version) or _("not known"), bool(dates_of(version))),
        (_("Stated duration"), version.duration_months and duration(version.duration_months), True),
        (_("Place of the work"), worded(version.place, version.language), True),
        (_("Cost"), cost_of(version), version.cost_amount is not None),
        (_("Tracks"), tracks.counted(entry), True),
        (_("Platform that it names"), format_html_join(", ", LINK, _links_to(_named_platforms(version))), True),
        (_("Platform of the country"), format_html_join(", ", LINK, _links_to(_platforms_of_country(version))), True),
        (_("Programme"), format_html_join(", ", LINK, _programme_links(version)), True),
        (_("Confirmation"), confirmation_line(version, said), True),
    ]
    return [fact for fact in facts if fact[1]]


def _links_to(platforms):
    return [(reverse("directory:platform", args=[platform.slug]), platform) for platform in platforms]


def _named_platforms(version):
    return [row.platform for row in version.named_platforms.all()]


def _platforms_of_country(version):
    """The one that covers the country of the mentee, whatever the entry names; the global one covers them all."""
    platform = version.platform_of_country()
    return [platform] if platform and platform.level != Level.GLOBAL else []


def _programme_links(version):
    directory = reverse("directory:partnerships")
    named = [row.programme for row in version.named_programmes.all()]
    return [(f"{directory}?programme={programme.key}", programme) for programme in named]


def reported_of(entry):
    """What only reports ask, from the latest one; None without a report."""
    report = entry.latest
    if report is None:
        return None
    terms = {name: report_answers.terms_of(report, name) for name in TermList.values}
    motivations = [*terms["mentor_motivation"], *terms["mentee_motivation"]] if pair_of(entry.version).is_peers else []
    return {
        "version": report,
        "name": report_name(report.report),
        "activities": terms["activity"],
        "helped": terms["success_factor"],
        "impeded": terms["impeding_factor"],
        "motivations": motivations,
        "rest": _retold(report, entry.version),
        "unanswered": open_questions(report),
    }


def _retold(report, version):
    """The further answers that the profile repeats, as far as there are any; what was left open stands below."""
    left_open = {row.question for row in report.unanswered.all()}
    form = [answer for _heading, group in report_answers.form_of(report) for answer in group if answer.code in RETOLD]
    form = [_without_areas_of_tracks(answer, version) for answer in form]
    return [answer for answer in form if answer.items or (answer.reason and answer.code not in left_open)]


def _without_areas_of_tracks(answer, version):
    """A theme on which the entry has a track is told there."""
    if answer.code != TermList.IMPROVEMENT_AREA:
        return answer
    tracks_on = {str(track.area) for track in version.tracks.all()}
    return replace(answer, items=[item for item in answer.items if item.text not in tracks_on])
