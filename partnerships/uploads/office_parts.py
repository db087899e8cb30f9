"""What the parts of an office document say of the world outside it: relationships, fields, scripts.

Read as a stream with expat: nothing is fetched, no tree is built, and what defines entities of its own (the bombs of
XML) is refused.
"""

import re
from urllib.parse import unquote
from xml.parsers import expat

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DEEPEST = 1000  # elements in elements; programs write a few dozen
MACRO_TYPES = re.compile(r"macroEnabled|vbaProject|ms-office\.activeX", re.IGNORECASE)
LINKS = ("/hyperlink", "/externalLinkPath", "/externalLinkLongPath")
"""Relationships that wait for a person: a click, or “yes, read the other workbook”."""
OBJECTS = ("/oleObject", "/package", "/frame", "/subDocument", "/aFChunk", "/control")
LOCAL = re.compile(
    r"(file:/*)?[a-z]:[\\/]|file:///(?![\\/])|file://localhost/|(?![\\/]{2}|[a-z][\w+.-]+:)", re.IGNORECASE
)
"""A path on a disk or beside the document, as programs note their own templates: nothing comes from another machine."""
DDE = re.compile(r"\s*DDE(AUTO)?\b", re.IGNORECASE)
INCLUDED = re.compile(r'\s*INCLUDE(?:PICTURE|TEXT)\s+"?(\S+)', re.IGNORECASE)
"""A field that fetches a picture or a text when the document is opened, with its place."""
SLIDES = ("ppt/slides/", "ppt/slidelayouts/", "ppt/slidemasters/")
STARTS = re.compile(r"ppaction://(program|macro|ole)", re.IGNORECASE)
OPEN_DOCUMENT = ("content.xml", "styles.xml", "meta.xml", "settings.xml")
CLICKED = ("a", "form", "button", "event-listener", "area-rectangle", "area-circle", "area-polygon")
"""What leads elsewhere when somebody clicks it."""


def looking_into(name, budget):
    """A function that is handed the part ``name`` in pieces, b"" at its end, and raises ValidationError.

    Parts of which nothing can come are read by none of these readers. ``budget`` counts the elements of all others.
    """
    reader = _reader_for(name.lower())
    return _fed(reader, budget) if reader else _nothing


def _reader_for(name):
    if name == "[content_types].xml":
        return _Types()
    if name.endswith(".rels"):
        return _Relationships()
    if name == "meta-inf/manifest.xml":
        return _Manifest()
    if name.endswith(".xml") and name.startswith(("word/", "xl/externallinks/")):
        return _Fields()
    if name.endswith(".xml") and name.startswith((*SLIDES, "xl/connections")):
        return _ByThemselves()
    return _OpenDocument() if name.rpartition("/")[2] in OPEN_DOCUMENT else None


def _nothing(piece):
    """Read and let go."""


def _fed(reader, budget):
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.EntityDeclHandler = _refuse_entities
    depth = 0

    def start(tag, attributes):
        nonlocal depth
        depth += 1
        budget.elements -= 1
        if depth > DEEPEST or budget.elements < 0:
            raise bomb()
        reader.start(_local(tag), {_local(name): value for name, value in attributes.items()})

    def end(tag):
        nonlocal depth
        depth -= 1
        reader.end(_local(tag))

    def feed(piece):
        try:
            parser.Parse(piece, not piece)
        except expat.ExpatError as error:
            raise ValidationError(
                _("The file is damaged. Open it in your program and save it again."), code="broken"
            ) from error

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, reader.text
    return feed


def _local(name):
    return name.rpartition(":")[2]


def _refuse_entities(*_declared):
    raise bomb()


class _Reader:
    """What is told of each element; a reader listens to what concerns it."""

    def start(self, tag, attributes):
        """An element begins."""

    def end(self, tag):
        """An element ends."""

    def text(self, words):
        """Words between them."""


class _Types(_Reader):
    def start(self, tag, attributes):
        if MACRO_TYPES.search(attributes.get("ContentType", "")):
            raise macros()


class _Manifest(_Reader):
    def start(self, tag, attributes):
        if tag == "encryption-data":
            raise locked()


class _Relationships(_Reader):
    """External ones are allowed where a person has to click, else where they stay on the same machine."""

    def start(self, tag, attributes):
        kind, target = attributes.get("Type", ""), attributes.get("Target", "")
        if kind.endswith("/aFChunk"):  # a page of the web or another text, taken in when the document is opened
            raise outside(target)
        if attributes.get("TargetMode", "").lower() != "external" or kind.endswith(LINKS):
            return
        if kind.endswith(OBJECTS) or not _is_local(target):
            raise outside(target)


class _Fields(_Reader):
    """DDE starts programs: as the words of a field in texts, as a link in workbooks."""

    def __init__(self):
        self.words = ""
        self.listens = False

    def start(self, tag, attributes):
        if tag in {"ddeLink", "oleLink"}:
            raise starts_program()
        if tag == "fldChar" and attributes.get("fldCharType") == "begin":
            self.words = ""
        if tag == "fldSimple":
            self.words = attributes.get("instr", "")
            self._check()
        self.listens = tag == "instrText"

    def text(self, words):
        if self.listens:
            self.words = (self.words + words)[:200]
            self._check()

    def end(self, tag):
        self.listens = False

    def _check(self):
        if DDE.match(self.words):
            raise starts_program()
        if (included := INCLUDED.match(self.words)) and not _is_local(included[1]):
            raise outside(included[1])


class _ByThemselves(_Reader):
    """What needs no click: connections of a workbook that are refreshed on loading, and what a pointer sets off."""

    def start(self, tag, attributes):
        if tag == "connection" and attributes.get("refreshOnLoad") in {"1", "true"}:
            raise outside(attributes.get("name", ""))
        if tag in {"hlinkMouseOver", "hlinkHover"} and STARTS.match(attributes.get("action", "")):
            raise starts_program()


class _OpenDocument(_Reader):
    def start(self, tag, attributes):
        target = attributes.get("href", "")
        if _is_script(tag, attributes):
            raise macros()
        if tag in {"dde-source", "dde-connection-decl", "applet"} or attributes.get("action") == "execute":
            raise starts_program()
        if tag in CLICKED or not target:
            return
        if not _is_local(target) or (tag in {"object", "object-ole", "plugin"} and _leaves(target)):
            raise outside(target)


def _is_script(tag, attributes):
    """A script of the document, or one that is called when something happens; going to another slide is none."""
    if tag == "event-listener":
        return "action" not in attributes or attributes["action"] == "macro" or "macro-name" in attributes
    return tag == "script" and "language" in attributes


def _is_local(target):
    return LOCAL.match(unquote(target).strip()) is not None


def _leaves(target):
    """Whether a place in an OpenDocument file is outside its archive."""
    return target.startswith(("/", "../", "file:")) or ":" in target


def bomb():
    return ValidationError(
        _("The file unpacks to far more than it holds. Save it again from your program."), code="bomb"
    )


def outside(target):
    return ValidationError(
        _("The file loads something from outside when it is opened: %(target)s. Break that link and save it again."),
        code="outside",
        params={"target": target[:100]},
    )


def starts_program():
    return ValidationError(
        _("The file has a field or link that starts a program (DDE). Take it out and save the file again."),
        code="program",
    )


def macros():
    return ValidationError(
        _("The file holds macros. Save it without them, for example as .docx instead of .docm."), code="macros"
    )


def locked():
    return ValidationError(
        _("The file is protected by a password. Save it without one: reviewers must read it."), code="password"
    )
