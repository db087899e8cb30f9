"""platforms.csv with hosts and milestones, and programmes.csv."""

from django.utils.translation import gettext as _

from directory.loading.register import by
from platforms.models import Platform, PlatformHost, PlatformMilestone, Programme
from vocabularies.models import Area

COLUMNS = [
    "key", "name", "acronym", "level", "parent", "established", "status", "area_m49", "countries", "website", "about",
    "source",
]  # fmt: skip
HOST_COLUMNS = ["platform", "organisation", "starts_on", "ends_on", "note", "source"]
MILESTONE_COLUMNS = ["platform", "happened_on", "text", "source"]
PROGRAMME_COLUMNS = ["key", "name", "donor", "starts_on", "ends_on", "website", "about", "source"]


def load_platforms(register):
    known = set(Platform.objects.values_list("key", flat=True))
    rows = register.read("platforms", COLUMNS)
    hosts = by("platform", register.read("platform_hosts", HOST_COLUMNS))
    milestones = by("platform", register.read("platform_milestones", MILESTONE_COLUMNS))
    new = [row for row in rows if row["key"] not in known]
    added = _platforms(register, new)
    for row, platform in added:
        _set_parent(register, row, platform)
    register.save_all(line for _row, one in added for line in _hosts(register, one, hosts[one.key]))
    register.save_all(line for _row, one in added for line in _milestones(one, milestones[one.key]))
    _report_strays(register, {**hosts, **milestones}, known | {row["key"] for row in rows})
    register.count("platforms", added=len(new), kept=len(rows) - len(new))


def _platforms(register, rows):
    """Pairs of a row and the platform that was made of it."""
    lines = [(row, _platform(row), {"established_on": "established"}) for row in rows]
    register.save_all(lines)
    for row, platform, _columns in lines:
        if platform.pk:
            _cover(register, row, platform)
        else:
            register.give_up(row["key"], row["acronym"])
    return [(row, platform) for row, platform, _columns in lines if platform.pk]


def _platform(row):
    return Platform(
        key=row["key"],
        slug=row["key"],
        name=row["name"],
        acronym=row["acronym"],
        level=row["level"],
        established_on=row["established"],
        status=row["status"] or Platform.Status.ACTIVE,
        website=row["website"],
        about=row["about"],
        source=row["source"],
    )


def _cover(register, row, platform):
    areas = [register.one(Area, row, "area_m49", code=code) for code in register.several(row, "area_m49")]
    countries = register.several(row, "countries")
    for code in set(countries) - register.countries:
        register.problem(row, "countries", _("“%(value)s” is not an ISO 3166 code we know.") % {"value": code})
    platform.areas.add(*filter(None, areas))
    platform.countries.add(*(set(countries) & register.countries))


def _set_parent(register, row, platform):
    """The parent is named by its key or acronym and may stand anywhere in the file."""
    if not (name := row["parent"]):
        return
    parent = Platform.objects.filter(key=name).first() or Platform.objects.filter(acronym=name).first()
    if parent is None and register.is_broken(name):
        return
    if parent is None:
        register.problem(row, "parent", _("no platform is called “%(name)s”.") % {"name": name})
        return
    platform.parent = parent
    register.save(row, platform)


def _hosts(register, platform, rows):
    for row in rows:
        if organisation := register.organisation(row, "organisation"):
            host = PlatformHost(
                platform=platform,
                organisation=organisation,
                starts_on=row["starts_on"],
                ends_on=row["ends_on"],
                note=row["note"],
                source=row["source"],
            )
            yield row, host, {}


def _milestones(platform, rows):
    for row in rows:
        milestone = PlatformMilestone(
            platform=platform, happened_on=row["happened_on"], text=row["text"], source=row["source"]
        )
        yield row, milestone, {}


def _report_strays(register, grouped, known):
    for key, rows in grouped.items():
        if key not in known:
            for row in rows:
                register.problem(row, "platform", _("no platform has the key “%(key)s”.") % {"key": key})


def load_programmes(register):
    known = set(Programme.objects.values_list("key", flat=True))
    rows = register.read("programmes", PROGRAMME_COLUMNS)
    new = [row for row in rows if row["key"] not in known]
    lines = [(row, _programme(register, row), {}) for row in new]
    register.save_all(lines)
    register.give_up(*(programme.name for _row, programme, _columns in lines if not programme.pk))
    register.count("programmes", added=len(new), kept=len(rows) - len(new))


def _programme(register, row):
    return Programme(
        key=row["key"],
        slug=row["key"],
        name=row["name"],
        donor=register.organisation(row, "donor"),
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        website=row["website"],
        about=row["about"],
        source=row["source"],
    )
