"""Kinds of evidence a file is, from its name, its type and its text."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from evidencias.domain.linking import language
from evidencias.domain.linking.language import lists
from evidencias.domain.linking.prepare import FileView
from evidencias.domain.model import EvidenceKind as Kind
from evidencias.domain.text import fold

SCORED: Final = ("acta", "asistencia", "fotos", "informe", "contrato", "publicacion", "certificado", "formato")
_EXTENSION_CLASS: Final = ("foto", "video", "audio", "documento", "hoja", "basura")


@cache
def _name_patterns() -> dict[str, re.Pattern[str]]:
    out = {}
    for kind, words in lists()["tipos"]["nombre"].items():
        body = "|".join(re.escape(w).replace("_", r"[\s_.-]+(?:de[\s_.-]+)?") for w in words.split())
        out[kind] = re.compile(rf"(?<![a-z])(?:{body})(?![a-z])")
    return out


@cache
def _text_cues() -> dict[str, tuple[str, ...]]:
    return {k: tuple(c for c in v.split(";") if c) for k, v in lists()["tipos"]["texto"].items()}


@cache
def extension_class(extension: str) -> str:
    """ "foto", "video", "audio", "documento", "hoja", "basura" or "" from an extension."""
    for name in _EXTENSION_CLASS:
        if extension in lists()["extensiones"][name].split():
            return name
    return ""


@lru_cache(maxsize=50_000)
def name_cues(base: str) -> dict[str, float]:
    """How strongly a name speaks for each kind: the earlier the word, the stronger."""
    plain = fold(language.repair(base))
    out = {}
    for kind, pattern in _name_patterns().items():
        found = pattern.search(plain)
        if found:
            out[kind] = 1.0 - 0.5 * found.start() / max(20, len(plain))
    return out


def text_cues(text: str) -> dict[str, float]:
    """How strongly the opening of a text and its body speak for each kind."""
    plain = fold(text[:3000])
    head = plain[:120]
    out = {}
    for kind, cues in _text_cues().items():
        score = sum(1.0 if cue in head else 0.35 for cue in cues if cue in plain)
        if score:
            out[kind] = min(score, 2.5)
    return out


def scores(view: FileView) -> dict[str, float]:
    """A score by kind; what is read in the text outweighs the folder, and the name both."""
    kind = extension_class(view.name.extension)
    names, text = name_cues(view.name.base), text_cues(view.text)
    folder = name_cues(view.folders[-1]) if view.folders else {}
    out = {k: 2.0 * names.get(k, 0) + 1.2 * text.get(k, 0) + 0.5 * folder.get(k, 0) for k in SCORED}
    if kind in ("foto", "video"):
        out["fotos"] += 1.6
    if kind == "audio":
        out["publicacion"] += 1.0
    if kind == "hoja":
        out["formato"] += 0.8
        out["asistencia"] += 0.2
    return out


def kinds(view: FileView) -> frozenset[Kind]:
    """The kinds of evidence a file is; `OTHER` when nothing tells."""
    ranked = sorted(scores(view).items(), key=lambda x: (-x[1], x[0]))
    best, score = ranked[0]
    if score < 0.6:
        return frozenset({Kind.OTHER})
    return frozenset({Kind(best)})
