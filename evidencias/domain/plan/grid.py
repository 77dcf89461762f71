"""A sheet as a person sees it: merged ranges spread over their cells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from evidencias.domain.plan.cells import text
from evidencias.domain.tables import Sheet

WIDE = 0.6


@dataclass(frozen=True)
class Grid:
    """A sheet padded to a rectangle: `rows` the written cells, `cell` the merged ones too."""

    sheet: Sheet

    @cached_property
    def width(self) -> int:
        """Columns up to the last written cell."""
        return max((_used(row) for row in self.sheet.rows), default=0)

    @cached_property
    def rows(self) -> tuple[tuple[object, ...], ...]:
        """The written cells, every row equally long; what a merged range hides is dropped."""
        hidden = {pos for pos, origin in self._merged.items() if pos != origin}
        return tuple(
            tuple(None if (i, j) in hidden or j >= len(row) else row[j] for j in range(self.width))
            for i, row in enumerate(self.sheet.rows)
        )

    @cached_property
    def _merged(self) -> dict[tuple[int, int], tuple[int, int]]:
        last = len(self.sheet.rows) - 1
        return {
            (i, j): (top, left)
            for top, left, bottom, right in self.sheet.merged
            for i in range(top, min(bottom, last) + 1)
            for j in range(left, min(right, self.width - 1) + 1)
        }

    def origin(self, row: int, column: int) -> tuple[int, int]:
        """The cell that holds the value shown at this place."""
        return self._merged.get((row, column), (row, column))

    def cell(self, row: int, column: int) -> object:
        """The value shown at this place, merged ranges included."""
        i, j = self.origin(row, column)
        return self.rows[i][j]

    def below(self, row: int, column: int) -> object:
        """The value shown at this place unless a merge lends it from another column."""
        return self.cell(row, column) if self.origin(row, column)[1] == column else None

    def span_of(self, row: int, column: int) -> int:
        """How many columns the cell shown at this place covers."""
        origin = self.origin(row, column)
        return sum(1 for j in range(self.width) if self.origin(row, j) == origin)

    def own_column(self, column: int, start: int) -> list[object]:
        """The written cells of a column from row `start` down."""
        return [row[column] for row in self.rows[start:]]

    def titles(self, top: int, bottom: int) -> list[list[str]]:
        """Per column its header texts from the upper to the lower row, each once."""
        return [self._levels(column, top, bottom) for column in range(self.width)]

    def _levels(self, column: int, top: int, bottom: int) -> list[str]:
        levels: list[str] = []
        for row in range(top, bottom + 1):
            shown = self._title(row, column, lowest=row == bottom)
            if shown and shown not in levels:
                levels.append(shown)
        return levels

    def _title(self, row: int, column: int, lowest: bool) -> str:
        """A header cell; above the lowest row wide titles say nothing of one column."""
        shown = text(self.cell(row, column))
        if lowest:
            return shown
        if shown:
            return "" if self.span_of(row, column) > max(2, WIDE * self.width) else shown
        return self._group(row, column)

    def _group(self, row: int, column: int) -> str:
        """The title of an unmerged group: the nearest to the left, if its own column has a
        subtitle and everything between is blank too."""
        if (row, column) in self._merged or not text(self.cell(row + 1, column)):
            return ""
        for left in range(column - 1, -1, -1):
            if (row, left) in self._merged or not text(self.cell(row + 1, left)):
                return ""
            if text(self.cell(row, left)):
                return text(self.cell(row, left))
        return ""


def _used(row: tuple[object, ...]) -> int:
    return max((j + 1 for j, cell in enumerate(row) if text(cell)), default=0)
