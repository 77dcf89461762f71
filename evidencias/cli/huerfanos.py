"""`evidencias huerfanos`: files that no activity claims, with the nearest activities."""

from __future__ import annotations

from evidencias.cli.common import Session, command_named, format_option, fresh_option
from evidencias.cli.opening import coverage_code, last_state


@command_named("huerfanos")
@format_option
@fresh_option
def command(session: Session, fmt: str, actualizar: bool) -> int:
    """Lista los archivos sin actividad, con las actividades más cercanas."""
    from evidencias.outputs import columns, listing, rows

    snapshot = last_state(session, session.load(), fresh=actualizar)
    listing.show(
        session.console(),
        fmt,
        rows.orphan_rows(snapshot.assessment),
        columns.ORPHAN_KEYS,
        columns.ORPHANS,
        empty="Ninguno: todos los archivos tienen actividad o una propuesta por decidir.",
    )
    return coverage_code(snapshot)
