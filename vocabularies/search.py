"""Search text that means the same on both databases: folded once when written and once when asked."""

import unicodedata

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Func
from django.utils.translation import gettext_lazy as _

MOST_WORDS = 16
"""Each is looked for in every text."""


def folded(*texts):
    """``texts`` in one line, lower case and without accents: ``Rivière-Salée`` is ``riviere-salee``."""
    joined = " ".join(str(text) for text in texts if text).replace("’", "'")
    # Decomposed before the capitals go, because ™ becomes TM, and after it for the rest.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", joined).casefold())
    return " ".join("".join(sign for sign in decomposed if not unicodedata.combining(sign)).split())


def words_of(query):
    """The words of ``query`` to look for, each once."""
    return list(dict.fromkeys(folded(query).split()))


class SearchField(forms.CharField):
    """Words to look for, not more of them than a search can take."""

    def __init__(self, **options):
        super().__init__(**{"max_length": 200, "required": False} | options)

    def validate(self, value):
        super().validate(value)
        if (number := len(words_of(value))) > MOST_WORDS:
            words = _("Look for at most %(most)s different words; these are %(number)s.")
            raise ValidationError(words, code="too_many", params={"most": MOST_WORDS, "number": number})


def matching(queryset, field, query):
    """The rows of ``queryset`` whose search ``field`` holds each of the first MOST_WORDS words of ``query``."""
    for word in words_of(query)[:MOST_WORDS]:
        queryset = queryset.filter(**{f"{field}__contains": word})
    return queryset


class ByLetters(Func):
    """Sort by code points: the same order on SQLite and on PostgreSQL, whatever its locale."""

    template = "%(expressions)s"
    arity = 1

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template='(%(expressions)s) COLLATE "C"', **context)
