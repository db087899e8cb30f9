"""What an entry says that its page has no place of its own for: a new question is never out of the public's sight."""

from dataclasses import dataclass

from django.utils.text import capfirst

from directory.profile.question_titles import question_label
from partnerships.drafting.draft_data import in_words, row_in_words
from partnerships.models import PartnershipVersion
from partnerships.models.base import COST
from reports.models import ReportVersion
from reviews.schema import schema_of

HEAD = {"title", "place", "language", "note"}
BESIDE = {"sources", "attachments", "translations", "unanswered"}
TOLD = {
    PartnershipVersion: HEAD | set(COST) | BESIDE | {
        *("summary", "approach", "status", "lifecycle_step", "lifecycle_evidence", "starts_on", "ends_on"),
        *("decision", "decided_on", "decision_reason"),
        *("duration_months", "involvements", "payments", "named_platforms", "named_programmes", "agreements"),
        *("signatures", "phases", "phase_partners", "milestones", "objectives", "tracks", "results", "sdg_targets"),
        *("targets", "teams", "work_plan", "assessments"),
        *("links", "quotations", "related"),
    },
    ReportVersion: HEAD | set(COST) | BESIDE | {
        *("code_of_conduct", "code_of_conduct_url", "formal_agreement", "other_themes", "activities_description"),
        *("overall_results", "choices", "supporters", "objectives", "results"),
    },
}  # fmt: skip
"""What the pages lay out by hand."""


@dataclass(frozen=True)
class Further:
    """A question with its answer: a text, or rows, each a list of (label, text)."""

    code: str
    question: str
    text: str = ""
    rows: tuple = ()


def further_of(version):
    """The Further of ``version``, as far as there are any."""
    schema, told = schema_of(type(version)), TOLD[type(version)]
    texts = [
        Further(name, question_label(type(version), name), in_words(version, kind.field))
        for name, kind in schema.fields.items()
        if name not in told
    ]
    rows = [
        Further(name, str(capfirst(relation.kind._meta.verbose_name_plural)),
                rows=tuple(row_in_words(row) for row in getattr(version, name).all()))
        for name, relation in schema.relations.items()
        if name not in told
    ]  # fmt: skip
    return [one for one in [*texts, *rows] if one.text or one.rows]
