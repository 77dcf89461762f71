"""Tabs made for the first time: sizes, protection, colours, drop-down, filters; never remade."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence

from evidencias.adapters.google.sheet_append import drop_down
from evidencias.adapters.google.sheet_values import Json
from evidencias.adapters.google.sheet_view import STAMP_MARK, TAB_MARK
from evidencias.domain.register.columns import (
    ACTIVITIES,
    CODE,
    DECISION,
    EVIDENCE,
    ID,
    LIGHTS,
    LINK,
    REVIEW,
    STATE,
    STATE_COLOURS,
    STILL_OPEN,
    TRAFFIC_LIGHT,
    WIDTHS,
    WRAPPED,
)

OPEN_IDS = "evidencias_por_decidir"
_DECIDED = {"Confirmar": "9FD5AE", "Rechazar": "E3E3E3", "Aceptar": "BFD9F2"}
_HEAD, _WHITE, _GREY, _GREY_TEXT = "24527A", "FFFFFF", "F3F3F3", "9E9E9E"
_PIXELS = 7  # of one character at the usual size
_BLANK_ROWS, _ROOM_FOR_PEOPLE = 20, 100
_TYPED_BY_PEOPLE = frozenset({ID, CODE, LINK})
_WARNING = "La herramienta escribe esta pestaña; lo que se cambie aquí se reemplaza."


def sheet_id(name: str, taken: Iterable[int]) -> int:
    """An id for a tab, the same every time unless another sheet has it."""
    used = set(taken)
    made = zlib.crc32(name.encode()) & 0x7FFFFFFF
    while made in used or made == 0:
        made = (made + 1) & 0x7FFFFFFF
    return made


def free_title(name: str, taken: Iterable[str]) -> str:
    """The tab's name, or with a number where a person's sheet already has it."""
    used = {title.casefold() for title in taken}
    title, number = name, 1
    while title.casefold() in used:
        number += 1
        title = f"{name} {number}"
    return title


class Layout:
    """The requests that make one tab; `top` is the header's row, from 0."""

    def __init__(self, name: str, sheet: int, header: Sequence[str], top: int) -> None:
        self.name, self.sheet, self.header, self.top = name, sheet, tuple(header), top

    def requests(self, title: str, index: int, rows: int, hidden: frozenset[str]) -> list[Json]:
        """All of them, to be sent before the tab's cells and in the same batch."""
        return [
            self._add(title, index, rows),
            mark_tab(self.name, self.sheet),
            self._header_format(),
            *self._columns(hidden),
            *self._rules(),
            *self._filters(),
            *([self._drop_down()] if self.name == REVIEW else [self._protection()]),
        ]

    def _add(self, title: str, index: int, rows: int) -> Json:
        blank = _ROOM_FOR_PEOPLE if self.name == REVIEW else _BLANK_ROWS
        size = {"rowCount": rows + blank, "columnCount": len(self.header)}
        if self.top == 0:
            size["frozenRowCount"] = 1
        properties = {"sheetId": self.sheet, "title": title, "index": index}
        return {"addSheet": {"properties": {**properties, "gridProperties": size}}}

    def _area(self, first: int, last: int | None = None, column: str = "") -> Json:
        area: Json = {"sheetId": self.sheet, "startRowIndex": first}
        if last is not None:
            area["endRowIndex"] = last
        if column:
            at = self.header.index(column)
            area |= {"startColumnIndex": at, "endColumnIndex": at + 1}
        return area

    def _header_format(self) -> Json:
        look = {
            "backgroundColorStyle": {"rgbColor": rgb(_HEAD)},
            "textFormat": {"bold": True, "foregroundColorStyle": {"rgbColor": rgb(_WHITE)}},
            "wrapStrategy": "WRAP",
            "verticalAlignment": "MIDDLE",
        }
        names = "backgroundColorStyle,textFormat(bold,foregroundColorStyle)"
        fields = f"userEnteredFormat({names},wrapStrategy,verticalAlignment)"
        area = self._area(self.top, self.top + 1)
        return {
            "repeatCell": {"range": area, "cell": {"userEnteredFormat": look}, "fields": fields}
        }

    def _columns(self, hidden: frozenset[str]) -> list[Json]:
        made: list[Json] = []
        for at, title in enumerate(self.header):
            span = {"sheetId": self.sheet, "dimension": "COLUMNS", "startIndex": at}
            wide = {"pixelSize": WIDTHS.get(title, 12) * _PIXELS + 10}
            properties = {**wide, "hiddenByUser": True} if title in hidden else wide
            body = {"range": {**span, "endIndex": at + 1}, "properties": properties}
            made.append({"updateDimensionProperties": {**body, "fields": ",".join(properties)}})
            if look := self._body_format(title):
                fields = f"userEnteredFormat({','.join(look)})"
                area = self._area(self.top + 1, column=title)
                cell = {"userEnteredFormat": look}
                made.append({"repeatCell": {"range": area, "cell": cell, "fields": fields}})
        return made

    def _body_format(self, title: str) -> Json:
        """Blank cells are formatted sparingly: each reading of the Sheet carries their formats."""
        look: Json = {"wrapStrategy": "WRAP"} if title in WRAPPED else {}
        if self.name == REVIEW and title in _TYPED_BY_PEOPLE:
            look["numberFormat"] = {"type": "TEXT"}
        return look

    def _rules(self) -> list[Json]:
        coloured: tuple[tuple[str, Mapping[str, str]], ...] = (
            (STATE, STATE_COLOURS),
            (TRAFFIC_LIGHT, dict(LIGHTS)),
            (DECISION, _DECIDED),
        )
        made = [
            _word_rule(self._area(self.top + 1, column=title), word, colour)
            for title, colours in coloured
            if title in self.header
            for word, colour in colours.items()
        ]
        return [*made, self._grey_rule()] if self.name == REVIEW else made

    def _grey_rule(self) -> Json:
        """Undecided rows whose id is no longer among those that `Resumen` lists as open."""
        first = self.top + 2
        name = f"${_letter(self.header.index(ID))}{first}"
        decision = f"${_letter(self.header.index(DECISION))}{first}"
        listed = f'MATCH({name};INDIRECT("{OPEN_IDS}");0)'
        formula = f'=AND({name}<>"";{decision}="";ISNA({listed}))'
        look = {
            "backgroundColorStyle": {"rgbColor": rgb(_GREY)},
            "textFormat": {"foregroundColorStyle": {"rgbColor": rgb(_GREY_TEXT)}, "italic": True},
        }
        return _rule(self._area(self.top + 1), "CUSTOM_FORMULA", formula, look)

    def _filters(self) -> list[Json]:
        if self.name == REVIEW:
            return [self._filter("Por decidir", DECISION, {"condition": {"type": "BLANK"}})]
        if self.name in (ACTIVITIES, EVIDENCE):
            kept = "Soportada" if self.name == ACTIVITIES else "Rechazado"
            title = "Sin soporte completo" if self.name == ACTIVITIES else "Sin los rechazados"
            return [self._filter(title, STATE, {"hiddenValues": [kept]})]
        return []

    def _filter(self, title: str, column: str, criteria: Json) -> Json:
        spec = {"columnIndex": self.header.index(column), "filterCriteria": criteria}
        made = {"title": title, "range": self._area(self.top), "filterSpecs": [spec]}
        return {"addFilterView": {"filter": made}}

    def _drop_down(self) -> Json:
        area = self._area(self.top + 1, column=DECISION)
        return {"setDataValidation": {"range": area, "rule": drop_down()}}

    def _protection(self) -> Json:
        held = {"range": {"sheetId": self.sheet}, "description": _WARNING, "warningOnly": True}
        return {"addProtectedRange": {"protectedRange": held}}


def mark_tab(name: str, sheet: int) -> Json:
    """The mark by which a tab is found again, whatever a person calls it."""
    mark = {"metadataKey": TAB_MARK, "metadataValue": name, "visibility": "DOCUMENT"}
    held = {**mark, "location": {"sheetId": sheet}}
    return {"createDeveloperMetadata": {"developerMetadata": held}}


def stamp(policy: str, semester: str) -> Json:
    """The policy and semester the register belongs to."""
    text = json.dumps({"politica": policy, "semestre": semester}, ensure_ascii=False)
    mark = {"metadataKey": STAMP_MARK, "metadataValue": text, "visibility": "DOCUMENT"}
    held = {**mark, "location": {"spreadsheet": True}}
    return {"createDeveloperMetadata": {"developerMetadata": held}}


def name_open_ids(sheet: int, header: Sequence[str], top: int) -> Json:
    """A name for the hidden column of open ids: it follows the column and the tab."""
    at = list(header).index(STILL_OPEN)
    area = {"sheetId": sheet, "startRowIndex": top + 1}
    area |= {"startColumnIndex": at, "endColumnIndex": at + 1}
    return {"addNamedRange": {"namedRange": {"name": OPEN_IDS, "range": area}}}


def _word_rule(area: Json, word: str, colour: str) -> Json:
    return _rule(area, "TEXT_EQ", word, {"backgroundColorStyle": {"rgbColor": rgb(colour)}})


def _rule(area: Json, kind: str, value: str, look: Json) -> Json:
    condition = {"type": kind, "values": [{"userEnteredValue": value}]}
    held = {"ranges": [area], "booleanRule": {"condition": condition, "format": look}}
    return {"addConditionalFormatRule": {"rule": held, "index": 0}}


def rgb(colour: str) -> Json:
    """ "RRGGBB" as Google's fractions of one."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return dict(zip(("red", "green", "blue"), parts, strict=True))


def _letter(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
