"""What a database that was brought up to date says of its history; asked in a process of its own."""

from django.utils.translation import override

from operators.services.pages import PAGE as OF_ORGANISATION
from partnerships.models import Confirmation
from platforms.models import Platform
from platforms.services.pages import PAGE as OF_PLATFORM
from reviews import edits as pages
from reviews.models import Edit, Snapshot
from reviews.snapshots import at_revision, fingerprint


def confirmed():
    """Of each confirmation, whether it is of the words that its entry has."""
    return [one.fingerprint == fingerprint(one.entry) for one in Confirmation.objects.all()]


def contents():
    """{primary key: content} of the snapshots."""
    return {str(one.pk): at_revision(one.entry, one.revision) for one in Snapshot.objects.all()}


def edits():
    """What became of all edits of pages; the newest is taken back."""
    found = list(Edit.objects.order_by("pk"))
    found.sort(key=lambda one: one.created_at)
    of_platform = found[-1]
    platform = of_platform.thing
    said = {
        "told": [_told(one) for one in found],
        "at": [f"{one.created_at:%Y-%m-%d %H}" for one in found],
        "reverts": [found.index(one.reverts) if one.reverts else None for one in found],
    }
    _write(platform, of_platform.after)
    said["rows of the platform"] = [platform.hosts.count(), platform.milestones.count()]
    pages.revert(OF_PLATFORM, of_platform, by=None)
    return said | {"taken back": [platform.hosts.count(), platform.milestones.count()]}


def _told(edit):
    with override("en"):
        page = OF_PLATFORM if isinstance(edit.thing, Platform) else OF_ORGANISATION
        return [[label, [list(piece) for piece in pieces]] for label, pieces in pages.describe(page, [edit])[0].changes]


def _write(platform, content):
    """Make the page say what the edit left on it: the dump tells it otherwise."""
    pages.save(OF_PLATFORM, platform, by=None, revision=platform.revision, content=content)
