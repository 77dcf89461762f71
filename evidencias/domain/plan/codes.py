"""The code of each activity: the plan's own, a joined row number, or a made-up one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from evidencias.domain.plan.cells import blank, text
from evidencias.domain.text import fold

_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "v": 5,
    "vi": 6,
    "vii": 7,
    "viii": 8,
    "ix": 9,
    "x": 10,
}
_LEADING = re.compile(r"^(\d{1,2})(?=$|[\s.:)\-–—_])")
_AFTER_WORD = re.compile(
    r"^(?:eje|linea|componente|dimension|pilar|programa|objetivo|lineamiento|area|reto|estrategia)s?"
    r"(?: [a-z]+){0,2}? *(?:no|n°|nro|#|numero)?[ .:]*(\d+|[ivx]+)(?=$|[\s.:)\-–—_])"
)
_DATE = "La hoja de cálculo guardó el código como la fecha {}."
_PLAIN = re.compile(r"\d{1,4}\.?")


@dataclass(frozen=True, slots=True)
class Raw:
    """What a row says of its code: sheet row, eje, and the cells of the two columns."""

    row: int
    axis: str
    code: object
    number: object


@dataclass(frozen=True, slots=True)
class Named:
    """The code an activity is given and why it is doubtful, or None."""

    code: str
    doubt: str | None = None


def name_rows(rows: Sequence[Raw]) -> list[Named]:
    """A unique code per row: a código column wins over No.; the rest is made up and said so."""
    coded = _coded(rows)
    cells = [raw.code if coded else raw.number for raw in rows]
    written = _untrimmed([_code(cell) for cell in cells], cells)
    if _restarts(rows, written):
        written = _joined(rows, written)
    return _distinct(rows, written, cells)


def _coded(rows: Sequence[Raw]) -> bool:
    """Whether the code column names activities; one merged over many rows names their group."""
    codes = {_code(raw.code) for raw in rows} - {""}
    numbers = {(raw.axis, _code(raw.number)) for raw in rows if _code(raw.number)}
    return len(codes) * 2 >= len(rows) or len(numbers) <= len(codes)


def _code(cell: object) -> str:
    shown = text(cell)
    if blank(cell) or isinstance(cell, bool):
        return ""
    return shown.rstrip(".") if _PLAIN.fullmatch(shown) else shown


def _untrimmed(written: list[str], cells: Sequence[object]) -> list[str]:
    """Gives back the zero a spreadsheet cut from 1.10: a number 1.1 that follows 1.9."""
    fixed: list[str] = []
    for code, cell in zip(written, cells, strict=True):
        before = fixed[-1].rsplit(".", 1) if fixed else [""]
        if isinstance(cell, float) and len(before) == 2 and before[1].isdigit():
            after = f"{before[0]}.{int(before[1]) + 1}"
            if after.endswith("0") and after.rstrip("0") == code:
                code = after  # noqa: PLW2901 - the corrected code is what is kept
        fixed.append(code)
    return fixed


def _restarts(rows: Sequence[Raw], written: Sequence[str]) -> bool:
    """Whether plain numbers begin again under at least two ejes, and no text code is among them."""
    if any(code and not _PLAIN.fullmatch(code) for code in written):
        return False
    first: dict[str, int] = {}
    for raw, code in zip(rows, written, strict=True):
        if code:
            first.setdefault(raw.axis, int(code))
    lowest = min(first.values(), default=0)
    return sum(1 for number in first.values() if number == lowest) > 1


def _joined(rows: Sequence[Raw], written: Sequence[str]) -> list[str]:
    axes = _axis_numbers([raw.axis for raw in rows])
    return [
        f"{axes[raw.axis]}.{int(code)}" if code else ""
        for raw, code in zip(rows, written, strict=True)
    ]


def _axis_numbers(axes: Sequence[str]) -> Mapping[str, int]:
    """The number each eje carries in its own name, where all differ; else its order."""
    order = list(dict.fromkeys(axes))
    own = {axis: axis_number(axis) for axis in order}
    numbers = {axis: number for axis, number in own.items() if number is not None}
    if len(numbers) == len(order) == len(set(numbers.values())):
        return numbers
    return {axis: position for position, axis in enumerate(order, 1)}


def axis_number(axis: str) -> int | None:
    """The number in an eje's name: "1. Formación", "Eje II - Salud", "LÍNEA ESTRATÉGICA 3"."""
    folded = fold(axis).strip()
    found = _LEADING.match(folded) or _AFTER_WORD.match(folded)
    if found:
        return _ROMAN.get(found[1]) or (int(found[1]) if found[1].isdigit() else None)
    roman = re.match(r"([ivx]+)[.:)\-–—]", folded)
    return _ROMAN.get(roman[1]) if roman else None


def _distinct(rows: Sequence[Raw], written: Sequence[str], cells: Sequence[object]) -> list[Named]:
    taken = {_key(code) for code in written if code}
    first: dict[str, int] = {}
    named: list[Named] = []
    for raw, code, cell in zip(rows, written, cells, strict=True):
        if not code:
            made = _free(f"fila-{raw.row}", 1, taken)
            named.append(Named(made, f"La fila {raw.row} del plan no tiene código."))
        elif _key(code) not in first:
            first[_key(code)] = raw.row
            named.append(Named(code, _DATE.format(code) if isinstance(cell, date) else None))
        else:
            made = _free(code, 2, taken)
            again = f"El código «{code}» está repetido: filas {first[_key(code)]} y {raw.row}."
            named.append(Named(made, again))
    return named


def _key(code: str) -> str:
    return fold(re.sub(r"\s+", "", code))


def _free(stem: str, first: int, taken: set[str]) -> str:
    """The stem ("fila-17") or its first numbered form ("EMP-01#2") that no row has."""
    number = first
    while _key(code := stem if number == 1 else f"{stem}#{number}") in taken:
        number += 1
    taken.add(_key(code))
    return code
