"""The page of a platform: what its coordinators change at once, with a trace."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from operators import traces
from operators.models import Organisation
from platforms.models import Platform, PlatformHost, PlatformMilestone
from platforms.permissions import can_edit
from vocabularies.dates import PartialDate, in_order

TEXTS = ("website", "established_on", "status", "about", "about_language")
HOST = ("organisation", "starts_on", "ends_on", "note", "source")
MILESTONE = ("happened_on", "text", "source")
PARTS = (*TEXTS, "hosts", "milestones")


def page_of(platform):
    """What the page says, as plain JSON: PARTS by name; hosts name organisations by their keys."""
    texts = {name: str(getattr(platform, name)) for name in TEXTS}
    return texts | {
        "hosts": traces.in_order(_host(row) for row in platform.hosts.select_related("organisation")),
        "milestones": traces.in_order(_milestone(row) for row in platform.milestones.all()),
    }


@transaction.atomic
def save_page(platform, *, by, revision, **parts):
    """Write the named ``parts`` (PARTS, in the shapes of ``page_of``); the PlatformEdit, None when nothing differs."""
    if not can_edit(by, platform):
        raise PermissionDenied(_("Only coordinators of this platform, or of one above it, change its page."))
    if unknown := set(parts) - set(PARTS):
        raise ValidationError({name: _("This cannot be set.") for name in unknown})
    values = {name: _tidy(name, value) for name, value in parts.items()}
    return traces.save(PAGE, platform, by=by, revision=revision, values=values)


@transaction.atomic
def revert_edit(edit, *, by):
    """Take back what ``edit`` changed."""
    if not can_edit(by, edit.platform):
        raise PermissionDenied(_("You may not take changes of this page back."))
    return traces.revert(PAGE, edit.platform, edit, by=by)


def _host(row):
    return {name: str(getattr(row, name)) for name in HOST} | {"organisation": row.organisation.key}


def _milestone(row):
    return {name: str(getattr(row, name)) for name in MILESTONE}


def _tidy(name, value):
    fields = {"hosts": HOST, "milestones": MILESTONE}.get(name)
    if fields is None:
        return traces.text(str(value or ""))
    return traces.in_order({field: traces.text(str(row.get(field) or "")) for field in fields} for row in value)


def _write(platform, values):
    for name in values.keys() & set(TEXTS):
        setattr(platform, name, values[name])
    platform.full_clean()
    platform.save()
    if "hosts" in values:
        traces.write_rows(platform.hosts, values["hosts"], _host, _new_host, "hosts")
    if "milestones" in values:
        traces.write_rows(platform.milestones, values["milestones"], _milestone, _new_milestone, "milestones")


def _new_host(platform, values):
    organisation = Organisation.objects.published().filter(key=values["organisation"]).first()
    if organisation is None:
        message = _("“%(name)s” is not in the register.") % {"name": values["organisation"]}
        raise ValidationError({"hosts": message})
    if not in_order(PartialDate.parse(values["starts_on"]), PartialDate.parse(values["ends_on"])):
        raise ValidationError({"hosts": _("It ends before it begins.")})
    return PlatformHost(platform=platform, **values | {"organisation": organisation})


def _new_milestone(platform, values):
    return PlatformMilestone(platform=platform, **values)


PAGE = traces.Page(model=Platform, read=page_of, write=_write, trace=lambda platform: platform.page_edits)
