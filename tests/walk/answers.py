"""What is wrong with an answer of the portal: a list of texts, empty where nothing is."""

import csv
import json
import re
from collections import Counter
from io import BytesIO, StringIO
from zipfile import ZipFile

import openpyxl
from lxml import etree, html

from tests.api.conforming import check
from tests.walk.words import english, spoken_on, trimmed

LEFT_OVER = re.compile(
    r"\{\{|\}\}|\{%|%\}|%\(\w+\)[sd]|&(?:amp|lt|gt|quot|#39);|object at 0x|(?<![-\w])None(?! named| yet|[-\w])"
)
"""What was not filled in, filled in with nothing, or escaped twice."""
TWICE = re.compile(r"&amp;(?:amp|lt|gt|quot|#\d+);")
NOT_DESCRIBED = {"api:root", "api:schema"}
"""They lead to the description and are the description, with examples in English."""
BEGINNINGS = {"image/png": b"\x89PNG", "application/zip": b"PK"}


def faults_of(response, address, language):
    """(what is wrong, what is spoken on the page)."""
    if response.status_code not in {address.status, *address.refusals}:
        raised = getattr(response, "exc_info", None)
        return [f"{response.status_code}, not {address.status}: {raised and raised[1]!r}"], []
    if 300 <= response.status_code < 400:
        return [], []
    kind = response.headers.get("Content-Type", "")
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if kind.startswith("text/html"):
        return _of_page(content.decode(), language)
    if "json" in kind and "jsonl" not in kind:
        return _of_json(response, address, content, language), []
    if kind.split(";")[0].endswith("xml"):
        return _of_xml(content), []
    if rows := _rows(kind.split(";")[0], content):
        return [f"left over: {cell}" for row in rows for cell in row if LEFT_OVER.search(cell)], []
    beginning = next((found for name, found in BEGINNINGS.items() if kind.startswith(name)), b"")
    return ([] if content.startswith(beginning) and content else [f"no {kind}"]) * (address.status == 200), []


def _of_page(text, language):
    root = html.fromstring(text)
    faults = [] if root.get("lang") == language else [f"speaks {root.get('lang')}"]
    faults += [f"escaped twice: {found}" for found in TWICE.findall(text)]
    ids = Counter(root.xpath("//@id"))
    faults += [f"{number} parts with the id {name}" for name, number in ids.items() if number > 1]
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json":
            json.loads(script.text)
    spoken = list(spoken_on(root, language))
    return faults + _of_words(spoken, language), spoken


def _of_words(texts, language):
    faults = [f"left over: {trimmed(text)}" for text in texts if LEFT_OVER.search(text)]
    if language != "en":
        faults += [f"English: {text}" for text in map(trimmed, texts) if text in english(language)]
    return faults


def _of_json(response, address, content, language):
    said = json.loads(content)
    if address.name in NOT_DESCRIBED:
        return []
    if address.name.startswith("api:"):
        try:
            check(response)
        except AssertionError as error:
            return [str(error)]
    spoken = response.headers.get("Content-Language", language)
    faults = [] if spoken == language else [f"speaks {spoken}"]
    faults += [f"left over: {trimmed(text)}" for text in _texts(said) if LEFT_OVER.search(text)]
    return faults + _of_words(list(_labels(said)), language)


def _labels(said):
    """What an answer says in the language of the reader."""
    if isinstance(said, dict):
        yield from (text for name, text in said.items() if name in {"label", "detail"} and isinstance(text, str))
    for one in said.values() if isinstance(said, dict) else said if isinstance(said, list) else ():
        yield from _labels(one)


def _of_xml(content):
    root = etree.fromstring(content)
    return [f"left over: {text}" for text in root.itertext() if LEFT_OVER.search(text)]


def _rows(kind, content):
    """Every row of a table that is taken away, as texts; of other files none."""
    if kind == "text/csv":
        return list(csv.reader(StringIO(content.decode("utf-8-sig")), strict=True))
    if "jsonl" in kind:
        return [list(_texts(json.loads(line))) for line in content.decode().splitlines()]
    if kind.startswith("application/vnd.openxmlformats"):
        book = openpyxl.load_workbook(BytesIO(content), read_only=True)
        return [[str(cell) for cell in row if cell is not None] for sheet in book for row in sheet.values]
    if kind == "application/zip":
        packed = ZipFile(BytesIO(content))
        return [
            row for name in packed.namelist() if name.endswith(".csv") for row in _rows("text/csv", packed.read(name))
        ]
    return []


def _texts(said):
    if isinstance(said, str):
        yield said
    for one in said.values() if isinstance(said, dict) else said if isinstance(said, list) else ():
        yield from _texts(one)
