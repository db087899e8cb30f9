"""Platforms that a search found."""

from django.urls import reverse

from directory.search_results.line import PLACE, TEXT, Line, shortened, told
from directory.wording import worded
from platforms.models import Platform
from search.documents.platforms import LINKS, hosts_of
from search.marking import Sight


def lines(keys, question, places):
    rows = Platform.objects.filter(pk__in=keys).prefetch_related(*LINKS)
    read = {one.pk: one for one in rows}
    return [_line(read[key], question, places) for key in keys if key in read]


def _line(platform, question, places):
    sight, about = Sight(question), shortened(platform.about)
    title = " · ".join(filter(None, [platform.acronym, platform.name]))
    return Line(
        reverse("directory:platform", args=[platform.slug]),
        title=sight.marked(title),
        facts=[sight.marked(platform.get_level_display())],
        text=worded(sight.marked(about), platform.about_language),
        reasons=told(question, [title, platform.get_level_display(), about], _behind(platform, places)),
    )


def _behind(platform, places):
    covered = [*places.of_areas(*platform.areas.all()), *places.names(*platform.countries.all())]
    yield from ((PLACE, name) for name in covered)
    yield from ((TEXT, name) for host in hosts_of(platform) for name in (host.name, host.acronym))
    yield from ((TEXT, row.text) for row in platform.milestones.all())
    yield TEXT, platform.about
