"""What a new spreadsheet carries before anybody touched it, as recorded."""

from __future__ import annotations

import copy
import struct
from typing import Any

from tests.google.grid import Json

WHITE: Json = {"red": 1, "green": 1, "blue": 1}
DEFAULT_FORMAT: Json = {
    "backgroundColor": WHITE,
    "padding": {"top": 2, "right": 3, "bottom": 2, "left": 3},
    "verticalAlignment": "BOTTOM",
    "wrapStrategy": "OVERFLOW_CELL",
    "textFormat": {
        "foregroundColor": {},
        "fontFamily": "arial,sans,sans-serif",
        "fontSize": 10,
        "bold": False,
        "italic": False,
        "strikethrough": False,
        "underline": False,
        "foregroundColorStyle": {"rgbColor": {}},
    },
    "backgroundColorStyle": {"rgbColor": WHITE},
}
_THEME: tuple[tuple[str, Json], ...] = (
    ("TEXT", {}),
    ("BACKGROUND", WHITE),
    ("ACCENT1", {"red": 0.25882354, "green": 0.52156866, "blue": 0.95686275}),
    ("ACCENT2", {"red": 0.91764706, "green": 0.2627451, "blue": 0.20784314}),
    ("ACCENT3", {"red": 0.9843137, "green": 0.7372549, "blue": 0.015686275}),
    ("ACCENT4", {"red": 0.20392157, "green": 0.65882355, "blue": 0.3254902}),
    ("ACCENT5", {"red": 1, "green": 0.42745098, "blue": 0.003921569}),
    ("ACCENT6", {"red": 0.27450982, "green": 0.7411765, "blue": 0.7764706}),
    ("LINK", {"red": 0.06666667, "green": 0.33333334, "blue": 0.8}),
)


def properties(locale: str = "en_US", time_zone: str = "Etc/GMT") -> Json:
    return {
        "locale": locale,
        "autoRecalc": "ON_CHANGE",
        "timeZone": time_zone,
        "defaultFormat": copy.deepcopy(DEFAULT_FORMAT),
        "spreadsheetTheme": {
            "primaryFontFamily": "Arial",
            "themeColors": [{"colorType": k, "color": {"rgbColor": dict(c)}} for k, c in _THEME],
        },
    }


_STYLED = {
    "backgroundColor": "backgroundColorStyle",
    "foregroundColor": "foregroundColorStyle",
    "tabColor": "tabColorStyle",
    "color": "colorStyle",
    "headerColor": "headerColorStyle",
    "firstBandColor": "firstBandColorStyle",
    "secondBandColor": "secondBandColorStyle",
    "footerColor": "footerColorStyle",
}
_COLOR_KEYS = {"red", "green", "blue", "alpha"}


def single(value: float) -> float | int:
    """A number as Google returns it after its float32."""
    narrow = struct.unpack("f", struct.pack("f", value))[0]
    if float(narrow).is_integer():
        return int(narrow)
    for digits in range(6, 10):
        text = float(f"{narrow:.{digits}g}")
        if struct.pack("f", text) == struct.pack("f", narrow):
            return text
    return float(narrow)


def channel(name: str, value: float) -> float | int:
    """Colours are kept in eight bits: 0.5 comes back as 127/255."""
    return single(value if name == "alpha" else int(min(value, 1) * 255 + 1e-6) / 255)


def is_color(held: Any) -> bool:
    return isinstance(held, dict) and bool(held) and held.keys() <= _COLOR_KEYS


def tidy(held: Any) -> Any:
    """Nulls dropped, colours as they are kept, without zeros, and styles mirrored."""
    if isinstance(held, list):
        return [tidy(item) for item in held]
    if not isinstance(held, dict):
        return held
    if is_color(held):
        return {k: channel(k, v) for k, v in held.items() if v}
    clean = {key: tidy(item) for key, item in held.items() if item is not None}
    for plain, style in _STYLED.items():
        if plain in clean and isinstance(clean[plain], dict) and "rgbColor" not in clean[plain]:
            clean.setdefault(style, {"rgbColor": clean[plain]})
        elif style in clean and "rgbColor" in clean[style]:
            clean.setdefault(plain, clean[style]["rgbColor"])
    return clean
