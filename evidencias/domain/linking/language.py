"""Spanish words made comparable: repaired, split, folded, stemmed, and the topics they evoke."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from importlib import resources
from typing import Any, Final

from evidencias.domain.text import fold, nfc

_BROKEN: Final = re.compile("[ÃÂâ€]")
_PIECES: Final = re.compile(
    r"WhatsApp|CamScanner|[A-ZÁÉÍÓÚÑÜ]+(?![a-záéíóúñü])|[A-ZÁÉÍÓÚÑÜ]?[a-záéíóúñü�]+|\d+", re.UNICODE
)
# A word of four letters or more with lone digits between its letters.
_MISREAD: Final = re.compile(
    r"(?<![^\W_])(?=(?:[014€]?[^\W\d_]){4})[^\W\d_]+(?:[014€][^\W\d_]+)+(?![^\W_])"
)
_AS_LETTERS: Final = str.maketrans("014€", "oiae")
_DOS: Final = str.maketrans({"¤": "ñ", "¥": "Ñ"})


@cache
def lists() -> dict[str, Any]:
    """The general Spanish lists of `spanish.toml`."""
    raw = resources.files(__package__).joinpath("spanish.toml").read_text(encoding="utf-8")
    return tomllib.loads(raw)


def repair(text: str) -> str:
    """The text with encoding accidents undone ("bÃ¡sico", "campa¤a" → "básico", "campaña")."""
    if text.isascii():
        return text
    if _BROKEN.search(text):
        import ftfy

        text = ftfy.fix_encoding(text)
    return text.translate(_DOS)


def reread(text: str) -> str:
    """A scanned text with the digits that stand for letters inside words read as letters.

    "REG1STRO" → "REGiSTRO", "ingres0s" → "ingresos"; codes, dates and measures are left alone.
    """
    return _MISREAD.sub(lambda found: found[0].translate(_AS_LETTERS), text)


def pieces(text: str) -> list[str]:
    """Folded words and numbers in order, split at case and digit borders ("E1A5" → e 1 a 5)."""
    if text.isascii():
        return [piece.lower() for piece in _PIECES.findall(text)]
    return [fold(piece) for piece in _PIECES.findall(nfc(repair(text)))]


@cache
def _stemmer() -> Any:
    import snowballstemmer

    return snowballstemmer.stemmer("spanish")


# Snowball expects accents, which names of files lack: these endings it then leaves standing.
_ENDINGS: Final = re.compile(
    "(?<=.{4})(?:amient|imient|acion|icion|ucion|cion|sion|ador|edor|idor|aj|ism|idad|anci|enci"
    "|abl|ibl|ativ|itiv|iv|al|ari)$"
)


@lru_cache(maxsize=500_000)
def stem(word: str) -> str:
    """The Spanish root of a folded word; short words stay whole."""
    if len(word) < 4 or word.isdigit():
        return word
    root: str = _stemmer().stemWord(word)
    return _ENDINGS.sub("", root.rstrip("aeo")) if len(root) > 4 else root


@cache
def function_words() -> frozenset[str]:
    """Words that only join others, and one-letter pieces are treated alike."""
    return frozenset(lists()["funcion"]["palabras"].split())


@cache
def weak_stems() -> frozenset[str]:
    """Roots of words that every plan uses and that tell no activity from another."""
    weak = lists()["debiles"]["palabras"].split()
    return frozenset(stem(w) for w in weak)


@cache
def generic_stems() -> frozenset[str]:
    """Roots of words that go with any event or paper, and so ask for no explanation."""
    return frozenset(stem(w) for w in lists()["genericas"]["palabras"].split())


@cache
def blank_names() -> frozenset[str]:
    """Pieces of names that cameras, scanners and programs give."""
    return frozenset(lists()["nombres_sin_sentido"]["palabras"].split())


@cache
def months() -> dict[str, int]:
    """Month names and their abbreviations, folded."""
    return dict(lists()["meses"])


@cache
def ordinals() -> dict[str, int]:
    """Ordinal words, folded ("tercera" → 3)."""
    return dict(lists()["ordinales"])


@cache
def quantity_stems() -> frozenset[str]:
    """Roots of the nouns that stand for quantities."""
    return frozenset(stem(w) for w in lists()["cantidades"]["palabras"].split())


@cache
def kind_stems() -> frozenset[str]:
    """Roots of the words that say what kind of paper a file is."""
    kinds = lists()["tipos"]["nombre"].values()
    return frozenset(stem(p) for v in kinds for w in v.split() for p in w.split("_"))


@cache
def topics() -> dict[str, tuple[str, ...]]:
    """Root → names of the topics it evokes, from `thesaurus.toml`."""
    raw = resources.files(__package__).joinpath("thesaurus.toml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = {}
    for sector in tomllib.loads(raw).values():
        for topic, members in sector.items():
            words = [*members.split(), *(w for w in topic.split("_") if not w.isdigit())]
            for root in {stem(fold(word)) for word in words}:
                found.setdefault(root, []).append(topic)
    return {root: tuple(sorted(set(names))) for root, names in found.items()}


@cache
def publics() -> dict[str, tuple[str, ...]]:
    """Root → the groups of people it names."""
    found: dict[str, list[str]] = {}
    for public, members in lists()["publicos"].items():
        for root in {stem(word) for word in members.split()}:
            found.setdefault(root, []).append(public)
    return {root: tuple(sorted(names)) for root, names in found.items()}


@cache
def broad_topics() -> frozenset[str]:
    """Topics of manner (meetings, training, deliveries, place) that any subject may have."""
    raw = resources.files(__package__).joinpath("thesaurus.toml").read_text(encoding="utf-8")
    table = tomllib.loads(raw)
    return frozenset(
        t for sector in ("gobierno", "territorio", "gobierno_concreto") for t in table[sector]
    )


def roots(text: str) -> list[str]:
    """Content roots of a text in order: no function words, numbers or single letters."""
    skip = function_words()
    return [stem(p) for p in pieces(text) if len(p) > 1 and not p.isdigit() and p not in skip]
