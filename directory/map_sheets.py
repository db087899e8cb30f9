"""The sheets of the portal's atlas: the world, the regions of GWOPA, and areas of the standard M49 within them.

A map is drawn on the smallest sheet that holds all of its ends. Each has the degrees that show its land
whole; some islands of their countries lie far off and are held by larger sheets.
"""

from directory.map_projection import Sheet

WORLD = Sheet("world", -180, -57, 180, 84)
SHEETS = {
    sheet.code: sheet
    for sheet in (
        WORLD,
        # the regions of GWOPA
        Sheet("africa", -26, -36, 60, 25),
        Sheet("arab-states", -18, -5, 60, 38),
        Sheet("asia-pacific", 44, -48, 230, 56),
        Sheet("europe", -25, 34, 50, 71),
        Sheet("lac", -118, -56, -34, 33),
        Sheet("north-america", -170, 15, -35, 80),
        # mentors of Europe and those whom they help in Africa: the most frequent answer that no region holds
        Sheet("africa-europe", -26, -36, 60, 71),
        # areas of M49
        Sheet("009", 110, -50, 230, 22),
        Sheet("019", -170, -56, -34, 75),
        Sheet("142", 25, -12, 150, 56),
        Sheet("015", -18, 8, 38, 38),
        Sheet("014", 21, -27, 60, 18),
        Sheet("017", 5, -18, 32, 24),
        Sheet("018", 11, -36, 34, -17),
        Sheet("011", -26, 3, 17, 28),
        Sheet("029", -86, 9, -58, 28),
        Sheet("013", -118, 6, -76, 33),
        Sheet("005", -83, -56, -34, 13),
        Sheet("143", 46, 35, 88, 56),
        Sheet("030", 73, 18, 147, 54),
        Sheet("035", 91, -12, 142, 29),
        Sheet("034", 44, -1, 98, 40),
        Sheet("145", 25, 12, 60, 44),
        Sheet("151", 11, 40, 70, 70),
        Sheet("154", -25, 49, 32, 71),
        Sheet("039", -32, 34, 30, 47),
        Sheet("155", -6, 42, 18, 56),
        Sheet("053", 110, -48, 180, -9),
        Sheet("054", 139, -24, 181, 1),
        Sheet("057", 130, -3, 178, 22),
        Sheet("061", 178, -28, 232, 2),
    )
}
"""{code: Sheet}; the code is a ``GwopaRegion`` or that of an ``Area``, but for the world and Africa with Europe."""

FROM_LARGEST_SCALE = sorted(SHEETS.values(), key=lambda sheet: -sheet.scale)


def sheet_of(points):
    """The smallest Sheet that holds all ``points``, (latitude, longitude) in degrees; the world without any."""
    if not points:
        return WORLD
    return next((sheet for sheet in FROM_LARGEST_SCALE if all(sheet.holds(*point) for point in points)), WORLD)
