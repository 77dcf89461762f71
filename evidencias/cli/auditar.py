"""`evidencias auditar`: the report against plan and evidence."""

from __future__ import annotations

from pathlib import Path

import click

from evidencias.cli.common import FINDINGS, Session, command_named, format_option, fresh_option
from evidencias.cli.opening import belonging, coverage_code, last_state
from evidencias.config import Config, is_url
from evidencias.domain.assessment import Assessment
from evidencias.domain.model import Report
from evidencias.domain.snapshot import Snapshot


@command_named("auditar")
@click.argument("informe", required=False, metavar="[INFORME]")
@click.option("--forzar", is_flag=True, help="Audita aunque sea de otra política o período.")
@click.option("--salida", metavar="F.html", help="Escribe también una página con el resultado.")
@format_option
@fresh_option
def command(
    session: Session,
    informe: str | None,
    forzar: bool,
    salida: str | None,
    fmt: str,
    actualizar: bool,
) -> int:
    """Contrasta el informe con el plan y la evidencia: afirmaciones, cifras y hallazgos.

    Sin INFORME usa el de la configuración. Termina con código 1 si queda un hallazgo bloqueante
    que nadie ha aceptado.
    """
    from evidencias import workflows
    from evidencias.domain.audit import blocking
    from evidencias.targets import check_target

    config = session.load()
    if salida:
        check_target(config, Path(salida))
    snapshot = last_state(session, config, fresh=actualizar)
    report = _report(config, informe)
    texts = _texts(config, snapshot) if report else {}
    judged = workflows.audit(snapshot, report, texts, force=forzar)
    _print(session, judged, fmt)
    if salida:
        _write_page(judged, Path(salida), belonging(config, judged))
        session.tell(f"Página escrita en {salida}")
    return coverage_code(snapshot) or (FINDINGS if blocking(judged.findings) else 0)


def _report(config: Config, given: str | None) -> Report | None:
    """The report to read now, or None for the one kept by the last synchronisation.

    The configured one is read anew when it is a local file: it is being corrected right now.
    """
    from evidencias import wiring
    from evidencias.domain.report import read_report

    if given:
        return read_report(wiring.report_blocks(config, given))
    if config.informe and not is_url(config.informe.origen):
        path = str(config.resolve(config.informe.origen))
        return read_report(wiring.report_blocks(config, path))
    return None


def _texts(config: Config, snapshot: Snapshot) -> dict[str, str]:
    from evidencias import reading, wiring

    files = snapshot.assessment.files.values()
    return dict(reading.kept_texts(files, wiring.index(config)))


def _print(session: Session, judged: Assessment, fmt: str) -> None:
    from evidencias.outputs import audit_screen, audit_text, listing, rows

    if fmt == "json":
        click.echo(listing.as_json(rows.audit_row(judged)))
    elif fmt == "csv":
        findings = rows.audit_row(judged)["hallazgos"]
        keys = ("id", "clase", "severidad", "actividad", "archivo", "mensaje", "sugerencia",
                "aceptado")  # fmt: skip
        click.echo(listing.as_csv(findings, keys))
    elif fmt == "md":
        click.echo(audit_text.as_markdown(judged))
    else:
        audit_screen.draw(session.console(), judged, everything=session.verbose)


def _write_page(judged: Assessment, target: Path, belongs: str) -> None:
    from evidencias.outputs import audit_page

    audit_page.write(judged, target, belongs)
