"""Reading fact sheets as people and programs do, for everybody who tests them."""

import subprocess
from dataclasses import fields, is_dataclass

from lxml.html import fromstring

SIGNS = {"code", "style", "state", "language", "is_peers"}
"""What a sheet keeps for itself."""


def texts_of(thing):
    """Every text of a FactSheet as it reads, white space made even."""
    if is_dataclass(thing):
        return [text for one in fields(thing) if one.name not in SIGNS for text in texts_of(getattr(thing, one.name))]
    if isinstance(thing, (list, tuple)):
        return [text for one in thing for text in texts_of(one)]
    if not thing:
        return []
    plain = fromstring(f"<p>{thing}</p>").text_content() if hasattr(thing, "__html__") else str(thing)
    return [" ".join(plain.split())]


def text_of(pdf):
    """The words of a PDF in the order in which they were set."""
    found = subprocess.run(["pdftotext", "-raw", "-", "-"], input=pdf, capture_output=True, check=True)
    return found.stdout.decode()


def bare(text):
    """Without what setting in lines changes: spaces, hyphens, capitals."""
    return "".join(sign for sign in text.casefold() if not sign.isspace() and sign not in "-\u00ad\u2010")


def pages_of(pdf, folder, resolution=40):
    """The pages as paths of grey pictures, so many dots to the inch."""
    command = ["pdftoppm", "-gray", "-r", str(resolution), "-", str(folder / "page")]
    subprocess.run(command, input=pdf, check=True)
    return sorted(folder.glob("page-*.pgm"))
