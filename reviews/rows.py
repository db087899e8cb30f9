"""The rows of some versions, whatever their kind, and what they point to."""

from django.db.models import Prefetch, prefetch_related_objects

from reviews.cloning import row_links, row_models

ORDER = ("position", "pk")


def relation_to(kind):
    """The name of the relation under which a version has its rows of ``kind``: "tracks"."""
    return kind._meta.get_field("version").remote_field.get_accessor_name()


def load_rows(versions):
    """Fetch the rows of every kind for ``versions``, a list of one model, anew; one query for each kind.

    Afterwards ``version.tracks.all()`` and the like cost no query, nor does a link from one row to
    another. Links to anything else are still to be fetched: see ``attach``.
    """
    if not versions:
        return
    kinds = {relation_to(kind): kind for kind in row_models(type(versions[0]))}
    for version in versions:
        for name in kinds:
            getattr(version, "_prefetched_objects_cache", {}).pop(name, None)
    wanted = [Prefetch(name, kind._base_manager.order_by(*ORDER)) for name, kind in kinds.items()]
    prefetch_related_objects(versions, *wanted)
    _link({kind: [row for one in versions for row in getattr(one, name).all()] for name, kind in kinds.items()})


def rows_of(versions):
    """{kind: rows in their order} of ``versions``; rows that others point to come first, links between them are set."""
    if not versions:
        return {}
    kinds = row_models(type(versions[0]))
    return _link({kind: list(kind._base_manager.filter(version__in=versions).order_by(*ORDER)) for kind in kinds})


def _link(rows):
    """Rows that point to other rows of their version lead to the very same objects."""
    for kind, some in rows.items():
        for link in row_links(kind):
            attach_known(some, link.name, {row.pk: row for row in rows[link.related_model]})
    return rows


def linked(rows, *links):
    """``rows`` as a list, with what the foreign keys ``links`` lead to; what has been fetched costs no query."""
    rows = list(rows)
    prefetch_related_objects(rows, *links)
    return rows


def attach(queryset, *links):
    """Set the foreign keys ``links``, each (rows, name), to the objects of ``queryset`` in one query."""
    wanted = {getattr(row, f"{name}_id") for rows, name in links for row in rows} - {None}
    found = queryset.in_bulk(wanted)
    for rows, name in links:
        attach_known(rows, name, found)


def attach_known(rows, name, found):
    """The same from ``found``, {primary key: object}."""
    for row in rows:
        if (target := getattr(row, f"{name}_id")) is not None:
            setattr(row, name, found[target])
