"""The `evidencias` command: a group whose commands are imported only when they are called."""

from __future__ import annotations

import gettext
import os
import sys
from pathlib import Path

# Click reads its own messages through gettext; ours are Spanish whatever the system's language.
os.environ["LANGUAGE"] = "es"
gettext.bindtextdomain("messages", str(Path(__file__).resolve().parent.parent / "locale"))

import click  # noqa: E402 - after the language is chosen

from evidencias import __version__  # noqa: E402

COMMANDS = {
    "demo": "Crea un ejemplo completo y muestra qué hace la herramienta.",
    "iniciar": "Prepara una carpeta de trabajo: evidencias.toml y el registro.",
    "diagnosticar": "Revisa credenciales, carpeta, plan y registro, y dice cómo corregir.",
    "sincronizar": "Lee carpeta, plan, informe y decisiones; enlaza y actualiza el registro.",
    "faltantes": "Lista las actividades reportadas sin evidencia suficiente.",
    "vinculos": "Lista los vínculos entre archivos y actividades, con sus razones.",
    "huerfanos": "Lista los archivos que no están vinculados a ninguna actividad.",
    "decidir": "Confirma o rechaza un vínculo, o acepta un hallazgo.",
    "auditar": "Contrasta el informe con el plan y la evidencia.",
    "tablero": "Escribe una página con el estado por eje y dependencia.",
    "anexo": "Escribe el anexo con la evidencia de cada actividad (.docx).",
    "congelar": "Sella lo entregado en un manifiesto.",
    "verificar": "Dice qué fue de cada archivo desde que se congeló.",
    "historial": "Muestra qué cambió y quién decidió.",
}


class LazyGroup(click.Group):
    """Knows every command by name and imports its module only to run it or show its help."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of the work, not of the alphabet."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command `evidencias.cli.NAME.command`, or None."""
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        command = import_module(f"evidencias.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, drawn without importing any of them."""
        with formatter.section("Comandos"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=LazyGroup,
    options_metavar="[OPCIONES]",
    subcommand_metavar="COMANDO [ARGUMENTOS]...",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
    epilog="Empiece con «evidencias demo». Ayuda de un comando: «evidencias COMANDO --help».",
)
@click.version_option(__version__, "-V", "--version", prog_name="evidencias")
def group() -> None:
    """Une cada actividad reportada de una política pública con los archivos que la prueban,
    lleva las decisiones en un registro y contrasta el informe con la evidencia.
    """


def main() -> None:
    """Entry point: UTF-8 whatever the console, then the group; an interruption exits 130."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure") and not stream.isatty():
            stream.reconfigure(encoding="utf-8")
    try:
        # Click itself would end an interruption with 1, which here means findings.
        sys.exit(group.main(prog_name="evidencias", standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("Interrumpido; lo ya escrito quedó completo.", err=True)
        sys.exit(130)


if __name__ == "__main__":
    main()
