"""The page of a platform: what its coordinators change at once, with a trace."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from operators.models import Organisation
from platforms.models import Platform
from platforms.permissions import can_edit
from reviews import edits
from reviews.models import Edit
from reviews.snapshots import ITSELF
from vocabularies.partial_dates import PartialDate, in_order

TEXTS = ("website", "established_on", "status", "about", "about_language")
HOST = ("organisation", "starts_on", "ends_on", "note", "source")
MILESTONE = ("happened_on", "text", "source")
PARTS = (*TEXTS, "hosts", "milestones")


def _check_host(host):
    if not host.organisation.is_published:
        raise _unknown(host.organisation.key)
    if not in_order(PartialDate.parse(host.starts_on), PartialDate.parse(host.ends_on)):
        raise ValidationError({"hosts": _("It ends before it begins.")})


def _unknown(key):
    return ValidationError({"hosts": _("“%(name)s” is not in the register.") % {"name": key}})


PAGE = edits.Page(
    model=Platform,
    fields=TEXTS,
    rows={"hosts": edits.Rows(HOST, check=_check_host), "milestones": edits.Rows(MILESTONE)},
    labels={"about_language": gettext_lazy("Language of this text")},
)


def page_of(platform: Platform) -> dict[str, object]:
    """What the page says, as plain JSON: PARTS by name; hosts name organisations by their keys."""
    hosts = [
        edits.plain(row, HOST) | {"organisation": row.organisation.key}
        for row in platform.hosts.select_related("organisation")
    ]
    milestones = [edits.plain(row, MILESTONE) for row in platform.milestones.all()]
    page = edits.plain(platform, TEXTS)
    return page | {"hosts": edits.in_order(hosts), "milestones": edits.in_order(milestones)}


@transaction.atomic
def save_page(platform: Platform, *, by: User, revision: int, **parts: object) -> Edit | None:
    """Write the named ``parts`` (PARTS, in the shapes of ``page_of``); the Edit, None when nothing differs."""
    if not can_edit(by, platform):
        raise PermissionDenied(_("Only coordinators of this platform, or of one above it, change its page."))
    if unknown := set(parts) - set(PARTS):
        raise ValidationError({name: _("This cannot be set.") for name in unknown})
    content = {name: edits.keyed(_rows(name, value)) for name, value in parts.items() if name in PAGE.rows}
    content[ITSELF] = {ITSELF: {name: edits.text(value) for name, value in parts.items() if name in TEXTS}}
    return edits.save(PAGE, platform, by=by, revision=revision, content=content)


@transaction.atomic
def revert_edit(edit: Edit, *, by: User) -> Edit | None:
    """Take back what ``edit`` changed."""
    if not (isinstance(edit.thing, Platform) and can_edit(by, edit.thing)):
        raise PermissionDenied(_("You may not take changes of this page back."))
    return edits.revert(PAGE, edit, by=by)


def _rows(name, value):
    """The rows of a part as they are kept."""
    if name != "hosts":
        return [PAGE.row(name, row) for row in value]
    value = list(value)
    keys = {row["organisation"] for row in value}
    known = dict(Organisation.objects.filter(key__in=keys).values_list("key", "pk"))
    if unknown := keys - known.keys():
        raise _unknown(min(unknown))
    return [PAGE.row(name, row | {"organisation": known[row["organisation"]]}) for row in value]
