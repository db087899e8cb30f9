"""Marked up words of a page as runs that any other medium can set: each with its language and where it leads."""

from html.parser import HTMLParser

from django.utils.safestring import SafeData

from directory.absolute_urls import absolute


def runs_of(text):
    """[{"text", "lang", "url"}] of a text; of one that is HTML its spans and links."""
    if not isinstance(text, SafeData):
        return [{"text": str(text), "lang": "", "url": ""}] if str(text) else []
    reader = _Runs()
    reader.feed(text)
    reader.close()
    return reader.runs


class _Runs(HTMLParser):
    def __init__(self):
        super().__init__()
        self.runs, self.open = [], [{"lang": "", "url": ""}]

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        inner = {"lang": told.get("lang"), "url": told.get("href") and _abroad(told["href"])}
        self.open.append(self.open[-1] | {name: value for name, value in inner.items() if value})

    def handle_endtag(self, tag):
        self.open.pop()

    def handle_data(self, data):
        self.runs.append({"text": data, **self.open[-1]})


def _abroad(url):
    """Whoever holds the paper is not on this host."""
    return absolute(url) if url.startswith("/") else url
