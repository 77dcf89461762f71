"""Draw the sample's posters, its map and its screenshot."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from PIL import Image, ImageDraw

from tools.sample_parts.drawings import Scene, draw
from tools.sample_parts.fonts import typeface
from tools.sample_parts.item import Maker


def _png(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def poster(scene: Scene, lines: Sequence[str], band: str) -> Maker:
    """Make a poster: a picture above, words below on a coloured band."""

    def make(_when: datetime) -> bytes:
        sheet = Image.new("RGB", (480, 640), band)
        sheet.paste(draw(scene, lines[0]).resize((480, 360)), (0, 0))
        pen = ImageDraw.Draw(sheet)
        for index, line in enumerate(lines):
            font = typeface(38 if index == 0 else 22)
            pen.text((28, 384 + index * 58), line, fill="white", font=font)
        return _png(sheet)

    return make


def screenshot(scene: Scene, lines: Sequence[str]) -> Maker:
    """Make a telephone's screenshot of a post in a social network."""

    def make(_when: datetime) -> bytes:
        sheet = Image.new("RGB", (400, 700), "#f0f2f5")
        pen = ImageDraw.Draw(sheet)
        pen.rectangle([0, 0, 400, 60], fill="#1f618d")
        pen.text((20, 16), "Alcaldía de San Telmo", fill="white", font=typeface(24))
        for index, line in enumerate(lines):
            pen.text((20, 80 + index * 30), line, fill="#1b1b1b", font=typeface(18))
        sheet.paste(draw(scene, lines[0]).resize((400, 300)), (0, 100 + len(lines) * 30))
        pen.text((20, 640), "148 reacciones   36 compartidos", fill="#555555",
                 font=typeface(17))  # fmt: skip
        return _png(sheet)

    return make


def street_map(points: Sequence[tuple[int, int, str]], title: str) -> Maker:
    """Make a schematic map with marked points."""

    def make(_when: datetime) -> bytes:
        sheet = Image.new("RGB", (640, 480), "#f4f1ea")
        pen = ImageDraw.Draw(sheet)
        for step in range(60, 640, 110):
            pen.line([(step, 50), (step, 470)], fill="#cfd8dc", width=12)
        for step in range(90, 480, 90):
            pen.line([(10, step), (630, step)], fill="#cfd8dc", width=12)
        pen.line([(0, 470), (250, 300), (640, 210)], fill="#f5b041", width=14)
        pen.text((14, 10), title, fill="#1b2631", font=typeface(22))
        for x, y, name in points:
            pen.ellipse([x - 10, y - 10, x + 10, y + 10], fill="#c0392b")
            pen.text((x + 14, y - 10), name, fill="#1b2631", font=typeface(15))
        return _png(sheet)

    return make
