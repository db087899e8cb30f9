"""The real register from ``data/*.csv``: rows are matched by ``reference`` and ``key`` and by nothing else.

What exists is never touched again; what is known better of it comes in data releases, as new versions. All or nothing:
one row that cannot be placed, and nothing is written; every problem is reported with file, line, column and reason.
"""

from django.db import transaction

from directory.loading.organisations import load_organisations, place_organisations, publish_organisations
from directory.loading.partnerships import load_partnerships
from directory.loading.platforms import load_platforms, load_programmes
from directory.loading.register import Register
from directory.loading.releases import load_releases
from directory.loading.reports import load_reports
from directory.loading.translations import Translations


@transaction.atomic
def load_register(folder, tell=lambda line: None):
    """Load what is new in ``folder``; returns {what: (added, kept)}, raises DataProblems.

    ``tell`` is called with a sentence about what a data release leaves alone.
    """
    register = Register(folder)
    translations = Translations(register)
    organisations = load_organisations(register)
    load_platforms(register)
    load_programmes(register)
    place_organisations()
    publish_organisations(register, organisations)
    load_partnerships(register, translations)
    load_reports(register, translations)
    translations.count()
    load_releases(register, tell)
    register.stop_on_problems()
    return register.counts
