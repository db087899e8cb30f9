"""What a new report takes over: from the public version of its WOP and from the latest public report."""

from django.utils.text import capfirst
from django.utils.translation import override

from partnerships.models import Role
from reports.models import ReportSupporter, ReportVersion
from reports.models.identity import FINAL
from reviews.snapshots import ITSELF, at_revision, content_of
from vocabularies.models import TermList

COST = (
    "cost_amount",
    "cost_currency",
    "cost_kind",
    "cost_covers",
    "cost_usd_rate",
    "cost_usd_rate_on",
    "cost_usd_rate_source",
)
FROM_REPORT = ("code_of_conduct", "code_of_conduct_url", "formal_agreement", "other_themes")
LISTS_FROM_REPORT = (TermList.MENTOR_MOTIVATION, TermList.MENTEE_MOTIVATION, TermList.SUPPORT_TYPE)
FACILITATING = {Role.BROKER, Role.FACILITATOR}
SUPPORTING = {Role.FUNDER, Role.SUPPORTER, Role.TECHNICAL_SUPPORT}


def public_version_of(partnership):
    """The published version, or None."""
    return partnership.versions.published().first()


def previous_report(report):
    """The public version of the latest report of the same WOP; None for its first."""
    others = ReportVersion.objects.filter(report__partnership=report.partnership_id).exclude(report=report).published()
    return max(others.select_related("report"), key=lambda version: version.report.recency, default=None)


def taken_over(report, language):
    """(fields, rows) as ``save_draft`` takes them: what a new report in ``language`` begins with."""
    wop, before = public_version_of(report.partnership), previous_report(report)
    fields, rows = {}, {}
    if wop:
        fields |= {name: getattr(wop, name) for name in COST} | {"title": _title(report, wop, language)}
        rows |= _from_wop(wop, language)
    if before:
        fields |= {name: getattr(before, name) for name in FROM_REPORT}
        rows["choices"] = _choices(before, LISTS_FROM_REPORT) + rows.get("choices", [])
        if not rows.get("supporters"):
            rows["supporters"] = _supporters_reported(before)
    return fields, {name: listed for name, listed in rows.items() if listed}


def _title(report, wop, language):
    """“SICSM – WASCO: Periodic report, 2016”."""
    if not wop.title:
        return ""
    with override(language):
        kind = report.get_kind_display()
        if report.period == FINAL:
            return f"{wop.title}: {kind}"[:200]
        return f"{wop.title}: {kind}, {report.period}"[:200]


def _from_wop(wop, language):
    """Words of the entry stay in its language, and say so where the report is in another one."""
    unless_said = wop.language if wop.language != language else ""
    tracks = list(wop.tracks.select_related("area").exclude(state="dropped"))
    return {
        "objectives": [{"text": row.text, "language": row.language or unless_said} for row in wop.objectives.all()],
        "supporters": [
            {
                "organisation": row.organisation_id,
                "description": row.description,
                "role": _part_of(row.role),
                "support": row.contribution[:300],
            }
            for row in wop.involvements.filter(role__in=FACILITATING | SUPPORTING)
        ],
        "results": [
            {"track_key": track.key, "track_title": str(track)[:200]}
            for track in tracks
            if track.title or track.description
        ],
        "choices": _areas(tracks),
    }


def _part_of(role):
    return ReportSupporter.Role.FACILITATOR if role in FACILITATING else ReportSupporter.Role.SUPPORTER


def _areas(tracks):
    """Each improvement area that is still offered, once; “Other” with the titles of its tracks."""
    areas = {}
    for track in tracks:
        if track.area and track.area.is_active:
            areas.setdefault(track.area, []).append(track.title)
    words = {area: "; ".join(filter(None, titles)) if area.is_other else "" for area, titles in areas.items()}
    return [{"term": area.pk, "explanation": said} for area, said in words.items() if said or not area.is_other]


def _choices(before, lists):
    chosen = before.choices.select_related("term").filter(
        term__list__in=[str(name) for name in lists], term__is_active=True
    )
    return [{"term": row.term_id, "explanation": row.explanation} for row in chosen]


def _supporters_reported(before):
    names = ("organisation_id", "description", "role", "support")
    return [{name.removesuffix("_id"): getattr(row, name) for name in names} for row in before.supporters.all()]


def still_as_taken_over(version, section):
    """Labels of the questions of ``section`` whose answers are still those that the draft began with."""
    first = version.snapshots.order_by("revision").first() if version.number == 1 else None
    began = at_revision(version, first.revision) if first else None
    if began is None:
        return []
    now = content_of(version)
    asked = [question for question in section.questions if not question.neutral]
    return [
        label_of(question, type(version))
        for question in asked
        if (first := _said(question, began)) and first == _said(question, now)
    ]


def _said(question, content):
    """What ``content`` answers to one question; empty when it says nothing."""
    fields = content[ITSELF][ITSELF]
    said = {name: fields[name] for name in question.names if fields.get(name) not in (None, "")}
    said |= {name: content[name] for name in question.names if content.get(name)}
    return said | {kind: rows for kind, rows in question.own(content).items() if rows}


def label_of(question, model):
    """What the page calls a question."""
    field = model._meta.get_field(question.names[0]) if not question.label else None
    if field is None:
        return str(question.label)
    return capfirst(field.related_model._meta.verbose_name_plural if field.auto_created else field.verbose_name)
