"""What bodies of requests may be: JSON or a form with a file, and not larger than it makes sense."""

import json

from django.conf import settings
from django.utils.translation import gettext as _
from rest_framework import exceptions, parsers

from api.problems import TooLarge
from vocabularies.clean_text import cleaned_data, cleaned_form

BESIDE_THE_FILE = 1024 * 1024
"""Bytes for the words that come with an upload."""


class Json(parsers.JSONParser):
    """JSON without what nobody can see (vocabularies/clean_text.py), and without a depth that has no end."""

    def parse(self, stream, media_type=None, parser_context=None):
        try:
            return cleaned_data(super().parse(stream, media_type, parser_context))
        except RecursionError as error:
            raise exceptions.ParseError(_("This JSON is nested too deeply.")) from error
        except exceptions.ParseError as error:
            raise exceptions.ParseError(_unread(error.__context__)) from error


def _unread(error):
    """Where and why Python's parser stopped, in the reader's language."""
    if isinstance(error, json.JSONDecodeError):
        place = {"line": error.lineno, "column": error.colno}
        return _("This is no JSON: it cannot be read from line %(line)s, character %(column)s on.") % place
    if isinstance(error, UnicodeDecodeError):
        return _("This is no JSON: it is not written in UTF-8.")
    return _("JSON knows no NaN and no Infinity: send a number, or null for what is not known.")


class Form(parsers.MultiPartParser):
    def parse(self, stream, media_type=None, parser_context=None):
        """A body always says how long it is: the server reads no further."""
        most = settings.UPLOAD_MAX_BYTES + BESIDE_THE_FILE
        length = str(parser_context["request"].META.get("CONTENT_LENGTH") or 0)
        if length.isdecimal() and int(length) > most:
            raise TooLarge(_("Send at most %(most)s bytes.") % {"most": most})
        sent = super().parse(stream, media_type, parser_context)
        return parsers.DataAndFiles(cleaned_form(sent.data), sent.files)
