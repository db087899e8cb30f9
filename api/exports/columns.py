"""The columns of an export, derived from the fields of the models so that none can be forgotten."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from operator import attrgetter

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from api.codes import CODES
from api.exports.leftout import is_left_out
from api.exports.meanings import meaning_of, unit_of
from operators.models import Organisation
from partnerships.models import Partnership, StoredFile
from platforms.models import Platform, Programme
from reviews.models import Row
from vocabularies.dates import PartialDateField
from vocabularies.models import Area, Country, Term


class Kind(models.TextChoices):
    """What stands in a column."""

    TEXT = "text", _("text")
    CODE = "code", _("code")
    KEY = "key", _("key")
    NUMBER = "number", _("number")
    INTEGER = "integer", _("whole number")
    YES_NO = "yes-no", _("true or false")
    DATE = "date", _("date as precise as its source: 2014, 2014-12 or 2014-12-03")
    MOMENT = "moment", _("moment in UTC")
    ADDRESS = "address", _("address on the web")


@dataclass(frozen=True)
class Column:
    """``read`` takes what the row is made of; None and "" mean that the source does not say.

    ``codes`` is [(code, label)], or the column in which the codes are explained ("terms.code").
    """

    name: str
    kind: Kind
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
        makes = [make for kind, make in LINKED.items() if issubclass(target, kind)]
        return makes[0](model, field)
    own = Column(field.name, _kind(field), meaning_of(model, field), attrgetter(field.name), unit_of(model, field.name))
    if not field.choices or field.name.endswith("language"):
        return [own]
    labels = dict(field.flatchoices)  # get_..._display() makes it anew for every row
    return [
        replace(own, codes=list(field.choices)),
        _label(own, lambda row: str(labels.get(getattr(row, field.name), ""))),
    ]


def _kind(field):
    if field.choices:
        return Kind.CODE
    for kind, fields in KINDS.items():
        if isinstance(field, fields):
            return kind
    raise TypeError(f"{field} is of a type that no table knows: {type(field).__name__}.")


KINDS = {
    Kind.DATE: PartialDateField,
    Kind.ADDRESS: models.URLField,
    Kind.KEY: (models.UUIDField, models.SlugField),
    Kind.NUMBER: models.DecimalField,
    Kind.YES_NO: models.BooleanField,
    Kind.MOMENT: models.DateTimeField,
    Kind.INTEGER: models.IntegerField,
    Kind.TEXT: (models.CharField, models.TextField),
}
"""The first that a column is."""


def _label(column, read):
    """Beside a code, what it is called in the language of the labels."""
    meaning = format_lazy("{}: {}", _("In words"), column.name)
    return Column(f"{column.name}_label", Kind.TEXT, meaning, read)


def _link(model, field, code, *, name="", kind=Kind.CODE, codes=""):
    """``code`` is the attribute of what the link leads to that stands for it."""
    read = _linked(field.name, attrgetter(code))
    return Column(name or field.name, kind, meaning_of(model, field), read, codes=codes)


def _linked(name, read):
    return lambda row: read(linked) if (linked := getattr(row, name)) is not None else ""


def _to_row(model, field):
    return [_link(model, field, "key", kind=Kind.KEY, codes=f"{field.name}s.key")]


def _to_organisation(model, field):
    """Nothing of one that is not public: what names it says so in other words (api/exports/reading.py)."""

    def public(attribute):
        return _linked(field.name, lambda linked: getattr(linked, attribute) if linked.is_published else "")

    code = public(CODES[Organisation])
    key = Column(field.name, Kind.KEY, meaning_of(model, field), code, codes="organisations.key")
    name = Column(f"{field.name}_name", Kind.TEXT, format_lazy("{} ({})", key.meaning, _("name")), public("name"))
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


def _to_labelled(code, codes):
    def make(model, field):
        column = _link(model, field, code, codes=codes)
        return [column, _label(column, _linked(field.name, str))]

    return make


def _to_partnership(model, field):
    return [_link(model, field, CODES[Partnership], name="partnership_reference", kind=Kind.KEY)]


def _to_file(model, field):
    return through(field.name, columns_of(StoredFile), prefix="file_")


LINKED = {
    Row: _to_row,
    Organisation: _to_organisation,
    Term: _to_term,
    Country: _to_labelled(CODES[Country], "countries.code"),
    Area: _to_labelled("code", "UN M49"),
    Platform: _to_labelled(CODES[Platform], "platforms.key"),
    Programme: _to_labelled(CODES[Programme], "programmes.key"),
    Partnership: _to_partnership,
    StoredFile: _to_file,
}
"""How a link reads: by a code or key that stays, never by a number of the database."""
