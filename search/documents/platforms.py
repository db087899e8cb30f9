"""The documents of platforms, all of which are public."""

from django.db.models import Q

from platforms.models import Level, Platform
from search.documents.places import Places, in_all_languages
from search.documents.texts import line
from vocabularies.search import folded

KIND = "platform"
LINKS = ("hosts__organisation", "milestones", "areas", "countries__area")


def everything():
    return Platform.objects.order_by().values_list("pk", flat=True)


def named_by(marks):
    """Those that were marked, those that cover a place that was renamed, those whose host was."""
    yield from (int(pk) for pk in marks["platform"])
    conditions = Q(areas__in=marks["area"]) | Q(countries__in=marks["country"])
    conditions |= Q(hosts__organisation__in=marks["organisation"])
    for code in marks["area"]:
        conditions |= Q(countries__area__lineage__contains=f"/{code}/")
    yield from Platform.objects.filter(conditions).order_by().values_list("pk", flat=True)


def made(keys):
    places = Places()
    found = Platform.objects.filter(pk__in=keys).select_related("parent").prefetch_related(*LINKS)
    return {one.pk: _document(one, places) for one in found}


def _document(platform, places):
    hosts = hosts_of(platform)
    words = {
        4: [platform.acronym, platform.name],
        3: [name for host in hosts for name in (host.name, host.acronym)],
        2: [
            *places.of_areas(*platform.areas.all()),
            *places.names(*platform.countries.all()),
            *in_all_languages(Level(platform.level).label),
        ],
        1: [platform.about, *(row.text for row in platform.milestones.all())],
    }
    return {
        "terms": {},
        "numbers": {"pk": platform.pk},
        "amounts": {},
        "sorted": {"title": f"{folded(platform.name)} {platform.key}"},
        "words": {str(tier): line(texts) for tier, texts in words.items()},
    }


def hosts_of(platform):
    """The organisations that host or hosted it, as far as they are public."""
    return [host.organisation for host in platform.hosts.all() if host.organisation.is_published]
