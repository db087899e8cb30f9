"""Downloads for tests, read as a reader's program reads them."""

import io
import json
import zipfile

import openpyxl
import pandas

from exports.cells import unsafe

BASE = "/api/v1/partnerships"
KINDS = ("csv", "xlsx", "zip", "jsonl", "geojson")


def fetch(client, kind, question=None, **options):
    """The answer to a download, its bytes in ``body``."""
    answer = client.get(f"{BASE}.{kind}", question or {}, **options)
    answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer


def flat(body):
    """The CSV with one row per partnership; nothing is guessed."""
    return pandas.read_csv(io.BytesIO(body), dtype=str, keep_default_na=False)


def tables(body):
    """{name: DataFrame} of the ZIP."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        return {
            name.removesuffix(".csv"): flat(archive.read(name)) for name in archive.namelist() if name.endswith(".csv")
        }


def readme(body):
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return archive.read("README.txt").decode()


def sheets(body):
    """{name: DataFrame} of the workbook."""
    return pandas.read_excel(io.BytesIO(body), sheet_name=None, keep_default_na=False)


def cells(body, sheet):
    """Rows of openpyxl cells."""
    return list(openpyxl.load_workbook(io.BytesIO(body))[sheet].iter_rows())


def records(body):
    """The partnerships of JSON lines."""
    return [json.loads(line) for line in body.decode().splitlines()]


def features(body, kind="partnership"):
    collection = json.loads(body)
    return [one for one in collection["features"] if one["properties"]["type"] == kind]


def references(kind, body):
    """The references in a download, in their order, whatever the format."""
    if kind == "csv":
        return list(flat(body)["reference"])
    if kind == "zip":
        return list(tables(body)["partnerships"]["reference"])
    if kind == "xlsx":
        return list(sheets(body)["partnerships"]["reference"])
    if kind == "jsonl":
        return [one["reference"] for one in records(body)]
    return [one["id"] for one in features(body)]


def row_of(frame, column, value):
    """The one row of a DataFrame in which ``column`` is ``value``, as {column: text}."""
    [row] = frame[frame[column] == value].to_dict("records")
    return {name: unsafe(text) if isinstance(text, str) else text for name, text in row.items()}
