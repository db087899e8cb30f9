"""The columns of an export, derived from the fields of the models so that none can be forgotten."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import attrgetter

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from exports.descriptions import meaning_of, unit_of
from exports.left_out import is_left_out
from operators.models import Organisation
from partnerships.models import Partnership, StoredFile
from platforms.models import Platform, Programme
from reviews.models import Row
from reviews.schema import Cell, code_of, type_of
from vocabularies.models import Area, Country, Term


@dataclass(frozen=True)
class Column:
    """``read`` takes what the row is made of; None and "" mean that the source does not say.

    ``codes`` is [(code, label)], or the column in which the codes are explained ("terms.code").
    """

    name: str
    kind: Cell
    meaning: str
    read: Callable
    unit: str = ""
    codes: object = ""


def columns_of(model):
    """The columns of every field of ``model`` that leaves the portal."""
    fields = [field for field in model._meta.concrete_fields if not is_left_out(model, field.name)]
    return [column for field in fields for column in _columns(model, field)]


def through(name, columns, prefix=""):
    """``columns`` of what the row's link ``name`` leads to; empty where it leads nowhere."""

    def read(column):
        return lambda row: column.read(linked) if (linked := getattr(row, name)) is not None else None

    return [replace(column, name=prefix + column.name, read=read(column)) for column in columns]


def _columns(model, field):
    target = field.related_model
    if target is not None:
        return next((make for known, make in LINKED.items() if issubclass(target, known)), _to_coded)(model, field)
    cell = _cell(field)
    own = Column(field.name, cell, meaning_of(model, field), attrgetter(field.name), unit_of(model, field.name))
    if not field.choices or field.name.endswith("language"):
        return [own]
    labels = dict(field.flatchoices)  # get_..._display() makes it anew for every row
    return [
        replace(own, codes=list(field.choices)),
        _label(own, lambda row: str(labels.get(getattr(row, field.name), ""))),
    ]


def _cell(field):
    if (cell := type_of(field).cell) is None:
        raise TypeError(f"{field} is of a type that no table holds: {type(field).__name__}.")
    return cell


def _label(column, read):
    """Beside a code, what it is called in the language of the labels."""
    meaning = format_lazy("{}: {}", _("In words"), column.name)
    return Column(f"{column.name}_label", Cell.TEXT, meaning, read)


def _link(model, field, code, *, name="", kind=Cell.CODE, codes=""):
    """``code`` is the attribute of what the link leads to that stands for it."""
    read = _linked(field.name, attrgetter(code))
    return Column(name or field.name, kind, meaning_of(model, field), read, codes=codes)


def _linked(name, read):
    return lambda row: read(linked) if (linked := getattr(row, name)) is not None else ""


def _to_row(model, field):
    return [_link(model, field, "key", kind=Cell.KEY, codes=f"{field.name}s.key")]


def _to_organisation(model, field):
    """Nothing of one that is not public: what names it says so in other words (directory/selection.py)."""

    def public(attribute):
        return _linked(field.name, lambda linked: getattr(linked, attribute) if linked.is_published else "")

    code = public(code_of(Organisation))
    key = Column(field.name, Cell.KEY, meaning_of(model, field), code, codes="organisations.key")
    name = Column(f"{field.name}_name", Cell.TEXT, format_lazy("{} ({})", key.meaning, _("name")), public("name"))
    return [key, name]


def _to_term(model, field):
    """A code is unique within its list, so a link that may lead into any list tells the list too."""
    own_list = field.related_model.own_list
    column = _link(model, field, "code", codes=f"terms.code ({own_list})" if own_list else "terms.code")
    named = [column, _label(column, _linked(field.name, str))]
    if own_list or model is Term:
        return named
    whole = _link(model, field, "list", name=f"{field.name}_list", codes="terms.list")
    return [replace(whole, meaning=_("List that the term belongs to")), *named]


def _to_coded(model, field):
    column = _link(model, field, type_of(field).code, codes=EXPLAINED[field.related_model])
    return [column, _label(column, _linked(field.name, str))]


def _to_partnership(model, field):
    return [_link(model, field, code_of(Partnership), name="partnership_reference", kind=Cell.KEY)]


def _to_file(model, field):
    return through(field.name, columns_of(StoredFile), prefix="file_")


LINKED = {
    Row: _to_row,
    Organisation: _to_organisation,
    Term: _to_term,
    Partnership: _to_partnership,
    StoredFile: _to_file,
}
"""Links that read otherwise than by their code; none reads by a number of the database."""
EXPLAINED = {Country: "countries.code", Area: "UN M49", Platform: "platforms.key", Programme: "programmes.key"}
"""Where the codes of a link are explained."""
