"""Files and activities taken apart once: words, lines, folders, numbers, dates and signs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from sys import intern
from typing import Final

from evidencias.domain.linking import language
from evidencias.domain.linking.twins import of_path
from evidencias.domain.model import Activity, EvidenceFile
from evidencias.domain.text import fold

MAX_LINES: Final = 120
MAX_CHARS: Final = 16_000
_COPY: Final = re.compile(
    r"^(?:copia de|copy of)\s+|\s*\(\d{1,2}\)$|\s*- copia$|_copy$", re.IGNORECASE
)
# "IMG_20220310_143000", "WhatsApp Image 2022-03-10 at 2.30.00 PM": at what hour tells nothing.
_HOUR: Final = re.compile(
    r"(?<=\d{8})[_-](?:[01]\d|2[0-3])[0-5]\d[0-5]\d(?:\d{3})?(?!\d)"
    r"|\s+(?:at|a las)\s+\d{1,2}\.\d\d\.\d\d(?:\s*[ap]\.?\s?m\.?)?(?![a-z\d])",
    re.IGNORECASE,
)
_STUB: Final = frozenset({"gdoc", "gsheet", "gform", "gslides", "gdraw", "gmap", "lnk", "url"})
REPEATED: Final = 3
_ZEROS: Final = str.maketrans("123456789", "000000000")
_NUMBER: Final = re.compile(r"\d+")
_SUBJECT: Final = re.compile(
    r"(?:asunto|objeto|objetivo|motivo|tema|actividad|taller|evento|nombre d|referencia|titulo"
    r"|proyecto)\b"
)
_EXTENSION: Final = re.compile(r"\.([A-Za-z0-9_]{1,8})$")


@dataclass(frozen=True, slots=True)
class Name:
    """A file's name without its extension, the marks of copies and the hour of a photograph.

    `plain` has 0 for each digit: what looks at words alone reads a camera's photographs once.
    """

    base: str
    extension: str
    plain: str


@dataclass(frozen=True, slots=True)
class FileView:
    """What the signals read of a file; `roots` are content roots, one list per line of text.

    `numbers` are those of its path that tell twins apart.
    """

    file: EvidenceFile
    folders: tuple[str, ...]
    name: Name
    roots: tuple[str, ...]
    lines: tuple[tuple[str, ...], ...]
    head: tuple[str, ...]
    text: str
    numbers: frozenset[str]


@dataclass(frozen=True, slots=True)
class ActivityView:
    """What the signals read of an activity: its roots by field, in order.

    `narrated` are the roots of what the report tells, each with the chance that it tells this one.
    """

    activity: Activity
    title: tuple[str, ...]
    indicator: tuple[str, ...]
    axis: tuple[str, ...]
    department: tuple[str, ...]
    narrated: Mapping[str, float] = field(default_factory=dict)


def undigited(text: str) -> str:
    """A text with each digit as 0."""
    return text.translate(_ZEROS)


@lru_cache(maxsize=20_000)
def name_of(name: str) -> Name:
    """Take a file name apart ("Copia de Acta (1).PDF" → "Acta", "pdf")."""
    base, extension = _without_extension(name)
    before = None
    while before != base:
        before, base = base, _COPY.sub("", base).strip()
    return _named(_HOUR.sub("", base) or name, extension)


@lru_cache(maxsize=10_000)
def _named(base: str, extension: str) -> Name:
    """One object for the photographs of a day."""
    return Name(base, intern(extension), intern(undigited(base)))


def extension_of(name: str) -> str:
    """The extension of a file name, of what a stub stands for."""
    return _without_extension(name)[1]


def _without_extension(name: str) -> tuple[str, str]:
    base, extension = name, ""
    while found := _EXTENSION.search(base):
        if found[1].isdigit() or " " in base[found.start() :]:
            break
        base = base[: found.start()]
        extension = extension if extension and found[1].lower() in _STUB else found[1].lower()
        if extension not in _STUB:
            break
    return base, extension


def roots_of(text: str) -> tuple[str, ...]:
    """Content roots of a name or folder, without months and without blank camera words."""
    return _roots_of(undigited(text))


@lru_cache(maxsize=50_000)
def _roots_of(text: str) -> tuple[str, ...]:
    skip, months = language.blank_names(), language.months()
    words = (p for p in language.pieces(text) if p not in skip and p not in months)
    function = language.function_words()
    return tuple(
        language.stem(w) for w in words if len(w) > 1 and not w.isdigit() and w not in function
    )


def raw_lines(text: str) -> list[str]:
    """The first lines of a document that hold anything."""
    return [x.strip() for x in text[:MAX_CHARS].splitlines()[:MAX_LINES] if x.strip()]


def mould(line: str) -> str:
    """A line without its numbers: equal in all papers that repeat it."""
    return _NUMBER.sub("#", fold(line))


def boilerplate(texts: Iterable[str]) -> frozenset[str]:
    """Moulds of lines that several papers repeat: they tell nothing of what each is about."""
    counts = Counter(m for text in texts for m in {mould(x) for x in raw_lines(text)})
    return frozenset(m for m, n in counts.items() if n >= REPEATED)


def subject(lines: Sequence[str]) -> tuple[str, ...]:
    """Roots of the lines that say what a document is about: the first two, and labelled ones."""
    chosen = [*lines[:2], *(x for x in lines[2:] if _SUBJECT.match(fold(x)))]
    return tuple(root for line in chosen for root in language.roots(line))


def folders_of(path: str) -> tuple[str, ...]:
    """The folders a path goes through, from the root."""
    return _folders(path.replace("\\", "/").rpartition("/")[0])


@lru_cache(maxsize=20_000)
def _folders(above: str) -> tuple[str, ...]:
    return tuple(part for part in above.split("/") if part)


def file_view(file: EvidenceFile, text: str, common: frozenset[str] = frozenset()) -> FileView:
    """Take one file apart; lines that other papers repeat are passed over."""
    name = name_of(file.name)
    own = [x for x in raw_lines(text) if mould(x) not in common]
    lines = tuple(found for x in own if (found := tuple(language.roots(x))))
    folders = folders_of(file.path)
    return FileView(
        file, folders, name, _roots_of(name.plain), lines, subject(own), text,
        of_path(folders, name.base),
    )  # fmt: skip


def activity_view(activity: Activity, narrated: Mapping[str, float] | None = None) -> ActivityView:
    """Take one activity apart; `narrated` is what the report tells of it."""
    fields = (activity.name, activity.indicator, activity.axis, activity.department)
    title, indicator, axis, department = (tuple(language.roots(x)) for x in fields)
    return ActivityView(activity, title, indicator, axis, department, narrated or {})


def reread(files: Sequence[EvidenceFile], texts: Mapping[str, str]) -> list[str]:
    """The text of each file, "" where it has none."""
    return ["" if f.shortcut_target else language.reread(texts.get(f.id, "")) for f in files]


def repeated(files: Sequence[EvidenceFile], read: Sequence[str]) -> frozenset[str]:
    """The lines that several of all files repeat, copies counted once."""
    return boilerplate({f.md5 or f.id: x for f, x in zip(files, read, strict=True)}.values())


def views(files: Sequence[EvidenceFile], texts: Mapping[str, str]) -> list[FileView]:
    """Take all files apart, in the order given."""
    read = reread(files, texts)
    common = repeated(files, read)
    return [file_view(f, text, common) for f, text in zip(files, read, strict=True)]


def lightened(view: FileView) -> FileView:
    """A view whose file is only of what kinds are read off, once all else has been read."""
    light = _of_kind(view.file.mime, view.file.native)
    return FileView(
        light, view.folders, view.name, view.roots, view.lines, view.head, view.text,
        view.numbers,
    )  # fmt: skip


@lru_cache(maxsize=1000)
def _of_kind(mime: str, native: bool) -> EvidenceFile:
    return EvidenceFile("", "", "", mime=mime, native=native)


def folded(view: FileView) -> str:
    """The whole path, folded, for looking up signs."""
    return fold("/".join((*view.folders, view.name.base)))
