"""The manifests that a workspace holds: what they are called, which ones belong to what."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evidencias.config import Config
from evidencias.domain import manifest_read
from evidencias.domain.assessment import Assessment
from evidencias.domain.manifest_text import Manifest
from evidencias.domain.model import Period
from evidencias.domain.spanish import system_reason
from evidencias.errors import InputError


@dataclass(frozen=True, slots=True)
class Frozen:
    """A manifest that the workspace holds: its name, its seal, and whether it is this very state.

    `moment` is when it was frozen, in ISO 8601.
    """

    name: str
    seal: str
    moment: str
    current: bool


def default_name(period: Period) -> str:
    """ "congelado-2021-2.json", beside evidencias.toml."""
    return f"{_stem(period.label)}.json"


def _stem(label: str) -> str:
    return f"congelado-{label.replace('/', '_a_')}"


def open_manifest(config: Config, path: Path, label: str = "") -> Manifest:
    """A manifest of this workspace's policy and of the period `label` (else the configured one).

    Raises InputError.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            f"No puedo leer el manifiesto «{path}»: {system_reason(error)}.",
            "Dé la ruta del archivo que escribió «evidencias congelar».",
        ) from error
    read = Manifest(path.name, data)
    told = (read.get("politica"), manifest_read.period_of(read))
    expected = (config.politica.nombre, label or config.period.label)
    if told != expected:
        raise InputError(
            f"«{path.name}» es de la política «{told[0]}», período {told[1]}; se esperaba "
            f"«{expected[0]}», {expected[1]}.",
            "Use el manifiesto de esta política y período, o indique con -c el evidencias.toml que "
            "le corresponde.",
        )
    return read


def frozen(config: Config, judged: Assessment) -> Frozen | None:
    """The manifest this state belongs to, else the last one of its period; None without any.

    One that cannot be read or was altered belongs to nothing: `verificar` says why.
    """
    found = []
    for path in _held(config, judged.period.label):
        try:
            read = open_manifest(config, path)
            moment = manifest_read.moment_of(read)
        except InputError:
            continue
        found.append(Frozen(path.name, read.seal, moment, manifest_read.same_matter(read, judged)))
    return max(found, key=lambda f: (f.current, f.moment), default=None)


def supported_before(config: Config) -> dict[str, frozenset[str]]:
    """Per earlier semester of the vigencia, the codes that its last manifest beside
    evidencias.toml supports; nothing with base "semestre". Raises InputError for an altered or
    foreign manifest: what was delivered is counted as it was sealed or not at all.
    """
    if config.rules.base != "vigencia" or config.period.half != 2:
        return {}
    label = f"{config.period.year}-1"
    read = [open_manifest(config, path, label) for path in _held(config, label)]
    if not read:
        return {}
    last = max(read, key=manifest_read.moment_of)
    return {label: manifest_read.supported_codes(last)}


def _held(config: Config, label: str) -> Iterator[Path]:
    """The manifests of a period: "congelado-2021-1.json", "congelado-2021-1-b.json", …"""
    stem = _stem(label)
    yield from sorted(
        path
        for path in config.folder.glob("congelado-*.json")
        if path.stem == stem or path.stem.startswith(f"{stem}-")
    )
