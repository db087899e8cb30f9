"""Organisations that a search found."""

from directory.organisation_pages import lines_of
from directory.search_results.line import FORMER, PLACE, TEXT, TOPIC, Line, named, shortened, told
from directory.wording import worded
from operators.models import Organisation
from search.documents.organisations import LINKS
from search.marking import Sight
from vocabularies.languages import all_names


def lines(keys, question, places):
    rows = Organisation.objects.published().filter(pk__in=keys).select_related("country__area")
    rows = list(rows.prefetch_related(*LINKS))
    shown = {one.pk: (one, line) for one, line in zip(rows, lines_of(rows), strict=True)}
    return [_line(*shown[key], question, places) for key in keys if key in shown]


def _line(organisation, line, question, places):
    sight, about = Sight(question), shortened(organisation.about)
    facts = [line.where, line.kind, *(role.text for role in line.roles)]
    return Line(
        line.url,
        title=sight.marked(" · ".join(filter(None, [organisation.acronym, organisation.name]))),
        facts=[sight.marked(fact) for fact in facts if fact],
        text=worded(sight.marked(about), organisation.about_language),
        reasons=told(question, [organisation.acronym, organisation.name, *facts, about], _behind(organisation, places)),
    )


def _behind(organisation, places):
    yield from ((FORMER, named(former)) for former in organisation.former_names.all())
    if organisation.country:
        yield from ((PLACE, name) for name in places.names(organisation.country))
    for row in (*organisation.needs.all(), *organisation.strengths.all()):
        yield from ((TOPIC, name) for name in row.area.all_names())
        yield TEXT, row.description
    yield from ((TEXT, name) for row in organisation.languages.all() for name in all_names(row.language))
    yield TEXT, organisation.about
