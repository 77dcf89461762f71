"""The audit on a terminal: lines that hang under their number and never part a figure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from evidencias.domain.assessment import Assessment
from evidencias.domain.audit import verdict
from evidencias.domain.model import AuditVerdict
from evidencias.domain.register.words import visible
from evidencias.outputs.audit_text import Line, brief, whole

if TYPE_CHECKING:
    from rich.console import Console

_COLORS = {
    AuditVerdict.CLEAN: "green",
    AuditVerdict.OBSERVATIONS: "yellow",
    AuditVerdict.INCONSISTENT: "red",
}
_GLUE = "\ue000"  # stands for a blank at which no line may break: "83 %"
_UNIT = re.compile(r"(?<=\d) (?=%)|(?<=párrafo) (?=\d)|(?<=página) (?=\d)")


def draw(console: Console, a: Assessment, *, everything: bool = False) -> None:
    """Prints the audit; `everything` also shows what stands and every finding."""
    color = _COLORS[verdict(a.findings)]
    count = 0
    for line in whole(a) if everything else brief(a):
        count = count + 1 if line.style == "item" else 0 if line.style == "heading" else count
        if line.style == "item":
            _item(console, line, count)
        elif line.style == "heading":
            told = line.text.startswith("Veredicto")
            _wrapped(console, f"\n{line.text}", f"bold {color}" if told else "bold")
        else:
            _wrapped(console, line.text)


def _item(console: Console, line: Line, count: int) -> None:
    lead = f"{count}. ".rjust(4)
    _wrapped(console, line.text, lead=lead)
    if line.detail:
        _wrapped(console, line.detail, "dim", lead=" " * len(lead))


def _wrapped(console: Console, text: str, style: str = "", lead: str = "") -> None:
    """Text in lines that fit beside `lead`, which only the first line shows."""
    from rich.text import Text

    glued = Text(_UNIT.sub(_GLUE, visible(text)))
    for number, line in enumerate(glued.wrap(console, console.width - len(lead))):
        shown = line.plain.rstrip().replace(_GLUE, " ")
        before = lead if number == 0 else " " * len(lead)
        console.print(Text(f"{before}{shown}".rstrip(), style=style), soft_wrap=True)
