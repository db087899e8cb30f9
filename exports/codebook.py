"""The codebook: what every column of every table means, in which unit, by which codes."""

from django.utils.translation import gettext_lazy as _

from exports.flat_table import FLAT, OF_EXPORT
from exports.reference_tables import BESIDE_TABLES
from exports.tables import ENTRY_TABLES, Table

FLAT_TABLE = Table("partnerships (CSV)", _("One row per partnership"), [*FLAT, *OF_EXPORT], None)
TABLES = [*ENTRY_TABLES, *BESIDE_TABLES]
HEADINGS = ("table", "column", "type", "meaning", "unit", "codes")


def codebook(tables):
    """The rows of the codebook of ``tables``, as HEADINGS, in the active language."""
    for table in tables:
        for column in table.columns:
            words = [str(column.meaning), str(column.unit), _codes(column.codes)]
            yield [table.name, column.name, column.kind.value, *words]


def _codes(codes):
    """“planned = Planned | completed = Completed”, or the column that explains them."""
    return codes if isinstance(codes, str) else " | ".join(f"{code} = {label}" for code, label in codes)
