"""Write the sample workspace as one archive: the same run always gives the same entries.

    python tools/make_sample.py            writes evidencias/sample/muestra.zip
    python tools/make_sample.py --digest   prints the digest of the entries instead

Needs reportlab beside the package's own libraries. Texts, places, people and figures are invented.
"""

from __future__ import annotations

import hashlib
import sys
import zipfile
import zlib
from datetime import datetime
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tools.sample_parts import catalogue, plan, report  # noqa: E402 - the path comes first
from tools.sample_parts.item import Item  # noqa: E402

ARCHIVE = ROOT / "evidencias" / "sample" / "muestra.zip"

_PLAN_SAVED = datetime(2024, 7, 19, 17, 30)
_REPORT_SAVED = datetime(2024, 7, 22, 11, 40)


def items() -> list[Item]:
    """Every file of the workspace, by route."""
    found = [
        *catalogue.files(),
        Item("plan.xlsx", _PLAN_SAVED, plan.plan(_PLAN_SAVED)),
        Item("informe.docx", _REPORT_SAVED, report.report(_REPORT_SAVED)),
    ]
    return sorted(found, key=lambda one: one.path)


def write(archive: Path) -> None:
    """Write the archive, each entry with its own modification time."""
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as target:
        for one in items():
            target.writestr(_entry(one.path, one.when), one.content)
        target.comment = versions().encode()


def _entry(path: str, when: datetime) -> zipfile.ZipInfo:
    stamp = (when.year, when.month, when.day, when.hour, when.minute, when.second)
    entry = zipfile.ZipInfo(path, stamp)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    return entry


def versions() -> str:
    """Name what the bytes depend on; the archive carries it as its comment."""
    libraries = ("openpyxl", "pillow", "python-docx", "python-pptx", "reportlab")
    named = [f"{name} {metadata.version(name)}" for name in libraries]
    return ", ".join([*named, f"zlib {zlib.ZLIB_RUNTIME_VERSION}"])


def digest(archive: Path) -> str:
    """Digest the entries (route, time, bytes), whatever the compression did."""
    total = hashlib.sha256()
    with zipfile.ZipFile(archive) as source:
        for entry in source.infolist():
            total.update(repr((entry.filename, entry.date_time)).encode())
            total.update(hashlib.sha256(source.read(entry)).digest())
    return total.hexdigest()


def main() -> None:
    """Write the package's archive, or print its digest."""
    if "--digest" not in sys.argv:
        ARCHIVE.parent.mkdir(parents=True, exist_ok=True)
        write(ARCHIVE)
    print(digest(ARCHIVE))


if __name__ == "__main__":
    main()
