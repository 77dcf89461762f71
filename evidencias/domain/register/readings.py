"""What one row of `Revisión` says, taken by itself."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from evidencias.domain.ids import link_id
from evidencias.domain.model import Decision, Presence, Problem, Verdict
from evidencias.domain.register.columns import DECISION_WORDS
from evidencias.domain.register.pairs import Pair, Pairs, codes_like, may_mean
from evidencias.domain.register.pointers import FileFinder, Target, shown, spellings, trimmed
from evidencias.domain.register.rows import ReviewRow, text_of
from evidencias.domain.text import fold

_VERDICTS = {fold(verdict.value): verdict for verdict in Verdict}
_CLAIM = re.compile(r"A-[A-Z2-7]{10}")
_WORDS = ", ".join(DECISION_WORDS[:-1]) + f" o {DECISION_WORDS[-1]}"


@dataclass(frozen=True, slots=True)
class Statement:
    """One decision that a row states; `lost` when its file is gone (`lost_why` adds what is known).

    `moment` orders the rows of `decidir` among themselves.
    """

    decision: Decision
    moment: str = ""
    lost: bool = False
    lost_why: str = ""


@dataclass(frozen=True, slots=True)
class RowReading:
    """What a row yields: statements (a corrected row yields two), or problems."""

    statements: tuple[Statement, ...] = ()
    problems: tuple[Problem, ...] = ()


class _NotAppliedError(Exception):
    """A row that cannot be applied; carries what to show. Never leaves this module."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.message, self.hint = message, hint


class Reader:
    """Reads rows one by one against the files and activities of this run."""

    def __init__(self, finder: FileFinder, pairs: Pairs, claims: Collection[str] | None) -> None:
        self.finder = finder
        self.pairs = pairs
        self.claims = claims

    def read(self, row: ReviewRow) -> RowReading:
        """The row's statements, or the reason why it was not applied."""
        try:
            verdict = _verdict(row)
            if row.id.startswith("H-"):
                return RowReading((_about_finding(row, verdict),))
            if verdict is Verdict.ACCEPT:
                raise _NotAppliedError(
                    "«Aceptar» es para hallazgos y esta fila es un vínculo; no se aplicó.",
                    "Escriba Confirmar si el archivo prueba la actividad, o Rechazar si no.",
                )
            if row.id:
                return RowReading(self._about_link(row, verdict))
            return RowReading((self._by_hand(row, verdict),))
        except _NotAppliedError as problem:
            return RowReading(problems=(Problem(row.place, problem.message, problem.hint),))

    def _by_hand(self, row: ReviewRow, verdict: Verdict) -> Statement:
        """A row without ID: Código + Enlace + Confirmar or Rechazar."""
        if not text_of(row.code) or not (row.link or row.hyperlink):
            raise _NotAppliedError(
                "La fila tiene una decisión, pero le falta el ID, o el Código y el Enlace; "
                "no se aplicó.",
                "Escriba el Código de la actividad y el Enlace del archivo.",
            )
        return _statement(row, verdict, Pair(self._code(row), self._file(row)))

    def _about_link(self, row: ReviewRow, verdict: Verdict) -> tuple[Statement, ...]:
        target = self._target(row)
        meant = may_mean(row, target.file, spellings(row.link, self.finder.folders))
        pair = self.pairs.of(row, meant)
        if pair is None:
            raise _NotAppliedError(
                f"No reconozco el ID «{row.id}»: no es de ningún archivo y actividad de este "
                "registro; no se aplicó.",
                "Si es un vínculo nuevo, borre el ID y deje Código, Enlace y Confirmar.",
            )
        self._check_fit(row, pair, target, meant)
        proposed = self._current(row, verdict, pair)
        corrected = self._corrected(row, pair)
        if corrected is None:
            return (proposed,)
        if verdict is Verdict.REJECT:
            raise _NotAppliedError(
                "El Código fue corregido y la decisión es Rechazar: no se sabe cuál de las dos "
                "actividades se rechaza; no se aplicó.",
                "Deje el Código propuesto para rechazarlo, o escriba Confirmar para vincular el "
                "archivo con el corregido.",
            )
        return (
            _with_verdict(proposed, Verdict.REJECT),
            self._current(row, verdict, Pair(corrected, pair.file)),
        )

    def _check_fit(
        self, row: ReviewRow, pair: Pair, target: Target, meant: Collection[str]
    ) -> None:
        """Refuses a row whose Enlace names another file than its ID; a moved file still fits."""
        written = {shown(pair.file), *(f.url for f in [self.finder.files.get(pair.file)] if f)}
        if not row.link or pair.file in meant or trimmed(row.link) in written:
            return
        named = self.finder.files.get(target.file)
        if named is not None and row.mark.md5 and named.md5 == row.mark.md5:
            return
        raise _NotAppliedError(
            f"El Enlace («{trimmed(row.link)}») y el ID {row.id} no son del mismo archivo; "
            "no se aplicó.",
            "Devuelva el Enlace a su valor, o borre el ID para vincular a mano ese archivo.",
        )

    def _current(self, row: ReviewRow, verdict: Verdict, pair: Pair) -> Statement:
        """The statement about the pair, whose file is followed by its Huella if it moved."""
        listed = self.finder.files.get(pair.file)
        if listed is not None and listed.presence is not Presence.GONE:
            return _statement(row, verdict, pair)
        md5 = row.mark.md5
        same = [
            file.id
            for file in self.finder.files.values()
            if md5 and file.md5 == md5 and file.presence is not Presence.GONE
        ]
        if len(same) == 1:
            return _statement(row, verdict, Pair(pair.activity, same[0]))
        why = f", y {len(same)} archivos tienen su mismo contenido" if same else ""
        return replace(_statement(row, verdict, pair), lost=True, lost_why=why)

    def _corrected(self, row: ReviewRow, pair: Pair) -> str | None:
        """The activity that a person wrote over the proposed one, or None when it is the same."""
        if not text_of(row.code) or text_of(row.code).casefold() == pair.activity.casefold():
            return None
        if pair.activity in codes_like(row.code, [*self.pairs.codes, pair.activity]):
            return None
        return self._code(row)

    def _code(self, row: ReviewRow) -> str:
        text = text_of(row.code)
        if _CLAIM.fullmatch(text.upper()) and self._is_claim(text.upper()):
            return text.upper()
        found = codes_like(row.code, self.pairs.codes)
        if len(found) == 1:
            return found[0]
        if found:
            raise _NotAppliedError(
                f"El Código «{text}» es un número y puede ser {' o '.join(found)}; no se aplicó.",
                "Escríbalo como texto: ponga un apóstrofo delante, por ejemplo '1.10.",
            )
        raise _NotAppliedError(
            f"El Código «{text}» no está en el plan ni es una afirmación del informe; "
            "no se aplicó.",
            "Escriba el código como aparece en la pestaña «Actividades».",
        )

    def _is_claim(self, name: str) -> bool:
        return self.claims is None or name in {claim.upper() for claim in self.claims}

    def _file(self, row: ReviewRow) -> str:
        target = self._target(row)
        if target.problem:
            raise _NotAppliedError(
                f"El Enlace no sirve: {target.problem}; no se aplicó.",
                "Ponga el archivo dentro de la carpeta de evidencias y escriba su enlace o su "
                "ruta.",
            )
        return target.file

    def _target(self, row: ReviewRow) -> Target:
        """The file of the Enlace: its text says it; a hyperlink only where the text names none."""
        target = self.finder.find(row.link) if row.link else Target(problem="está en blanco")
        if target.problem and row.hyperlink:
            linked = self.finder.find(row.hyperlink)
            return target if linked.problem else linked
        return target


def _verdict(row: ReviewRow) -> Verdict:
    verdict = _VERDICTS.get(fold(row.decision).strip())
    if verdict is None:
        raise _NotAppliedError(
            f"«{row.decision}» no es una decisión que yo conozca; no se aplicó.",
            f"Elija {_WORDS} de la lista de la columna Decisión.",
        )
    return verdict


def _about_finding(row: ReviewRow, verdict: Verdict) -> Statement:
    if verdict is Verdict.CONFIRM:
        raise _NotAppliedError(
            "«Confirmar» es para vínculos y esta fila es un hallazgo; no se aplicó.",
            "Escriba Aceptar si el hallazgo tiene explicación, o Rechazar si no debe quedar así.",
        )
    return _made(row, verdict, row.id)


def _statement(row: ReviewRow, verdict: Verdict, pair: Pair) -> Statement:
    return _made(row, verdict, link_id(pair.activity, pair.file), pair)


def _made(row: ReviewRow, verdict: Verdict, name: str, pair: Pair | None = None) -> Statement:
    where = pair or Pair("", "")
    decision = Decision(
        id=name, verdict=verdict, activity=where.activity, file=where.file, by=row.by,
        note=row.note, origin=row.mark.origin_of(verdict), row=row.number,
        fingerprint=row.mark.md5,
    )  # fmt: skip
    return Statement(decision, row.mark.moment)


def _with_verdict(statement: Statement, verdict: Verdict) -> Statement:
    return replace(statement, decision=replace(statement.decision, verdict=verdict))
