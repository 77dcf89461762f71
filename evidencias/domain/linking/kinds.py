"""Kinds of evidence a file is, from its name, its type and its text."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np

from evidencias.domain.linking import language
from evidencias.domain.linking.language import lists
from evidencias.domain.linking.manner import manner
from evidencias.domain.linking.numbered import numbered
from evidencias.domain.linking.papers import heading, opening, paper_stems, papers
from evidencias.domain.linking.prepare import FileView
from evidencias.domain.model import EvidenceKind as Kind
from evidencias.domain.text import fold

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

_EXTENSION_CLASS: Final = ("foto", "video", "audio", "documento", "hoja", "basura")
_PERSON_ROW: Final = re.compile(
    r"(?m)^[\s\d.|#-]*(?:asistente|participante|persona|beneficiari[oa]|nin[oa]|joven|adulto|usuari[oa]|vecin[oa]|madre|caso)\s?\d+"
)
_NAME_ROW: Final = re.compile(
    r"(?m)^[\s\d.|#-]*(?:[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+\s){1,3}[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+\s*(?:\||$)"
)
_TABLE_ROW: Final = re.compile(r"(?m)^[^|\n]*\|[^\n]*$|^[^,\n]+(?:,[^,\n]*){2,}$")
_LIST_ROW: Final = re.compile(r"(?m)^\s*(?:[-•>*]|\d{1,2}[.)])\s")
_HEADERS: Final = {
    "gente": r"\b(?:nombres?|apellidos|firma|documento|cedula|edad|genero|telefono|celular"
    r"|asistentes?|participantes?|estudiante|correo)\b",
    "cosas": r"\b(?:cantidad|total|valor|estado|kg|kilos|unidad|codigo|item|producto|tipo|serie"
    r"|fecha|mes|vereda|sector|placa|puntaje|horas)\b",
}
_FULL_NAME: Final = re.compile(
    r"\b(?:[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+\s){1,3}[A-ZÁÉÍÓÚÑ][a-záéíóúñ]+(?=\s*[,;.|(]|$)"
)
_DAY_CELL: Final = re.compile(
    r"\|\s*(?:[a-záéíóúñ]{3}\w*\s)?\d{1,2}(?:[-/ ][a-z]{3,}|[-/]\d{1,2})?\s*(?=\||$)"
)
_MARK_CELL: Final = re.compile(r"\|\s*(?:x|p|si|ok|a|\d{1,2} de \d{1,2})?\s*(?=\||$)")
_CELL: Final = re.compile(r"\|")
_FIRST_PERSON: Final = re.compile(r"\b[a-zñ]{3,}(?:é|í)\b")
_PROSE: Final = {
    "se_hizo": (re.compile(r"\bse [a-z]+(?:aron|ieron)\b"), 3),
    "se_hace": (re.compile(r"\bse [a-z]+(?:a|e|an|en)\b"), 3),
    "horas": (re.compile(r"\b\d{1,2}(?::\d\d)?\s*(?:a\.? ?m|p\.? ?m|h)\b|\bsiendo las\b"), 2),
    "campos": (re.compile(r"[a-z]:\s"), 6),
    "oraciones": (re.compile(r"[a-z]{3,}\.\s"), 6),
    "infinitivos": (re.compile(r"\b[a-z]+[aei]r\b"), 5),
}
_LETTER: Final = re.compile(r"\b(?:senor(?:a|es)?|cordial|saludo|solicito|atentamente)\b")
# What is told by a file's name and folder, and by its type; all else is told by its text.
OF_PAPER: Final = ("nombre_", "palabra_", "primera_", "papel_", "foto_dice_")
OF_NAME: Final = (*OF_PAPER, "carpeta_", "sin_papel_")
OF_TYPE: Final = ("archivo_", "foto_", "sesgo")
ASKED: Final = "pide_"  # what the activity asks for
_QUESTION: Final = re.compile(r"[¿?]")
_PAST: Final = re.compile(r"\bse [a-z]+(?:aron|ieron|o)\b|\b[a-z]+(?:aron|ieron)\b")
_MONEY: Final = re.compile(r"\$\s?\d")


@cache
def _name_patterns() -> dict[str, re.Pattern[str]]:
    out = {}
    for kind, words in lists()["tipos"]["nombre"].items():
        body = "|".join(
            re.escape(w).replace("_", r"[\s_.-]+(?:de[\s_.-]+)?") for w in words.split()
        )
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


@cache
def _any_name() -> re.Pattern[str]:
    return re.compile("|".join(pattern.pattern for pattern in _name_patterns().values()))


@lru_cache(maxsize=10_000)
def name_cues(base: str) -> Mapping[str, float]:
    """How strongly a name speaks for each kind: the earlier the word, the stronger."""
    plain = fold(language.repair(base))
    out: dict[str, float] = {}
    if not _any_name().search(plain):
        return out
    for kind, pattern in _name_patterns().items():
        found = pattern.search(plain)
        if found:
            out[kind] = 1.0 - 0.5 * found.start() / max(20, len(plain))
    return out


@lru_cache(maxsize=10_000)
def text_signals(text: str) -> Mapping[str, float]:
    """What the opening and the build of a text say of its kind."""
    if not text.strip():
        return {"mudo": 1.0}
    plain = fold(text[:3000])
    head = plain[:130]
    out = {}
    for kind, cues in _text_cues().items():
        out[f"titulo_{kind}"] = float(any(cue in head for cue in cues))
        out[f"cuerpo_{kind}"] = math.log1p(sum(cue in plain for cue in cues))
    rows = max(1, len([x for x in text.splitlines() if x.strip()]))
    people = len(_PERSON_ROW.findall(plain)) + 0.5 * len(_NAME_ROW.findall(text[:3000]))
    out["filas_gente"] = min(1.0, people / rows)
    out["mucha_gente"] = float(people >= 3)
    out["filas_tabla"] = len(_TABLE_ROW.findall(plain)) / rows
    out["filas_lista"] = len(_LIST_ROW.findall(plain)) / rows
    for name, pattern in _HEADERS.items():
        out[f"encabezado_{name}"] = min(1.0, len(re.findall(pattern, plain[:250])) / 3)
    out |= _grid_signals(plain)
    out["nombres_seguidos"] = min(1.0, len(_FULL_NAME.findall(text[:3000])) / 8)
    out["primera_persona"] = min(1.0, len(_FIRST_PERSON.findall(text[:3000].lower())) / 3)
    out |= _prose_signals(text, plain[:600])
    out["preguntas"] = float(len(_QUESTION.findall(plain)) >= 2)
    out["pasado"] = min(1.0, len(_PAST.findall(plain)) / 4)
    out["dinero"] = float(bool(_MONEY.search(plain)))
    out["largo"] = min(1.0, len(plain) / 1500)
    out |= {f"renglon_{k}": v for k, v in heading(text).items()}
    out |= {f"encabeza_{k}": v for k, v in opening(plain).items()}
    out |= {f"manera_{k}": v for k, v in manner(text).items()}
    return {k: v for k, v in out.items() if v}


def _grid_signals(plain: str) -> dict[str, float]:
    """Whether a table has days for columns and ticks for cells, as attendance sheets have."""
    lines = [x for x in plain.splitlines() if "|" in x]
    cells = max(1, sum(len(_CELL.findall(x)) for x in lines))
    return {
        "columnas_dias": float(any(len(_DAY_CELL.findall(x)) >= 3 for x in lines[:3])),
        "celdas_marca": sum(len(_MARK_CELL.findall(x)) for x in lines) / cells,
    }


def _prose_signals(text: str, opening: str) -> dict[str, float]:
    """How a text tells: what was done, what is done, fields, sentences, hours, a letter."""
    out = {
        name: min(1.0, len(pattern.findall(opening)) / many)
        for name, (pattern, many) in _PROSE.items()
    }
    out["carta"] = float(bool(_LETTER.search(opening[:250])))
    out["corto"] = float(len(text) < 160)
    out["empieza_numero"] = float(text.lstrip()[:1].isdigit())
    out["empieza_mayusculas"] = float(text[:25].isupper())
    return out


@lru_cache(maxsize=10_000)
def _known_words(text: str, known: frozenset[str]) -> tuple[str, ...]:
    """The known ones among the roots of a string, in order."""
    return tuple(r for r in map(language.stem, language.pieces(text)) if r in known)


@cache
def _paper_words() -> frozenset[str]:
    """Roots of all words for papers: the general ones and those of the repertoire."""
    return language.kind_stems() | paper_stems()


def asked(view: FileView, required: Mapping[str, float]) -> dict[str, float]:
    """All signals, with the kinds that the file's probable activities require.

    A file that says nothing of what it is must not be taken for what it is asked to prove.
    """
    said = signals(view)
    return said | _wished(required) if _speaks(said) else said


def _speaks(said: Mapping[str, float]) -> bool:
    """Whether text or name say anything of a file's kind."""
    return "mudo" not in said or any(s.startswith(OF_PAPER) for s in said)


def _wished(required: Mapping[str, float]) -> dict[str, float]:
    return {f"{ASKED}{k}": v for k, v in required.items() if v}


@lru_cache(maxsize=10_000)
def _name_signals(plain: str) -> dict[str, float]:
    """What the words of a name say of its kind."""
    out = {f"nombre_{k}": v for k, v in name_cues(plain).items()}
    out |= {f"papel_{k}": v for k, v in papers(plain).items()}
    words = _known_words(plain, _paper_words())
    out |= {f"palabra_{w}": 1.0 for w in words}
    if words:
        out[f"primera_{words[0]}"] = 1.0
    return out


@lru_cache(maxsize=1000)
def _folder_signals(folder: str) -> dict[str, float]:
    return {f"carpeta_{k}": v for k, v in name_cues(folder).items()}


def _type_of(shown: str, text: str) -> str:
    """The type of a file, and whether it says nothing where others of its type speak."""
    return shown if shown == "foto" or text.strip() else f"{shown}_mudo"


def signals(view: FileView) -> dict[str, float]:
    """Everything that speaks of a file's kind, by name."""
    out = dict(_name_signals(view.name.plain))
    out |= {f"titula_{w}": 1.0 for w in _known_words(view.text[:70], language.kind_stems())}
    if view.folders:
        out |= _folder_signals(view.folders[-1])
    kind = extension_class(view.name.extension)
    shown = kind or ("nativo" if view.file.native else "otro")
    out[f"archivo_{shown}"] = 1.0
    if not papers(view.name.plain):
        out[f"sin_papel_{_type_of(shown, view.text)}"] = 1.0
    if kind == "foto":
        out[f"foto_{view.name.extension if view.name.extension == 'png' else 'jpg'}"] = 1.0
        out["foto_muda"] = float(not view.roots)
        out |= {f"foto_dice_{k}": 1.0 for k in name_cues(view.name.plain)}
    if "form" in view.file.mime.rsplit(".", 1)[-1] or view.name.extension == "gform":
        out["archivo_formulario"] = 1.0
    if view.name.extension in {"ppt", "pptx", "gslides"}:
        out["archivo_diapositivas"] = 1.0
    out |= text_signals(view.text)
    out["sesgo"] = 1.0
    return out


def rough(view: FileView) -> frozenset[Kind]:
    """A first guess without weights, from the name's words and the type of file."""
    cues = name_cues(view.name.plain) or {
        k.removeprefix("titulo_"): v
        for k, v in text_signals(view.text).items()
        if k.startswith("titulo_")
    }
    if cues:
        return frozenset({Kind(max(sorted(cues), key=lambda k: cues[k]))})
    kind = extension_class(view.name.extension)
    return frozenset({Kind.PHOTOS} if kind in ("foto", "video") else ())


def judge(
    views: Sequence[FileView],
    weights: Mapping[str, Mapping[str, float]],
    required: Sequence[Mapping[str, float]],
) -> list[frozenset[Kind]]:
    """The kind of evidence each file is, by weights kind → signal → log-odds."""
    labels = sorted(weights)
    ids = numbered(signal for label in labels for signal in weights[label]).found
    table = np.array([[weights[label].get(signal, 0.0) for signal in ids] for label in labels])
    alike = numbered(map(_told_by, views))
    said = [signals(views[at]) for at in alike.first()]
    shown, speaks = _added(table, ids, said), [_speaks(mine) for mine in said]
    asking = zip(required, alike.of.tolist(), strict=True)
    wished = _added(table, ids, [_wished(mine) if speaks[at] else {} for mine, at in asking])
    best = np.argmax(shown[:, alike.of] + wished, axis=0).tolist()
    of_label = [frozenset({Kind(label)}) for label in labels]
    return [of_label[k] for k in best]


def _told_by(view: FileView) -> tuple[object, ...]:
    """What the signals of a file are read off: many photographs have it in common."""
    name, file = view.name, view.file
    return name.plain, name.extension, view.folders[-1:], file.mime, file.native, view.text


def _added(table: Floats, ids: Mapping[str, int], told: Sequence[Mapping[str, float]]) -> Floats:
    """The weights of some signals, summed: a row a kind, a column a set of signals."""
    known = [[(ids[s], v) for s, v in mine.items() if s in ids] for mine in told]
    owner = np.repeat(np.arange(len(told)), [len(mine) for mine in known])
    items = np.array([i for mine in known for i, _ in mine], np.int64)
    values = np.array([v for mine in known for _, v in mine])
    return np.array([np.bincount(owner, row[items] * values, len(told)) for row in table])


def kinds(
    view: FileView,
    weights: Mapping[str, Mapping[str, float]],
    required: Mapping[str, float] | None = None,
) -> frozenset[Kind]:
    """The kind of evidence one file is."""
    return judge([view], weights, [required or {}])[0]
