"""Write the sample's PDFs: with text, or as a scan that holds only a picture of a page."""

from __future__ import annotations

import io
from datetime import datetime
from xml.sax.saxutils import escape

from PIL import Image, ImageDraw
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.lib.units import cm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from tools.sample_parts.fonts import typeface
from tools.sample_parts.item import Maker
from tools.sample_parts.sheet import people


def pdf(lines: str) -> Maker:
    """Make a PDF with text: "# " a title, "a | b" rows of a table, else paragraphs."""

    def make(_when: datetime) -> bytes:
        out = io.BytesIO()
        margins = dict.fromkeys(("leftMargin", "rightMargin", "topMargin"), 2.2 * cm)
        template = SimpleDocTemplate(
            out, pagesize=letter, invariant=1, author="Alcaldía de San Telmo", **margins
        )
        template.build(_flow([line.strip() for line in lines.strip().splitlines()]))
        return out.getvalue()

    return make


def _flow(lines: list[str]) -> list[Flowable]:
    styles = getSampleStyleSheet()
    flow: list[Flowable] = []
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        if " | " in line:
            rows.append([cell.strip() for cell in line.split(" | ")])
            continue
        if rows:
            flow.append(Table(rows, style=[("GRID", (0, 0), (-1, -1), 0.5, "#999999")]))
            rows = []
        if line:
            style = "Heading2" if line.startswith("# ") else "BodyText"
            flow.append(Paragraph(escape(line.removeprefix("# ")), styles[style]))
            flow.append(Spacer(1, 4))
    return flow


def scan(lines: list[str], seed: str) -> Maker:
    """Make a PDF as a scanner does: the picture of a signed page, slightly turned, no text."""

    def make(_when: datetime) -> bytes:
        out = io.BytesIO()
        canvas = Canvas(out, pagesize=letter, invariant=1)
        canvas.drawImage(ImageReader(_page(lines, seed)), 0, 0, *letter)
        canvas.showPage()
        canvas.save()
        return out.getvalue()

    return make


def _page(lines: list[str], seed: str) -> Image.Image:
    page = Image.new("L", (850, 1100), 250)
    pen = ImageDraw.Draw(page)
    font = typeface(20)
    top = 90
    for line in [*lines, *people(seed, 14)]:
        pen.text((90, top), line, fill=40, font=font)
        if line not in lines:
            pen.line([(480, top + 20), (760, top + 20)], fill=120, width=1)
            pen.arc([500 + top % 60, top - 6, 640, top + 22], 180, 350, fill=60, width=2)
        top += 34
    turned = page.rotate(1.2, resample=Image.Resampling.BILINEAR, fillcolor=250)
    return (
        turned.quantize(16).convert("L").point(lambda value: 255 if value > 150 else 0).convert("1")
    )
