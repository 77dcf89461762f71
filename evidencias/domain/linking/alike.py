"""Files that a look cannot tell apart: one of them is looked at for all.

Photographs of one folder and day differ in the digits of their names only. Whatever a look reads of
a file must be compared here (a test holds that links are those of a look at each file).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from evidencias.domain.linking.coded import cited
from evidencias.domain.linking.numbered import Numbered, numbered
from evidencias.domain.linking.prepare import FileView
from evidencias.domain.linking.twins import numbers
from evidencias.domain.linking.vocabulary import Plan

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from evidencias.domain.linking.archive import Archive

    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]


def worded_alike(views: Sequence[FileView], apart: Bools, plan: Plan) -> Numbered[Hashable]:
    """Files that say the same in name and folders, unless they have a text or stand `apart`."""
    titled = _titled(plan)
    return numbered(
        row if alone or view.lines else _said(view, titled)
        for row, (view, alone) in enumerate(zip(views, apart.tolist(), strict=True))
    )


def first_alike(archive: Archive, decided: Ints) -> Ints:
    """For each file the first one of its block that all looks see as they see this one.

    A file that has a text or a code in its name, or of which somebody `decided` (pairs), stands for
    itself.
    """
    of = archive.of_files
    apart = cited(archive.coded, len(archive.views))
    apart[decided // archive.width] = True
    told = (apart, of.of, np.nan_to_num(of.days), *archive.company.values())
    columns = zip(*(column.tolist() for column in told), strict=True)
    known = zip(archive.views, archive.events, of.kinds, columns, strict=True)
    titled = _titled(archive.plan)
    first = np.arange(len(apart))
    for files in archive.blocks.ranges:
        same = numbered(
            row
            if alone or view.text
            else (_said(view, titled), view.name.extension, view.file, event, kinds, *rest)
            for row, (view, event, kinds, (alone, *rest)) in zip(files, known, strict=False)
        )
        first[files.start : files.stop] = files.start + np.array(same.first())[same.of]
    return first


def _titled(plan: Plan) -> frozenset[str]:
    """The numbers that the plan's titles hold."""
    return frozenset().union(*(numbers(view.activity.name) for view in plan.views))


def _said(view: FileView, titled: frozenset[str]) -> Hashable:
    """What is read of a path that holds no code: its words, and its numbers beside the titles'.

    Days and signs are read off its digits too; they are compared by themselves.
    """
    return view.folders, view.name.plain, view.numbers & titled, len(view.numbers)
