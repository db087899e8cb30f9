"""The motif: mentor on the left, mentee on the right, a line between; two equal ends for peers and for partners."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from partnerships.models import EQUAL_ROLES, LEFT_ROLES, RIGHT_ROLES


@dataclass(frozen=True)
class End:
    """One operator at an end of the line; without ``url`` it is not named in the source."""

    name: str
    full_name: str
    url: str
    where: str
    role: str
    role_label: str
    country: str


@dataclass(frozen=True)
class Pair:
    left: list
    right: list
    is_peers: bool

    @property
    def title(self):
        """“SICSM – WASCO”."""
        return " – ".join(", ".join(end.name for end in side) for side in (self.left, self.right) if side)


def pair_of(version):
    """The Pair of a version; uses prefetched involvements."""
    return pair_in(list(version.involvements.all()))


def pair_in(rows):
    """The Pair of the involvements ``rows`` of one version."""
    left = [end_of(row) for row in rows if row.role in LEFT_ROLES]
    right = [end_of(row) for row in rows if row.role in RIGHT_ROLES]
    equals = [end_of(row) for row in rows if row.role in EQUAL_ROLES]
    if equals and not left and not right:
        half = (len(equals) + 1) // 2
        return Pair(equals[:half], equals[half:], True)
    return Pair(left, right + equals if left else equals + right, False)


def end_of(row):
    place = row.place
    if row.organisation is None:
        return End(
            row.description or _("Operator not named"),
            "",
            "",
            str(place or ""),
            row.role,
            row.role_label,
            row.country_id or "",
        )
    organisation = row.organisation
    city = organisation.city if organisation.is_published else ""
    where = ", ".join(str(part) for part in (city, place) if part)
    return End(
        name=organisation.short_name,
        full_name=organisation.name,
        url=reverse("directory:operator", args=[organisation.slug]) if organisation.is_published else "",
        where=where,
        role=row.role,
        role_label=str(row.role_label),
        country=organisation.country_id or "",
    )
