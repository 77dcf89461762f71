"""Trees into Drive: a corpus, a local directory, a list of entries, or a large invented one."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import importlib.util
import mimetypes
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.google.core import Core
from tests.google.drive_state import FOLDER, PERSON, SHEET, SHORTCUT, File
from tests.google.exports import plain_text
from tests.google.grid import Json, new_tab
from tests.google.idents import rfc3339
from tests.google.person import Person
from tests.google.values_api import write_cell

BOGOTA = dt.timezone(dt.timedelta(hours=-5))


def new_root(core: Core, name: str, shared_drive: bool) -> str:
    """A folder that a person shared with the tool, or a whole shared drive."""
    if shared_drive:
        return core.drive.add_drive(name)
    return Person(core).add_folder(name)


def _place(core: Core, file: File) -> File:
    """Add without a change in the log: this is how things were before anybody looked."""
    return core.drive.add(file, log=False)


def seed_corpus(
    core: Core, corpus: Path, shared_drive: bool = False, made: Path | None = None
) -> str:
    """Load `arbol.csv` with its own ids; the bytes are those of the folder `made` of it before,
    or are made when they are read."""
    maker = _maker(corpus)
    csv.field_size_limit(10**7)
    with (corpus / "arbol.csv").open(encoding="utf-8", newline="") as held:
        rows = list(csv.DictReader(held))
    representatives = maker.representantes(rows)
    root = new_root(core, corpus.name, shared_drive)
    folders = {"": root}
    for row in sorted(rows, key=lambda r: r["ruta"].count("/")):
        above, _, name = row["ruta"].rpartition("/")
        file = _from_row(row, name, folders[above], _bytes_of(maker, row, representatives))
        if made and file.size is not None:
            core.drive.set_content(file, (made / row["ruta"]).read_bytes())
        _camera_data(file, representatives.get(row["md5"], row), maker)
        _place(core, file)
        if file.mime == FOLDER:
            folders[row["ruta"]] = file.id
        elif file.mime == SHEET:
            _book(core, file, row["texto"])
    for file in list(core.drive.files.values()):
        if file.target in core.drive.files:
            file.extra["targetMimeType"] = core.drive.files[file.target].mime
    return root


def _maker(corpus: Path) -> ModuleType:
    """materializar.py of the corpora, which knows the bytes of each row."""
    path = corpus.resolve().parent / "materializar.py"
    spec = importlib.util.spec_from_file_location("materializar_del_corpus", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_KINDS = {"carpeta": FOLDER, "acceso_directo": SHORTCUT}


def _from_row(row: dict[str, str], name: str, parent: str, content: Callable[[], bytes]) -> File:
    mime = _KINDS.get(row["tipo"], row["mime"])
    created, modified = rfc3339(row["creado"]), rfc3339(row["modificado"])
    file = File(row["id"], name, mime, parent, created, modified, owner=PERSON)
    if mime == SHORTCUT:
        file.target = row["texto"].strip()
    elif file.is_native:
        if mime != FOLDER:
            file.exports["text/plain"] = plain_text(row["texto"])
    else:
        file.size, file.md5 = int(row["tamano"] or 0), row["md5"] or hashlib.md5(b"").hexdigest()
        file.head = f"0B{row['id'][1:]}"
        file.content = content
    return file


def _camera_data(file: File, first: dict[str, str], maker: ModuleType) -> None:
    """What a camera wrote in the row whose bytes this file has."""
    plain = not file.is_native and file.mime != SHORTCUT
    if plain and maker.es_foto_camara(first["ruta"].rpartition("/")[2]):
        file.extra["imageMediaMetadata"] = _camera(rfc3339(first["creado"]))


def _bytes_of(maker: ModuleType, row: dict[str, str], representatives: Any) -> Callable[[], bytes]:
    return lambda: bytes(maker.contenido(row, representatives))


def _camera(created: str) -> Json:
    """EXIF as Drive shows it: local time as text, without a zone."""
    when = dt.datetime.fromisoformat(created).astimezone(BOGOTA)
    return {
        "width": 160,
        "height": 120,
        "rotation": 0,
        "cameraMake": "CamaraMunicipal",
        "cameraModel": "CM-1",
        "time": when.strftime("%Y:%m:%d %H:%M:%S"),
    }


def _book(core: Core, file: File, text: str) -> None:
    """A Google Sheet with the text of the row: ` | ` separates cells."""
    from tests.google.cell_text import Locale

    tab = new_tab(0, "Hoja 1", 0)
    locale = Locale.of("es_CO")
    for r, line in enumerate(text.split("\n")):
        for c, cell in enumerate(line.split(" | ")):
            write_cell(tab, r, c, cell.strip(), "RAW", locale)
    core.sheets.new(file, [tab], locale="es_CO", time_zone="America/Bogota")


def seed_directory(core: Core, directory: Path, shared_drive: bool = False) -> str:
    """A local directory, with its bytes and times."""
    root = new_root(core, directory.name, shared_drive)
    folders = {directory: root}
    for path in sorted(directory.rglob("*")):
        when = dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC).isoformat()
        mime = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        file_id = core.idents.file()
        mime = FOLDER if path.is_dir() else mime
        stamp = rfc3339(when)
        file = File(file_id, path.name, mime, folders[path.parent], stamp, stamp, owner=PERSON)
        if path.is_dir():
            folders[path] = file_id
        else:
            core.drive.set_content(file, path.read_bytes())
        _place(core, file)
    return root


def seed_tree(
    core: Core, entries: list[Json], name: str = "Evidencias", shared_drive: bool = False
) -> str:
    """Entries `{path, id?, mime?, content?, text?, target?, created?, modified?}`.

    Folders in a path are made as needed; the same path twice makes two files of one name.
    """
    root = new_root(core, name, shared_drive)
    folders = {"": root}
    for entry in entries:
        above, _, own = entry["path"].rpartition("/")
        parent = _folder(core, folders, above)
        file = _from_entry(core, entry, own, parent)
        _place(core, file)
        if file.mime == FOLDER:
            folders[entry["path"]] = file.id
        elif file.mime == SHEET:
            _book(core, file, entry.get("text", ""))
    return root


def _folder(core: Core, folders: dict[str, str], path: str) -> str:
    if path not in folders:
        above, _, own = path.rpartition("/")
        parent = _folder(core, folders, above)
        folders[path] = _place(core, _from_entry(core, {"mime": FOLDER}, own, parent)).id
    return folders[path]


def _from_entry(core: Core, entry: Json, name: str, parent: str) -> File:
    now = core.clock.tick()
    created = rfc3339(entry.get("created", now))
    mime = entry.get("mime") or mimetypes.guess_type(name)[0] or "application/octet-stream"
    if entry.get("target"):
        mime = SHORTCUT
    native = mime.startswith("application/vnd.google-apps.")
    file_id = entry.get("id") or core.idents.file(native and mime not in (FOLDER, SHORTCUT))
    modified = rfc3339(entry.get("modified", created))
    file = File(
        file_id, name, mime, parent, created, modified, owner=PERSON, target=entry.get("target")
    )
    if not native:
        content = entry.get("content", "")
        core.drive.set_content(file, content if isinstance(content, bytes) else content.encode())
    elif "text" in entry:
        file.exports["text/plain"] = plain_text(entry["text"])
    if entry.get("target_mime"):
        file.extra["targetMimeType"] = entry["target_mime"]
    return file


def seed_large(
    core: Core, files: int = 12_000, folders: int = 2_000, shared_drive: bool = True
) -> str:
    """A big tree of tiny files, spread over three years; the same on every run."""
    root = new_root(core, "Archivo municipal", shared_drive)
    start = dt.datetime(2023, 1, 1, tzinfo=dt.UTC)
    step = dt.timedelta(days=3 * 365) / (files + folders)
    made = [root]
    for n in range(folders):
        parent = made[n // 4]
        stamp = rfc3339((start + step * n).isoformat())
        file = File(
            f"1CARPETA{n:06d}", f"Carpeta {n:05d}", FOLDER, parent, stamp, stamp, owner=PERSON
        )
        made.append(_place(core, file).id)
    for n in range(files):
        stamp = rfc3339((start + step * (folders + n)).isoformat())
        parent = made[(n * 31) % len(made)]
        file = File(
            f"1ARCHIVO{n:06d}",
            f"Acta {n:05d}.pdf",
            "application/pdf",
            parent,
            stamp,
            stamp,
            owner=PERSON,
        )
        core.drive.set_content(file, f"acta {n}".encode())
        _place(core, file)
    return root
