"""Small drawn things from which the sample's photographs are composed."""

from __future__ import annotations

import random
from collections.abc import Sequence

from PIL import ImageDraw

Pen = ImageDraw.ImageDraw
Point = tuple[float, float]
CLOTHES = ("#c0392b", "#2e86c1", "#27ae60", "#f1c40f", "#8e44ad", "#ecf0f1", "#d35400")
SKIN = ("#8d5524", "#c68642", "#e0ac69", "#a86b3c")


def person(pen: Pen, foot: Point, height: float, dice: random.Random, shirt: str = "") -> None:
    """Draw someone standing with the feet at `foot`."""
    x, y = foot
    head = height * 0.14
    wide = height * 0.13
    pen.rectangle([x - wide * 0.8, y - height * 0.45, x + wide * 0.8, y], fill="#2c3e50")
    body = [x - wide, y - height * 0.8, x + wide, y - height * 0.4]
    pen.rounded_rectangle(body, radius=wide * 0.5, fill=shirt or dice.choice(CLOTHES))
    face = [x - head / 2, y - height, x + head / 2, y - height + head * 1.3]
    pen.ellipse(face, fill=dice.choice(SKIN))
    pen.pieslice(face, 180, 360, fill="#2b1b12")


def bicycle(pen: Pen, at: Point, size: float, colour: str) -> None:
    """Draw a bicycle whose wheels touch the ground at `at`."""
    x, y = at
    radius = size * 0.28
    for centre in (x - size * 0.4, x + size * 0.4):
        wheel = [centre - radius, y - 2 * radius, centre + radius, y]
        pen.ellipse(wheel, outline="#1b1b1b", width=max(2, int(size / 28)))
    frame: Sequence[Point] = [
        (x - size * 0.4, y - radius),
        (x - size * 0.1, y - size * 0.62),
        (x + size * 0.28, y - size * 0.62),
        (x, y - radius),
        (x - size * 0.1, y - size * 0.62),
        (x, y - radius),
        (x - size * 0.4, y - radius),
    ]
    pen.line(list(frame), fill=colour, width=max(2, int(size / 22)))
    fork: Sequence[Point] = [(x + size * 0.4, y - radius), (x + size * 0.26, y - size * 0.78)]
    pen.line(list(fork), fill=colour, width=max(2, int(size / 22)))


def rider(pen: Pen, at: Point, size: float, dice: random.Random) -> None:
    """Draw a cyclist with helmet."""
    x, y = at
    bicycle(pen, at, size, dice.choice(CLOTHES[:5]))
    pen.line(
        [(x - size * 0.08, y - size * 0.66), (x + size * 0.1, y - size * 1.1)],
        fill=dice.choice(CLOTHES),
        width=int(size * 0.2),
    )
    pen.ellipse([x + size * 0.04, y - size * 1.4, x + size * 0.28, y - size * 1.14], fill=SKIN[1])
    pen.pieslice([x, y - size * 1.46, x + size * 0.32, y - size * 1.14], 180, 360, fill="#e74c3c")


def bus(pen: Pen, at: Point, size: float, colour: str) -> None:
    """Draw a school bus seen from the side; `at` is its rear lower corner."""
    x, y = at
    pen.rounded_rectangle([x, y - size * 0.5, x + size, y - size * 0.08], radius=14, fill=colour)
    for window in range(5):
        left = x + size * (0.06 + window * 0.18)
        pen.rectangle([left, y - size * 0.43, left + size * 0.13, y - size * 0.28], fill="#d6eaf8")
    pen.rectangle([x, y - size * 0.2, x + size, y - size * 0.17], fill="#1b1b1b")
    for wheel in (0.2, 0.78):
        centre = x + size * wheel
        pen.ellipse(
            [centre - size * 0.08, y - size * 0.16, centre + size * 0.08, y], fill="#222222"
        )


def motorcycle(pen: Pen, at: Point, size: float, colour: str) -> None:
    """Draw a motorcycle standing at `at`."""
    x, y = at
    for centre in (x - size * 0.4, x + size * 0.4):
        pen.ellipse([centre - size * 0.2, y - size * 0.4, centre + size * 0.2, y], fill="#222222")
        pen.ellipse(
            [centre - size * 0.1, y - size * 0.3, centre + size * 0.1, y - size * 0.1],
            fill="#aaaaaa",
        )
    tank: Sequence[Point] = [
        (x - size * 0.45, y - size * 0.55),
        (x + size * 0.1, y - size * 0.5),
        (x + size * 0.3, y - size * 0.65),
        (x + size * 0.2, y - size * 0.25),
        (x - size * 0.2, y - size * 0.25),
    ]
    pen.polygon(list(tank), fill=colour)
    pen.line(
        [(x + size * 0.22, y - size * 0.8), (x + size * 0.4, y - size * 0.2)],
        fill="#444444",
        width=5,
    )


def cone(pen: Pen, at: Point, size: float) -> None:
    """Draw a traffic cone."""
    x, y = at
    pen.polygon([(x, y - size), (x - size * 0.35, y), (x + size * 0.35, y)], fill="#e67e22")
    pen.rectangle(
        [x - size * 0.17, y - size * 0.55, x + size * 0.17, y - size * 0.38], fill="white"
    )


def school_sign(pen: Pen, at: Point, size: float) -> None:
    """Draw the yellow-green diamond of a school zone on its post."""
    x, y = at
    top = y - size
    pen.rectangle([x - 4, top, x + 4, y], fill="#7f8c8d")
    half = size * 0.24
    pen.polygon(
        [(x, top - half), (x + half, top), (x, top + half), (x - half, top)],
        fill="#c6e800",
        outline="#1b1b1b",
    )
    pen.ellipse([x - half * 0.3, top - half * 0.5, x, top - half * 0.2], fill="#1b1b1b")
    pen.rectangle([x - half * 0.3, top - half * 0.15, x, top + half * 0.45], fill="#1b1b1b")
    pen.rectangle([x + half * 0.1, top, x + half * 0.35, top + half * 0.45], fill="#1b1b1b")


def traffic_light(pen: Pen, at: Point, size: float, lit: int) -> None:
    """Draw a traffic light; `lit` 0 red, 1 amber, 2 green."""
    x, y = at
    pen.rectangle([x - 5, y - size, x + 5, y], fill="#566573")
    wide, tall = size * 0.13, size * 0.42
    pen.rounded_rectangle(
        [x - wide, y - size - tall * 0.4, x + wide, y - size + tall * 0.6], radius=8, fill="#1c2833"
    )
    for index, colour in enumerate(("#e74c3c", "#f39c12", "#2ecc71")):
        top = y - size - tall * 0.34 + index * tall * 0.31
        fill = colour if index == lit else "#424949"
        pen.ellipse([x - wide * 0.6, top, x + wide * 0.6, top + wide * 1.2], fill=fill)


def house(pen: Pen, at: Point, size: float, wall: str) -> None:
    """Draw a village house with its roof of clay tiles."""
    x, y = at
    pen.rectangle([x, y - size * 0.6, x + size, y], fill=wall)
    pen.polygon(
        [(x - 12, y - size * 0.6), (x + size / 2, y - size), (x + size + 12, y - size * 0.6)],
        fill="#a04000",
    )
    pen.rectangle([x + size * 0.4, y - size * 0.36, x + size * 0.6, y], fill="#5d4037")
    pen.rectangle(
        [x + size * 0.1, y - size * 0.45, x + size * 0.28, y - size * 0.25], fill="#aed6f1"
    )
