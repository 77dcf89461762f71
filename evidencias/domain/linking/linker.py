"""The whole run: read, look twice, choose, explain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from evidencias.domain.linking import archive as archives
from evidencias.domain.linking import kinds, personal, reasons
from evidencias.domain.linking.archive import Archive
from evidencias.domain.linking.cases import Cases
from evidencias.domain.linking.decide import Choice, choose
from evidencias.domain.linking.prepare import name_of
from evidencias.domain.linking.weights import Scored, Weights, scored, shipped
from evidencias.domain.model import (
    Activity,
    Decision,
    EvidenceFile,
    FileFacts,
    Link,
    Linking,
    LinkState,
    Period,
)

LIKELY = 0.2  # from this score an activity's required kinds help to tell a file's kind


def run(
    activities: Sequence[Activity],
    files: Sequence[EvidenceFile],
    texts: Mapping[str, str],
    *,
    policy: str,
    period: Period,
    decisions: Sequence[Decision],
    weights: Weights | None,
) -> Linking:
    """See `evidencias.domain.linking.link`."""
    weights = weights or shipped()
    ordered = sorted((f for f in files if is_paper(f)), key=lambda f: (f.path, f.id))
    planned = sorted(activities, key=lambda a: (a.row, a.code))
    if not ordered or not planned:
        return Linking((), {f.id: FileFacts() for f in files}, weights.floor)
    archive = archives.read(planned, ordered, texts, policy, period)
    known, found = {f.id: FileFacts() for f in files}, list[Link]()
    for rows, looked in scored(archive, weights, decisions):
        known |= facts(archive, rows, looked, weights)
        found.extend(_links(archive, looked, choose(looked, weights)))
    return Linking((*found, *_followed(files, found)), known, weights.floor)


def is_paper(file: EvidenceFile) -> bool:
    """Whether a file may prove something by itself: shortcuts go with their target."""
    if file.broken or file.shortcut_target:
        return False
    if file.name.startswith(("~$", ".~", "~WRL")):
        return False
    return kinds.extension_class(name_of(file.name).extension) != "basura"


def _followed(files: Sequence[EvidenceFile], found: Sequence[Link]) -> list[Link]:
    """Each shortcut has the links of the file it points at."""
    by_file: dict[str, list[Link]] = {}
    for link in found:
        by_file.setdefault(link.file, []).append(link)
    shortcuts = sorted(
        (f for f in files if f.shortcut_target and not f.broken), key=lambda f: (f.path, f.id)
    )
    return [
        replace(link, file=f.id)
        for f in shortcuts
        for link in by_file.get(f.shortcut_target or "", ())
    ]


def _links(archive: Archive, looked: Scored, choice: Choice) -> Iterator[Link]:
    """The chosen pairs as links with their reasons."""
    columns = looked.pairs.columns
    files, activities = np.divmod(looked.pairs.keys[choice.at], archive.width)
    signals = {name: columns[name][choice.at] for name in columns if name in reasons.SIGNALS}
    cases = Cases(archive, files.tolist(), activities.tolist(), signals)
    codes = [v.activity.code for v in archive.plan.views]
    for file, activity, sure, score, (why, against) in zip(
        cases.files, cases.activities, choice.automatic.tolist(), choice.score.tolist(),
        reasons.explain(cases), strict=True,
    ):  # fmt: skip
        state = LinkState.AUTOMATIC if sure else LinkState.SUGGESTED
        file_id = archive.views[file].file.id
        yield Link(codes[activity], file_id, state, round(score, 4), why, against)


def facts(archive: Archive, rows: range, looked: Scored, weights: Weights) -> dict[str, FileFacts]:
    """Kinds, event day and personal data of every file of a block."""
    needed, judge = _required(archive, looked), kinds.judge(weights.kinds)
    out = {}
    for row in rows:
        view, (day, source) = archive.views[row], archive.events[row]
        found = judge(view, needed.get(row, {}))
        out[view.file.id] = FileFacts(found, day, source, personal.has_personal_data(view, found))
    return out


def _required(archive: Archive, looked: Scored) -> dict[int, dict[str, float]]:
    """The kinds that each file's probable activities require, by their score."""
    likely = looked.score >= LIKELY
    keys, scores = looked.pairs.keys[likely].tolist(), looked.score[likely].tolist()
    out: dict[int, dict[str, float]] = {}
    for key, score in zip(keys, scores, strict=True):
        row, activity = divmod(key, archive.width)
        mine = out.setdefault(row, {})
        for kind in archive.plan.views[activity].activity.required:
            mine[kind.value] = max(score, mine.get(kind.value, 0.0))
    return out
