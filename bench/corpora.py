"""Corpora read straight from their CSV files, and the deformations that judge a linker."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from evidencias.adapters.local.report import LocalReport
from evidencias.domain.model import Activity, EvidenceFile, EvidenceKind, Period, Report
from evidencias.domain.period import BOGOTA, semester, touches
from evidencias.domain.report import read_report
from evidencias.domain.text import nfc

csv.field_size_limit(10**7)
STUBS = {
    "application/vnd.google-apps.document": ".gdoc",
    "application/vnd.google-apps.spreadsheet": ".gsheet",
    "application/vnd.google-apps.form": ".gform",
    "application/vnd.google-apps.presentation": ".gslides",
}


@dataclass(frozen=True)
class Corpus:
    """One case with its gold: `links` (file, code) → level, `kinds` by file, `states` by code."""

    name: str
    policy: str
    period: Period
    activities: tuple[Activity, ...]
    files: tuple[EvidenceFile, ...]
    texts: Mapping[str, str]
    links: Mapping[tuple[str, str], int]
    kinds: Mapping[str, frozenset[str]]
    states: Mapping[str, str]
    report: Report | None = None


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _number(text: str) -> float | None:
    return float(text.replace(",", ".")) if text else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _activity(row: dict[str, str], at: int, period: Period) -> Activity:
    target, start, end = _number(row["meta"]), _day(row["inicio"]), _day(row["fin"])
    return Activity(
        code=row["codigo"],
        axis=row["eje"],
        name=row["actividad"],
        department=row["dependencia"],
        indicator=row["indicador"],
        target=target,
        achieved=_number(row["ejecutado"]),
        weight=_number(row["peso"]),
        required=frozenset(EvidenceKind(k) for k in row["evidencia_requerida"].split(";") if k),
        programmed=bool(target) and touches(start, end, period),
        reported=row["reportada"].strip().lower() in {"si", "sí", "x"},
        start=start,
        end=end,
        row=at + 2,
    )


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    return found if found.tzinfo else found.replace(tzinfo=BOGOTA)


_EXIF = re.compile(r"^(?:IMG_|DSC|20\d{6}_)", re.IGNORECASE)


def _file(row: dict[str, str], known: frozenset[str], *, local: bool) -> EvidenceFile:
    path = nfc(row["ruta"])
    native = row["mime"].startswith("application/vnd.google-apps.")
    shortcut = row["tipo"] == "acceso_directo"
    if local and native and not shortcut:
        path += STUBS.get(row["mime"], "")
    created = _moment(row["creado"])
    photo = (
        created if row["mime"] == "image/jpeg" and _EXIF.match(path.rsplit("/", 1)[-1]) else None
    )
    return EvidenceFile(
        id=row["id"],
        path=path,
        name=path.rsplit("/", 1)[-1],
        mime=row["mime"],
        size=int(row["tamano"]) if row["tamano"] else None,
        md5=row["md5"],
        created=None if local else created,
        modified=_moment(row["modificado"]),
        native=native,
        shortcut_target=row["texto"].strip() if shortcut else None,
        broken=shortcut and row["texto"].strip() not in known,
        photo_taken=photo.astimezone(BOGOTA).replace(tzinfo=None) if photo else None,
    )


def _text(row: dict[str, str], *, local: bool) -> str:
    if row["tipo"] != "archivo" or (
        local and row["mime"].startswith("application/vnd.google-apps.")
    ):
        return ""
    return row["texto"]


def _period(path: Path) -> tuple[str, Period]:
    if not path.exists():
        return "", semester("2020-1")
    head = tomllib.loads(path.read_text(encoding="utf-8"))
    return head["politica"], semester(head["semestre"], date.fromisoformat(head["corte"]))


def load(folder: Path, *, local: bool = False) -> Corpus:
    """A corpus; `local` shows it as a Linux folder (no creation date, stubs without text)."""
    policy, period = _period(folder / "caso.toml")
    tree = [r for r in _rows(folder / "arbol.csv") if r["tipo"] != "carpeta"]
    known = frozenset(r["id"] for r in tree)
    if local:
        tree = [r for r in tree if r["tipo"] != "acceso_directo"]
    return Corpus(
        folder.name,
        policy,
        period,
        tuple(_activity(r, i, period) for i, r in enumerate(_rows(folder / "plan.csv"))),
        tuple(_file(r, known, local=local) for r in tree),
        {r["id"]: _text(r, local=local) for r in tree if _text(r, local=local)},
        {
            (r["archivo_id"], r["codigo"]): int(r["nivel"])
            for r in _rows(folder / "oro_vinculos.csv")
        },
        {
            r["archivo_id"]: frozenset(r["tipo_evidencia"].split(";"))
            for r in _rows(folder / "oro_tipos.csv")
        },
        {r["codigo"]: r["estado"] for r in _rows(folder / "oro_estado.csv")},
        report_of(folder) if (folder / "informe.md").exists() else None,
    )


def report_of(folder: Path) -> Report:
    """The corpus's own report, as the tool reads it."""
    return read_report(LocalReport(folder / "informe.md").read())


def find(root: Path) -> Iterator[Path]:
    """Folders under `root` that hold a corpus, in order of name."""
    yield from sorted(
        p.parent for p in root.rglob("plan.csv") if (p.parent / "oro_vinculos.csv").exists()
    )


# ---------------------------------------------------------------- deformations
def _moved(corpus: Corpus, name: str, path: object) -> Corpus:
    files = []
    for file in corpus.files:
        new = path(file)  # type: ignore[operator]
        files.append(replace(file, path=new, name=new.rsplit("/", 1)[-1]))
    return replace(corpus, name=f"{corpus.name}+{name}", files=tuple(files))


def _code_pattern(corpus: Corpus) -> re.Pattern[str]:
    from evidencias.domain.linking.notation import split

    bodies = set()
    for activity in corpus.activities:
        atoms = [p.atom for p in split(activity.code)]
        sep = r"[\s._\-/]{0,2}"
        bodies.add(sep.join(rf"0?{a}" if isinstance(a, int) else a for a in atoms))
        numbers = [a for a in atoms if isinstance(a, int)]
        letters = [a for a in atoms if isinstance(a, str)]
        if len(numbers) > 1:
            bodies.add(r"[\s._\-]".join(rf"0?{a}" for a in numbers))
        for letter in letters:
            if len(numbers) == 1:
                bodies.add(rf"{letter}{sep}0?{numbers[0]}")
    inner = "|".join(sorted(bodies, key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z0-9])(?:{inner})(?![0-9])", re.IGNORECASE)


_LOOSE = re.compile(
    r"(?i)(?:^|(?<=[\s_/-]))(?:act\.?|actividad|e|eje|linea|num)\s?\d+(?:a\d+)?(?=[\s._-])|^\d{1,2}[.\s_-]+(?=[A-Za-z])"
)


def _without_codes(corpus: Corpus) -> Corpus:
    pattern = _code_pattern(corpus)

    def clean(file: EvidenceFile) -> str:
        parts = []
        for part in file.path.split("/"):
            bare = _LOOSE.sub("", pattern.sub("", part)).strip(" -_.") or "archivo"
            parts.append(
                bare
                if not bare.startswith(("pdf", "docx", "jpg")) or " " in bare
                else f"doc.{bare}"
            )
        return "/".join(parts)

    return _moved(corpus, "sin-codigos", clean)


def _other_codes(corpus: Corpus) -> Corpus:
    """Codes of the plan and of the names rewritten in another style ("EMP-02" → "emp_002")."""
    pattern = _code_pattern(corpus)

    def style(found: re.Match[str]) -> str:
        from evidencias.domain.linking.notation import split

        atoms = [p.atom for p in split(found[0])]
        return "_".join(
            f"{a:03d}" if isinstance(a, int) and len(atoms) < 3 else str(a) for a in atoms
        )

    return _moved(
        corpus,
        "otros-codigos",
        lambda f: "/".join(pattern.sub(style, p) for p in f.path.split("/")),
    )


_MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio",
    "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip


def _month_of(file: EvidenceFile) -> str:
    moment = file.created or file.modified
    return _MONTHS[moment.month - 1] if moment else "varios"


def _upper(file: EvidenceFile) -> str:
    body, dot, extension = file.path.rpartition(".") if "." in file.name else (file.path, "", "")
    return re.sub(r" +", "_", body.upper()) + dot + extension


def deformed(corpus: Corpus) -> dict[str, Corpus]:
    """The corpus under each deformation of `linking.md`, by name."""
    return {
        "otros-codigos": _other_codes(corpus),
        "sin-codigos": _without_codes(corpus),
        "una-carpeta": _moved(corpus, "una-carpeta", lambda f: f.name),
        "por-meses": _moved(corpus, "por-meses", lambda f: f"{_month_of(f)}/{f.name}"),
        "mayusculas": _moved(corpus, "mayusculas", _upper),
        "sin-texto": replace(corpus, name=f"{corpus.name}+sin-texto", texts={}),
        "plana-sin-codigos": _moved(_without_codes(corpus), "plana", lambda f: f.name),
    }
