"""How to cite an entry: a sentence, its permanent address, and the same for reference managers."""

from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from directory.wording import report_name
from reviews.translations import as_written

PORTAL = "WOP Portal"
SPECIAL = str.maketrans({mark: f"\\{mark}" for mark in "{}%&#_$"} | {"\\": "", "~": " ", "^": " "})
"""Signs with a meaning in BibTeX."""


@dataclass(frozen=True)
class Citation:
    text: str
    address: str
    bibtex: str
    ris: str


def citation_of(version, address, report=None):
    """The Citation of a public version under its permanent ``address``; of ``report`` when one is given.

    By the title that the entry has in every language: who cites it means the same thing.
    """
    cited = report or version
    title = ". ".join(
        part for part in (as_written(version.title), report_name(report.report) if report else "") if part
    )
    title = f"{version.partnership.reference}: {title}"
    return Citation(_sentence(cited, title), address, _bibtex(cited, title, address), _ris(cited, title, address))


def _sentence(cited, title):
    """“WOP Portal. WOP-0001: SICSM – WASCO. Version 1, 3 May 2026.”"""
    return _("WOP Portal. %(title)s. Version %(number)s, %(date)s.") % {
        "title": title,
        "number": cited.number,
        "date": date_format(cited.published_at, "DATE_FORMAT") if cited.published_at else _("undated"),
    }


def _bibtex(cited, title, address):
    fields = {
        "title": f"{{{title.translate(SPECIAL)}}}",
        "author": f"{{{PORTAL}}}",
        "year": str(cited.published_at.year) if cited.published_at else "",
        "month": str(cited.published_at.month) if cited.published_at else "",
        "version": str(cited.number),
        "url": address,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    key = title.split(":")[0].lower()
    return "\n".join([f"@misc{{{key}-{cited._meta.model_name}-{cited.pk},", ",\n".join(lines), "}"])


def _ris(cited, title, address):
    fields = [("TY", "DATA"), ("TI", title), ("AU", PORTAL)]
    if cited.published_at:
        fields += [("PY", f"{cited.published_at:%Y}"), ("DA", f"{cited.published_at:%Y/%m/%d}")]
    fields += [("ET", str(cited.number)), ("UR", address), ("ER", "")]
    return "\n".join(f"{name}  - {value}" for name, value in fields)
