"""The page of an organisation: what its managers change at once, with a trace, and what can be taken back."""

from operator import itemgetter
from typing import Literal

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from operators.logos import store_logo
from operators.models import Organisation, OrganisationService, Service
from operators.permissions import can_edit_page, can_revert
from reviews import edits
from reviews.models import Edit
from reviews.snapshots import ITSELF
from vocabularies.models import ImprovementArea, Indicator

TEXTS = ("city", "website", "about", "about_language", "logo")
FIGURE = ("indicator", "services", "value", "unit", "year", "note", "source")
AREA = ("area", "description")
PARTS = (*TEXTS, "services", "languages", "figures", "needs", "strengths")
TERMS = {
    "figures": ("indicator", Indicator),
    "needs": ("area", ImprovementArea),
    "strengths": ("area", ImprovementArea),
}
"""{part: its field that names a term, by its code, and the list}."""


def _place(service):
    return Service.values.index(service["service"])


PAGE = edits.Page(
    model=Organisation,
    fields=TEXTS,
    rows={
        "services": edits.Rows(("service",), order=_place),
        "languages": edits.Rows(("language", "position"), order=itemgetter("position")),
        "figures": edits.Rows(FIGURE),
        "needs": edits.Rows(AREA),
        "strengths": edits.Rows(AREA),
    },
    labels={"about_language": gettext_lazy("Language of this text")},
    replaced={"logo": (gettext_lazy("the logo before"), gettext_lazy("another logo"))},
    written=Organisation.refresh_search,
)


def page_of(organisation: Organisation) -> dict[str, object]:
    """What the page says, as plain JSON: PARTS by name; rows name indicators and areas by their codes."""
    page = edits.plain(organisation, TEXTS)
    page["services"] = _in_order(organisation.services.values_list("service", flat=True))
    page["languages"] = list(organisation.languages.values_list("language", flat=True))
    for name, (field, _model) in TERMS.items():
        rows = getattr(organisation, name).select_related(field)
        fields = PAGE.rows[name].fields
        page[name] = edits.in_order(edits.plain(row, fields) | {field: getattr(row, field).code} for row in rows)
    return page


@transaction.atomic
def save_page(
    organisation: Organisation,
    *,
    by: User,
    revision: int,
    logo: UploadedFile | Literal[""] | None = None,
    **parts: object,
) -> Edit | None:
    """Write the named ``parts`` (PARTS, in the shapes of ``page_of``); the Edit, None when nothing differs.

    ``logo``: an uploaded picture; "" takes the present one away. ValidationError with code ``stale`` when the page is
    no longer at ``revision``.
    """
    if not can_edit_page(by, organisation):
        raise PermissionDenied(_("Only managers change the page of their organisation."))
    if unknown := set(parts) - set(PARTS):
        raise ValidationError({name: _("This cannot be set.") for name in unknown})
    content = {name: edits.keyed(_rows(name, value)) for name, value in parts.items() if name in PAGE.rows}
    fields = {name: edits.text(value) for name, value in parts.items() if name in TEXTS}
    if logo is not None:
        fields["logo"] = store_logo(logo) if logo else ""
    content[ITSELF] = {ITSELF: fields}
    edit = edits.save(PAGE, organisation, by=by, revision=revision, content=content)
    _follow_the_city(edit)
    return edit


@transaction.atomic
def revert_edit(edit: Edit, *, by: User) -> Edit | None:
    """Take back what ``edit`` changed; for managers and the secretariat."""
    if not (isinstance(edit.thing, Organisation) and can_revert(by, edit.thing)):
        raise PermissionDenied(_("You may not take changes of this page back."))
    taken_back = edits.revert(PAGE, edit, by=by)
    _follow_the_city(taken_back)
    return taken_back


def _follow_the_city(edit):
    """Coordinates stay as they are, by hand or not, until the city is another one."""
    if edit and "city" in edit.after.get(ITSELF, {}).get(ITSELF, {}):
        organisation = Organisation.objects.get(pk=edit.object_id)
        organisation.find_place()
        organisation.save(update_fields=["latitude", "longitude"])


def _in_order(services):
    return [code for code in Service.values if code in services] + sorted(set(services) - set(Service.values))


def _rows(name, value):
    """The rows of a part as they are kept."""
    if name == "services":
        for code in set(value):
            OrganisationService(service=code).clean_fields(exclude=["organisation"])
        return [{"service": code} for code in _in_order(value)]
    if name == "languages":
        return [{"language": code, "position": place} for place, code in enumerate(dict.fromkeys(value))]
    field, model = TERMS[name]
    value = list(value)
    known = dict(model.objects.filter(code__in={row[field] for row in value}).values_list("code", "pk"))
    for row in value:
        if row[field] not in known:
            raise ValidationError({name: _("“%(code)s” is not in the list.") % {"code": row[field]}})
    return [PAGE.row(name, row | {field: known[row[field]]}) for row in value]
