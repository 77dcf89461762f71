"""Effective values: formulas calculated, cells rendered as each option asks."""

from __future__ import annotations

from typing import Any

from tests.google import a1
from tests.google.cell_text import Locale, is_date, plain, show
from tests.google.formulas import FormulaError, calculate
from tests.google.grid import Book, Cell, Json, Tab

_ERRORS = {
    "DIVIDE_BY_ZERO": "#DIV/0!",
    "VALUE": "#VALUE!",
    "REF": "#REF!",
    "NAME": "#NAME?",
    "NUM": "#NUM!",
    "N_A": "#N/A",
    "ERROR": "#ERROR!",
}


class Evaluator:
    """Reads the cells of one book; calculated values are kept for one request."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.locale = Locale.of(book.properties.get("locale", "en_US"))
        self.known: dict[tuple[int, int, int], Any] = {}
        self.open: set[tuple[int, int, int]] = set()

    def value(self, tab: Tab, row: int, column: int) -> Any:
        """A string, number, bool, None, or a FormulaError."""
        held = tab.cell(row, column).value
        if not held:
            return None
        if "formulaValue" not in held:
            return next(iter(held.values()))
        key = (tab.id, row, column)
        if key in self.open:
            return FormulaError("REF", "Circular dependency detected.")
        if key not in self.known:
            self.open.add(key)
            self.known[key] = self._calculated(tab, held["formulaValue"])
            self.open.discard(key)
        return self.known[key]

    def _calculated(self, tab: Tab, formula: str) -> Any:
        try:
            return calculate(formula, lambda ref: self._look(tab, ref))
        except FormulaError as error:
            return error
        except (OverflowError, ValueError, TypeError):
            return FormulaError("NUM", "The result is not a number.")

    def _look(self, tab: Tab, ref: str) -> list[Any]:
        title, cells = a1.split(ref)
        there = self.book.titled(title) if title else tab
        box = a1.cells_box(cells or "")
        if there is None or box is None:
            raise FormulaError("REF", "Unresolved sheet name.")
        area = box.clipped(there.row_count, there.column_count)
        found: list[Any] = []
        for row in range(area.top, area.bottom):
            for column in range(area.left, area.right):
                value = self.value(there, row, column)
                if isinstance(value, FormulaError):
                    raise value
                found.append(value)
        return found

    def number_format(self, cell: Cell) -> Json | None:
        return (cell.format or {}).get("numberFormat")

    def text(self, tab: Tab, row: int, column: int) -> str:
        """FORMATTED_VALUE."""
        value = self.value(tab, row, column)
        if isinstance(value, FormulaError):
            return _ERRORS[value.kind]
        return show(value, self.number_format(tab.cell(row, column)), self.locale)

    def rendered(self, tab: Tab, row: int, column: int, option: str, dates: str) -> Any:
        """A cell of a ValueRange, '' where it is blank."""
        cell = tab.cell(row, column)
        if cell.value is None:
            return ""
        if option == "FORMATTED_VALUE":
            return self.text(tab, row, column)
        if option == "FORMULA" and "formulaValue" in cell.value:
            return cell.value["formulaValue"]
        value = self.value(tab, row, column)
        if isinstance(value, FormulaError):
            return _ERRORS[value.kind]
        if is_date(self.number_format(cell)) and dates == "FORMATTED_STRING":
            return self.text(tab, row, column)
        return plain(value)

    def extended(self, value: Any) -> Json | None:
        """An effective value as ExtendedValue."""
        if value is None:
            return None
        if isinstance(value, FormulaError):
            return {"errorValue": {"type": value.kind, "message": str(value)}}
        if isinstance(value, bool):
            return {"boolValue": value}
        if isinstance(value, str):
            return {"stringValue": value}
        return {"numberValue": plain(value)}
