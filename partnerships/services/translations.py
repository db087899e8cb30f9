"""Translations of a draft: written beside its texts, held to them, gone with the rows that they belong to."""

from collections.abc import Mapping, Set
from typing import TypeVar

from accounts.models import User
from partnerships.models.base import Version
from partnerships.services.drafting import save_draft
from partnerships.services.save_rows import RowValues
from reviews.translations import standing

AnyVersion = TypeVar("AnyVersion", bound=Version)
Place = tuple[str, str]
"""(key of the row or "", field), as ``reviews.translations`` names a text."""


def save_translations(
    version: AnyVersion,
    *,
    by: User,
    revision: int,
    language: str,
    texts: Mapping[Place, str],
    still_right: Set[Place] = frozenset(),
) -> AnyVersion:
    """Write what the texts of a draft are in ``language``: ``texts`` are all of them, one that is empty goes.

    ``still_right``: translations that were made of other words and fit those of today as they stand. Raises what
    ``save_draft`` raises, with the names of its rows.
    """
    wanted = {original.place: row for original, row, _fits in standing(version, language)}
    rows: list[RowValues] = []
    for row in version.translations.all():  # type: ignore[attr-defined] # every kind of version has them
        place = (str(row.row_key or ""), row.field)
        if row.language != language:
            rows.append(_values(row))
        elif place in wanted and (text := texts.get(place, "")):
            again = {"text": text} | ({"source_fingerprint": ""} if place in still_right else {})
            rows.append(_values(row) | again)
    for place, known in wanted.items():
        if known is None and texts.get(place):
            key, field = place
            rows.append({"row_key": key or None, "field": field, "language": language, "text": texts[place]})
    return save_draft(version, by=by, revision=revision, rows={"translations": rows})


def _values(row):
    names = ("row_key", "field", "language", "text", "source_fingerprint")
    return {"key": str(row.key)} | {name: getattr(row, name) for name in names}
