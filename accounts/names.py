"""What may stand in the name of a person, an organisation or a platform: mails carry it to people who know nobody here.

A name is no place for a message. With a web or e-mail address in it, an invitation would be anybody's letter.
"""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ADDRESS = re.compile(
    r"""\S*(?:
        @                                                                      # somebody@utility.org
        | ://                                                                  # https://utility.org
        | (?i:\bwww\.)
        | \b(?:\d{1,3}\.){3}\d{1,3}\b                                          # 192.0.2.1
        | [^\W_][\w-]+\.(?:[a-z]{2,}|(?i:com|net|org|info|biz|[a-z]{2}))(?!\w|\.\w)  # utility.org; not S.A., Sta.Lucia
        | [^\W_][\w-]+\.[^\W\d_]{2,}/                                          # utility.Org/page
    )\S*""",
    re.VERBOSE,
)
JOINERS = "\u200c\u200d"
"""Between letters of Persian or Hindi they change how a name is written."""


def plain_name(value):
    """Validator: no web or e-mail address, and nothing that cannot be seen or turns the direction of the line."""
    if any(_is_hidden(character) for character in value):
        raise ValidationError(_("Write the name in one line, without characters that cannot be seen."), code="hidden")
    # As a reader and their mail program take it: “．” is a full stop as well.
    if found := ADDRESS.search(unicodedata.normalize("NFKC", value).replace("。", ".")):
        raise ValidationError(
            _("“%(found)s” looks like a web or e-mail address. Write the name alone, with a space after a full stop."),
            code="address",
            params={"found": found.group()},
        )


def _is_hidden(character):
    return character not in JOINERS and unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp", "Co", "Cn", "Cs"}
