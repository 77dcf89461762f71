"""A file is also shown to the fit by its name alone and by its text alone."""

from __future__ import annotations

from bench.fit_kinds import halves
from evidencias.domain.linking.kinds import asked
from evidencias.domain.linking.prepare import file_view
from evidencias.domain.model import EvidenceFile


def test_each_half_knows_nothing_of_the_other() -> None:
    file = EvidenceFile("f", "poliza 12.pdf", "poliza 12.pdf")
    name, text = halves(asked(file_view(file, "CUENTA DE COBRO. Debe a la tesorera."), {"acta": 1}))
    assert {"papel_primero_contractual", "archivo_documento", "pide_acta"} <= name.keys()
    assert not {"encabeza_cobra", "renglon_cobro", "mudo"} & name.keys()
    assert {"encabeza_cobra", "renglon_cobro", "archivo_documento", "pide_acta"} <= text.keys()
    assert not any(signal.startswith(("papel_", "palabra_", "nombre_")) for signal in text)
