"""Pages and files that tell more. Files that the portal only knows by name have no address and are left out."""

from dataclasses import dataclass
from mimetypes import MimeTypes
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.encoding import iri_to_uri

from directory.wording import report_name
from iati.elements import add, add_narratives, said, told

PAGE, FILE_OF_ENTRY, AGREEMENT, FILE_OF_REPORT = "A12", "A02", "A09", "A08"
"""DocumentCategory: web page of the activity, purpose, memorandum of understanding, results. There is no “other”."""
HTML, UNKNOWN = "text/html", "application/octet-stream"
BY_ENDING = MimeTypes()
"""Python's own table: the same on every machine."""


@dataclass(frozen=True)
class Document:
    url: str
    title: list
    category: str
    format: str
    language: str = ""
    remark: str = ""


def add_documents(activity, entry):
    """Each address once."""
    found = {}
    for document in _of_version(entry.version):
        found.setdefault(document.url, document)
    for report in entry.reports:
        for document in _of_report(report):
            found.setdefault(document.url, document)
    for document in found.values():
        _add(activity, document)


def _add(activity, document):
    attributes = {"url": iri_to_uri(document.url), "format": document.format}
    link = add(activity, "document-link", attributes)
    add_narratives(add(link, "title"), document.title)
    if document.remark:
        add_narratives(add(link, "description"), said(document.remark))
    add(link, "category", {"code": document.category})
    if len(document.language) == 2:  # ISO 639-1; the portal takes longer codes too
        add(link, "language", {"code": document.language})


def _of_version(version):
    yield Document(
        absolute(version.get_absolute_url()), told(version, "title"), PAGE, HTML, remark="Page in the register."
    )
    for row in version.agreements.all():
        if row.url:
            title = [(None, row.title)] if row.title else said("Agreement")
            yield _page(row.url, title, AGREEMENT)
    yield from _files(version, FILE_OF_ENTRY)
    for row in version.links.all():
        yield _page(row.url, [(None, row.title)], PAGE)
    for row in version.sources.all():
        if row.url:
            yield _page(row.url, [(None, row.title or row.url)], PAGE, remark="Source of facts in this entry.")


def _of_report(report):
    name = report_name(report.report)
    title = [(report.language, report.title)] if report.title else said(name)
    yield Document(absolute(report.get_absolute_url()), title, FILE_OF_REPORT, HTML, remark=f"{name}.")
    yield from _files(report, FILE_OF_REPORT)


def _files(version, category):
    for row in version.attachments.all():
        title = [(version.language, row.description)]
        if stored := row.stored_file:
            url, media_type = absolute(stored.get_absolute_url()), stored.media_type
        else:
            url, media_type = row.url, _media_type(row.url, UNKNOWN)
        if url:
            yield Document(url, title, category, media_type, row.language)


def _page(url, title, category, remark=""):
    return Document(url, title, category, _media_type(url, HTML), remark=remark)


def _media_type(url, otherwise):
    return BY_ENDING.guess_type(urlsplit(url).path)[0] or otherwise


def absolute(path):
    """The address of a page of the portal for people elsewhere."""
    return f"{settings.PORTAL_URL}{path}"
