"""The page of an organisation: what its managers change at once, with a trace, and what can be taken back."""

from decimal import Decimal

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from operators import traces
from operators.logos import store_logo
from operators.models import Figure, Need, Organisation, OrganisationService, Service, Strength
from operators.permissions import can_edit_page, can_revert
from vocabularies.models import ImprovementArea, Indicator

TEXTS = ("city", "website", "about", "about_language", "logo")
FIGURE = ("indicator", "services", "value", "unit", "year", "note", "source")
PARTS = (*TEXTS, "services", "figures", "needs", "strengths")


def page_of(organisation):
    """What the page says, as plain JSON: PARTS by name; rows name indicators and areas by their codes."""
    texts = {name: str(getattr(organisation, name)) for name in TEXTS}
    return texts | {
        "services": _in_order(organisation.services.values_list("service", flat=True)),
        "figures": traces.in_order(_figure(row) for row in organisation.figures.select_related("indicator")),
        "needs": _area_rows(organisation.needs),
        "strengths": _area_rows(organisation.strengths),
    }


@transaction.atomic
def save_page(organisation, *, by, revision, logo=None, **parts):
    """Write the named ``parts`` (PARTS, in the shapes of ``page_of``); the PageEdit, None when nothing differs.

    ``logo``: an uploaded picture; "" takes the present one away. ValidationError with code ``stale`` when the page is
    no longer at ``revision``.
    """
    if not can_edit_page(by, organisation):
        raise PermissionDenied(_("Only managers change the page of their organisation."))
    if unknown := set(parts) - set(PARTS):
        raise ValidationError({name: _("This cannot be set.") for name in unknown})
    values = {name: _tidy(name, value) for name, value in parts.items()}
    if logo is not None:
        values["logo"] = store_logo(logo) if logo else ""
    return traces.save(PAGE, organisation, by=by, revision=revision, values=values)


@transaction.atomic
def revert_edit(edit, *, by):
    """Take back what ``edit`` changed; for managers and the secretariat."""
    if not can_revert(by, edit.organisation):
        raise PermissionDenied(_("You may not take changes of this page back."))
    return traces.revert(PAGE, edit.organisation, edit, by=by)


def _figure(row):
    value = format(row.value.normalize(), "f")
    return {name: getattr(row, name) for name in FIGURE} | {"indicator": row.indicator.code, "value": value}


def _area_rows(rows):
    return traces.in_order(_area_row(row) for row in rows.select_related("area"))


def _in_order(services):
    return [code for code in Service.values if code in services] + sorted(set(services) - set(Service.values))


def _tidy(name, value):
    """In the shape in which ``page_of`` gives it, so that equal words are equal."""
    if name == "services":
        return _in_order(value)
    if name == "figures":
        return traces.in_order(_tidy_figure(row) for row in value)
    if name in {"needs", "strengths"}:
        rows = ({"area": row["area"], "description": traces.text(row.get("description"))} for row in value)
        return traces.in_order(rows)
    return traces.text(value)


def _tidy_figure(row):
    value = format(Decimal(row["value"]).normalize(), "f")
    tidied = {name: traces.text(row.get(name)) for name in FIGURE if name not in {"value", "year"}}
    return {name: tidied.get(name) for name in FIGURE} | {"value": value, "year": row.get("year")}


def _write(organisation, values):
    for name in values.keys() & set(TEXTS):
        setattr(organisation, name, values[name])
    organisation.full_clean()
    organisation.save()
    if "services" in values:
        _write_services(organisation, values["services"])
    if "figures" in values:
        traces.write_rows(organisation.figures, values["figures"], _figure, _new_figure, "figures")
    for name, model in (("needs", Need), ("strengths", Strength)):
        if name in values:
            traces.write_rows(getattr(organisation, name), values[name], _area_row, _new_area(model, name), name)
    organisation.refresh_search()


def _write_services(organisation, services):
    organisation.services.all().delete()
    for service in services:
        row = OrganisationService(organisation=organisation, service=service)
        row.full_clean()
        row.save()


def _area_row(row):
    return {"area": row.area.code, "description": row.description}


def _new_figure(organisation, values):
    indicator = _term(Indicator, values["indicator"], "figures")
    return Figure(organisation=organisation, **values | {"indicator": indicator, "value": Decimal(values["value"])})


def _new_area(model, name):
    def made(organisation, values):
        area = _term(ImprovementArea, values["area"], name)
        return model(organisation=organisation, area=area, description=values["description"])

    return made


def _term(model, code, name):
    term = model.objects.filter(code=code).first()
    if term is None:
        raise ValidationError({name: _("“%(code)s” is not in the list.") % {"code": code}})
    return term


PAGE = traces.Page(model=Organisation, read=page_of, write=_write, trace=lambda organisation: organisation.page_edits)
