"""A report: ``Report`` is identity, ``ReportVersion`` holds the answers of the standard reporting form."""

from reports.models.content import ReportVersion
from reports.models.identity import Kind, Report
from reports.models.rows import (
    CHOICE_LISTS,
    ReportAttachment,
    ReportChoice,
    ReportObjective,
    ReportResult,
    ReportSource,
    ReportSupporter,
    ReportTranslation,
    ReportUnanswered,
)

__all__ = [
    "CHOICE_LISTS",
    "Kind",
    "Report",
    "ReportAttachment",
    "ReportChoice",
    "ReportObjective",
    "ReportResult",
    "ReportSource",
    "ReportSupporter",
    "ReportTranslation",
    "ReportUnanswered",
    "ReportVersion",
]
