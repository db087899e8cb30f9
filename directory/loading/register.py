"""What all parts of the loader share: reading, finding by name, saving, counting, problems."""

from collections import defaultdict
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from operators.models import Organisation
from reviews.states import State
from reviews.workflow import load_many, perform
from vocabularies.csv_reader import DataProblems, read_rows
from vocabularies.models import Country
from vocabularies.services import area_for_theme


class Register:
    """A folder of CSV files on its way into the database."""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.files = []
        self.problems = []
        self.broken = set()
        self.own_keys = set()
        """Keys of the organisations in the files: another one that somebody registered may share the name of one."""
        self.counts = {}
        self.rows = {}
        """{name of a file: its rows, as they were read}."""
        self.made = defaultdict(list)
        """{(file, line): what was made of it in this run}."""
        self.countries = set(Country.objects.values_list("pk", flat=True))
        self.area_for_theme = cache(area_for_theme)
        self._names = None
        self._known = {}

    def read(self, name, columns, optional=()):
        """The rows of ``name``.csv; a file that cannot be read at all stops the load."""
        self.files.append(f"{name}.csv")
        try:
            path = self.folder / self.files[-1]
            self.rows[name] = read_rows(path, columns=columns, optional=optional, called=self.files[-1])
        except DataProblems as unreadable:
            self.problems += unreadable.problems
            raise self._all_problems() from unreadable
        return self.rows[name]

    def read_if_there(self, name, columns):
        """The same of a file of which older folders know nothing."""
        return self.read(name, columns) if (self.folder / f"{name}.csv").exists() else []

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
            raise self._all_problems()

    def _all_problems(self):
        """In the order of the files and their lines, whatever was checked first."""
        return DataProblems(sorted(self.problems, key=lambda one: (self.files.index(one.file), one.line)))

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

    def one(self, model, row, column, **lookup):
        """The object of ``model`` that the cell means; None, with a problem, when there is none.

        The first value of ``lookup`` is what the cell calls it. All objects are read at the first call.
        """
        return self.found(self._objects(model, *lookup), row, column, *lookup.values())

    def found(self, known, row, column, name, *values):
        """The same among ``known``: {name and ``values``: object}."""
        found = known.get((name, *values))
        if found is None and not self.is_broken(name):
            self.problem(row, column, _("“%(value)s” is not known.") % {"value": name})
        return found

    def _objects(self, model, *fields):
        """{values of ``fields``: the first object that has them}."""
        if (model, fields) not in self._known:
            known = self._known[model, fields] = {}
            for thing in model.objects.all():
                known.setdefault(tuple(getattr(thing, field) for field in fields), thing)
        return self._known[model, fields]

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
        if len(found) > 1:
            found = {one for one in found if one.key in self.own_keys} or found
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
        self.made[row.file, row.line].append(thing)
        return thing

    def save_all(self, lines):
        """``save`` every one of ``lines``, (row, thing, columns), things of one model; what is saved has a ``pk``.

        All at once while everything is right, else one by one, to say which is wrong and why.
        """
        lines = list(lines)
        if not lines:
            return
        try:
            with transaction.atomic():
                _create([thing for _row, thing, _columns in lines])
        except (ValidationError, IntegrityError):
            for row, thing, columns in lines:
                thing.pk, thing._state.adding = None, True  # some may have been written before one was refused
                self.save(row, thing, **columns)
        else:
            for row, thing, _columns in lines:
                self.made[row.file, row.line].append(thing)

    def publish_all(self, lines):
        """Make loaded entries public by the one door there is for them. ``lines`` as in ``save_all``."""
        if not lines:
            return
        try:
            load_many([entry for _row, entry, _columns in lines])
        except ValidationError:
            for row, entry, columns in lines:
                self._publish(row, entry, columns)

    def _publish(self, row, entry, columns):
        try:
            perform(entry, "load", by=None)
        except ValidationError as error:
            self._note(row, error, columns)

    def _note(self, row, error, columns):
        """What is wrong with a thing, by the columns that its fields came from."""
        for problem in row.problems_of(error):
            self.problems.append(problem._replace(column=columns.get(problem.column, problem.column)))


def _create(things):
    """Write ``things``; what must be unique, and what a table demands of its rows, only the database checks."""
    model = type(things[0])
    for thing in things:
        thing.full_clean(exclude=_free_links(model), validate_unique=False, validate_constraints=False)
    model._base_manager.bulk_create(things)


@cache
def _free_links(model):
    """Foreign keys that may lead to any object: each was found already, and the database knows it too."""
    links = (field for field in model._meta.concrete_fields if isinstance(field, models.ForeignKey))
    return {field.name for field in links if not field.get_limit_choices_to()}


def by(column, rows):
    """{value of ``column``: its rows}, in file order."""
    grouped = defaultdict(list)
    for row in rows:
        grouped[row[column]].append(row)
    return grouped
