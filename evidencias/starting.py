"""Starting a workspace: answers become evidencias.toml, and an empty register is stamped."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from evidencias import __version__
from evidencias.config import Config, is_url, parse
from evidencias.domain.assessment import Assessment
from evidencias.domain.judgement import judge
from evidencias.domain.model import Coverage
from evidencias.domain.period import semester
from evidencias.domain.plan import Plan, read_plan
from evidencias.domain.register import check_stamp, register_changes
from evidencias.domain.spanish import plural, system_reason
from evidencias.domain.support import with_rules
from evidencias.errors import InputError, SourceError
from evidencias.ports import Workspace

TEMPLATE = """\
# Configuración de «evidencias». Las rutas son relativas a esta carpeta.

[politica]
nombre = {politica}
responsable = {responsable}

[periodo]
semestre = {semestre}
# corte = {corte}            # último día en que un archivo cuenta; si falta, 20 días después

[plan]
origen = {plan}
# hoja = "Plan de acción"       # si falta, la primera hoja que tenga las columnas

{informe}
[evidencias]
carpeta = {carpeta}
ignorar = []                    # p. ej. ["**/Plantillas/**"]
leer_contenido = true

[registro]
destino = {registro}

# Tipos de evidencia que necesita una actividad cuando el plan no lo dice: acta, asistencia, fotos,
# informe, contrato, publicacion, certificado, formato. Varias coincidencias se suman.
[reglas]
por_defecto = []
# "taller|capacitación" = ["acta", "asistencia", "fotos"]

[cumplimiento]
formula = "metas_cumplidas"     # metas_cumplidas | promedio_simple | promedio_ponderado
base = "semestre"               # o "vigencia"
semaforo = [40, 60, 70, 80]
{google}"""
KEY_FILE = "credentials.json"  # as docs/google.md tells to call it
NO_REPORT = '# [informe]                     # cuando lo tenga\n# origen = "informe.docx"\n'


def wrong(name: str, answer: str) -> str:
    """Why an answer of the interview cannot be, or ""; so that it is asked again at once."""
    origin = _unquoted(answer)
    if name == "semestre":
        return "" if _is_semester(origin) else "Escríbalo como 2021-2."
    if not origin or is_url(origin):
        return ""
    if name == "registro" and not origin.lower().endswith(".xlsx"):
        return "Debe ser un libro .xlsx o la dirección de una hoja de Google."
    path = Path(origin).expanduser()
    if name == "carpeta" and not path.is_dir():
        return f"No encuentro la carpeta «{origin}»."
    if name in ("plan", "informe") and not path.is_file():
        return f"No encuentro el archivo «{origin}»."
    return ""


def _is_semester(written: str) -> bool:
    try:
        semester(written)
    except ValueError:
        return False
    return True


def _unquoted(answer: str) -> str:
    """What a person typed, pasted or dragged into the window."""
    return answer.strip().strip("\"'").strip()


def settings(answers: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """The answers as the configuration's tree; paths below the workspace become relative to it."""

    def place(origin: str) -> str:
        return _relative(_unquoted(origin), folder)

    folders = answers["carpeta"]
    roots = [place(f) for f in ([folders] if isinstance(folders, str) else folders)]
    data: dict[str, Any] = {
        "politica": {"nombre": answers["politica"], "responsable": answers["responsable"]},
        "periodo": {"semestre": answers["semestre"].strip()},
        "plan": {"origen": place(answers["plan"])},
        "evidencias": {"carpeta": roots[0] if len(roots) == 1 else roots},
        "registro": {"destino": place(answers["registro"])},
    }
    if answers["informe"]:
        data["informe"] = {"origen": place(answers["informe"])}
    if _in_google(data) and (folder / KEY_FILE).is_file():
        data["google"] = {"credenciales": KEY_FILE}
    return data


def _in_google(data: Mapping[str, Any]) -> bool:
    folders = data["evidencias"]["carpeta"]
    origins = [folders] if isinstance(folders, str) else folders
    origins = [*origins, data["plan"]["origen"], data["registro"]["destino"]]
    return any(is_url(o) for o in [*origins, data.get("informe", {}).get("origen", "")])


def _relative(origin: str, folder: Path) -> str:
    if not origin or is_url(origin):
        return origin
    path = (Path.cwd() / Path(origin).expanduser()).resolve()
    try:
        return path.relative_to(folder.resolve()).as_posix()
    except ValueError:
        return path.as_posix()


def checked(data: Mapping[str, Any], target: Path) -> Config:
    """The configuration the answers make; refuses a folder or a report that is not there.

    Raises ConfigError or InputError before anything is written.
    """
    config = parse(data, target)
    for origin in config.evidencias.carpeta:
        path = config.resolve(origin)
        if isinstance(path, Path) and not path.is_dir():
            raise InputError(
                f"No encuentro la carpeta de evidencias «{path}».",
                "Revise la ruta; si tiene espacios, escríbala entre comillas.",
            )
    report = config.resolve(config.informe.origen) if config.informe else ""
    if isinstance(report, Path) and not report.is_file():
        raise InputError(
            f"No encuentro el informe «{report}».",
            "Revise la ruta; si todavía no lo tiene, no lo indique.",
        )
    return config


def read_configured_plan(config: Config, ws: Workspace) -> Plan:
    """The plan, read now so that a plan that cannot be understood is told before starting."""
    return read_plan(ws.plan.read(), config.period, config.plan.hoja)


def write(data: Mapping[str, Any], target: Path) -> None:
    """Writes evidencias.toml whole or not at all."""
    text = TEMPLATE.format(
        politica=_quoted(data["politica"]["nombre"]),
        responsable=_quoted(data["politica"]["responsable"]),
        semestre=_quoted(data["periodo"]["semestre"]),
        corte=semester(data["periodo"]["semestre"]).cutoff,
        plan=_quoted(data["plan"]["origen"]),
        informe=_report(data),
        carpeta=_quoted(data["evidencias"]["carpeta"]),
        registro=_quoted(data["registro"]["destino"]),
        google=_google(data),
    )
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.write_text(text, encoding="utf-8")
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise SourceError(
            f"No puedo escribir «{target}»: {system_reason(error)}.",
            "Revise los permisos de la carpeta, o elija otra.",
        ) from error


def _report(data: Mapping[str, Any]) -> str:
    if "informe" not in data:
        return NO_REPORT
    return f"[informe]\norigen = {_quoted(data['informe']['origen'])}\n"


def _google(data: Mapping[str, Any]) -> str:
    if "google" not in data:
        return ""
    return f"\n[google]\ncredenciales = {_quoted(data['google']['credenciales'])}\n"


def _quoted(value: str | list[str]) -> str:
    # A JSON string or list of strings is also a TOML one.
    return json.dumps(value, ensure_ascii=False)


def prepare_register(config: Config, ws: Workspace, plan: Plan) -> bool:
    """Makes and stamps the register when there is none; False when it was already there.

    Until the first synchronisation every activity reads "no verificable": nothing was read yet.
    """
    contents = ws.register.read()
    check_stamp(contents, config.politica.nombre, config.period)
    if contents.exists:
        return False
    unread = Assessment(
        policy=config.politica.nombre,
        responsible=config.politica.responsable,
        period=config.period,
        rules=config.rules,
        activities=with_rules(plan.activities, config.rules),
        files={},
        facts={},
        coverage=Coverage(complete=False, unread=("todavía no se ha sincronizado",)),
    )
    full = register_changes(judge(unread), contents, now=ws.clock(), version=__version__)
    return ws.register.record(replace(full, review=(), history=(), log=()))


def told(plan: Plan) -> str:
    """What was understood of the plan, in one line."""
    reported = sum(1 for a in plan.activities if a.reported)
    return (
        f"Plan: {plural(len(plan.activities), 'actividad', 'actividades')}, "
        f"{plural(reported, 'reportada', 'reportadas')}."
    )
