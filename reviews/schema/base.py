"""The registry of field types: which of them a column is, and what each of them has to say."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Protocol, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from vocabularies.choice_messages import choose_from, list_of

Value = Any
"""What a column holds: its FieldType alone knows more."""
Key = int | str
"""A primary key."""
Json = str | int | float | bool | None
JsonSchema = dict[str, Any]
Codes = Mapping[type[models.Model], Mapping[Key, str]]
Keys = Mapping[type[models.Model], Mapping[str, Key]]
Options = list[tuple[Key, Any]]
"""What a list offers: [(value, label)], or [(group, Options)]."""


class Question(Protocol):
    """What a page says of a column beside its model: the height of a long text, how much reads well."""

    lines: int
    advice: int


class Offer(Protocol):
    """What the questions of one page have to choose from. Apps above offer more to the types of theirs."""

    def things(self, model: type[models.Model]) -> Options: ...

    def rows(self, kind: type[models.Model]) -> Options: ...


TYPES: dict[type, list[tuple[Callable[[models.Field], object] | None, type["FieldType"]]]] = {}
"""{class of a column, or model that it leads to: [(when, FieldType)]}, the newest first."""


class Cell(models.TextChoices):
    """What stands in the cells of a column."""

    TEXT = "text", gettext_lazy("text")
    CODE = "code", gettext_lazy("code")
    KEY = "key", gettext_lazy("key")
    NUMBER = "number", gettext_lazy("number")
    INTEGER = "integer", gettext_lazy("whole number")
    YES_NO = "yes-no", gettext_lazy("true or false")
    DATE = "date", gettext_lazy("date as precise as its source: 2014, 2014-12 or 2014-12-03")
    MOMENT = "moment", gettext_lazy("moment in UTC")
    ADDRESS = "address", gettext_lazy("address on the web")


Kind = TypeVar("Kind", bound="FieldType")


class FieldType:
    """One column of an entry or of a row of it. A subclass tells what differs from a short text.

    ``field`` is the column of the model. Values are those of the column; of a foreign key, the primary key. Whatever
    reads raises ValidationError in words for people, the same ones at every door.
    """

    cell: Cell | None = Cell.TEXT
    """None where no table can hold it."""
    is_nullable = False
    """Whether JSON says null where it is empty. Null is understood everywhere, the empty text of all but numbers."""
    is_prose = False
    """Whether it is compared word by word; all else is replaced as a whole."""
    code = ""
    """Of a link to what has a code for programs: the name of that column."""

    def __init__(self, field: models.Field) -> None:
        self.field = field

    @property
    def target(self) -> type[models.Model] | None:
        """The model whose codes it holds; None where it holds none."""
        return None

    @property
    def name(self) -> str:
        return self.field.name

    @property
    def meaning(self) -> str | Promise:
        """What it is called and its help, for programs and codebooks, in the language of whoever reads it."""
        name = capfirst(self.field.verbose_name)
        return format_lazy("{}. {}", name, self.field.help_text) if self.field.help_text else name

    @property
    def must(self) -> bool:
        """Whether a row without it says nothing and is refused."""
        return not self.field.blank and not self.field.has_default()

    @property
    def longest(self) -> int | None:
        """How many characters fit; None where that is no question."""
        return self.field.max_length

    # --- pages --------------------------------------------------------------------------------------------

    def form_field(self, question: Question, offer: Offer, **options: Any) -> forms.Field:
        """The form field that asks for it.

        ``question`` says what is special here (reviews.schema knows of ``lines``, ``advice`` and ``choices``);
        ``offer`` what there is to choose from; ``options``: label, help and messages.
        """
        raise TypeError(f"{self.field} is of a type that no question asks for: {called(self.field)}.")

    def help(self) -> str | Promise | None:
        """What a page says about it beside its own help; None for nothing."""
        return None

    # --- programs -----------------------------------------------------------------------------------------

    def to_json(self, thing: models.Model, codes: Codes) -> Json:
        """The value of ``thing`` in JSON; ``codes``: {model: {primary key: code}}."""
        return getattr(thing, self.field.attname)

    def from_json(self, value: object, keys: Keys) -> Value:
        """What ``save_draft`` takes for ``value``; ``keys``: {model: {code: primary key}}.

        How long a text may be and whether a choice exists is judged by ``save_draft``, as for pages.
        """
        if value is not None and not isinstance(value, str):
            raise ValidationError(_("This must be a text."))
        return value

    def json_schema(self, *, is_read: bool = False) -> JsonSchema:
        """JSON Schema without null; ``is_read``: of what is answered, not of what is understood."""
        return {"type": "string"} | ({"maxLength": self.longest} if self.longest else {})

    # --- tables -------------------------------------------------------------------------------------------

    def to_text(self, value: Value) -> str:
        """``value`` as a cell of a table says it, exactly; "" where it is empty."""
        return "" if value is None else str(value)

    def from_text(self, text: str, keys: Keys) -> Value:
        """What ``save_draft`` takes for what ``to_text`` wrote, with codes in place of primary keys."""
        return self.from_json(text, keys)

    # --- what is stored and compared ----------------------------------------------------------------------

    def stored(self, value: Value) -> Value:
        """``value`` as the column holds it, so that what means the same is equal; objects as their keys."""
        if isinstance(value, models.Model):
            return value.pk
        if value is None and not self.field.null:
            value = self.field.get_default()
        return None if value == "" and self.field.null else self.field.to_python(value)

    # --- readers ------------------------------------------------------------------------------------------

    def in_words(self, value: Value) -> str:
        """A ``value`` that is not empty, as somebody reads it in the active language."""
        return str(value)

    def refuse(self) -> ValidationError:
        """What is said of a value that is not on offer."""
        return ValidationError(choose_from(list_of(self.field)), code="invalid_choice")

    @cached_property
    def siblings(self) -> dict[str, models.Field]:
        """The columns of the same model, by name: the unit of a number stands in another one."""
        return {field.name: field for field in self.field.model._meta.concrete_fields}


def register(
    *classes: type, when: Callable[[models.Field], object] | None = None
) -> Callable[[type[Kind]], type[Kind]]:
    """Class decorator: the FieldType for columns of just these ``classes``, or for links that lead to these models.

    ``when``: only for those columns for which this is true. What is registered later is asked first.
    """

    def place(kind):
        for known in classes:
            TYPES.setdefault(known, []).insert(0, (when, kind))
        return kind

    return place


def type_of(field: models.Field) -> FieldType:
    """The FieldType of a column; TypeError for one that nobody has placed: none is taken for a text."""
    for known in _names_of(field):
        for when, kind in TYPES.get(known, ()):
            if when is None or when(field):
                return kind(field)
    raise TypeError(f"{field} is of a type that is not registered in reviews.schema: {called(field)}.")


def _names_of(field):
    """A link is what it leads to, or a base of that; a column what its class says and no base of it."""
    return field.related_model.__mro__ if field.related_model else [type(field)]


def code_of(model: type[models.Model]) -> str:
    """The name of the column of ``model`` that stands for one of it outside of the database."""
    kinds = (kind for base in model.__mro__ for _when, kind in TYPES.get(base, ()))
    return next(kinds).code


def called(field: models.Field) -> str:
    return f"a link to {field.related_model.__name__}" if field.related_model else type(field).__name__
