"""The words of a message: made from templates, in its reader's language, from what is true at that moment."""

import re
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template import Context, Engine
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from notices.unsubscribe_tokens import token_of

SUBJECT_LENGTH = 300
TWO_STOPS = re.compile(r"(?<=[^\s.])\.\.(?=\s|$)")
"""“Aguas S.A..”: in which language a name comes last is known only when the sentence is made."""


@dataclass
class Words:
    """Subject and body of one message, and why it was sent, as plain text."""

    subject: str
    body: str
    why: str

    def paragraphs(self):
        """The body as [[(line, whether it is an address of the portal)]], for the HTML of the mail."""
        blocks = filter(None, (block.strip() for block in self.body.split("\n\n")))
        return [[(line, is_ours(line)) for line in block.splitlines()] for block in blocks]


def is_ours(line):
    """Only an address of the portal that stands alone becomes a link: what people write never does."""
    return line.startswith(f"{settings.PORTAL_URL}/") and " " not in line


def words_of(mail):
    """The Words of ``mail`` in the language that is active."""
    body, why = (_plain(part, _context_of(mail)).strip() for part in templates_of(mail.kind)[1:])
    return Words(subject_of(mail), body, why)


def subject_of(mail):
    """The first line alone, in the language that is active."""
    subject, _body, _why = templates_of(mail.kind)
    return " ".join(_plain(subject, _context_of(mail)).split())[:SUBJECT_LENGTH]


def _context_of(mail):
    return {"about": mail.about, "user": mail.user, "data": mail.data, "portal": settings.PORTAL_URL}


def templates_of(kind):
    """Subject, body and why apart, before they are filled in: no line break in a title can blur them."""
    source = get_template(f"emails/{kind}.txt").template.source
    subject, rest = source.split("\n", 1)
    return [Engine.get_default().from_string(part) for part in (subject, *rest.split("\n---\n"))]


def _plain(template, context):
    """``template`` filled in as plain text: nothing is escaped, a name with a full stop at its end ends a sentence."""
    return TWO_STOPS.sub(".", template.render(Context(context, autoescape=False)))


def letter(mails):
    """The mail that tells its reader about ``mails``: all to one person, several of them only in a digest."""
    first = mails[0]
    with override(first.reader_language):
        parts = [words_of(mail) for mail in mails]
        context = {
            "parts": parts,
            "why": {part.why: None for part in parts},
            "is_digest": first.in_digest,
            "subject": _subject_over(first, parts),
            "user": first.user,
            "links": footer_links(first.user),
        }
        message = EmailMultiAlternatives(
            context["subject"],
            _plain(get_template("emails/_mail.txt").template, context).strip() + "\n",
            to=[first.reader_address],
            reply_to=[settings.REPLY_TO] if settings.REPLY_TO else None,
            headers=headers(mails),
        )
        message.attach_alternative(render_to_string("emails/layout.html", context), "text/html")
    return message


def _subject_over(mail, parts):
    if not mail.in_digest:
        return parts[0].subject
    return _("Read what happened in the WOP Portal (%(number)s)") % {"number": len(parts)}


def absolute(name, *args):
    return settings.PORTAL_URL + reverse(name, args=args)


def footer_links(user):
    """Where the reader changes what they get; nothing for somebody without an account."""
    if user is None:
        return {}
    return {
        "preferences": absolute("notices:preferences"),
        "unsubscribe": absolute("notices:unsubscribe", token_of(user)),
    }


def headers(mails):
    """``Auto-Submitted`` keeps absence notes away; unsubscribing by one click is RFC 8058."""
    fields = {"Auto-Submitted": "auto-generated"}
    if mails[0].user and all(mail.rules.optional for mail in mails):
        fields["List-Unsubscribe"] = f"<{absolute('notices:unsubscribe', token_of(mails[0].user))}>"
        fields["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return fields
