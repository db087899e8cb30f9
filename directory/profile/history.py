"""The public versions of an entry and what each of them changed. What is not public itself is left out."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _

from directory.provenance import reporters_of
from operators.models import Organisation
from reviews.diffs import changes_between
from reviews.models import ReviewEvent
from reviews.snapshots import content_of


@dataclass(frozen=True)
class PastVersion:
    """One public version; ``changes`` leads to it from the one before, None for the first."""

    version: object
    reported: str
    changes: list | None
    url: str
    is_present: bool


def public_history(versions, address_of):
    """PastVersions, newest first, of ``versions`` (``visible_history()`` of one identity, as a queryset).

    ``address_of(version)`` gives the stable address of one.
    """
    versions = list(versions.with_published_at().order_by("number"))
    contents = _public([content_of(version) for version in versions])
    reported = _reported(versions)
    history = []
    for place, version in enumerate(versions):
        changes = changes_between(type(version), contents[place - 1], contents[place]) if place else None
        history.append(PastVersion(version, reported[version.pk], changes, address_of(version), version.is_published))
    return history[::-1]


def _reported(versions):
    """{primary key: who stands behind a version, in words}; of loaded ones also the data release and its source."""
    reporters, releases = reporters_of(versions), _releases(versions)
    return {one.pk: _in_words(reporters.get(one.pk), releases.get(one.pk)) for one in versions}


def _in_words(reporter, release):
    if reporter:
        return _("reported by %(name)s") % {"name": reporter}
    if release:
        return _("compiled from public sources (%(release)s)") % {"release": release}
    return _("compiled from public sources")


def _releases(versions):
    """{primary key: what the load of a version says}."""
    if not versions:
        return {}
    kind = ContentType.objects.get_for_model(versions[0])
    loads = ReviewEvent.objects.filter(content_type=kind, object_id__in=[one.pk for one in versions], action="load")
    return dict(loads.exclude(comment="").values_list("object_id", "comment"))


def _public(contents):
    """``contents`` without the names of organisations that are not public."""
    named = {row.get("organisation") for content in contents for rows in content.values() for row in rows.values()}
    public = set(Organisation.objects.published().filter(pk__in=named - {None}).values_list("pk", flat=True))
    return [{kind: _masked(rows, public) for kind, rows in content.items()} for content in contents]


def _masked(rows, public):
    return {key: _without_private(row, public) for key, row in rows.items()}


def _without_private(row, public):
    if row.get("organisation") in public | {None}:
        return row
    return row | {"organisation": None, "description": _("an organisation that is not public"), "name_used": ""}
