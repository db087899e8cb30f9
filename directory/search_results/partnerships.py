"""Partnerships that a search found."""

from django.db.models import prefetch_related_objects

from directory.search_results.line import FORMER, PLACE, TEXT, THEN, TOPIC, Line, marked_pair, named, told
from directory.wording import entry_of, worded
from partnerships.models import PartnershipVersion
from reports.querysets import with_report_count
from reviews.translations import told as in_readers_language
from search.documents.partnerships import told_in
from search.documents.texts import texts_of
from search.marking import Sight

NAMES = "involvements__organisation__former_names"


def lines(keys, question, places):
    versions = PartnershipVersion.objects.published().filter(partnership__in=keys).with_years()
    rows = list(with_report_count(versions).for_list().prefetch_related(NAMES))
    read = {version.partnership_id: version for version in rows}
    return [_line(read[key], question, places, rows) for key in keys if key in read]


def _line(version, question, places, together):
    entry, sight, summary = entry_of(version), Sight(question), in_readers_language(version, "summary")
    ends = (*entry.pair.left, *entry.pair.right)
    in_sight = [entry.reference, *(text for end in ends for text in (end.name, end.where))]
    in_sight += [entry.dates, *entry.facts, *entry.topics, summary]
    return Line(
        entry.url,
        pair=marked_pair(entry.pair, sight),
        label=entry.dates,
        facts=[sight.marked(fact) for fact in (entry.dates, entry.reference, *entry.facts) if fact],
        text=worded(sight.marked(summary), getattr(summary, "language", version.language)),
        topics=[sight.marked(topic) for topic in entry.topics],
        reasons=told(question, in_sight, _behind(version, places, together)),
    )


def _behind(version, places, together):
    involved = version.involvements.all()
    organisations = [row.organisation for row in involved if row.organisation]
    yield from ((FORMER, named(former)) for one in organisations for former in one.former_names.all())
    yield from ((THEN, row.name_used) for row in involved)
    yield from ((TEXT, one.name) for one in organisations)
    yield from ((PLACE, name) for name in places.names(*(row.place for row in involved if row.place)))
    yield from ((TOPIC, name) for track in version.tracks.all() if track.area for name in track.area.all_names())
    yield TEXT, version.title
    prefetch_related_objects(together, *texts_of(PartnershipVersion))
    yield from ((TEXT, text) for text in told_in(version))
