"""The one typeface of the sample's pictures: Bitstream Vera, which reportlab carries."""

from __future__ import annotations

from pathlib import Path

import reportlab
from PIL import ImageFont


def typeface(size: int) -> ImageFont.FreeTypeFont:
    """Open the typeface; Pillow's own lacks the accents that Spanish needs."""
    fonts = Path(reportlab.__file__).parent / "fonts"
    return ImageFont.truetype(fonts / "Vera.ttf", size)
