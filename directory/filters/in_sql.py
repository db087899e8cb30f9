"""What some filters mean as conditions of SQL: for lists that the index does not answer."""

from django.db.models import Q

from partnerships.models import Involvement, PartnershipVersion
from search.areas import AREA_DETAILS
from search.roles import ROLES_MEANT


def region_of_row(regions):
    """Q on involvement rows in GWOPA regions or UN M49 areas."""
    rows = Q()
    for path in ("organisation__country", "country"):
        rows |= Q(**{f"{path}__gwopa_region__in": regions})
        for region in regions:
            rows |= Q(**{f"{path}__area__lineage__contains": f"/{region}/"})
    return rows


def on_area(codes, area):
    """Q on the path to an area: a group includes its areas, and non-revenue water its two kinds of loss."""
    codes = [detail for code in codes for detail in (code, *AREA_DETAILS.get(code, ()))]
    return Q(**{f"{area}__code__in": codes}) | Q(**{f"{area}__parent__code__in": codes})


def taking_part(asked):
    """The rows of published WOPs in a role and on an area asked for: both of the same WOP."""
    rows = Involvement.objects.filter(version__in=PartnershipVersion.objects.published().order_by().values("pk"))
    if asked.get("role"):
        rows = rows.filter(role__in={meant for role in asked["role"] for meant in ROLES_MEANT.get(role, (role,))})
    if asked.get("area"):
        rows = rows.filter(on_area(asked["area"], "version__tracks__area"))
    return rows
