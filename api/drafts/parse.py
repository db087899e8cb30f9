"""What a program sends for an entry, as ``save_draft`` takes it; errors under the names that the pages have."""

import re
from collections import defaultdict
from functools import partial

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from api.drafts.shape import CHOICES, UNANSWERED, shape_of
from api.stable_codes import keys_of, term_keys
from partnerships.services.save_rows import NO_KEY, ROWS_LIMIT, too_many
from reviews.models import UnansweredRow
from vocabularies.choice_messages import choose_from, list_of
from vocabularies.models import TermList
from vocabularies.numbers import NothingOrUnknown

UNKNOWN = gettext_lazy("There is no such question.")
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
NO_TEXT = gettext_lazy("This must be a text.")


class DraftPayload:
    """``fields`` and ``rows`` for ``save_draft``, and ``errors`` by name: what cannot be understood.

    ``data``: what is to change, as ``to_representation`` writes it. What it does not name stays: a row is found again
    by its key, a choice by its code, a reason by its question. ``ignored``: names that are only read.
    """

    def __init__(self, version, data, *, ignored=()):
        self.version, self.shape = version, shape_of(type(version))
        self.fields, self.rows, self.errors = {}, {}, {}
        self.places = {}
        self.data = {name: value for name, value in _object(data).items() if name not in ignored}
        self.keys = keys_of(self._codes())
        for name, value in self.data.items():
            self._take(name, value)
        self._take_choices({name: self.data[name] for name in self.shape.lists if name in self.data})
        self.rows = {name: rows for name, rows in self.rows.items() if self._is_understood(name)}

    def _is_understood(self, name):
        """Of single rows the rest is judged all the same; not of reasons and choices, which have other names here."""
        starts = {UNANSWERED: ("open",), CHOICES: self.shape.lists}.get(name, ())
        return name not in self.errors and not any(place.partition("-")[0] in starts for place in self.errors)

    def _take(self, name, value):
        if name in self.shape.fields:
            self._try(self.fields, name, self.shape.fields[name], value, name, lambda: self.version)
        elif name in self.shape.relations:
            self.rows[name] = [self._row(name, *place) for place in enumerate(self._list(name, value))]
        elif name == UNANSWERED:
            self._take_reasons(value)
        elif name not in self.shape.lists:
            self.errors[name] = UNKNOWN

    def _try(self, values, name, kind, value, place, stored):
        """``stored`` gives the version or the row that is to change, None for a new row."""
        try:
            values[name] = kind.from_json(value, self.keys)
        except NothingOrUnknown as question:
            if getattr(stored(), name, None) != 0:
                self.errors[place] = question
        except ValidationError as error:
            self.errors[place] = error

    def _list(self, name, value):
        """The rows that are sent; null is none."""
        rows = [] if value is None else value
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            self.errors[name] = _("This must be a list of rows.")
        elif words := too_many(rows):
            self.errors[name] = words
        return [] if name in self.errors else rows

    def _row(self, name, place, sent):
        relation, row = self.shape.relations[name], {}
        for column, value in sent.items():
            if column == "key":
                row["key"] = value
                if not is_key(value):
                    self.errors[f"{name}-{place}"] = NO_KEY
            elif column in relation.fields and column not in relation.beside:
                stored = partial(self._stored, name, sent.get("key"))
                self._try(row, column, relation.fields[column], value, f"{name}-{place}-{column}", stored)
            elif column not in relation.beside:
                self.errors[f"{name}-{place}-{column}"] = UNKNOWN
        return row

    def _stored(self, name, key):
        """The row with ``key`` as it stands, None for a new one."""
        return next((one for one in getattr(self.version, name).all() if str(one.key) == str(key).lower()), None)

    def _codes(self):
        """{model: codes} of all that is named."""
        named = defaultdict(set)
        for name, relation in self.shape.relations.items():
            rows = self.data.get(name)
            for kind in relation.fields.values() if isinstance(rows, list) else ():
                if kind.target:
                    named[kind.target] |= _texts(rows[:ROWS_LIMIT], kind.name)
        return named

    # --- reasons why there is no answer -----------------------------------------------------------------

    def _take_reasons(self, sent):
        if sent is not None and not isinstance(sent, dict):
            self.errors[UNANSWERED] = _("This must be an object: the reason by the name of its question.")
            return
        stored = {row.question: row for row in self.version.unanswered.all()}
        kept = {} if sent is None else {name: sent.get(name, row.reason) for name, row in stored.items()}
        rows = [{"key": str(stored[name].key), "reason": reason} for name, reason in kept.items()]
        for question, reason in (sent or {}).items():
            if reason is not None and not isinstance(reason, str):
                self.errors[f"open-{question}"] = choose_from(list_of(UnansweredRow._meta.get_field("reason")))
            elif question not in self.shape.open_names and question not in stored:
                self.errors[f"open-{question}"] = UNKNOWN
            elif question not in stored:
                rows.append({"question": question, "reason": reason})
        self.rows[UNANSWERED] = [row for row in rows if row["reason"]]
        names = {str(row.key): name for name, row in stored.items()}
        for place, row in enumerate(self.rows[UNANSWERED]):
            self.places[f"{UNANSWERED}-{place}"] = f"open-{row.get('question') or names[row['key']]}"

    # --- chosen terms -----------------------------------------------------------------------------------

    def _take_choices(self, sent):
        """Lists that are not named keep what is chosen from them."""
        if not sent:
            return
        rows = [{"key": str(row.key), "list": row.term.list, "term": row.term_id}
                for row in self.version.choices.select_related("term").order_by("position", "pk")]  # fmt: skip
        for name, value in sent.items():
            rows = self._with_list(rows, name, self._list(name, value))
        for place, row in enumerate(rows):
            if "place" in row:
                self.places[f"{CHOICES}-{place}"] = row["place"]
        self.rows[CHOICES] = [
            {name: value for name, value in row.items() if name not in {"list", "place"}} for row in rows
        ]

    def _with_list(self, rows, name, sent):
        known = term_keys(name, _texts(sent, "code"))
        wanted, new = {}, []
        for place, row in enumerate(sent):
            row = self._choice(row, known, f"{name}-{place}") | {"place": f"{name}-{place}", "list": name}
            if row.get("term") in wanted:
                new.append(row)
            else:
                wanted[row.get("term")] = row
        kept = [row | wanted.pop(row["term"]) if row["list"] == name and row["term"] in wanted else row
                for row in rows if row["list"] != name or row["term"] in wanted]  # fmt: skip
        return [*kept, *wanted.values(), *new]

    def _choice(self, sent, known, place):
        """{term, explanation} of one choice; without ``explanation`` the words stay."""
        row = {}
        for column, value in sent.items():
            if column == "explanation" and (value is None or isinstance(value, str)):
                row["explanation"] = value
            elif column == "explanation":
                self.errors[f"{place}-explanation"] = NO_TEXT
            elif column not in {"key", "code"}:
                self.errors[f"{place}-{column}"] = UNKNOWN
        if not isinstance(sent.get("code"), str) or sent["code"] not in known:
            self.errors[f"{place}-code"] = choose_from(TermList(place.rpartition("-")[0]).label)
            return row
        return row | {"term": known[sent["code"]]}

    # --- errors -----------------------------------------------------------------------------------------

    def renamed(self, error):
        """The ValidationError of ``save_draft`` under the names that the sender knows."""
        if not hasattr(error, "error_dict"):
            return error
        return ValidationError({self._renamed(name): reasons for name, reasons in error.error_dict.items()})

    def _renamed(self, name):
        match = re.fullmatch(rf"((?:{UNANSWERED}|{CHOICES})-\d+)(?:-(\w+))?", name)
        if match is None or match[1] not in self.places:
            return name
        place = self.places[match[1]]
        if match[1].startswith(UNANSWERED) or not match[2]:
            return place
        return f"{place}-{'code' if match[2] == 'term' else match[2]}"


def _texts(rows, column):
    """The texts that stand in one column of what was sent."""
    sent = {row[column] for row in rows if isinstance(row, dict) and isinstance(row.get(column), str)}
    return {text for text in sent if "\0" not in text}


def _object(data):
    if not isinstance(data, dict):
        raise ValidationError(_("Send an object: the names of questions with their answers."))
    return data


def is_key(value):
    """None stands for a new row; Python would also take keys without hyphens or in braces."""
    return value is None or (isinstance(value, str) and KEY.fullmatch(value) is not None)
