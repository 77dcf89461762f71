"""Draw the sample's photographs: simple scenes, with the camera's EXIF where a camera took them."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from datetime import datetime

from PIL import Image, ImageDraw

from tools.sample_parts import shapes
from tools.sample_parts.item import Maker
from tools.sample_parts.shapes import Pen

WIDE, TALL = 640, 480
Scene = Callable[[Pen, random.Random], None]

_MAKE, _MODEL, _CHANGED = 0x010F, 0x0110, 0x0132
_EXIF_BLOCK, _TAKEN, _OFFSET = 0x8769, 0x9003, 0x9011


def photo(scene: Scene, seed: str, taken: str = "") -> Maker:
    """Make a photograph of a scene; `taken` ("2024-02-22 09:34:12") writes the camera's clock."""

    def make(_when: datetime) -> bytes:
        image = draw(scene, seed)
        out = io.BytesIO()
        image.save(out, "JPEG", quality=66, exif=_exif(taken))
        return out.getvalue()

    return make


def draw(scene: Scene, seed: str) -> Image.Image:
    """Paint a scene; the same seed paints the same picture."""
    image = Image.new("RGB", (WIDE, TALL))
    scene(ImageDraw.Draw(image), random.Random(seed))  # noqa: S311 - colours, no secret
    return image


def _exif(taken: str) -> Image.Exif:
    exif = Image.Exif()
    if taken:
        stamp = taken.replace("-", ":")
        exif[_MAKE], exif[_MODEL], exif[_CHANGED] = "Motorola", "moto g32", stamp
        exif[_EXIF_BLOCK] = {_TAKEN: stamp, _OFFSET: "-05:00"}
    return exif


def _outdoors(pen: Pen, dice: random.Random, horizon: int = 230) -> None:
    pen.rectangle([0, 0, WIDE, horizon], fill=dice.choice(("#aed6f1", "#85c1e9", "#d5e8f3")))
    left = dice.randint(-80, 120)
    pen.polygon([(left - 200, horizon), (left + 110, 70), (left + 420, horizon)], fill="#5f8d5a")
    pen.polygon([(left + 200, horizon), (left + 470, 100), (left + 760, horizon)], fill="#4b7a4b")
    pen.rectangle([0, horizon, WIDE, TALL], fill="#8fb573")


def _street(pen: Pen, dice: random.Random) -> None:
    _outdoors(pen, dice)
    for index in range(4):
        wall = dice.choice(("#fdfefe", "#f9e79f", "#fadbd8", "#d4efdf"))
        shapes.house(pen, (20 + index * 160, 260), 120, wall)
    pen.rectangle([0, 300, WIDE, TALL], fill="#717d7e")
    pen.rectangle([0, 262, WIDE, 300], fill="#bdc3c7")


def crossing(pen: Pen, dice: random.Random) -> None:
    """A street with a freshly painted zebra crossing and someone using it."""
    _street(pen, dice)
    for stripe in range(9):
        pen.polygon(
            [
                (150 + stripe * 40, 310),
                (172 + stripe * 40, 310),
                (160 + stripe * 44, 470),
                (130 + stripe * 44, 470),
            ],
            fill="#fbfcfc",
        )
    shapes.person(pen, (dice.randint(230, 420), 430), 150, dice)


def bare_street(pen: Pen, dice: random.Random) -> None:
    """The same street before: worn asphalt and no marking."""
    _street(pen, dice)
    for _ in range(14):
        x, y = dice.randint(20, 600), dice.randint(320, 460)
        pen.ellipse([x, y, x + dice.randint(20, 70), y + 12], fill="#5c6566")


def classroom(pen: Pen, dice: random.Random) -> None:
    """A talk in a classroom, with drawn traffic signs on the board."""
    pen.rectangle([0, 0, WIDE, TALL], fill=dice.choice(("#fcf3cf", "#eaf2f8", "#f4ecf7")))
    pen.rectangle([0, 330, WIDE, TALL], fill="#b9770e")
    pen.rectangle([150, 50, 520, 220], fill="#1e8449", outline="#6e2c00", width=8)
    pen.polygon([(230, 90), (190, 170), (270, 170)], outline="white", width=5)
    pen.ellipse([310, 90, 390, 170], outline="#e74c3c", width=9)
    pen.rectangle([430, 95, 490, 165], outline="white", width=5)
    shapes.person(pen, (90, 360), 210, dice, "#d35400")
    for index in range(7):
        shapes.person(pen, (170 + index * 66, 470 - (index % 2) * 30), 130, dice)


def ride(pen: Pen, dice: random.Random) -> None:
    """The Sunday ciclovía: cyclists on a closed road."""
    _outdoors(pen, dice)
    pen.polygon([(180, 230), (420, 230), (760, 480), (-120, 480)], fill="#707b7c")
    for index in range(5):
        shapes.cone(pen, (150 - index * 40, 270 + index * 48), 28 + index * 6)
    for index in range(3):
        at = (230 + index * 150 + dice.randint(-20, 20), 330 + index * 55)
        shapes.rider(pen, at, 75 + index * 22, dice)


def bicycle_school(pen: Pen, dice: random.Random) -> None:
    """Children learn between cones in a park."""
    _outdoors(pen, dice, 200)
    for index in range(6):
        shapes.cone(pen, (60 + index * 110, 440 - (index % 2) * 70), 36)
    shapes.rider(pen, (210, 400), 78, dice)
    shapes.rider(pen, (420, 430), 86, dice)
    shapes.person(pen, (560, 400), 180, dice, "#2ecc71")


def meeting(pen: Pen, dice: random.Random) -> None:
    """People around a long table."""
    pen.rectangle([0, 0, WIDE, TALL], fill="#eaeded")
    pen.rectangle([40, 60, 200, 170], fill="#aed6f1", outline="#7b7d7d", width=6)
    for index in range(6):
        shapes.person(pen, (100 + index * 90, 330), 170, dice)
    pen.polygon([(60, 300), (580, 300), (640, 420), (0, 420)], fill="#935116")
    for index in range(5):
        pen.rectangle([100 + index * 100, 330, 150 + index * 100, 356], fill="#fdfefe")


def vests(pen: Pen, dice: random.Random) -> None:
    """A school patrol in orange vests before the school's gate."""
    _street(pen, dice)
    for index in range(5):
        shapes.person(pen, (120 + index * 100, 440), 150, dice, "#e67e22")
        pen.rectangle([107 + index * 100, 345, 133 + index * 100, 353], fill="#f7dc6f")


def school_zone(pen: Pen, dice: random.Random) -> None:
    """A new school-zone sign beside the pavement."""
    _street(pen, dice)
    shapes.school_sign(pen, (dice.randint(260, 400), 430), 260)


def light(pen: Pen, dice: random.Random) -> None:
    """A crew under a traffic light by the market."""
    _street(pen, dice)
    shapes.traffic_light(pen, (340, 440), 290, dice.randint(0, 2))
    shapes.person(pen, (430, 450), 150, dice, "#f1c40f")
    for index in range(3):
        shapes.cone(pen, (210 + index * 60, 455), 40)


def bump(pen: Pen, dice: random.Random) -> None:
    """A speed bump with yellow bands on a rural road."""
    _outdoors(pen, dice)
    pen.polygon([(240, 230), (380, 230), (700, 480), (-60, 480)], fill="#839192")
    for index in range(8):
        colour = "#f1c40f" if index % 2 else "#1b1b1b"
        pen.rectangle([92 + index * 56, 360, 148 + index * 56, 388], fill=colour)


def checkpoint(pen: Pen, dice: random.Random) -> None:
    """A motorcycle checkpoint."""
    _street(pen, dice)
    shapes.motorcycle(pen, (210, 440), 170, "#c0392b")
    shapes.motorcycle(pen, (400, 420), 140, "#2471a3")
    shapes.person(pen, (530, 440), 190, dice, "#b7e000")
    shapes.cone(pen, (90, 450), 50)


def school_buses(pen: Pen, dice: random.Random) -> None:
    """School buses lined up for their inspection."""
    _street(pen, dice)
    shapes.bus(pen, (60, 430), 380, "#f4d03f")
    shapes.person(pen, (540, 450), 160, dice, "#ecf0f1")


def sticker(pen: Pen, dice: random.Random) -> None:
    """A bicycle with its registration sticker, close."""
    pen.rectangle([0, 0, WIDE, TALL], fill="#d7dbdd")
    shapes.bicycle(pen, (320, 440), 420, dice.choice(shapes.CLOTHES[:5]))
    pen.rectangle([250, 210, 400, 262], fill="#fdfefe", outline="#1b1b1b", width=4)
    for index in range(12):
        pen.rectangle([262 + index * 11, 222, 266 + index * 11 + index % 3, 250], fill="#1b1b1b")


def party(pen: Pen, dice: random.Random) -> None:
    """A birthday at the office: no evidence of anything."""
    pen.rectangle([0, 0, WIDE, TALL], fill="#fdedec")
    for index in range(7):
        x, y = 50 + index * 90, 60 + (index % 3) * 30
        pen.ellipse([x, y, x + 50, y + 62], fill=dice.choice(shapes.CLOTHES))
    for index in range(4):
        shapes.person(pen, (120 + index * 130, 420), 200, dice)
    pen.rectangle([240, 380, 400, 470], fill="#f5cba7", outline="#af601a", width=5)
    pen.rectangle([315, 350, 323, 380], fill="#f1c40f")
