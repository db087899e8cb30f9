"""How near a map may come: the world, the regions, and the areas within what is shown."""

from django.utils.translation import gettext as _

from directory.map_sheets import SHEETS, WORLD
from directory.regions import area_regions, gwopa_regions


def zooms_of(drawing):
    """[(label, code of the sheet, is the one that is shown)] for a Map, in one query.

    Areas are offered where they lie on the sheet and hold a place of the answer, so that nobody zooms into nothing.
    """
    choices = [(_("World"), WORLD.code), *((region.name, region.code) for region in gwopa_regions())]
    if drawing.sheet != WORLD:
        shown = drawing.sheet
        areas = [area for area in area_regions() if _is_offered(SHEETS.get(area.code), shown, drawing)]
        choices += [(area.name, area.code) for area in areas]
    return [(label, code, code == drawing.sheet.code) for label, code in choices]


def _is_offered(sheet, shown, drawing):
    if sheet is None or not shown.holds((sheet.south + sheet.north) / 2, sheet.middle):
        return False
    return sheet == shown or (sheet.scale > shown.scale and any(sheet.holds(*place.point) for place in drawing.places))
