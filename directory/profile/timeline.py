"""The course of a partnership: agreements, phases, milestones, assessments and the seven steps."""

from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.wording import period_of, worded
from partnerships.mentor_mentee import end_of
from partnerships.models import Step
from vocabularies.partial_dates import span


@dataclass(frozen=True)
class Moment:
    """As ``components/timeline.html`` shows it."""

    when: str
    what: str
    note: str = ""
    url: str = ""
    who: str = ""


@dataclass(frozen=True)
class StepShown:
    """``state``: "done", "reached" or "ahead"."""

    label: str
    state: str
    evidence: list


def agreements_of(version):
    return [_agreement(row) for row in version.agreements.all()]


def _agreement(row):
    parts = [row.place, _signed_by(row), str(row.phase or "")]
    note = " · ".join(part for part in parts if part)
    title = worded(row.title, row.version.language) or _("Agreement signed")
    return Moment(row.signed_on.localised(), title, note, row.url)


def _signed_by(agreement):
    """“signed by SICSM, WASCO (both directors)”: partners of the entry, then the words for everybody else."""
    partners = _names_of([row for row in agreement.version.signatures.all() if row.agreement_id == agreement.pk])
    names = f"{partners} ({agreement.signatories})" if partners and agreement.signatories else ""
    names = names or partners or agreement.signatories
    return _("signed by %(names)s") % {"names": names} if names else ""


def _names_of(rows):
    """The partners that ``rows`` link, each once whatever their roles."""
    return ", ".join(dict.fromkeys(end_of(row.involvement).name for row in rows))


def phases_of(version):
    return [
        Moment(
            period_of(phase.starts_on, phase.ends_on),
            worded(phase.title, phase.language, version.language),
            worded(phase.description, phase.language, version.language),
            who=_names_of([row for row in version.phase_partners.all() if row.phase_id == phase.pk]),
        )
        for phase in version.phases.all()
    ]


def milestones_of(version):
    """By their first day; those without a date last."""
    rows = sorted(version.milestones.all(), key=lambda row: (not row.happened_on, row.happened_on))
    return [
        Moment(span(row.happened_on, row.ended_on), worded(row.text, row.language, version.language)) for row in rows
    ]


def assessments_of(version):
    return [_assessment(row) for row in version.assessments.all()]


def _assessment(row):
    languages = (row.language, row.version.language)
    changes = worded(row.changes, *languages)
    note = format_html("{} {}", _("What changed because of it:"), changes) if changes else ""
    return Moment(row.held_on.localised(), worded(row.text, *languages), note)


def decision_of(version):
    """“Expanded (March 2024)”, or as much of it as is known."""
    words = {"decision": version.get_decision_display(), "date": version.decided_on.localised()}
    if version.decision and version.decided_on:
        return _("%(decision)s (%(date)s)") % words
    return words["decision"] or words["date"]


def lifecycle_of(version):
    """The seven steps as StepShown; [] when it is not known which one is reached."""
    if not version.lifecycle_step:
        return []
    reached = Step.values.index(version.lifecycle_step)
    told = _evidence(version)
    return [
        StepShown(
            label=step.label,
            state="done" if place < reached else "reached" if place == reached else "ahead",
            evidence=[text for text in told.get(step, ()) if text],
        )
        for place, step in enumerate(Step)
    ]


def _evidence(version):
    """{step: texts}: what stands elsewhere in the entry and shows that a step was taken."""
    lines = len(version.work_plan.all())
    plan = ngettext("%(count)d line of work", "%(count)d lines of work", lines) % {"count": lines} if lines else ""
    return {
        Step.AGREEMENT: [row.signed_on.localised() for row in version.agreements.all()],
        Step.WORK_PLAN: [plan],
        Step.PEER_SUPPORT: [period_of(version.starts_on, version.ends_on)],
        Step.ASSESSMENT: [row.held_on.localised() for row in version.assessments.all()],
        Step.NEXT: [decision_of(version)],
    }
