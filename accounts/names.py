"""What may stand in the name of a person, an organisation or a platform: mails carry it to people who know nobody here.

A name is no place for a message. With a web or e-mail address in it, an invitation would be anybody's letter.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ADDRESS = re.compile(
    r"""(?:
        @                                                                      # somebody@utility.org
        | ://                                                                  # https://utility.org
        | (?i:\b(?:www\.|mailto:))
        | \w:\d+/                                                               # localhost:8000/in
        | \b(?:\d{1,3}\.){3}\d{1,3}\b                                          # 192.0.2.1
        | (?<![\w-])[\w-]{2,}\.(?:(?:(?![A-ZÀ-ÖØ-ÞΑ-ΩЀ-Я])[^\W\d_]){2,}        # utility.org, вода.рф; not S.A.
            |(?i:com|net|org|info|biz|[a-z]{2}))(?!\w|\.\w)
        | (?<![\w-])[\w-]+\.[^\W\d_]{2,}/                                      # utility.Org/page, t.me/page
    )\S*""",
    re.VERBOSE,
)
"""Begins at the first sign of a word: looking at a very long one takes no longer than reading it."""
BLANK = "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"
"""Letters and signs without a shape."""
JOINERS = "\u200c\u200d"
"""Between letters of Persian or Hindi they change how a name is written."""


def plain_name(value):
    """Validator: no web or e-mail address, and nothing that cannot be seen or turns the direction of the line."""
    if any(_is_hidden(character) for character in value):
        raise ValidationError(_("Write the name in one line, without characters that cannot be seen."), code="hidden")
    # As a reader and their mail program take it: “．” is a full stop as well.
    text = unicodedata.normalize("NFKC", value).replace("。", ".")
    if found := ADDRESS.search(text):
        raise ValidationError(
            _("“%(found)s” looks like a web or e-mail address. Write the name alone, with a space after a full stop."),
            code="address",
            params={"found": text[: found.end()].split()[-1]},
        )


def _is_hidden(character):
    return character in BLANK or (
        character not in JOINERS and unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp", "Co", "Cn", "Cs"}
    )
