"""evidencias.toml -> Config: every key checked, all problems told at once, each with its key."""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from evidencias.domain.assessment import Rules
from evidencias.domain.model import EvidenceKind, Period
from evidencias.domain.period import semester, span
from evidencias.domain.spanish import system_reason
from evidencias.domain.text import fold
from evidencias.errors import ConfigError

FILE_NAME = "evidencias.toml"
ENV_CONFIG = "EVIDENCIAS_CONFIG"
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


class _File(_Part):
    politica: Policy
    periodo: PeriodPart
    plan: PlanPart
    informe: ReportPart | None = None
    evidencias: EvidencePart
    registro: RegisterPart
    reglas: dict[str, Annotated[list[str], BeforeValidator(_as_list)]] = {}
    cumplimiento: CompliancePart = CompliancePart()
    google: GooglePart = GooglePart()

    @field_validator("reglas")
    @classmethod
    def _known_kinds(cls, rules: dict[str, list[str]], _: ValidationInfo) -> dict[str, list[str]]:
        for pattern, kinds in rules.items():
            wrong = [k for k in kinds if k not in KINDS]
            if wrong:
                raise ValueError(
                    f"en «{pattern}», «{wrong[0]}» no es un tipo de evidencia ({', '.join(KINDS)})"
                )
            try:
                re.compile(fold(pattern))
            except re.error:
                raise ValueError(
                    f"no entiendo el patrón «{pattern}»; separe las palabras con |"
                ) from None
        return rules


class Config(_File):
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


def find(explicit: str | None = None, start: Path | None = None) -> Path:
    """The configuration file: -c, else EVIDENCIAS_CONFIG, else here or in a parent folder."""
    chosen = explicit or os.environ.get(ENV_CONFIG)
    if chosen:
        path = Path(chosen).expanduser()
        path = path / FILE_NAME if path.is_dir() else path
        if not path.is_file():
            raise ConfigError(
                f"No encuentro el archivo de configuración «{path}».",
                hint="Revise la ruta dada en -c o en EVIDENCIAS_CONFIG.",
            )
        return path.resolve()
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents):
        if (folder / FILE_NAME).is_file():
            return folder / FILE_NAME
    raise ConfigError(
        f"No encuentro {FILE_NAME} en esta carpeta ni en las de arriba.",
        hint="Ejecute «evidencias iniciar» para crearlo, o «evidencias demo» para ver un ejemplo.",
    )


def load(path: Path) -> Config:
    """Reads and checks the file. Raises ConfigError with every problem it has."""
    return parse(_read(path), path)


def _read(path: Path) -> Mapping[str, Any]:
    try:
        # A Windows Notepad may save a byte order mark, which TOML does not allow.
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(
            f"No puedo leer «{path}»: {system_reason(error)}.",
            hint="Revise el archivo y sus permisos, y ejecute de nuevo.",
        ) from error
    except UnicodeDecodeError as error:
        raise ConfigError(
            f"«{path.name}» no está en UTF-8.",
            hint="Ábralo en el Bloc de notas y guárdelo con codificación UTF-8.",
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(
            f"«{path.name}» no se puede leer como TOML: {_toml_place(error)}.",
            hint="Revise comillas y corchetes. En rutas de Windows use / o comillas simples: "
            r"'C:\Evidencias'.",
        ) from error


def _toml_place(error: tomllib.TOMLDecodeError) -> str:
    found = re.search(r"\(at (?:line (\d+), column (\d+)|end of document)\)", str(error))
    if found and found[1]:
        return f"línea {found[1]}, columna {found[2]}"
    return "el archivo termina antes de tiempo"


def parse(data: Mapping[str, Any], path: Path) -> Config:
    """Checks the keys of a parsed file; `path` places the workspace."""
    try:
        return Config.model_validate({**data, "path": path})
    except ValidationError as error:
        problems = tuple(_problem(dict(e)) for e in error.errors())
        raise ConfigError(
            f"«{path.name}» tiene {len(problems)} "
            f"{'problema' if len(problems) == 1 else 'problemas'}:",
            problems,
            hint=f"Corríjalos en {path} y ejecute de nuevo.",
        ) from error


_SPANISH = {
    "missing": "falta",
    "string_type": "debe ser un texto entre comillas",
    "string_too_short": "está vacío",
    "bool_parsing": "debe ser true o false",
    "bool_type": "debe ser true o false",
    "list_type": "debe ser una lista entre corchetes",
    "too_short": "está vacío",
    "float_parsing": "debe ser un número",
    "float_type": "debe ser un número",
    "dict_type": "debe ser una sección",
    "model_type": "debe ser una sección entre corchetes",
    "model_attributes_type": "debe ser una sección entre corchetes",
}


def _problem(error: dict[str, Any]) -> str:
    key = ".".join(str(part) for part in error["loc"]) or "el archivo"
    kind = str(error["type"])
    if kind == "extra_forbidden":
        return f"{key}: no conozco esta clave{_suggestion(error['loc'])}"
    if kind == "value_error":
        return f"{key}: {error['ctx']['error']}"
    if kind == "literal_error":
        return f"{key}: debe ser uno de {str(error['ctx']['expected']).replace(' or ', ' o ')}"
    if kind.startswith("date"):
        return f"{key}: debe ser una fecha sin comillas, p. ej. 2021-12-31"
    return f"{key}: {_SPANISH.get(kind, 'no tiene un valor válido')}"


def _suggestion(loc: tuple[int | str, ...]) -> str:
    fields: Mapping[str, Any] = _File.model_fields
    for part in loc[:-1]:
        annotation = fields[str(part)].annotation if str(part) in fields else None
        fields = getattr(annotation, "model_fields", {})
    near = difflib.get_close_matches(str(loc[-1]), fields, n=1)
    return f"; ¿quiso decir «{near[0]}»?" if near else ""
