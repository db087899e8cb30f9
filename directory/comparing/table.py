"""What two to four things have in common and where they differ, row by row."""

from dataclasses import dataclass, field

MOST = 4


@dataclass(frozen=True)
class Asked:
    """The things of ``?ref=`` that are shown, in the order asked for, and in ``notes`` what became of the others."""

    found: list
    notes: list = field(default_factory=list)


@dataclass(frozen=True)
class Column:
    """``pair`` only for a partnership; ``without`` is the query that leaves the column out."""

    name: str
    url: str
    without: str
    pair: object = None


@dataclass(frozen=True)
class Row:
    """``cells``: one list of texts for each column; [] where nothing is known."""

    label: str
    cells: list

    @property
    def differs(self):
        """Whether what is known differs. Who says nothing says nothing else."""
        known = [cell for cell in self._as_words() if cell]
        return any(cell != known[0] for cell in known)

    @property
    def is_partly_known(self):
        """Known of some and not of others."""
        return not self.differs and any(self.cells) and not all(self.cells)

    def _as_words(self):
        return [sorted(str(text) for text in cell) for cell in self.cells]


def rows_of(facts):
    """Rows of [{label: text, list of texts or nothing}], one for each column, without those of which nobody knows."""
    labels = dict.fromkeys(label for one in facts for label in one)
    rows = [Row(label, [_cell(one.get(label)) for one in facts]) for label in labels]
    return [row for row in rows if any(row.cells)]


def _cell(value):
    if isinstance(value, (list, tuple)):
        return [text for text in value if text]
    return [value] if value else []
