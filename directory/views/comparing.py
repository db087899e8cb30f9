"""Up to four partnerships or operators side by side, from ticks in the list or from an address that somebody sent."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directory.archived import archived_organisation, archived_partnership
from directory.comparing import operators as of_operators
from directory.comparing import partnerships as of_partnerships
from directory.comparing.table import MOST, Asked, Column, rows_of
from partnerships.mentor_mentee import pair_of


@require_safe
def partnerships(request):
    """``?ref=WOP-0001&ref=…``."""
    asked = _asked(request, str.upper, of_partnerships.entries_of, archived_partnership)
    references = [entry.version.partnership.reference for entry in asked.found]
    columns = [
        Column(
            reference,
            reverse("directory:partnership", args=[reference]),
            _without(references, reference),
            pair_of(entry.version),
        )
        for reference, entry in zip(references, asked.found, strict=True)
    ]
    return _answer(request, asked, columns, of_partnerships.facts_of(asked.found), "partnerships")


@require_safe
def operators(request):
    """``?ref=`` and the last part of the address of an organisation."""
    asked = _asked(request, str.lower, of_operators.organisations_of, lambda slug: archived_organisation(slug=slug))
    slugs = [organisation.slug for organisation in asked.found]
    columns = [
        Column(one.name, reverse("directory:operator", args=[one.slug]), _without(slugs, one.slug))
        for one in asked.found
    ]
    return _answer(request, asked, columns, of_operators.facts_of(asked.found), "operators")


def _asked(request, spelt, fetch, archived):
    """An Asked: at most MOST of those that ``fetch`` finds, and words on each that is not shown."""
    names = list(dict.fromkeys(spelt(ref.strip()) for ref in request.GET.getlist("ref") if ref.strip()))
    found = fetch([name for name in names if "\x00" not in name][: 2 * MOST])
    shown = [name for name in names if name in found]
    notes = [_missing(name, archived) for name in names[: 2 * MOST] if name not in found]
    if len(shown) > MOST:
        left_out = ", ".join(str(name) for name in shown[MOST:])
        notes.append(_("Four at most stand side by side; left out: %(names)s.") % {"names": left_out})
    return Asked([found[name] for name in shown[:MOST]], notes)


def _missing(name, archived):
    if "\x00" not in name and archived(name):
        return _("“%(name)s” was taken out of the register; its page says why.") % {"name": name}
    return _("“%(name)s” is not in the register.") % {"name": name}


def _without(names, name):
    return urlencode([("ref", one) for one in names if one != name])


def _answer(request, asked, columns, facts, section):
    """404 where something was asked for and nothing of it is there."""
    context = {
        "section": section,
        "back": reverse(f"directory:{section}"),
        "columns": columns,
        "rows": rows_of(facts),
        "notes": asked.notes,
        "canonical": "",
    }
    status = 404 if asked.notes and not columns else 200
    return render(request, "directory/compare.html", context, status=status)
