"""A QR code as the path of an SVG: dark squares on a grid of whole units, the quiet border included."""

from dataclasses import dataclass

import qrcode


@dataclass(frozen=True)
class QrCode:
    """``size``: units of each side; ``path``: the ``d`` of an SVG path."""

    size: int
    path: str

    @property
    def svg(self):
        """The whole picture, for where it stands alone."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {self.size} {self.size}">'
            f'<path fill="#10242e" shape-rendering="crispEdges" d="{self.path}"/></svg>'
        )


def qr_code_of(address):
    """The QrCode that leads to ``address``."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=2)
    code.add_data(address)
    code.make(fit=True)
    rows = code.get_matrix()
    squares = [f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark]
    return QrCode(len(rows), "".join(squares))
