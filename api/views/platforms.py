"""WOP platforms and programmes."""

from django.utils.translation import gettext_lazy as _

from api.serializers.platforms import Platform, Programme
from api.views.read_only import by_name, reading_list, reading_one, refuse
from directory.filters.others import PlatformFilter, ProgrammeFilter
from directory.platform_pages import counted_of, programmes_counted, public_hosts
from platforms.models import Platform as PlatformModel
from platforms.models import Programme as ProgrammeModel

NEEDED = {
    **{name: [name] for name in ("areas", "countries", "children", "milestones")},
    "counted": ["areas", "countries"],
}
"""{property: what is fetched for it}."""


@reading_list(
    Platform,
    name="platforms_list",
    summary=_("Platforms"),
    about=_("Those that bring operators together, from the global one to the national ones."),
    filters=PlatformFilter,
)
def platforms(question):
    """All that bring operators together, from the global one to the national ones."""
    found = question.found(PlatformModel.objects.all())
    return _counted(question.page(_with_needed(found, question.shown)), question.shown)


@reading_one(
    Platform,
    name="platforms_read",
    summary=_("One platform"),
    about=_("By its key, which never changes, or by its address on the pages."),
)
def platform(question, name):
    """By its key, or by its address on the pages."""
    found = by_name(_with_needed(PlatformModel.objects.all(), question.shown), name)
    return _counted([found], question.shown)[0] if found else refuse(None)


def _with_needed(platforms, shown):
    needed = [path for name in shown for path in NEEDED.get(name, ())]
    hosts = [public_hosts()] if "hosts" in shown else []
    return platforms.select_related("parent").prefetch_related(*needed, *hosts)


def _counted(platforms, shown):
    counted = counted_of(platforms) if "counted" in shown else {}
    for one in platforms:
        one.counted = counted.get(one.pk)
    return platforms


@reading_list(
    Programme,
    name="programmes_list",
    summary=_("Programmes"),
    about=_("Funded sets of partnerships with a donor and an end."),
    filters=ProgrammeFilter,
)
def programmes(question):
    """Funded sets of WOPs."""
    return _with_counts(question.page(question.found(_programmes())))


@reading_one(
    Programme,
    name="programmes_read",
    summary=_("One programme"),
    about=_("By its key, which never changes."),
)
def programme(question, name):
    """By its key, or by its address."""
    found = by_name(_programmes(), name)
    return _with_counts([found])[0] if found else refuse(None)


def _programmes():
    return ProgrammeModel.objects.select_related("donor__country")


def _with_counts(programmes):
    for one, count in programmes_counted(programmes):
        one.partnership_count = count
        one.public_donor = one.donor if one.donor and one.donor.is_published else None
    return programmes
