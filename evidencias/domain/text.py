"""Spanish text made comparable: folding, words, stems' raw material. Small on purpose."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+", re.UNICODE)


def nfc(text: str) -> str:
    """The text in Unicode NFC, as every id and path is kept."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """Lower case without accents ("Ñandú" → "nandu"), for comparing, never for showing."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def words(text: str) -> list[str]:
    """The folded words and numbers of a text, in order."""
    return _WORD.findall(fold(text))
