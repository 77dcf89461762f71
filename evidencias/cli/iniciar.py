"""`evidencias iniciar`: writes evidencias.toml, step by step or from options, and the register."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import click

from evidencias.cli.common import OK, Session, command_named, say
from evidencias.errors import InputError

FIELDS = {
    "carpeta": "Carpeta de evidencias (ruta, o dirección de Drive)",
    "plan": "Plan de acción (.xlsx, .csv o dirección de una hoja de Google)",
    "informe": "Informe del semestre (.docx, .pdf, .md o dirección; vacío si aún no hay)",
    "registro": "Registro donde se decide (.xlsx o dirección de una hoja de Google)",
    "semestre": "Semestre (p. ej. 2021-2)",
    "politica": "Nombre de la política pública",
    "responsable": "Dependencia responsable",
}
DEFAULTS = {"registro": "registro.xlsx", "informe": "", "responsable": ""}


@command_named("iniciar")
@click.option("--carpeta", multiple=True, metavar="RUTA|URL", help="Carpeta de evidencias; se "
              "puede repetir.")  # fmt: skip
@click.option("--plan", metavar="RUTA|URL", help="Plan de acción.")
@click.option("--informe", metavar="RUTA|URL", help="Informe del semestre.")
@click.option("--registro", metavar="RUTA|URL", help="Registro; por defecto registro.xlsx.")
@click.option("--semestre", metavar="AAAA-S", help="Semestre, p. ej. 2021-2.")
@click.option("--politica", metavar="NOMBRE", help="Nombre de la política pública.")
@click.option("--responsable", metavar="NOMBRE", help="Dependencia responsable.")
@click.option("--forzar", is_flag=True, help="Reemplaza un evidencias.toml que ya exista.")
def command(
    session: Session,
    carpeta: tuple[str, ...],
    plan: str | None,
    informe: str | None,
    registro: str | None,
    semestre: str | None,
    politica: str | None,
    responsable: str | None,
    forzar: bool,
) -> int:
    """Escribe evidencias.toml y prepara el registro. Lo que no se dé en opciones se pregunta."""
    target = _target(session)
    if target.exists() and not forzar:
        raise InputError(
            f"Ya existe «{target}».",
            "Edítelo, o ejecute de nuevo con --forzar para reemplazarlo.",
        )
    given: dict[str, Any] = {
        "carpeta": list(carpeta) or None,
        "plan": plan,
        "informe": informe,
        "registro": registro,
        "semestre": semestre,
        "politica": politica,
        "responsable": responsable,
    }
    answers = _ask(given)
    if registro is None and answers["registro"] == DEFAULTS["registro"]:
        # What nobody chose lies beside evidencias.toml, wherever the command was called from.
        answers["registro"] = str(target.parent / DEFAULTS["registro"])
    _start(session, target, answers)
    return OK


def _target(session: Session) -> Path:
    from evidencias.config import FILE_NAME

    chosen = Path(session.config).expanduser() if session.config else Path(FILE_NAME)
    return (chosen / FILE_NAME if chosen.is_dir() else chosen).absolute()


def _ask(given: dict[str, Any]) -> dict[str, Any]:
    """Asks for what is missing: everything when no option was given, else only what is required."""
    everything = all(value is None for value in given.values())
    return {
        name: given[name] if given[name] is not None else _answer(name, everything)
        for name in FIELDS
    }


def _answer(name: str, everything: bool) -> str:
    if name in DEFAULTS and not everything:
        return DEFAULTS[name]
    try:
        answer = click.prompt(
            FIELDS[name],
            default=DEFAULTS.get(name),
            show_default=name == "registro",
            value_proc=lambda answer: _sound(name, answer),
            err=True,
        )
    except click.Abort as abort:
        if isinstance(abort.__context__, KeyboardInterrupt):
            raise
        raise InputError(
            f"Falta --{name}: {FIELDS[name]}.",
            "Dé las opciones que faltan, o responda las preguntas de «evidencias iniciar».",
        ) from None
    return str(answer)


def _sound(name: str, answer: str) -> str:
    """The answer; one that cannot be is told, and Click asks again."""
    from evidencias import starting

    problem = starting.wrong(name, answer)
    if problem:
        raise click.BadParameter(problem)
    return answer


def _start(session: Session, target: Path, answers: dict[str, Any]) -> None:
    from evidencias import starting, wiring

    data = starting.settings(answers, target.parent)
    config = starting.checked(data, target)
    ws = wiring.workspace(config)
    with closing(ws), ws.lock():
        plan = starting.read_configured_plan(config, ws)
        prepared = starting.prepare_register(config, ws, plan)
        starting.write(data, target)
    say(f"Configuración escrita en {target}.")
    say(starting.told(plan))
    say(f"Registro: {config.registro.destino}{'' if prepared else ' (ya existía)'}.")
    session.tell("Ahora ejecute «evidencias sincronizar».")
