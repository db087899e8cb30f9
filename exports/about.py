"""What every export says of itself: by which licence, of which moment, to which question, how many rows."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from exports.cells import moment

NO_LICENCE = gettext_lazy("No licence has been decided yet.")


def licence():
    """The licence of the data in words; while none was decided it says so."""
    return settings.DATA_LICENCE or str(NO_LICENCE)


def about(selection, counts):
    """Pairs (what, value) on an export; ``counts`` is {table: rows}."""
    return [
        (_("Partnerships of the WOP Portal"), settings.PORTAL_URL),
        (_("Licence of the data"), licence()),
        (_("Moment of this export (UTC)"), moment(selection.at)),
        (_("What was asked for"), "; ".join(selection.asked) or _("everything")),
        (_("The same as parameters"), selection.query),
        (_("Language of the labels"), selection.language),
        (_("Number of partnerships"), len(selection)),
        *((_("Rows in %(table)s") % {"table": name}, count) for name, count in counts.items()),
    ]


def notes():
    """What a reader must know to read the cells rightly."""
    return [
        _("An empty cell means that the sources do not say. It never means 0 or no."),
        _("Dates are as precise as their source: a year alone stays a year."),
        _("Texts stand in the language of their entry; codes never change, labels are for reading."),
        _("A text that a spreadsheet would calculate has an apostrophe in front; the portal takes it away again."),
        _("“key” names a row for ever: keep it when you mean to send corrections."),
    ]
