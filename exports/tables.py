"""The tidy tables: one for the partnerships, one for the reports, one for each kind of row below them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from directory.provenance import PROVENANCES
from exports.columns import Column, columns_of, through
from notices.rendering import absolute
from partnerships.models import Involvement, PartnershipVersion
from partnerships.models.files import AttachmentRow
from reports.models import Report, ReportVersion
from reviews.cloning import row_models
from reviews.rows import relation_to
from reviews.schema import Cell

NAMES = {"results": "track_results", "sdg_targets": "sdg"}
"""Relations whose table is called otherwise."""
ORDER = (
    "partnerships", "involvements", "payments", "named_platforms", "named_programmes", "objectives", "tracks",
    "targets", "teams", "work_plan", "assessments",
    "track_results", "agreements", "signatures", "phases", "phase_partners", "milestones", "sdg", "quotations",
    "attachments", "links", "sources", "related", "translations", "unanswered", "reports",
)  # fmt: skip
"""What is read first comes first; others follow by name."""
FIRST = (
    "reference", "partnership", "report", "list", "list_label", "code", "key", "position", "url", "kind", "kind_label",
    "period", "number", "title", "name", "acronym",
)  # fmt: skip
"""Columns that stand on the left; the others follow as in the model."""


@dataclass(frozen=True)
class Table:
    """``things`` takes an Entry of the directory and yields what each row is made of."""

    name: str
    title: str
    columns: list
    things: Callable
    relation: str = ""
    """The name of its rows where they are nested below the entry."""


def report_key(version):
    """How a report is called in every table: “WOP-0001/periodic/2015”."""
    return f"{version.report.partnership.reference}/{version.report.kind}/{version.report.period}"


def _page(name, *arguments):
    return lambda thing: absolute(f"directory:{name}", *(argument(thing) for argument in arguments))


def _reference(thing):
    return thing.wop().reference


WOP = Column("partnership", Cell.KEY, _("Reference of the partnership"), lambda row: _reference(row.version),
             codes="partnerships.reference")  # fmt: skip
REPORT = Column("report", Cell.KEY, _("Key of the report"), lambda row: report_key(row.version), codes="reports.report")
PUBLISHED_AT = Column(
    "published_at",
    Cell.MOMENT,
    _("When this version was published. Empty where the history does not tell."),
    lambda version: version.published_at,
)
STANDING = [
    Column(
        "confirmation",
        Cell.CODE,
        _("Who stands behind the entry"),
        lambda version: version.provenance.code,
        codes=", ".join(PROVENANCES),
    ),
    Column("confirmation_label", Cell.TEXT, _("The same in words"), lambda version: version.provenance.words),
]
UPDATED_AT = Column(
    "updated_at",
    Cell.MOMENT,
    _("When this version or a report on the partnership was published last"),
    lambda version: version.updated_in_public_at,
)


def _of_partnerships():
    columns = [
        Column("reference", Cell.KEY, _("Reference of the partnership, which never changes"), _reference),
        Column("url", Cell.ADDRESS, _("Its page"), _page("partnership", _reference)),
        *columns_of(PartnershipVersion),
        *STANDING,
        PUBLISHED_AT,
        UPDATED_AT,
        Column("report_count", Cell.INTEGER, _("Number of public reports"), lambda version: version.report_count),
    ]
    return Table("partnerships", _("Partnerships"), in_order(columns), lambda entry: [entry.version])


def _of_reports():
    columns = [
        Column("report", Cell.KEY, _("Key of the report, which never changes"), report_key),
        replace(WOP, read=_reference),
        Column("url", Cell.ADDRESS, _("Its page"), _page("report", lambda version: version.report_id)),
        *through("report", columns_of(Report)),
        *columns_of(ReportVersion),
        PUBLISHED_AT,
    ]
    return Table("reports", _("Reports"), in_order(columns), lambda entry: entry.reports)


def in_order(columns):
    """``columns`` as a reader looks for them."""
    return sorted(columns, key=lambda column: FIRST.index(column.name) if column.name in FIRST else len(FIRST))


def _of_rows(version_model):
    """A Table for each kind of row below ``version_model``."""
    is_report = version_model is ReportVersion
    above = [WOP, REPORT] if is_report else [WOP]
    return [_of_kind(kind, above, is_report) for kind in row_models(version_model)]


def _of_kind(kind, above, is_report):
    relation = relation_to(kind)
    own = [column for base, columns in BESIDES.items() if issubclass(kind, base) for column in columns]
    return Table(
        name=f"report_{relation}" if is_report else NAMES.get(relation, relation),
        title=kind._meta.verbose_name_plural,
        columns=in_order([*above, *columns_of(kind), *own]),
        things=_rows_of_reports(relation) if is_report else lambda entry: getattr(entry.version, relation).all(),
        relation=relation,
    )


def _rows_of_reports(relation):
    return lambda entry: [row for report in entry.reports for row in getattr(report, relation).all()]


BESIDES = {
    Involvement: [
        Column(
            "place",
            Cell.CODE,
            _("Country of the organisation, or of the partner that is not named, ISO 3166-1"),
            lambda row: row.place.code if row.place else "",
            codes="countries.code",
        ),
    ],
    AttachmentRow: [
        Column(
            "file_url",
            Cell.ADDRESS,
            _("Where the file is downloaded; empty when the portal does not hold it"),
            lambda row: absolute("file", row.stored_file.pk, row.stored_file.name) if row.stored_file else "",
        ),
    ],
}
"""What is worked out beside the fields."""


def _sorted(tables):
    return sorted(tables, key=lambda table: ORDER.index(table.name) if table.name in ORDER else len(ORDER))


PARTNERSHIPS = _of_partnerships()
REPORTS = _of_reports()
ROWS = _sorted(_of_rows(PartnershipVersion))
REPORT_ROWS = _of_rows(ReportVersion)
ENTRY_TABLES = _sorted([PARTNERSHIPS, REPORTS, *ROWS, *REPORT_ROWS])
"""Tables that are filled from entries, in the order in which they are read."""
