"""Reads one PDF from standard input and writes a word on it: ``fine``, or what is wrong with it.

Runs as a process of its own (``partnerships/uploads/pdfs.py`` starts it), because a hostile file may cost any memory
and any time, or bring the reader down. It therefore knows nothing of Django and keeps to the limits that it
is started with.
"""

import resource
import sys
from io import BytesIO

import pikepdf

SCRIPTS = {"/JavaScript"}
LAUNCHES = {"/Launch", "/ImportData", "/GoToE"}
FILES = {"/EmbeddedFile", "/RichMedia"}
SCRIPT_KEYS = {"/JS", "/XFA", "/OnInstantiate"}
FILE_KEYS = {"/EF", "/EmbeddedFiles"}
QUIET = {"/GoTo"}  # what may happen by itself on opening: going to a page


def main(memory, seconds):
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    print(verdict(sys.stdin.buffer.read()))


def verdict(content):
    """The word for a whole PDF."""
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                return "password"
            if not len(pdf.pages):
                return "pages"
            return opening(pdf.Root) or next(filter(None, map(wrong_with, everything_in(pdf))), "fine")
    except pikepdf.PasswordError:
        return "password"
    except MemoryError:
        return "costly"
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError):
        return "broken"


def opening(root):
    """What happens by itself when the document is opened, if that is more than going to a page."""
    return "opening" if _acts(root.get("/OpenAction")) else ""


def everything_in(pdf):
    """Every dictionary of the file, however deep and whether or not anything points to it."""
    for item in pdf.objects:
        waiting = [item]
        while waiting:
            item = waiting.pop()
            if _is_dictionary(item):
                yield item
                children = (child for _key, child in item.items())
            elif _is_array(item):
                children = item
            else:
                continue
            # What has a number of its own comes up by itself.
            waiting.extend(child for child in children if _is_holder(child) and not child.is_indirect)


def wrong_with(item):
    """The word for one dictionary, empty when it is harmless."""
    keys = set(item.keys())
    kinds = {str(item[key]) for key in ("/S", "/Type", "/Subtype") if key in keys}
    if keys & SCRIPT_KEYS or kinds & SCRIPTS or "/JavaScript" in keys:
        return "script"
    if keys & FILE_KEYS or kinds & FILES:
        return "attachment"
    if kinds & LAUNCHES or _is_elsewhere(item, keys, kinds):
        return "launch"
    return _by_itself(item) if "/AA" in keys else ""


def _is_elsewhere(item, keys, kinds):
    """Whether its content, or what it draws, stands in another file."""
    return ("/F" in keys and item._type_name == "stream") or ("/Ref" in keys and "/Form" in kinds)


def _by_itself(item):
    """``/AA``: what happens when a page is turned, a document closed, a field left."""
    actions = item["/AA"]
    happens = actions.items() if _is_dictionary(actions) else ()
    return "opening" if any(_acts(action) for _when, action in happens) else ""


def _acts(action):
    """Whether it does more than going to a page; what is no dictionary is the place to go to."""
    return _is_dictionary(action) and (str(action.get("/S", "/GoTo")) not in QUIET or "/Next" in action)


def _is_holder(item):
    return _is_dictionary(item) or _is_array(item)


def _is_dictionary(item):
    return getattr(item, "_type_name", "") in {"dictionary", "stream"}


def _is_array(item):
    return getattr(item, "_type_name", "") == "array"


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
