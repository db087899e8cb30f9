"""What all parts of the loader share: reading, finding by name, saving, counting, problems."""

from collections import defaultdict
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from operators.models import Organisation
from reviews.states import State
from reviews.workflow import perform
from vocabularies.csvfiles import DataProblems, read_rows
from vocabularies.models import Country


class Register:
    """A folder of CSV files on its way into the database."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.problems = []
        self.broken = set()
        self.counts = {}
        self.countries = set(Country.objects.values_list("pk", flat=True))
        self._names = None

    def read(self, name, columns):
        """The rows of ``name``.csv; a file that cannot be read at all stops the load."""
        try:
            return read_rows(self.folder / f"{name}.csv", columns=columns)
        except DataProblems as unreadable:
            raise DataProblems([*self.problems, *unreadable.problems]) from unreadable

    def count(self, what, *, added, kept):
        self.counts[what] = (added, kept)

    # --- problems ---------------------------------------------------------------------------------------

    def problem(self, row, column, reason):
        self.problems.append(row.problem(column, reason))

    def give_up(self, *names):
        """What is called so could not be loaded: rows that name it are right as far as we know."""
        self.broken |= {name.casefold() for name in names if name}

    def is_broken(self, name):
        return name.casefold() in self.broken

    def stop_on_problems(self):
        if self.problems:
            raise DataProblems(self.problems)

    # --- cells ------------------------------------------------------------------------------------------

    def several(self, row, column):
        """The values of a cell that ``;`` separates."""
        return [part.strip() for part in row[column].split(";") if part.strip()]

    def country(self, row, column):
        """The code in ``column``, or None; an unknown one is a problem."""
        code = row[column]
        if code and code not in self.countries:
            self.problem(row, column, _("“%(value)s” is not an ISO 3166 code we know.") % {"value": code})
            return None
        return code or None

    def one(self, queryset, row, column, **lookup):
        """The one row of ``queryset`` that the cell means; None, with a problem, when there is none."""
        found = queryset.filter(**lookup).first()
        name = next(iter(lookup.values()))
        if found is None and not self.is_broken(name):
            self.problem(row, column, _("“%(value)s” is not known.") % {"value": name})
        return found

    # --- organisations by name --------------------------------------------------------------------------

    @property
    def names(self):
        """{key, full name or acronym, without regard to case: organisations}."""
        if self._names is None:
            self._names = defaultdict(set)
            # Registrations under way are not public: they neither take part nor make a name ambiguous.
            for organisation in Organisation.objects.filter(state__in=(State.PUBLISHED, State.ARCHIVED)):
                self.know(organisation)
        return self._names

    def know(self, organisation):
        for name in {organisation.key, organisation.name, organisation.acronym} - {""}:
            self.names[name.casefold()].add(organisation)

    def organisation(self, row, column, name=None):
        """The organisation that ``name`` (by default the cell) means; None, with a problem, unless exactly one."""
        name = row[column] if name is None else name
        if not name:
            return None
        found = self.names.get(name.casefold(), set())
        if len(found) == 1:
            return next(iter(found))
        if found:
            keys = ", ".join(sorted(organisation.key for organisation in found))
            reason = _("“%(name)s” is several organisations (%(keys)s): write the full name or the key.")
            self.problem(row, column, reason % {"name": name, "keys": keys})
        elif not self.is_broken(name):
            self.problem(row, column, _("no organisation is called “%(name)s”.") % {"name": name})
        return None

    def organisations(self, row, column):
        return [found for name in self.several(row, column) if (found := self.organisation(row, column, name))]

    # --- writing ----------------------------------------------------------------------------------------

    def save(self, row, thing, **columns):
        """Check and save ``thing``; errors become problems. ``columns``: {field: column} where they differ."""
        try:
            with transaction.atomic():
                thing.full_clean()
                thing.save()
        except ValidationError as error:
            self._note(row, error, columns)
            return None
        return thing

    def publish(self, row, entry, **columns):
        """Make a loaded entry public by the one door there is for it. ``columns`` as in ``save``."""
        try:
            with transaction.atomic():
                perform(entry, "load", by=None)
        except ValidationError as error:
            self._note(row, error, columns)

    def _note(self, row, error, columns):
        """What is wrong with a thing, by the columns that its fields came from."""
        for problem in row.problems_of(error):
            self.problems.append(problem._replace(column=columns.get(problem.column, problem.column)))


def by(column, rows):
    """{value of ``column``: its rows}, in file order."""
    grouped = defaultdict(list)
    for row in rows:
        grouped[row[column]].append(row)
    return grouped
