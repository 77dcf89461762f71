"""The policy and semester a register belongs to, and the refusal of another one's."""

from __future__ import annotations

from evidencias.domain.model import Period
from evidencias.domain.register.shapes import RegisterContents
from evidencias.domain.text import words
from evidencias.errors import InputError

_TITLE = "Registro de evidencias · "


def title(policy: str, semester: str) -> str:
    """The first line of `Resumen`, from which the stamp can be read when all else is lost."""
    return f"{_TITLE}{policy} · {semester}"


def read_title(line: str) -> tuple[str, str]:
    """Policy and semester of a first line written by `title`, ("", "") for any other text."""
    if not line.startswith(_TITLE):
        return "", ""
    policy, separator, semester = line.removeprefix(_TITLE).rpartition(" · ")
    return (policy, semester) if separator else ("", "")


def check_stamp(contents: RegisterContents, policy: str, period: Period) -> None:
    """Raises InputError when the register is of another policy or semester.

    A register without a stamp passes: it is stamped when it is next written.
    """
    if contents.semester and contents.semester != period.label:
        raise InputError(
            f"{_upper(contents.origin)} es del semestre {contents.semester} y la configuración "
            f"dice {period.label}.",
            "Cada semestre lleva su registro: escriba otro nombre en [registro] destino o corrija "
            "[periodo] en evidencias.toml.",
        )
    if contents.policy and words(contents.policy) != words(policy):
        raise InputError(
            f"{_upper(contents.origin)} es de la política «{contents.policy}» y la configuración "
            f"dice «{policy}».",
            "Escriba otro nombre en [registro] destino o corrija [politica] nombre en "
            "evidencias.toml.",
        )


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
