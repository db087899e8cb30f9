"""Data releases: what is known better of public records, in ``release-2/*.csv`` and later folders.

It enters as new versions, by cloning and the workflow, and as edits of pages, so that the history shows it. Each
release does so once, and never where somebody has changed, confirmed, archived or begun to change the record
(docs/decisions/0032-data-release-two.md).
"""

from collections import Counter, defaultdict

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from directory.loading.organisations import FIGURE_COLUMNS, figure_of
from directory.loading.partnership_rows import ROWS, Entry
from directory.loading.partnerships import COLUMNS, ROW_FILES, report_strays, version_of
from directory.loading.register import by
from directory.loading.translations import Translations
from operators.models import Organisation
from operators.services.pages import PAGE
from partnerships.models import Confirmation, PartnershipTranslation, PartnershipVersion, Role
from reviews import edits
from reviews.cloning import clone, row_models
from reviews.models import ReviewEvent
from reviews.rows import load_rows
from reviews.states import OPEN_STATES, State
from reviews.translations import fitting
from reviews.workflow import perform

FIELDS = ("title", "summary", "approach", "note", "starts_on", "ends_on", "duration_months")
COST = ("cost_amount", "cost_currency", "cost_kind", "cost_covers")
CELLS = ("name_used", "contribution", "description")


def load_releases(register, tell):
    """Carry out all releases in the folder, the older ones first; ``tell`` hears what is left alone, and why."""
    for folder in sorted(register.folder.glob("release-*")):
        number = folder.name.removeprefix("release-")
        _improve_partnerships(register, folder.name, f"Data release {number}", tell)
        _improve_organisations(register, folder.name, tell)


def _left_alone(tell, names):
    if names:
        line = _("left alone, since somebody has changed, confirmed or archived them: %(names)s")
        tell(line % {"names": ", ".join(sorted(names))})


# --- partnerships -----------------------------------------------------------------------------------------


def _improve_partnerships(register, release, name, tell):
    rows = register.read(f"{release}/partnerships", COLUMNS)
    files = {
        file: by("reference", register.read(f"{release}/{file}", columns))
        for file, columns in ROW_FILES.items()
        if (register.folder / release / f"{file}.csv").exists()
    }
    report_strays(register, files, {row["reference"] for row in rows})
    records = _records([row["reference"] for row in rows])
    ready = []
    for row in rows:
        record = records[row["reference"]]
        if not record.versions and not register.is_broken(row["reference"]):
            register.problem(row, "reference", _("there is no partnership “%(value)s”.") % {"value": row["reference"]})
        elif record.is_untouched(name):
            ready.append((row, record.published))
    done = {reference for reference, record in records.items() if record.has_had(name)}
    touched = set(records) - done - {row["reference"] for row, _version in ready}
    _left_alone(tell, {str(records[one].versions[0].partnership) for one in touched if records[one].versions})
    translations = Translations(register, release)
    improved = [_improved(register, row, version, files) for row, version in ready]
    _publish(register, name, improved, lambda: translations.of(["partnerships", *files]))
    translations.count()
    register.count(name, added=len(ready), kept=len(rows) - len(ready))


class Record:
    """What has become of a record of the register so far."""

    def __init__(self):
        self.versions, self.events, self.confirmed = [], defaultdict(list), set()

    @property
    def published(self):
        return next((one for one in self.versions if one.state == State.PUBLISHED), None)

    def has_had(self, release):
        loads = (event for events in self.events.values() for event in events if event.action == "load")
        return any(event.comment.startswith(f"{release}:") for event in loads)

    def is_untouched(self, release):
        """Whether what is public was loaded, nobody has confirmed it, and nobody is about to change it."""
        if self.has_had(release) or not self.published or any(one.state in OPEN_STATES for one in self.versions):
            return False
        return {event.action for event in self.events[self.published.pk]} == {"load"} and not self.confirmed


def _records(references):
    """{reference in the files: its Record}."""
    records = {reference: Record() for reference in references}
    versions = PartnershipVersion.objects.filter(partnership__loaded_as__in=references).select_related("partnership")
    of_version = {version.pk: records[version.partnership.loaded_as] for version in versions}
    for version in versions:
        of_version[version.pk].versions.append(version)
    about = {"content_type": ContentType.objects.get_for_model(PartnershipVersion), "object_id__in": list(of_version)}
    for event in ReviewEvent.objects.filter(**about):
        of_version[event.object_id].events[event.object_id].append(event)
    for pk in Confirmation.objects.filter(**about).values_list("object_id", flat=True):
        of_version[pk].confirmed.add(pk)
    return records


def _improved(register, row, version, files):
    """An Entry whose version is a draft with the words of ``version`` and, where ``row`` has any, those instead."""
    draft = clone(version, by=None)
    fresh = version_of(register, row, version.partnership)
    stated = [name for name in FIELDS if getattr(fresh, name)] + (["status"] if row["status"] else [])
    for name in [*stated, *(COST if row["cost_amount"] else ())]:
        setattr(draft, name, getattr(fresh, name))
    register.save(row, draft, starts_on="start", ends_on="end")
    placed = {kind: kind._base_manager.filter(version=draft).count() for kind in row_models(PartnershipVersion)}
    below = {name: grouped[row["reference"]] for name, grouped in files.items()}
    return Entry(
        row,
        draft,
        below,
        involvements=list(draft.involvements.all()),
        tracks=list(draft.tracks.all()),
        placed=Counter(placed),
        cited=set(draft.sources.values_list("url", flat=True)),
    )


def _publish(register, name, entries, translations):
    for entry in entries:
        _name_the_unnamed(register, entry)
        _say_more_of_partners(register, entry)
    for lines_of in ROWS:
        register.save_all(line for entry in entries for line in lines_of(register, entry))
    _drop_overtaken([entry.version for entry in entries])
    register.save_all(translations())
    for entry in entries:
        try:
            perform(entry.version, "load", by=None, comment=f"{name}: {entry.row['source']}")
        except ValidationError as error:
            register.problems += entry.row.problems_of(error)


def _drop_overtaken(versions):
    """Translations of words that the release has replaced: nobody looks at them again."""
    load_rows(versions)
    fit = [row.pk for version in versions for _original, row in fitting(version)]
    PartnershipTranslation.objects.filter(version__in=versions).exclude(pk__in=fit).delete()


def _name_the_unnamed(register, entry):
    """The first mentee that the release names takes the row of one who was known by the country alone."""
    for organisation in register.organisations(entry.row, "mentees"):
        for row in entry.involvements:
            if row.role == Role.MENTEE and not row.organisation_id and row.country_id == organisation.country_id:
                row.organisation, row.country = organisation, None
                register.save(entry.row, row)
                break


def _say_more_of_partners(register, entry):
    """Lines about a role that the version has fill its row; the others make new rows."""
    known = {(row.organisation_id, row.role): row for row in entry.involvements}
    further = []
    for line in entry.lines("involvements"):
        organisation = register.organisation(line, "organisation")
        row = known.get((organisation and organisation.pk, line["role"]))
        if row is None:
            further.append(line)
            continue
        for name in CELLS:
            setattr(row, name, line[name] or getattr(row, name))
        register.save(line, row)
    entry.below["involvements"] = further


# --- organisations ----------------------------------------------------------------------------------------


def _improve_organisations(register, release, tell):
    """Figures of organisations whose page nobody has changed: an edit of the page, which can be taken back."""
    figures = by("organisation", register.read(f"{release}/figures", FIGURE_COLUMNS))
    organisations = {
        one.key: one for one in Organisation.objects.filter(key__in=figures).prefetch_related("page_edits")
    }
    left = set()
    for key, rows in figures.items():
        organisation = organisations.get(key)
        if organisation is None:
            register.problem(rows[0], "organisation", _("no organisation has the key “%(key)s”.") % {"key": key})
        elif not organisation.page_edits.all():
            _add_figures(register, organisation, rows)
        elif not any(edit.by_id is None and "figures" in edit.after for edit in organisation.page_edits.all()):
            left.add(str(organisation))
    _left_alone(tell, left)


def _add_figures(register, organisation, rows):
    made = [figure for row in rows if (figure := figure_of(register, row, organisation))]
    content = PAGE.read(organisation)["figures"].values()
    figures = [*content, *(edits.plain(figure, PAGE.rows["figures"].fields) for figure in made)]
    try:
        edits.save(
            PAGE, organisation, by=None, revision=organisation.revision, content={"figures": edits.keyed(figures)}
        )
    except ValidationError as error:
        register.problems += rows[0].problems_of(error)
