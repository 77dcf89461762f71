"""What every command shares: options, the way errors are told, and where results are printed."""

from __future__ import annotations

import functools
import os
import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from evidencias.errors import ConfigError, EvidenciasError

if TYPE_CHECKING:
    from rich.console import Console

    from evidencias.config import Config
    from evidencias.ports import Progress

F = TypeVar("F", bound=Callable[..., Any])
OK, FINDINGS, INCOMPLETE, DEFECT, INTERRUPTED = 0, 1, 5, 70, 130
FORMATS = ("tabla", "json", "csv", "md")


@dataclass(frozen=True, slots=True)
class Session:
    """The common options of one call; `config` is the text of -c, unresolved."""

    config: str | None
    verbose: bool
    quiet: bool
    color: bool

    def load(self) -> Config:
        """The checked configuration. Raises ConfigError."""
        from evidencias import config

        return config.load(config.find(self.config))

    def console(self, *, stderr: bool = False) -> Console:
        """A console for people; 80 columns wide where there is no screen."""
        from rich.console import Console

        stream = sys.stderr if stderr else sys.stdout
        return Console(
            file=stream,
            no_color=not self.color,
            highlight=False,
            soft_wrap=False,
            width=None if stream.isatty() else 100,
            legacy_windows=False,
        )

    def tell(self, text: str) -> None:
        """A line on standard error, unless -q."""
        if not self.quiet:
            say(text, err=True)

    @contextmanager
    def progress(self) -> Iterator[Progress]:
        """A bar on standard error while work is long; silent when redirected or with -q."""
        if self.quiet or not sys.stderr.isatty():
            yield lambda _phase, _done, _total: None
            return
        from evidencias.cli.progress import bar

        with bar(self.console(stderr=True)) as report:
            yield report


def say(text: str, *, err: bool = False) -> None:
    """Prints lines for people, broken between words where a screen is narrower."""
    stream = sys.stderr if err else sys.stdout
    if stream.isatty():
        width = shutil.get_terminal_size().columns
        wrapped = (
            textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""]
            for line in text.split("\n")
        )
        text = "\n".join(part for parts in wrapped for part in parts)
    click.echo(text, err=err)


def _common() -> list[click.Parameter]:
    """The options that every command takes, told after its own."""
    return [
        click.Option(["-c", "--config"], metavar="RUTA", help="evidencias.toml que se usa."),
        click.Option(
            ["-v", "--verbose"], is_flag=True, help="Cuenta más, y la traza de un defecto."
        ),
        click.Option(["-q", "--quiet"], is_flag=True, help="Solo resultados y errores."),
        click.Option(["--sin-color"], is_flag=True, help="Sin colores."),
    ]


def format_option(function: F) -> F:
    """--formato, for commands that list or judge."""
    return click.option(
        "--formato",
        "fmt",
        type=click.Choice(FORMATS),
        default="tabla",
        show_default=True,
        help="Cómo se muestra el resultado.",
    )(function)


def fresh_option(function: F) -> F:
    """--actualizar, for commands that read the last synchronised state."""
    return click.option("--actualizar", is_flag=True, help="Sincroniza antes de responder.")(
        function
    )


def command_named(name: str) -> Callable[[Callable[..., int]], click.Command]:
    """Makes a command of a function(session, …) -> exit code, with the common options."""

    def make(function: Callable[..., int]) -> click.Command:
        @functools.wraps(function)
        def run(
            config: str | None, verbose: bool, quiet: bool, sin_color: bool, **options: Any
        ) -> None:
            session = Session(config, verbose, quiet, not sin_color)
            sys.exit(guarded(session, lambda: function(session, **options)))

        command = click.command(name, options_metavar="[OPCIONES]")(run)
        command.params.extend(_common())
        return command

    return make


def guarded(session: Session, work: Callable[[], int]) -> int:
    """Runs the work and turns whatever goes wrong into lines in Spanish and an exit code."""
    try:
        return work()
    except EvidenciasError as error:
        _tell_error(error)
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrumpido; lo ya escrito quedó completo.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe left (`| head`): nothing more to say, and no traceback at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except click.ClickException:
        raise
    except Exception as error:
        return _defect(session, error)


def _tell_error(error: EvidenciasError) -> None:
    say(error.message, err=True)
    if isinstance(error, ConfigError):
        for problem in error.problems:
            say(f"  {problem}", err=True)
    if error.hint:
        say(error.hint, err=True)


def _defect(session: Session, error: Exception) -> int:
    import traceback
    from datetime import datetime

    from platformdirs import user_log_path

    trace = "".join(traceback.format_exception(error))
    log = Path(user_log_path("evidencias", appauthor=False)) / "defectos.log"
    try:
        log.parent.mkdir(parents=True, exist_ok=True)
        with log.open("a", encoding="utf-8") as out:
            out.write(f"{datetime.now().isoformat(timespec='seconds')}\n{trace}\n")
        where = f"Envíe el archivo {log} a quien mantiene la herramienta."
    except OSError:
        where = "Repita con -v y envíe lo que aparece a quien mantiene la herramienta."
    say(f"Defecto de la herramienta: {type(error).__name__}. {where}", err=True)
    if session.verbose:
        click.echo(trace, err=True)
    return DEFECT
