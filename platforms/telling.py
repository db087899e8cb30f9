"""Edits of a platform's page in words."""

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from operators.models import Organisation
from operators.telling import Told
from platforms.models import Platform
from reviews.diffs import pieces_of
from vocabularies.dates import PartialDate


def told(edits):
    """The edits of one page in words; hosts are fetched once for all of them."""
    edits = list(edits)
    keys = {
        row["organisation"] for edit in edits for side in (edit.before, edit.after) for row in side.get("hosts", [])
    }
    names = dict(Organisation.objects.filter(key__in=keys).values_list("key", "name")) if keys else {}
    return [Told(edit, [(_label(name), _pieces(name, edit, names)) for name in edit.after]) for edit in edits]


def _label(name):
    return {
        "website": _("Website"),
        "established_on": _("Established"),
        "status": _("Status"),
        "about": _("About"),
        "about_language": _("Language of this text"),
        "hosts": _("Hosts"),
        "milestones": _("Milestones"),
    }[name]


def _pieces(name, edit, names):
    before, after = edit.before[name], edit.after[name]
    if name == "about":
        return pieces_of(before, after)
    if isinstance(after, list):
        gone = [("out", _row(row, names)) for row in before if row not in after]
        return gone + [("in", _row(row, names)) for row in after if row not in before]
    return [(op, _value(name, text)) for op, text in (("out", before), ("in", after)) if text]


def _value(name, text):
    if name == "status":
        return str(Platform.Status(text).label)
    if name == "about_language":
        return get_language_info(text)["name_translated"]
    return PartialDate(text).localised() if name == "established_on" else text


def _row(row, names):
    if "organisation" in row:
        time = " – ".join(PartialDate(row[name]).localised() or "…" for name in ("starts_on", "ends_on"))
        parts = [names.get(row["organisation"], row["organisation"]), time, row["note"], row["source"]]
    else:
        parts = [PartialDate(row["happened_on"]).localised(), row["text"], row["source"]]
    return ", ".join(filter(None, parts))
