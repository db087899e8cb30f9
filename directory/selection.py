"""What is exported: the partnerships that a question finds, read in batches so that memory does not grow with them."""

from array import array
from dataclasses import dataclass, field
from datetime import datetime

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from directory.filters.partnerships import PartnershipFilter
from directory.profile.public_entry import public_entries, with_dates
from directory.provenance import provenances_of
from directory.query_strings import label_of, query_of, values_of
from partnerships.models import Involvement, PartnershipVersion
from partnerships.models.base import OrganisationRow
from reviews.cloning import row_models
from reviews.rows import relation_to

BATCH = 150
"""Partnerships in memory at a time."""


class CountDiffers(Exception):
    """What was written is not what was stated; an export that says a wrong number must not look whole."""


@dataclass(frozen=True)
class Selection:
    """The answer to one question at one moment.

    ``wops`` are primary keys of partnerships, found in one query and in the order asked for: the number that is
    stated and the rows that are written come from the same list. ``asked`` says the question in words.
    """

    wops: array
    language: str
    query: str = ""
    asked: list = field(default_factory=list)
    at: datetime = field(default_factory=timezone.now)

    def __len__(self):
        return len(self.wops)

    def check(self, written):
        """Raise CountDiffers unless ``written`` partnerships are all of them."""
        if written != len(self):
            raise CountDiffers(f"{len(self)} partnerships were stated and {written} written")


def question(query):
    """The PartnershipFilter of a query string or QueryDict, over what is published: as on the page of the directory."""
    data = QueryDict(query) if isinstance(query, str) else query
    return PartnershipFilter(data, PartnershipVersion.objects.published())


def select(filterset, language):
    """The Selection of a valid ``filterset``, with labels in ``language``."""
    with override(language):  # the first look at the question settles the labels of its values
        wops = array("q", filterset.qs.pks())
        asked = [label_of(filterset, name, value) for name, value in values_of(filterset)]
    return Selection(wops, language, query_of(filterset, unsaid=("view",)), asked)


def batches(selection):
    """Lists of Entries, of all of ``selection`` in its order, as the public reads them now.

    Each takes a constant number of queries and holds its rows until the next one is asked for. Raises CountDiffers
    when a partnership was archived meanwhile.
    """
    read = 0
    for start in range(0, len(selection), BATCH):
        entries = _entries(selection.wops[start : start + BATCH])
        read += len(entries)
        yield entries
        _let_go(entries)
    selection.check(read)


def _let_go(entries):
    """Versions and rows point to each other: the rows of many batches would wait for the garbage collector."""
    for entry in entries:
        for version in (entry.version, *entry.reports):
            version._prefetched_objects_cache.clear()


def _entries(wops):
    versions = with_dates(PartnershipVersion.objects.published()).filter(partnership__in=wops)
    place = {pk: number for number, pk in enumerate(wops)}
    entries = public_entries(sorted(versions, key=lambda version: place[version.partnership_id]))
    provenances = provenances_of([entry.version for entry in entries])
    for entry in entries:
        _add_what_is_public(entry, provenances[entry.version.pk])
        for version in (entry.version, *entry.reports):
            _hide_organisations(version)
    return entries


def _add_what_is_public(entry, provenance):
    """What the tables tell beside the fields."""
    version = entry.version
    moments = [one.published_at for one in (version, *entry.reports) if one.published_at]
    version.provenance = provenance
    version.report_count = len(entry.reports)
    version.updated_in_public_at = max(moments, default=None)


def _hide_organisations(version):
    """A row that names an organisation which is not public any more does so in other words, as in the history."""
    for kind in row_models(type(version)):
        for row in getattr(version, relation_to(kind)).all():
            organisation = getattr(row, "organisation", None)
            if organisation is not None and not organisation.is_published:
                row.organisation = None
                if isinstance(row, OrganisationRow):
                    row.description = _("an organisation that is not public")
                if isinstance(row, Involvement):
                    row.name_used = ""


def in_language(language, parts):
    """What the generator ``parts`` yields, made in ``language``; in between the thread keeps its own."""
    end = object()
    while True:
        with override(language):
            part = next(parts, end)
        if part is end:
            return
        yield part
