"""GeoJSON (RFC 7946): partnerships as lines from mentor to mentee, organisations as points."""

import json

from directory.map import lines_between, side_of
from directory.selection import batches
from exports.about import licence
from exports.cells import as_json, moment
from exports.flat_table import FLAT
from exports.reference_tables import ORGANISATIONS, Spoken
from partnerships.models import MAIN_ROLES

OF_PARTNERSHIP = {
    "reference", "title", "url", "status", "status_label", "place", "mentors", "mentor_countries", "mentees",
    "mentee_countries", "peers", "peer_countries", "partners", "partner_countries", "areas", "areas_labels",
    "starts_on", "ends_on", "report_count", "confirmation",
}  # fmt: skip
OF_ORGANISATION = {
    "key", "name", "acronym", "url", "kind", "kind_label", "is_operator", "country", "country_label", "city", "website",
}  # fmt: skip
SEAT, COUNTRY = "seat", "country"
"""How precise a place is: the coordinates of the organisation, or a point on the land of its country, as on the map."""


def geojson_parts(selection):
    """The text of the file in parts."""
    spoken, counts = Spoken(), {"partnerships": 0, "organisations": 0}
    yield _head(selection)
    for entries in batches(selection):
        spoken.note(entries)
        yield _joined((_partnership(entry.version) for entry in entries), follows=bool(counts["partnerships"]))
        counts["partnerships"] += len(entries)
    selection.check(counts["partnerships"])
    for organisation in spoken.organisations():
        yield _joined([_organisation(organisation)], follows=any(counts.values()))
        counts["organisations"] += 1
    yield f'\n], "counts": {json.dumps(counts)}}}\n'


def _head(selection):
    told = {
        "type": "FeatureCollection",
        "licence": licence(),
        "generated_at": moment(selection.at),
        "question": selection.asked,
        "partnerships": len(selection),
    }
    return json.dumps(told, ensure_ascii=False)[:-1] + ', "features": [\n'


def _joined(features, *, follows):
    text = ",\n".join(json.dumps(feature, ensure_ascii=False) for feature in features)
    return f",\n{text}" if follows and text else text


def _partnership(version):
    sides, is_exact = {"mentor": [], "mentee": [], "peer": []}, True
    for row in version.involvements.all():
        position, precision = _position(row.organisation, row.place)
        if row.role in MAIN_ROLES and position:
            sides[side_of(row.role)].append(position)
            is_exact = is_exact and precision == SEAT
    geometry = _geometry(sides)
    precision = (SEAT if is_exact else COUNTRY) if geometry else None
    told = {column.name: as_json(column.read(version)) for column in FLAT if column.name in OF_PARTNERSHIP}
    return _feature(version.partnership.reference, "partnership", geometry, told | {"precision": precision})


def _organisation(organisation):
    position, precision = _position(organisation, organisation.country)
    columns = [column for column in ORGANISATIONS.columns if column.name in OF_ORGANISATION]
    told = {column.name: as_json(column.read(organisation)) for column in columns}
    geometry = {"type": "Point", "coordinates": position} if position else None
    return _feature(organisation.key, "organisation", geometry, told | {"precision": precision})


def _feature(key, kind, geometry, properties):
    return {"type": "Feature", "id": key, "geometry": geometry, "properties": {"type": kind} | properties}


def _position(organisation, country):
    """((longitude, latitude), how precise); (None, None) where neither the seat nor the country is known."""
    if organisation is not None and organisation.latitude is not None:
        return (float(organisation.longitude), float(organisation.latitude)), SEAT
    if country is not None:
        return (float(country.longitude), float(country.latitude)), COUNTRY
    return None, None


def _geometry(sides):
    """The lines of one partnership; a point where all its ends fall on one, since a line has two ends."""
    lines = [part for start, end in sorted(lines_between(sides)) if start != end for part in _cut(start, end)]
    if len(lines) == 1:
        return {"type": "LineString", "coordinates": lines[0]}
    if lines:
        return {"type": "MultiLineString", "coordinates": lines}
    points = sorted({position for side in sides.values() for position in side})
    if len(points) == 1:
        return {"type": "Point", "coordinates": points[0]}
    return {"type": "MultiPoint", "coordinates": points} if points else None


def _cut(start, end):
    """The line in one part, or in two where the short way crosses the antimeridian (RFC 7946, 3.1.9)."""
    (west, south), (east, north) = start, end
    if abs(east - west) <= 180:
        return [[start, end]]
    edge = 180.0 if west > 0 else -180.0
    share = (edge - west) / (east + 2 * edge - west)
    crossing = round(south + share * (north - south), 5)
    return [[start, (edge, crossing)], [(-edge, crossing), end]]
