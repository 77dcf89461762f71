"""Which library reads documents best: text found against the corpora's own, seconds, memory.

    python -m bench.documents FOLDER [--convert N]

FOLDER holds corpora (`arbol.csv`, `materializar.py`) such as ../shared/corpus. Every file is made
in a temporary folder and read by each candidate in a process of its own. `--convert N` adds N of
the Word files turned into PDF by LibreOffice, which are harder than the corpora's own PDFs.
Candidates that are not installed are left out (`pip install pypdf pdfminer.six markitdown[all]`).
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any

from evidencias.domain.text import nfc

csv.field_size_limit(10**7)
FORMATS = ("pdf", "docx", "xlsx", "pptx", "txt", "csv", "doc", "xls")


@dataclass(frozen=True)
class Sample:
    """A file and the text it was made from; `format` is its ending, or "pdf (LibreOffice)"."""

    path: str
    format: str
    text: str


def ours(path: Path) -> str:
    from evidencias.adapters.documents import extract

    return extract(path.name, "", path).text


def by_pypdfium2(path: Path) -> str:
    from evidencias.adapters.documents.limits import Limits
    from evidencias.adapters.documents.pdf import pdf_lines

    return "\n".join(pdf_lines(path.read_bytes(), Limits()))


def by_pypdf(path: Path) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(path).pages)


def by_pdfminer(path: Path) -> str:
    from pdfminer.high_level import extract_text

    return extract_text(path)


def by_markitdown(path: Path) -> str:
    global _converter  # noqa: PLW0603 - one converter for the whole process, as its users keep one
    _converter = _converter or importlib.import_module("markitdown").MarkItDown()
    return str(_converter.convert(path).text_content)


_converter: Any = None


def by_python_docx(path: Path) -> str:
    import docx

    return "\n".join(p.text for p in docx.Document(str(path)).paragraphs)


_PDF = ("pdf", "pdf (LibreOffice)")
CANDIDATES: dict[str, tuple[str, tuple[str, ...], Callable[[Path], str]]] = {
    "evidencias": ("evidencias", (*_PDF, *FORMATS[1:]), ours),
    "pypdfium2": ("pypdfium2", _PDF, by_pypdfium2),
    "pypdf": ("pypdf", _PDF, by_pypdf),
    "pdfminer.six": ("pdfminer", _PDF, by_pdfminer),
    "python-docx, paragraphs": ("docx", ("docx",), by_python_docx),
    "markitdown": ("markitdown", (*_PDF, "docx", "xlsx", "pptx", "txt", "csv"), by_markitdown),
}


def similarity(text: str, found: str) -> float:
    """Share of equal characters in order, blanks and table marks left out; 1 is the same."""
    from rapidfuzz import fuzz

    return fuzz.ratio(plain(text), plain(found)) / 100


def plain(text: str) -> str:
    return "".join(nfc(text).replace("|", " ").split())


def samples(corpus: Path, trees: Path) -> Iterable[Sample]:
    """The corpus's readable files with their own text."""
    with (corpus / "arbol.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    tree = trees / corpus.name
    subprocess.run(
        [sys.executable, corpus.parent / "materializar.py", corpus, tree],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    for row in rows:
        path = tree / row["ruta"]
        ending = path.suffix.lower().removeprefix(".")
        if ending in FORMATS and row["texto"] and row["tamano"] != "0" and path.is_file():
            yield Sample(str(path), ending, row["texto"])


def converted(files: list[Sample], count: int, into: Path) -> list[Sample]:
    """Some of the Word files as LibreOffice prints them."""
    chosen = [s for s in files if s.format == "docx"][:: max(1, len(files) // (3 * count))][:count]
    copies = []
    for number, sample in enumerate(chosen):
        copy = into / f"{number}.docx"
        copy.write_bytes(Path(sample.path).read_bytes())
        copies.append(copy)
    profile = f"-env:UserInstallation={(into / 'perfil').as_uri()}"
    subprocess.run(
        [
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(into),
            *map(str, copies),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=600,
    )
    return [
        Sample(str(copy.with_suffix(".pdf")), _PDF[1], sample.text)
        for copy, sample in zip(copies, chosen, strict=True)
        if copy.with_suffix(".pdf").exists()
    ]


def measure(name: str, files: list[Sample]) -> dict[str, object]:
    """In this process: every file read by one candidate; likeness, seconds and failures."""
    _, formats, read = CANDIDATES[name]
    likeness: dict[str, list[float]] = defaultdict(list)
    seconds: dict[str, float] = defaultdict(float)
    failed = 0
    for sample in files:
        if sample.format in formats:
            start = time.perf_counter()
            try:
                found = read(Path(sample.path))
            except Exception:  # a candidate may raise anything; that is what is counted
                found, failed = "", failed + 1
            seconds[sample.format] += time.perf_counter() - start
            likeness[sample.format].append(similarity(sample.text, found))
    return {
        "failed": failed,
        "memory": peak_megabytes(),
        "formats": {
            f: [len(v), round(mean(v), 4), round(min(v), 3), round(1000 * seconds[f] / len(v), 2)]
            for f, v in likeness.items()
        },
    }


def peak_megabytes() -> int:
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def show(name: str, result: dict[str, object]) -> None:
    formats = result["formats"]
    assert isinstance(formats, dict)
    for kind, (count, average, worst, milliseconds) in sorted(formats.items()):
        print(f"{name:<24}{kind:<18}{count:>6}{average:>10.4f}{worst:>8.3f}{milliseconds:>9.2f}")
    print(f"{'':<24}failed {result['failed']}, peak memory {result['memory']} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--convert", type=int, default=0, metavar="N")
    parser.add_argument("--candidate", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.candidate:
        files = [Sample(*row) for row in json.loads(options.folder.read_text(encoding="utf-8"))]
        print(json.dumps(measure(options.candidate, files)))
        return
    with tempfile.TemporaryDirectory() as temporary:
        compare(options.folder, options.convert, Path(temporary))


def compare(folder: Path, convert: int, work: Path) -> None:
    files = [s for tree in sorted(folder.glob("*/arbol.csv")) for s in samples(tree.parent, work)]
    if convert:
        (work / "pdf").mkdir()
        files += converted(files, convert, work / "pdf")
    listed = work / "files.json"
    listed.write_text(json.dumps([(s.path, s.format, s.text) for s in files]), encoding="utf-8")
    print(f"{'candidate':<24}{'format':<18}{'files':>6}{'likeness':>10}{'worst':>8}{'ms/file':>9}")
    for name, (module, _, _) in CANDIDATES.items():
        if importlib.util.find_spec(module) is None:
            print(f"{name:<24}not installed")
            continue
        command = [sys.executable, "-m", "bench.documents", str(listed), "--candidate", name]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=1800)
        show(name, json.loads(done.stdout.splitlines()[-1]))


if __name__ == "__main__":
    main()
