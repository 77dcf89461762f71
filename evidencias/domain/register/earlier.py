"""Earlier links, read back from `Evidencias`: what the guard and moved decisions rely on."""

from __future__ import annotations

from collections.abc import Iterator

from evidencias.domain.ids import link_id
from evidencias.domain.model import EarlierLink, LinkState
from evidencias.domain.register.columns import CODE, FILE, FINGERPRINT, ID, PATH, STATE
from evidencias.domain.register.pointers import spellings
from evidencias.domain.register.rows import text_of
from evidencias.domain.register.shapes import RegisterContents, Row
from evidencias.domain.register.words import label

_STATES = {label(state): state for state in LinkState}


def earlier_links(contents: RegisterContents) -> tuple[EarlierLink, ...]:
    """The links of the last synchronisation, as `Evidencias` shows them."""
    return tuple(link for row in contents.evidence if (link := _link(row)) is not None)


def _link(row: Row) -> EarlierLink | None:
    state = _STATES.get(_text(row, STATE))
    name = _text(row, ID).upper()
    if state is None or not name:
        return None
    code, path = _text(row, CODE), str(row.cells.get(PATH) or "")  # its blanks are its own
    url = row.links.get(FILE, "")
    file = next((f for f in _candidates(path, url) if link_id(code, f) == name), path)
    return EarlierLink(
        name, code, file, path, _text(row, FILE), url, state, _text(row, FINGERPRINT)
    )


def _candidates(path: str, url: str) -> Iterator[str]:
    """What the row's `archivo` may be: the path itself, or the Drive id in its hyperlink."""
    yield path
    yield from spellings(url)


def _text(row: Row, name: str) -> str:
    return text_of(row.cells.get(name))
