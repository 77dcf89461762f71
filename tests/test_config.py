"""evidencias.toml: what is accepted, what is refused, and that all problems come at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from evidencias import config
from evidencias.domain.assessment import Rules
from evidencias.errors import ConfigError

LEAST: dict[str, Any] = {
    "politica": {"nombre": "Movilidad"},
    "periodo": {"semestre": "2024-1"},
    "plan": {"origen": "plan.xlsx"},
    "evidencias": {"carpeta": "Evidencias"},
    "registro": {"destino": "registro.xlsx"},
}
HERE = Path("/trabajo/evidencias.toml")


def with_(section: str, **keys: Any) -> dict[str, Any]:
    return {**LEAST, section: {**LEAST.get(section, {}), **keys}}


def test_the_least_file_has_the_contract_s_defaults() -> None:
    read = config.parse(LEAST, HERE)
    assert read.evidencias.carpeta == ["Evidencias"]
    assert read.evidencias.leer_contenido
    assert read.rules == Rules()
    assert (read.period.start, read.period.end) == (date(2024, 1, 1), date(2024, 6, 30))
    assert read.period.cutoff == date(2024, 7, 20)
    assert read.resolve("plan.xlsx") == Path("/trabajo/plan.xlsx")
    assert read.informe is None


ACCEPTED = [
    with_("periodo", semestre="2024-1", corte=date(2024, 7, 5)),
    {**LEAST, "periodo": {"desde": date(2024, 3, 1), "hasta": date(2024, 5, 31)}},
    with_("evidencias", carpeta=["Uno", "Dos"], ignorar="**/Plantillas/**"),
    with_("registro", destino="https://docs.google.com/spreadsheets/d/abc/edit#gid=0"),
    with_("reglas", **{"por_defecto": ["acta"], "taller|capacitación": ["acta", "fotos"]}),
    with_("cumplimiento", formula="promedio_ponderado", semaforo=[50]),
    with_("google", credenciales="credentials.json"),
]


@pytest.mark.parametrize("data", ACCEPTED)
def test_accepted(data: dict[str, Any]) -> None:
    config.parse(data, HERE)


REFUSED = [
    ({k: v for k, v in LEAST.items() if k != "plan"}, "plan: falta"),
    (with_("politica", nombre=" "), "politica.nombre: está vacío"),
    (with_("politica", nombre=7), "politica.nombre: debe ser un texto"),
    (with_("periodo", semestre="2024-3"), "periodo.semestre: «2024-3» no es un semestre"),
    (with_("periodo", semestre=None), "periodo: escriba semestre"),
    (with_("periodo", desde=date(2024, 1, 1)), "no ambos"),
    (with_("periodo", corte="ayer"), "periodo.corte: debe ser una fecha sin comillas"),
    (with_("periodo", corte=date(2023, 1, 1)), "corte es anterior"),
    (with_("plan", origin="x"), "plan.origin: no conozco esta clave; ¿quiso decir «origen»?"),
    (with_("evidencias", carpeta=[]), "evidencias.carpeta: está vacío"),
    (with_("evidencias", leer_contenido="tal vez"), "debe ser true o false"),
    (with_("registro", destino="registro.ods"), "debe ser un libro .xlsx"),
    (with_("reglas", taller=["video"]), "«video» no es un tipo de evidencia"),
    (with_("reglas", **{"taller(": ["acta"]}), "reglas.taller(: no entiendo el patrón"),
    (with_("cumplimiento", formula="otra"), "cumplimiento.formula: debe ser uno de"),
    (with_("cumplimiento", semaforo=[80, 40]), "límites crecientes"),
]


@pytest.mark.parametrize(("data", "told"), REFUSED)
def test_refused_with_its_key(data: dict[str, Any], told: str) -> None:
    with pytest.raises(ConfigError) as caught:
        config.parse(data, HERE)
    assert told in " | ".join(caught.value.problems)


def test_every_problem_comes_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        config.parse({"politica": {}, "plan": {"hoja": 3}}, HERE)
    keys = {p.split(":")[0] for p in caught.value.problems}
    assert {"politica.nombre", "plan.origen", "periodo", "evidencias", "registro"} <= keys


def test_every_wrong_rule_comes_at_once() -> None:
    with pytest.raises(ConfigError) as caught:
        config.parse(with_("reglas", **{"taller(": ["acta"], "feria": ["actas", "video"]}), HERE)
    keys = sorted(p.split(":")[0] for p in caught.value.problems)
    assert keys == ["reglas.feria", "reglas.feria", "reglas.taller("]


BROKEN = [
    (b'[politica]\nnombre = "sin cerrar\n', "línea 2"),
    (b"\xff\xfe\x00", "UTF-8"),
]


@pytest.mark.parametrize(("content", "told"), BROKEN)
def test_a_broken_file_says_where(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "evidencias.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError) as caught:
        config.load(path)
    assert told in caught.value.message


def test_a_notepad_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    path = tmp_path / "evidencias.toml"
    path.write_text('[politica]\nnombre = "x"\n', encoding="utf-8-sig")
    with pytest.raises(ConfigError, match="problemas"):
        config.load(path)


def test_the_file_is_found_in_a_parent_or_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(config.ENV_CONFIG, raising=False)
    (tmp_path / "evidencias.toml").touch()
    (tmp_path / "a" / "b").mkdir(parents=True)
    expected = (tmp_path / "evidencias.toml").resolve()
    assert config.find(start=tmp_path / "a" / "b") == expected
    assert config.find(str(tmp_path)) == expected
    monkeypatch.setenv(config.ENV_CONFIG, str(tmp_path))
    assert config.find(start=Path("/")) == expected
    with pytest.raises(ConfigError):
        config.find(str(tmp_path / "otro.toml"))
