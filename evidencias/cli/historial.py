"""`evidencias historial`: what changed between synchronisations and who decided what."""

from __future__ import annotations

from evidencias.cli.common import Session, command_named, format_option, fresh_option
from evidencias.cli.opening import coverage_code, last_state


@command_named("historial")
@format_option
@fresh_option
def command(session: Session, fmt: str, actualizar: bool) -> int:
    """Muestra propuestas, decisiones y pérdidas, de la más antigua a la más reciente."""
    from evidencias.outputs import columns, listing, rows

    snapshot = last_state(session, session.load(), fresh=actualizar)
    about = rows.named_ids(snapshot.assessment)
    listing.show(
        session.console(),
        fmt,
        rows.history_rows(snapshot.history),
        columns.HISTORY_KEYS,
        columns.history(about),
        empty="Todavía no hay historia.",
    )
    return coverage_code(snapshot)
