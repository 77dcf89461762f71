"""Where in a figure's own words its number stands."""

from __future__ import annotations

from evidencias.domain.figures.spans import Span
from evidencias.domain.model import Figure
from evidencias.domain.numbers import Number, find_numbers


def said(figure: Figure, ordinal: int = 1) -> Span | None:
    """The number of a figure inside its text; the `ordinal`-th where several say the same.

    None when the claimed value was reckoned from what the text says and stands nowhere as such.
    """
    numbers = find_numbers(figure.text)
    same = [n for n in numbers if n.value == figure.claimed and n.percent == figure.percent]
    same = same or [n for n in numbers if _reckoned(n, figure)]
    if not same:
        return None
    number = same[min(ordinal, len(same)) - 1]
    return Span(figure.text[number.start : number.end], number.start, number.end)


def _reckoned(number: Number, figure: Figure) -> bool:
    """Whether a percentage was made of this number: "0,83", or 53 of "53 de las 64"."""
    if not figure.percent or number.percent:
        return False
    of_one = round(100 * number.value, 2)
    of_whole = round(100 * number.value / number.whole, 2) if number.whole else None
    return figure.claimed in {of_one, of_whole}
