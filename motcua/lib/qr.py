"""QR codes as pictures for pages."""

import segno


def qr_svg(content: str, *, border: int = 2) -> str:
    """Return a QR code as an SVG element that fills its place.

    What it says cannot end the element: the content becomes modules, never markup.
    """
    picture = segno.make_qr(content, error="m")
    return str(picture.svg_inline(border=border, omitsize=True))
