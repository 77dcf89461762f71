"""Documents as text: every format, every way a file can be broken, none that breaks the reader."""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
import zipfile
import zlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidencias.adapters.documents import Isolated, Limits, content_key, extract
from evidencias.domain.model import Document, EvidenceFile

SMALL = Limits(size=2_000_000, unpacked=3_000_000, tree=1_000_000, pages=3, characters=400)


def word() -> bytes:
    import docx

    document = docx.Document()
    document.add_paragraph("Acta de reunión")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Nombre", "Firma"
    document.sections[0].header.paragraphs[0].text = "Alcaldía"
    document.sections[0].footer.paragraphs[0].text = "Página 1"
    return saved(document.save)


def sheet() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "Asistencia"
    book.create_sheet("Hoja2")
    book.active.append(["Nombre", "Cédula", 3.0])
    book.active.append([None, "007"])
    return saved(book.save)


def slides() -> bytes:
    import pptx

    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Rendición"
    slide.placeholders[1].text = "Logros"
    slide.notes_slide.notes_text_frame.text = "Nota del orador"
    return saved(deck.save)


def pdf(pages: int = 1, password: str | None = None) -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    lock = StandardEncryption(password, ownerPassword="x") if password else None
    canvas = Canvas(out, encrypt=lock, invariant=1)
    for number in range(1, pages + 1):
        canvas.drawString(50, 700, f"Informe de gestión, página {number}")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def photo(taken: str | None = "2021:09:14 10:33:22") -> bytes:
    from PIL import Image

    exif = Image.Exif()
    if taken:
        exif.get_ifd(0x8769)[0x9003] = taken
    out = io.BytesIO()
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif.tobytes())
    return out.getvalue()


def open_document() -> bytes:
    office = "urn:oasis:names:tc:opendocument:xmlns"
    content = (
        f'<c xmlns:text="{office}:text:1.0" xmlns:table="{office}:table:1.0"><text:p>Acta</text:p>'
        "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
        "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></c>"
    )
    return package({"content.xml": content.encode()})


def package(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return out.getvalue()


def saved(save: Callable[[io.BytesIO], object]) -> bytes:
    out = io.BytesIO()
    save(out)
    return out.getvalue()


def with_body(addition: bytes) -> bytes:
    """A Word document with this XML at the start of its body."""
    with zipfile.ZipFile(io.BytesIO(word())) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    main = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + addition)
    return package(parts | {"word/document.xml": main})


MAIL = (
    b"Subject: =?utf-8?q?Informaci=C3=B3n?=\nFrom: a@b.co\nMIME-Version: 1.0\n"
    b'Content-Type: multipart/mixed; boundary="z"\n\n--z\n'
    b"Content-Type: text/plain; charset=utf-8\n\n"
    b"Adjunto el acta\n--z\nContent-Type: application/pdf\n"
    b'Content-Disposition: attachment; filename="acta.pdf"\n\nx\n--z--\n'
)
HTML = b"<html><head><title>t</title><script>no</script></head><body><p>Hola <b>t\xc3\xba</b></p>\
<table><tr><td><p>a</p></td><td>b<br>c</td></tr></table></body></html>"
RTF = (
    rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\pict\jpegblip 0a0b0c}Reuni\'f3n\par a\u241?o}"
)

TEXTS = [
    ("acta.docx", word, "Acta de reunión\nNombre | Firma\nAlcaldía\nPágina 1"),
    ("acta.DOCM", word, "Acta de reunión\nNombre | Firma\nAlcaldía\nPágina 1"),
    ("lista.xlsx", sheet, "Asistencia\nNombre | Cédula | 3\n| 007"),
    ("rendición.pptx", slides, "Rendición\nLogros\nNota del orador"),
    ("informe.pdf", pdf, "Informe de gestión, página 1"),
    ("acta.odt", open_document, "Acta\na | b"),
    ("nota.txt", lambda: "año\nmil".encode("cp1252"), "año\nmil"),
    ("nota.md", "\ufeffaño".encode, "año"),
    ("_chat.txt", "[14/9/21] Ana: \u200efoto".encode, "[14/9/21] Ana: foto"),
    ("nota.log", lambda: "año".encode("utf-16"), "año"),
    ("nota.txt", lambda: "año de la paz".encode("utf-16-le"), "año de la paz"),
    ("datos.csv", lambda: b"a;b\n1;2", "a;b\n1;2"),
    ("pagina.html", lambda: HTML, "Hola tú\na | b c"),
    ("export.xls", lambda: HTML, "Hola tú\na | b c"),
    ("export.xls", sheet, "Asistencia\nNombre | Cédula | 3\n| 007"),
    ("export.xls", lambda: b"a\tb\n1\t2", "a b\n1 2"),
    ("acta.doc", lambda: RTF, "Reunión\naño"),
    ("acta.rtf", lambda: RTF, "Reunión\naño"),
    ("acta.doc", word, "Acta de reunión\nNombre | Firma\nAlcaldía\nPágina 1"),
    ("correo.eml", lambda: MAIL,
     "Subject: Información\nFrom: a@b.co\nAdjunto el acta\nAdjunto: acta.pdf"),
    ("nfd.txt", "reunio\u0301n".encode, "reunión"),
    ("control.txt", lambda: b"a\x00b\x07c", "a b c"),
    ("video.mp4", lambda: b"\0\0\0\x18ftypmp42", ""),
    ("fotos.zip", lambda: package({"a.txt": b"a"}), ""),
    ("sin extension", lambda: b"hola", ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "make", "text"), TEXTS, ids=[f"{i}-{t[0]}" for i, t in enumerate(TEXTS)]
)
def test_the_text_of_a_document(name: str, make: Callable[[], bytes], text: str) -> None:
    assert extract(name, "", make()) == Document(text=text)


def test_the_mime_serves_where_the_name_has_no_ending() -> None:
    assert extract("Acta 3", "application/pdf", pdf()).text == "Informe de gestión, página 1"


def test_word_keeps_what_is_wrapped_in_controls_boxes_and_insertions() -> None:
    space = b'xmlns:v="urn:schemas-microsoft-com:vml"'
    paragraph = b"<w:p><w:r><w:t>%s</w:t></w:r></w:p>"
    addition = (
        b"<w:sdt><w:sdtContent>" + paragraph % b"control" + b"</w:sdtContent></w:sdt>"
        b"<w:p><w:ins><w:r><w:t>inser</w:t></w:r></w:ins><w:hyperlink><w:r><w:t>tado</w:t></w:r>"
        b"</w:hyperlink><w:del><w:r><w:delText>borrado</w:delText></w:r></w:del></w:p>"
        b"<w:p><w:r><w:pict><v:shape " + space + b"><v:textbox><w:txbxContent>"
        + paragraph % b"caja" + b"</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )  # fmt: skip
    assert extract("a.docx", "", with_body(addition)).text.startswith(
        "control\ninsertado\ncaja\nActa"
    )


def test_a_photo_tells_when_it_was_taken() -> None:
    assert extract("IMG.jpg", "", photo()) == Document(
        photo_taken=datetime(2021, 9, 14, 10, 33, 22)
    )
    assert extract("IMG.jpeg", "", photo("0000:00:00 00:00:00")) == Document()
    assert extract("IMG.JPG", "", photo(None)) == Document()
    assert extract("IMG.heic", "", b"\0\0\0\x18ftypheic\0\0") == Document()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
LOCKED = OLE + "EncryptedPackage".encode("utf-16-le")
# name, bytes, damaged, problem
BROKEN = [
    ("a.pdf", lambda: b"", True, "está vacío"),
    ("a.jpg", lambda: b"", True, "está vacío"),
    ("a.pdf", lambda: b"<html>no</html>", True, "no es un PDF"),
    ("a.pdf", lambda: b"%PDF-1.4\nnada", True, "está incompleto o dañado"),
    ("a.docx", lambda: b"hola", True, "no es un .docx"),
    ("a.docx", lambda: word()[:3000], True, "está incompleto o dañado"),
    ("a.xlsx", lambda: sheet()[:-300], True, "está incompleto o dañado"),
    ("a.docx", lambda: package({"otro": b"x"}), True, "no contiene un documento"),
    ("a.jpg", lambda: b"hola mundo", True, "no es una imagen"),
    ("a.png", pdf, True, "no es una imagen"),
    ("a.doc", lambda: b"\x01\x02\0\0", True, "no es un documento"),
    ("a.doc", lambda: package({"x": b"y"}), True, "es un archivo comprimido"),
    ("a.docx", lambda: LOCKED, False, "está protegido con contraseña"),
    ("a.pdf", lambda: pdf(password="clave"), False, "está protegido con contraseña"),
    ("a.doc", lambda: OLE, False, "Office antiguo"),
    ("a.docx", lambda: OLE, False, "Office antiguo"),
    ("a.docx", lambda: package({"word/document.xml": b"<roto"}), False, "no se pudo leer"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "make", "damaged", "problem"), BROKEN, ids=range(len(BROKEN)))
def test_a_broken_document(
    name: str, make: Callable[[], bytes], damaged: bool, problem: str
) -> None:
    found = extract(name, "", make())
    assert problem in found.problem
    assert found.damaged is damaged
    assert found.text == ""


def test_limits_keep_what_was_read() -> None:
    many = extract("a.pdf", "", pdf(5), SMALL)
    assert many.text.count("Informe") == 3
    assert many.problem == "solo se leyeron las primeras 3 páginas"
    long = extract("a.txt", "", b"palabra " * 1000, SMALL)
    assert len(long.text) <= 400
    assert long.problem == "solo se leyeron los primeros 400 caracteres"
    assert "supera 2 MB" in extract("a.pdf", "", b"%PDF-" + bytes(2_000_001), SMALL).problem


def test_a_bomb_is_not_unpacked() -> None:
    big = package({"word/document.xml": b"<a>" + b" " * 1_500_000 + b"</a>"})
    assert "demasiado grande" in extract("a.docx", "", big, SMALL).problem
    big = package({"word/document.xml": b"<a/>", "word/media/a.bmp": bytes(4_000_000)})
    assert "demasiado grande" in extract("a.docx", "", big, SMALL).problem


def test_a_missing_file_is_a_value(tmp_path: Path) -> None:
    assert "no se pudo abrir" in extract("a.pdf", "", tmp_path / "a.pdf").problem


NAMES = ["a.pdf", "a.docx", "a.xlsx", "a.pptx", "a.doc", "a.xls", "a.rtf", "a.txt", "a.html",
         "a.eml", "a.jpg", "a.png", "a.odt", "a.ppt"]  # fmt: skip
SEEDS = {
    "a.pdf": pdf(2), "a.docx": word(), "a.xlsx": sheet(), "a.pptx": slides(), "a.jpg": photo(),
    "a.rtf": RTF, "a.eml": MAIL, "a.html": HTML, "a.odt": open_document(),
}  # fmt: skip


@given(st.sampled_from(NAMES), st.binary(max_size=300))
def test_random_bytes_give_a_document(name: str, data: bytes) -> None:
    for head in (b"", b"%PDF-1.7\n", b"PK\x03\x04", b"{\\rtf1", b"<html>", b"\xff\xd8\xff\xe1"):
        assert isinstance(extract(name, "", head + data, SMALL), Document)


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.sampled_from(sorted(SEEDS)), st.data())
def test_truncated_and_altered_documents_give_a_document(name: str, data: st.DataObject) -> None:
    seed = SEEDS[name]
    end = data.draw(st.integers(0, len(seed)))
    altered = bytearray(seed[:end])
    for at in data.draw(st.lists(st.integers(0, max(0, end - 1)), max_size=8)):
        if altered:
            altered[at] ^= data.draw(st.integers(1, 255))
    assert isinstance(extract(name, "", bytes(altered), SMALL), Document)


def test_a_helper_process_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "acta ñ 😀.docx"
    path.write_bytes(word())
    (tmp_path / "foto.jpg").write_bytes(photo())
    with Isolated() as reader:
        assert reader.read(path.name, "", path) == extract(path.name, "", path)
        assert reader.read("foto.jpg", "", tmp_path / "foto.jpg").photo_taken is not None


def test_a_helper_that_takes_too_long_is_replaced(tmp_path: Path) -> None:
    slow = tmp_path / "lento.txt"
    slow.write_text("hola")
    with Isolated(patience=0.0) as reader:
        assert "tardó demasiado" in reader.read(slow.name, "", slow).problem
        reader.patience = 30.0
        assert reader.read(slow.name, "", slow).text == "hola"


def test_a_helper_that_dies_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "nota.txt"
    path.write_text("hola")
    with Isolated() as reader:
        assert reader.read(path.name, "", path).text == "hola"
        first = reader.pid
        assert first is not None
        os.kill(first, signal.SIGTERM)
        assert reader.read(path.name, "", path).text == "hola"
        assert reader.pid != first
    assert reader.pid is None


@pytest.mark.skipif(sys.platform == "win32", reason="Windows no detiene procesos")
def test_a_helper_that_dies_before_it_took_a_request_leaves_no_pipe_open(tmp_path: Path) -> None:
    path = tmp_path / "nota.txt"
    path.write_text("hola")
    with Isolated() as reader:
        assert reader.read(path.name, "", path).text == "hola"
        first = reader.pid
        assert first is not None
        os.kill(first, signal.SIGSTOP)
        answered: list[Document] = []
        asking = threading.Thread(  # more than a pipe holds: it waits half written
            target=lambda: answered.append(reader.read("x" * 1_000_000, "", path))
        )
        asking.start()
        asking.join(timeout=0.3)
        os.kill(first, signal.SIGKILL)
        asking.join()
        assert answered[0].problem == ""
        assert reader.read(path.name, "", path).text == "hola"


def test_a_closed_reader_starts_no_other_helper(tmp_path: Path) -> None:
    path = tmp_path / "nota.txt"
    path.write_text("hola")
    reader = Isolated()
    assert reader.read(path.name, "", path).text == "hola"
    reader.close()
    late = reader.read(path.name, "", path)
    assert (late.problem, late.lasting, reader.pid) == ("se interrumpió la lectura", False, None)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows no limita así la memoria")
def test_a_document_that_wants_too_much_memory_ends_only_the_helper(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(page_bomb(megabytes=600))
    (tmp_path / "b.txt").write_text("hola")
    with Isolated(Limits(memory=500_000_000)) as reader:
        assert "hace fallar al lector" in reader.read("a.pdf", "", path).problem
        assert reader.read("b.txt", "", tmp_path / "b.txt").text == "hola"


def page_bomb(megabytes: int) -> bytes:
    """A PDF page whose drawing instructions are that many megabytes of blanks, deflated."""
    press = zlib.compressobj(1)
    packed = b"".join(press.compress(b" " * 1_000_000) for _ in range(megabytes)) + press.flush()
    head = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
    )
    length = str(len(packed)).encode()
    page = b"4 0 obj<</Filter/FlateDecode/Length " + length + b">>stream\n" + packed
    return head + page + b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF"


def test_the_key_of_a_text() -> None:
    file = EvidenceFile(id="a", path="a", name="a.PDF", md5="0" * 32)
    assert content_key(file) == f"{'0' * 32}:pdf:1"
    native = EvidenceFile(id="1x", path="a", name="a", mime="x", version="7", native=True)
    assert content_key(native) == "1x@7::1"
    assert content_key(EvidenceFile(id="a", path="a", name="a.pdf")) == ""
