"""Write the sample's one presentation."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import datetime

from pptx import Presentation

from tools.sample_parts.item import Maker
from tools.sample_parts.package import stable


def slides(pages: Sequence[Sequence[str]]) -> Maker:
    """Make a presentation: each page its title, then its lines."""

    def make(when: datetime) -> bytes:
        deck = Presentation()
        _keep_layout(deck, 1)
        for title, *lines in pages:
            slide = deck.slides.add_slide(deck.slide_layouts[0])
            slide.shapes.title.text = title
            slide.placeholders[1].text = "\n".join(lines)
        deck.core_properties.author = "Secretaría de Educación"
        deck.core_properties.created = deck.core_properties.modified = when
        out = io.BytesIO()
        deck.save(out)
        return stable(out.getvalue(), when)

    return make


def _keep_layout(deck: Presentation, kept: int) -> None:  # type: ignore[valid-type] # pptx's Presentation is a function
    """Drop every layout but one: they are most of an empty presentation's weight."""
    layouts = deck.slide_layouts
    for layout in [one for index, one in enumerate(layouts) if index != kept]:
        layouts.remove(layout)
