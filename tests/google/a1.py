"""A1 notation: ranges in, normalised and clipped ranges out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tests.google.wire import ApiError

_CELL = re.compile(r"\$?([A-Za-z]{0,3})\$?(\d*)")
_R1C1 = re.compile(r"R(\d+)C(\d+)(?::R(\d+)C(\d+))?", re.I)
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_LIKE_A1 = re.compile(r"[A-Za-z]{1,3}\d+|R\d*C\d*", re.I)


@dataclass(frozen=True)
class Box:
    """A half-open rectangle; None is unbounded."""

    top: int = 0
    left: int = 0
    bottom: int | None = None
    right: int | None = None

    def clipped(self, rows: int, columns: int) -> Area:
        bottom = rows if self.bottom is None else min(self.bottom, rows)
        right = columns if self.right is None else min(self.right, columns)
        return Area(self.top, self.left, bottom, right)


@dataclass(frozen=True)
class Area:
    """A half-open rectangle within a grid."""

    top: int
    left: int
    bottom: int
    right: int

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row < self.bottom and self.left <= column < self.right

    def meets(self, other: Area) -> bool:
        rows = self.top < other.bottom and other.top < self.bottom
        return rows and self.left < other.right and other.left < self.right

    def covers(self, other: Area) -> bool:
        rows = self.top <= other.top and other.bottom <= self.bottom
        return rows and self.left <= other.left and other.right <= self.right


def column_name(index: int) -> str:
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_index(name: str) -> int:
    index = 0
    for letter in name.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1


def quoted(title: str) -> str:
    """A title is quoted unless it is a plain word that could not be a cell."""
    if _PLAIN.fullmatch(title) and not _LIKE_A1.fullmatch(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def area_text(title: str, area: Area) -> str:
    first = f"{column_name(area.left)}{area.top + 1}"
    last = f"{column_name(area.right - 1)}{area.bottom}"
    return f"{quoted(title)}!{first}" + (f":{last}" if last != first else "")


def unreadable(text: str) -> ApiError:
    return ApiError(400, f"Unable to parse range: {text}", "badRequest")


def split(text: str) -> tuple[str | None, str | None]:
    """A range as (title, cells); an unquoted word alone may be either, and comes as cells."""
    if text.startswith("'"):
        found = re.match(r"'((?:[^']|'')*)'(?:!(.*))?$", text, re.S)
        if not found:
            raise unreadable(text)
        return found[1].replace("''", "'"), found[2]
    if "!" in text:
        title, cells = text.rsplit("!", 1)
        return title, cells
    return None, text


def cells_box(text: str) -> Box | None:
    """`B2:D`, `A:C`, `3:4`, `D4:A1`, `R1C1:R2C2` as a box, or None where it is no range."""
    if found := _R1C1.fullmatch(text):
        top, left = int(found[1]) - 1, int(found[2]) - 1
        bottom, right = int(found[3] or found[1]), int(found[4] or found[2])
        return Box(top, left, bottom, right)
    ends = text.split(":")
    if not 1 <= len(ends) <= 2:
        return None
    corners = [_CELL.fullmatch(end.strip()) for end in ends]
    if any(corner is None or not corner[0].strip("$") for corner in corners):
        return None
    parts = [(corner[1], corner[2]) for corner in corners if corner]
    if len(parts) == 1:
        letters, digits = parts[0]
        if not letters or not digits:
            return None
        parts = parts * 2
    columns = [column_index(letters) for letters, _ in parts if letters]
    rows = [int(digits) - 1 for _, digits in parts if digits]
    if any(row < 0 for row in rows):
        return None
    return _box(parts, rows, columns)


def _box(parts: list[tuple[str, str]], rows: list[int], columns: list[int]) -> Box:
    top = min(rows) if rows else 0
    left = min(columns) if columns else 0
    bottom = max(rows) + 1 if all(digits for _, digits in parts) else None
    right = max(columns) + 1 if all(letters for letters, _ in parts) else None
    return Box(top, left, bottom, right)
