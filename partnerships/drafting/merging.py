"""Two people wrote the same section: what each of them changed, put together answer by answer.

``base`` is what both of them saw, ``theirs`` what is stored now (both as ``reviews.snapshots.content_of`` gives it),
mine what the page sends. Whatever I left as it was stays as they made it; only what both changed must be asked.
"""

from django.core.exceptions import ValidationError

from partnerships.services.save_rows import unique_together
from reviews.cloning import row_links
from reviews.schema import schema_of, type_of
from reviews.snapshots import ITSELF


class Merge:
    """``fields`` and ``rows`` for ``save_draft``, with what was changed by me alone, and ``clashes`` beside them.

    ``clashes``: {(kind, key, field)} of what both changed, field "" for a row that one of them took away.
    """

    def __init__(self, answers, base, theirs, fields, rows):
        self.answers, self.base, self.theirs = answers, base, theirs
        self.clashes = set()
        self.places = {}
        self.fields = self._fields(fields)
        self.rows = {name: self._rows(name, mine) for name, mine in rows.items()}

    def _fields(self, mine):
        known = {name: kind.field for name, kind in schema_of(self.answers.model).fields.items()}
        base, theirs = self.base[ITSELF][ITSELF], self.theirs[ITSELF][ITSELF]
        return self._changed((ITSELF, ITSELF), {name: known[name] for name in mine}, base, theirs, mine)

    def _changed(self, place, columns, base, theirs, mine, links=()):
        """Those of ``mine`` that I changed; what they changed too, to something else, is a clash."""
        changed = {}
        for name, value in mine.items():
            if name not in columns:
                continue
            field, is_link = columns[name], name in links
            was, now = (_read(field, row.get(name, field.get_default()), is_link) for row in (base, theirs))
            own = _read(field, value, is_link)
            if own == was:
                continue
            changed[name] = value
            if now != was and own != now:
                self.clashes.add((*place, name))
        return changed

    # --- rows -------------------------------------------------------------------------------------------

    def _rows(self, name, mine):
        kind = self.answers.kinds[name]
        columns = {field.name: field for field in kind._meta.concrete_fields}
        links = {link.name for link in row_links(kind)}
        base, theirs = self.base.get(name, {}), self.theirs.get(name, {})
        mine = _recognised(kind, mine, base, theirs)
        merged = []
        for place, row in enumerate(mine):
            key, values = row.get("key"), {column: value for column, value in row.items() if column != "key"}
            if not key or (key not in base and key not in theirs):
                merged.append((place, row))
                continue
            was = base.get(key, {})
            changed = self._changed((name, key), columns, was, theirs.get(key, was), values, links)
            if key in theirs:
                merged.append((place, {"key": key} | changed))
            elif changed:
                self.clashes.add((name, key, ""))
                merged.append((place, {"key": key} | _without_place(was) | values))
        own = {row["key"] for row in mine if row.get("key")}
        self._note_taken_away(name, own, base, theirs)
        added = [(None, {"key": key}) for key in theirs if key not in base and key not in own]
        ordered = _in_order(merged + added, mine, base, theirs)
        self.places[name] = [place for place, _row in ordered]
        return [row for _place, row in ordered]

    def _note_taken_away(self, name, own, base, theirs):
        """A row that I took away while they changed it."""
        for key in base:
            if key not in own and key in theirs and _without_place(theirs[key]) != _without_place(base[key]):
                self.clashes.add((name, key, ""))

    # --- what is told of it -----------------------------------------------------------------------------

    def is_about(self, change):
        """Whether a Change (reviews.diffs) of theirs is one that clashes."""
        clashes = {(change.kind, change.key, change.field), (change.kind, change.key, "")}
        return bool(clashes & self.clashes)

    def at_my_places(self, errors):
        """The ``message_dict`` of ``save_draft`` with the numbers that the rows have on my page."""
        return {self._at_my_place(name): messages for name, messages in errors.items()}

    def _at_my_place(self, name):
        relation, _dash, rest = name.partition("-")
        number, dash, column = rest.partition("-")
        if not number.isdecimal() or relation not in self.places:
            return name
        place = self.places[relation][int(number)]
        return relation if place is None else f"{relation}-{place}{dash}{column}"


def _recognised(kind, mine, base, theirs):
    """Rows without a key that say the same thing as a known one (the same term, the same question) are that one."""
    taken = {row["key"] for row in mine if row.get("key")}
    known = {sign: key for key, row in (base | theirs).items() if key not in taken for sign in _signs_of(kind, row)}
    recognised = []
    for row in mine:
        found = row.get("key") or next((known[sign] for sign in _signs_of(kind, row) if sign in known), None)
        is_new = not row.get("key") and found in taken
        taken.add(found)
        recognised.append(row | {"key": None if is_new else found})
    return recognised


def _signs_of(kind, row):
    """What no other row of its version may say: [((field, value), ...)]."""
    links = {link.name for link in row_links(kind)}
    signs = [
        tuple((name, _read(kind._meta.get_field(name), row.get(name), name in links)) for name in names)
        for names, _message in unique_together(kind)
    ]
    return [sign for sign in signs if all(value is not None for _name, value in sign)]


def _read(field, value, is_link):
    """``value`` as it is compared, from a page or from a snapshot."""
    if is_link:
        return str(value) if value else None
    try:
        return type_of(field).stored(value)
    except ValidationError:
        return value


def _without_place(row):
    return {name: value for name, value in row.items() if name != "position"}


def _in_order(merged, mine, base, theirs):
    """In their order, new ones at the end, unless I moved rows myself."""
    keys = [row["key"] for row in mine if row.get("key") in base]
    is_moved = keys != [key for key in _by_place(base) if key in keys]
    is_inserted = [bool(row.get("key")) for row in mine] != sorted((bool(row.get("key")) for row in mine), reverse=True)
    if is_moved or is_inserted:
        return merged
    order = {key: place for place, key in enumerate(_by_place(theirs))}
    return sorted(merged, key=lambda one: order.get(one[1].get("key"), len(order)))


def _by_place(rows):
    return sorted(rows, key=lambda key: rows[key].get("position") or 0)
