"""What evidencias.toml may hold: every key, its type and its default."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    field_validator,
    model_validator,
)

from evidencias.domain.assessment import Rules
from evidencias.domain.model import EvidenceKind, Period
from evidencias.domain.period import semester, span
from evidencias.domain.text import fold

ENV_ENDPOINT = "EVIDENCIAS_GOOGLE_ENDPOINT"
_URL = re.compile(r"^https?://", re.IGNORECASE)
KINDS = tuple(k.value for k in EvidenceKind if k is not EvidenceKind.OTHER)


def is_url(origin: str) -> bool:
    """Whether an origin is a web address and not a path."""
    return bool(_URL.match(origin.strip()))


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


Text = Annotated[str, Field(min_length=1)]


class Policy(_Part):
    """[politica]: the policy's name and the office that answers for it."""

    nombre: Text
    responsable: str = ""


class PeriodPart(_Part):
    """[periodo]: a semester, or the first and last day of a free span; and the cut-off day."""

    semestre: str | None = None
    desde: date | None = None
    hasta: date | None = None
    corte: date | None = None

    @field_validator("semestre")
    @classmethod
    def _written_well(cls, value: str | None) -> str | None:
        if value is not None:
            try:
                semester(value)
            except ValueError:
                raise ValueError(f'«{value}» no es un semestre; escríbalo como "2021-2"') from None
        return value

    @model_validator(mode="after")
    def _one_way(self) -> PeriodPart:
        if self.semestre is None and (self.desde is None or self.hasta is None):
            raise ValueError('escriba semestre = "2021-2", o bien desde y hasta')
        if self.semestre is not None and (self.desde or self.hasta):
            raise ValueError("escriba semestre, o bien desde y hasta; no ambos")
        period = self.value()
        if period.end < period.start:
            raise ValueError("hasta es anterior a desde")
        if period.cutoff < period.start:
            raise ValueError("corte es anterior al comienzo del período")
        return self

    def value(self) -> Period:
        """The period these keys describe."""
        if self.semestre is not None:
            return semester(self.semestre, self.corte)
        if self.desde is None or self.hasta is None:
            raise ValueError("desde, hasta")
        return span(self.desde, self.hasta, self.corte)


class PlanPart(_Part):
    """[plan]: a path or the URL of a Google Sheet, and optionally its sheet."""

    origen: Text
    hoja: str | None = None


class ReportPart(_Part):
    """[informe]: a path or the URL of a Google Doc."""

    origen: Text


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


class EvidencePart(_Part):
    """[evidencias]: one or several folders, what to ignore, whether to read inside files."""

    carpeta: Annotated[list[Text], BeforeValidator(_as_list), Field(min_length=1)]
    ignorar: Annotated[list[Text], BeforeValidator(_as_list)] = []
    leer_contenido: bool = True


class RegisterPart(_Part):
    """[registro]: a workbook or the URL of a Google Sheet that a person owns."""

    destino: Text

    @field_validator("destino")
    @classmethod
    def _workbook(cls, value: str) -> str:
        if not is_url(value) and not value.lower().endswith(".xlsx"):
            raise ValueError("debe ser un libro .xlsx o la dirección de una hoja de Google")
        return value


class CompliancePart(_Part):
    """[cumplimiento]: the official formula, its base and the traffic-light limits (per cent)."""

    formula: Literal["metas_cumplidas", "promedio_simple", "promedio_ponderado"] = "metas_cumplidas"
    base: Literal["semestre", "vigencia"] = "semestre"
    semaforo: Annotated[list[float], Field(min_length=1)] = [40, 60, 70, 80]

    @field_validator("semaforo")
    @classmethod
    def _rising(cls, value: list[float]) -> list[float]:
        if sorted(set(value)) != value or not all(0 < v < 100 for v in value):
            raise ValueError("escriba límites crecientes entre 0 y 100, p. ej. [40, 60, 70, 80]")
        return value


class GooglePart(_Part):
    """[google]: where the credentials are; a loopback endpoint only for rehearsals."""

    credenciales: str | None = None
    endpoint: str = ""


def _known_kind(kind: str) -> str:
    if kind not in KINDS:
        raise ValueError(f"«{kind}» no es un tipo de evidencia ({', '.join(KINDS)})")
    return kind


def _pattern(written: str) -> str:
    try:
        re.compile(fold(written))
    except re.error:
        raise ValueError("no entiendo el patrón; separe las palabras con |") from None
    return written


Kind = Annotated[str, AfterValidator(_known_kind)]
Pattern = Annotated[str, AfterValidator(_pattern)]


class File(_Part):
    """The whole file."""

    politica: Policy
    periodo: PeriodPart
    plan: PlanPart
    informe: ReportPart | None = None
    evidencias: EvidencePart
    registro: RegisterPart
    reglas: dict[Pattern, Annotated[list[Kind], BeforeValidator(_as_list)]] = {}
    cumplimiento: CompliancePart = CompliancePart()
    google: GooglePart = GooglePart()


class Config(File):
    """The configuration of one workspace; `path` is the file it came from."""

    path: Path

    @property
    def folder(self) -> Path:
        """The workspace: the folder of the file, to which every relative path belongs."""
        return self.path.parent

    @property
    def period(self) -> Period:
        """The period under review."""
        return self.periodo.value()

    @property
    def rules(self) -> Rules:
        """[reglas] and [cumplimiento] as the domain knows them."""
        patterns = {k: tuple(v) for k, v in self.reglas.items() if k != "por_defecto"}
        return Rules(
            default=tuple(self.reglas.get("por_defecto", ())),
            by_pattern=patterns,
            formula=self.cumplimiento.formula,
            base=self.cumplimiento.base,
            traffic_light=tuple(self.cumplimiento.semaforo),
        )

    @property
    def endpoint(self) -> str:
        """The loopback base URL that stands for Google's, or "" for Google itself."""
        return os.environ.get(ENV_ENDPOINT, "").strip() or self.google.endpoint

    def resolve(self, origin: str) -> str | Path:
        """A URL as it is; a path made absolute from the workspace."""
        if is_url(origin):
            return origin.strip()
        return (self.folder / Path(origin).expanduser()).resolve()
