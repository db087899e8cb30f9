"""What a browser would send: the fields of a form as they stand in a page."""

from html.parser import HTMLParser


class _Fields(HTMLParser):
    """Collects {name: [values]} of the form with most fields; templates of rows are no part of it."""

    def __init__(self):
        super().__init__()
        self.forms, self.inside = [], False
        self.select = self.textarea = None
        self.in_template = 0

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "template":
            self.in_template += 1
        if tag == "form":
            self.forms.append({})
            self.inside = True
        if not self.inside or self.in_template:
            return
        name = attrs.get("name")
        if tag == "input" and name and attrs.get("type") not in {"submit", "file"}:
            if attrs.get("type") not in {"checkbox", "radio"} or "checked" in attrs:
                self._add(name, attrs.get("value", "on" if attrs.get("type") == "checkbox" else ""))
        elif tag == "select":
            self.select = [name, None, None]
        elif tag == "option" and self.select:
            value = attrs.get("value", "")
            self.select[1] = value if self.select[1] is None else self.select[1]
            if "selected" in attrs:
                self.select[2] = value
        elif tag == "textarea":
            self.textarea = [name, ""]

    def handle_data(self, data):
        if self.textarea:
            self.textarea[1] += data

    def handle_endtag(self, tag):
        if tag == "template":
            self.in_template -= 1
        elif tag == "form":
            self.inside = False
        elif tag == "select" and self.select:
            name, first, chosen = self.select
            self._add(name, chosen if chosen is not None else first or "")
            self.select = None
        elif tag == "textarea" and self.textarea:
            name, text = self.textarea
            # A browser drops the first line end and sends every other one as two signs.
            self._add(name, text.removeprefix("\r").removeprefix("\n").replace("\r\n", "\n").replace("\n", "\r\n"))
            self.textarea = None

    def _add(self, name, value):
        self.forms[-1].setdefault(name, []).append(value)


def fields_of(response):
    """{name: [values]} of the main form of a page."""
    parser = _Fields()
    parser.feed(response.content.decode())
    return max(parser.forms, key=len)
