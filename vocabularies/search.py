"""Search text that means the same on both databases: folded once when written and once when asked."""

import unicodedata

from django.db.models import Func


def folded(*texts):
    """``texts`` in one line, lower case and without accents: ``Rivière-Salée`` is ``riviere-salee``."""
    joined = " ".join(str(text) for text in texts if text).replace("’", "'")
    # Decomposed before the capitals go, because ™ becomes TM, and after it for the rest.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", joined).casefold())
    return " ".join("".join(sign for sign in decomposed if not unicodedata.combining(sign)).split())


def matching(queryset, field, query):
    """The rows of ``queryset`` whose search ``field`` holds every word of ``query``."""
    for word in folded(query).split():
        queryset = queryset.filter(**{f"{field}__contains": word})
    return queryset


class ByLetters(Func):
    """Sort by code points: the same order on SQLite and on PostgreSQL, whatever its locale."""

    template = "%(expressions)s"
    arity = 1

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, template='(%(expressions)s) COLLATE "C"', **context)
