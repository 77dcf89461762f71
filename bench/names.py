"""Large archives with names like real ones: `python -m bench.names [FILES] [ACTIVITIES]`."""

from __future__ import annotations

import random
import resource
import sys
import time
from datetime import UTC, datetime, timedelta

from evidencias.domain.linking import language
from evidencias.domain.model import Activity, EvidenceFile, EvidenceKind, LinkState
from evidencias.domain.period import semester
from evidencias.processes import link_all

KINDS = (
    "acta", "lista", "informe", "fotos", "planilla",
    "contrato", "certificado", "ficha", "afiche", "relatoria",
)  # fmt: skip
PLACES = [
    f"vereda {a} {b}"
    for a in ("El", "La", "San", "Alto")
    for b in ("Roble", "Palma", "Pedro", "Cedro", "Lajas")
]


def _vocabulary() -> list[str]:
    return sorted(r for r in language.topics() if len(r) > 4)


def plan(count: int, seed: int = 7) -> list[Activity]:
    """A plan of `count` activities in ejes of forty, with codes "EJ3-07"."""
    rng, words = random.Random(seed), _vocabulary()
    out = []
    for i in range(count):
        axis, number = i // 40 + 1, i % 40 + 1
        name = "Realizar " + " ".join(rng.sample(words, 5))
        kinds = frozenset(rng.sample(list(EvidenceKind)[:8], 2))
        out.append(
            Activity(
                f"EJ{axis}-{number:02d}", f"Eje {axis} {words[axis]}", name, required=kinds, row=i
            )
        )
    return out


def _name(rng: random.Random, activity: Activity, words: list[str], moment: datetime) -> str:
    draw = rng.random()
    told = activity.name.split()[1:]
    if draw < 0.35:
        return f"IMG_{moment:%Y%m%d_%H%M%S}.jpg"
    if draw < 0.5:
        return f"{activity.code} {rng.choice(KINDS)} {rng.randint(1, 9)}.pdf"
    if draw < 0.85:
        said = " ".join(rng.sample(told, 2))
        return f"{rng.choice(KINDS)} {said} {moment.day} {rng.choice(PLACES)}.docx"
    return f"{rng.choice(KINDS)} {' '.join(rng.sample(words, 2))} ({rng.randint(1, 3)}).xlsx"


def files(activities: list[Activity], count: int, seed: int = 11) -> list[EvidenceFile]:
    """`count` files in folders of about forty by eje and activity, some of them strays."""
    rng, words = random.Random(seed), _vocabulary()
    start = datetime(2022, 1, 3, 13, tzinfo=UTC)
    out: list[EvidenceFile] = []
    while len(out) < count:
        activity = rng.choice(activities)
        about = " ".join(activity.name.split()[1:3])
        folder = f"{activity.axis}/{about}/{rng.choice(PLACES)} {rng.randint(1, 60)}"
        day = start + timedelta(days=rng.randint(0, 170))
        for _ in range(min(40, count - len(out))):
            moment = day + timedelta(minutes=rng.randint(0, 600))
            name = _name(rng, activity, words, moment)
            path = f"{folder}/{len(out)} {name}" if rng.random() < 0.02 else f"{folder}/{name}"
            out.append(EvidenceFile(f"f{len(out)}", path, name, size=1000, modified=moment))
    return out


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 500_000
    wide = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    activities = plan(wide)
    archive = files(activities, size)
    start = time.perf_counter()
    found = link_all(
        activities, archive, {}, policy="Política de prueba", period=semester("2022-1")
    )
    seconds = time.perf_counter() - start
    sure = sum(x.state is LinkState.AUTOMATIC for x in found.links)
    used = {
        who: resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    }
    worked = sum(x.ru_utime + x.ru_stime for x in used.values())
    mine, child = (x.ru_maxrss / 2**20 for x in used.values())
    print(
        f"{size} archivos x {wide} actividades: {seconds:.1f} s ({worked:.0f} de "
        f"procesador), {mine:.2f} GB y {child:.2f} el mayor ayudante, {sure} automáticos"
    )


if __name__ == "__main__":
    main()
