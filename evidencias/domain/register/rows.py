"""The rows of `Revisión` as fields, found by header wherever people moved the columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from evidencias.domain.register.columns import (
    BY,
    CODE,
    DECISION,
    FINGERPRINT,
    ID,
    LINK,
    NOTE,
    REVIEW,
    REVIEW_HEADER,
    find_column,
)
from evidencias.domain.register.marks import Mark, read_mark
from evidencias.domain.register.shapes import RegisterContents, Row, Value
from evidencias.domain.spanish import plural
from evidencias.domain.text import fold
from evidencias.errors import InputError


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One row of `Revisión`: texts without surrounding blanks; `code` keeps its typed value."""

    number: int
    id: str
    code: Value
    link: str
    hyperlink: str
    decision: str
    by: str
    note: str
    mark: Mark

    @property
    def place(self) -> str:
        """Where it is, for messages."""
        return f"pestaña «{REVIEW}», fila {self.number}"


def review_rows(contents: RegisterContents) -> tuple[ReviewRow, ...]:
    """The rows of `Revisión`; raises InputError when its ID or Decisión column is not to be found.

    A register without that tab has no rows, unless its history says that decisions stood there.
    """
    if not contents.exists:
        return ()
    if not contents.review_header and not contents.review:
        _refuse_lost_review(contents)
        return ()
    columns = _columns(contents)
    return tuple(_row(row, columns) for row in contents.review)


def text_of(value: Value) -> str:
    """A cell's value as the text a person sees: 7.0 → "7", None → ""."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return "" if value is None else str(value).strip(" \t\r\n\xa0\u200b")


def _columns(contents: RegisterContents) -> Mapping[str, str]:
    header = contents.review_header
    for name in (ID, DECISION):
        same = [found for found in header if fold(found).strip() == fold(name)]
        if len(same) != 1:
            what = f"hay {len(same)} columnas" if same else "no encuentro la columna"
            raise InputError(
                f"En {contents.origin}, pestaña «{REVIEW}», {what} «{name}».",
                f"Deje exactamente una columna con el nombre «{name}» y ejecute de nuevo; "
                "no se escribió nada.",
            )
    found = {name: find_column(header, name) for name in REVIEW_HEADER}
    return {name: column for name, column in found.items() if column is not None}


def _row(row: Row, columns: Mapping[str, str]) -> ReviewRow:
    def text(name: str) -> str:
        return text_of(row.cells.get(columns.get(name, "")))

    return ReviewRow(
        number=row.number,
        id=text(ID).upper(),
        code=row.cells.get(columns.get(CODE, "")),
        link=text(LINK),
        hyperlink=row.links.get(columns.get(LINK, ""), ""),
        decision=text(DECISION),
        by=text(BY),
        note=text(NOTE),
        mark=read_mark(text(FINGERPRINT)),
    )


def _refuse_lost_review(contents: RegisterContents) -> None:
    from evidencias.domain.register.history import standing_decisions

    kept = standing_decisions(contents)
    if kept:
        raise InputError(
            f"En {contents.origin} falta la pestaña «{REVIEW}», y el historial dice que allí había "
            f"{plural(len(kept), 'decisión', 'decisiones')}.",
            "Recupérela de la última copia de «copias» (o de las versiones anteriores) y ejecute "
            "de nuevo; no se escribió nada.",
        )
