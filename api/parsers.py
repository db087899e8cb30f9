"""What bodies of requests may be: JSON or a form with a file, and not larger than it makes sense."""

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import exceptions, parsers

from api.problems import TooLarge

BESIDE_THE_FILE = 1024 * 1024
"""Bytes for the words that come with an upload."""


class Json(parsers.JSONParser):
    """JSON that a database can hold: no half characters, no depth without an end."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            data = super().parse(stream, media_type, parser_context)
        except RecursionError as error:
            raise exceptions.ParseError(_("This JSON is nested too deeply.")) from error
        if _has_half_characters(data):
            raise exceptions.ParseError(_("This JSON holds half of a character (a lone surrogate)."))
        return data


class Form(parsers.MultiPartParser):
    def parse(self, stream, media_type=None, parser_context=None):
        """A body always says how long it is: the server reads no further."""
        most = settings.UPLOAD_MAX_BYTES + BESIDE_THE_FILE
        length = str(parser_context["request"].META.get("CONTENT_LENGTH") or 0)
        if length.isdecimal() and int(length) > most:
            raise TooLarge(_("Send at most %(most)s bytes.") % {"most": most})
        return super().parse(stream, media_type, parser_context)


def _has_half_characters(data):
    """Whether a text in ``data`` cannot be written in UTF-8."""
    waiting = [data]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, str):
            if any("\ud800" <= sign <= "\udfff" for sign in thing):
                return True
        elif isinstance(thing, dict):
            waiting += [*thing, *thing.values()]
        elif isinstance(thing, list):
            waiting += thing
    return False
