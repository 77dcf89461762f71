"""`evidencias demo`: the whole loop on a sample workspace, offline."""

from __future__ import annotations

from pathlib import Path

import click

from evidencias.cli.common import Session, command_named, say


@command_named("demo")
@click.argument("destino", required=False, default="evidencias-demo", metavar="[DESTINO]")
def command(session: Session, destino: str) -> int:
    """Crea una carpeta de ejemplo (por defecto ./evidencias-demo), la sincroniza, lista lo que
    falta, audita el informe y dice qué abrir. Una que ya exista se usa como está.
    """
    from evidencias import sample

    folder = Path(destino).expanduser()
    fresh = not sample.is_sample(folder)
    sample.unpack(folder)
    session.tell(f"{'Ejemplo creado' if fresh else 'Se usa el ejemplo que ya existe'} en {folder}")
    code = _tour(folder)
    if code:
        return code
    say(_next_steps(folder))
    return 0


def _tour(folder: Path) -> int:
    """Runs the three commands as a person would; only a failure other than findings stops it."""
    from importlib import import_module

    for name, title in (
        ("sincronizar", "1. Sincronizar: enlaza los archivos y prepara el registro"),
        ("faltantes", "2. Faltantes: lo reportado que no tiene evidencia suficiente"),
        ("auditar", "3. Auditar: el informe frente al plan y la evidencia"),
    ):
        click.secho(f"\n{title}", bold=True)
        command = import_module(f"evidencias.cli.{name}").command
        try:
            command.main(["-c", str(folder)], prog_name=f"evidencias {name}")
        except SystemExit as ended:
            if ended.code not in (0, 1):
                return int(ended.code or 0)
    return 0


def _next_steps(folder: Path) -> str:
    return (
        f"\nAhora abra {folder / 'registro.xlsx'} y decida en la pestaña «Revisión»; después, "
        "dentro de esa carpeta, ejecute «evidencias sincronizar».\n"
        f"El informe de ejemplo es {folder / 'informe.docx'} y los archivos están en "
        f"{folder / 'Evidencias'}.\n"
        "Para su propia política: «evidencias iniciar»."
    )
