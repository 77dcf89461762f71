"""What holds personal data (Ley 1581 de 2012): by kind of file, by its text and by its name."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from enum import StrEnum
from typing import Final

from evidencias.domain.model import EvidenceFile, EvidenceKind, FileFacts
from evidencias.domain.text import fold

# Attendance lists name people, and a photograph of people identifies them.
PERSONAL_KINDS: Final = frozenset({EvidenceKind.ATTENDANCE, EvidenceKind.PHOTOS})

# --- numbers and addresses of one person, in folded text ----------------------------------------

_ID_WORDS: Final = (
    r"\b(?:c\.?\s?c\.?|t\.?\s?i\.?|c\.?\s?e\.?|r\.?\s?c\.?|cedulas?|documento de identidad"
    r"|tarjeta de identidad|registro civil|identificacion|identificad[oa]s?|pasaporte|nuip)"
    r"(?![a-z])"
)
_ID_WORD: Final = re.compile(_ID_WORDS)
# Without five digits close to each other there is no number of a person; most texts have none.
_LONG_NUMBER: Final = re.compile(r"\d(?:[.,\s()-]{0,2}\d){4}")
_ID_NUMBER: Final = re.compile(r"(?<!\d)(?:\d{1,3}(?:[.\s]\d{3}){2,3}|\d{8,10})(?!\d)")
# Short numbers are identities only right after the word that says so.
_ID_BESIDE: Final = re.compile(_ID_WORDS + r"[^\d$\n]{0,25}\d(?:[.,\s]?\d){4,10}(?!\d)")
_PHONE: Final = re.compile(
    r"(?<!\d)(?:\+?57[\s.-]?)?\(?3\d{2}\)?[\s.-]{0,2}\d{3}[\s.-]?\d{2}[\s.-]?\d{2}(?!\d)"
)
_LANDLINE: Final = re.compile(
    r"\b(?:tel|telefonos?|celular(?:es)?|cel|movil|whatsapp)\b[^\d\n]{0,15}\d(?:[\s.()-]{0,2}\d){6,11}(?!\d)"
)
# An office's own address is public; a person's is not.
_MAIL: Final = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}@(?!(?:[\w-]+\.)*(?:gov|gob|mil)\.co\b)[\w-]{1,63}\.\w"
)
_ACCOUNT: Final = re.compile(
    r"\b(?:cuenta (?:de )?(?:ahorros?|corriente)|nequi|daviplata)\b"
    r"[^\d\n$]{0,30}\d(?:[\s.-]?\d){5,15}"
)
_HOME: Final = re.compile(
    r"\b(?:residen\w{2,4}|reside|domiciliad[oa]s?|vive) (?:en|de)\b[^\n]{0,25}"
    r"\b(?:calle|cll?|carrera|cr[a]?|kra?|diagonal|transversal|manzana|mz)\b\.? ?\d"
)
_BIRTH: Final = re.compile(r"\b(?:fecha de nacimiento|nacid[oa] el \d)")
_HEALTH: Final = re.compile(
    r"\b(?:diagnosticos?|historia clinica|phq|gad|discapacidad|victimas?)\b"
)
_MONEY: Final = re.compile(r"\$\s?\d[\d.,]*")

# --- people, one by one -------------------------------------------------------------------------

_ONE: Final = (
    r"(?:caso|persona|participante|asistente|menor|nin[oa]|adolescente|joven|estudiante|alumn[oa]"
    r"|aprendi[zc]|paciente|usuari[oa]|beneficiari[oa]|gestante|madre|padre|acudiente|titular"
    r"|victima|propietari[oa]|ciudadan[oa]|vecin[oa]|adultos? mayor|familia|hogar|operari[oa]"
    r"|productora?|funcionari[oa])"
)
_SEVERAL: Final = _ONE + r"(?:es|s)?"
# The head of a list of people; out of a PDF its columns come without a mark between them.
_LIST_HEAD: Final = re.compile(
    r"^(?=.*\bnombres?\b)(?:"
    r"(?=.*\b(?:cedula|documento|identificacion|telefono|celular|correo|firma)\b)[^\n]*[|,;\t]"
    r"|(?=.*\b(?:cedula|identificacion|telefono|firma)\b).{0,100}$)",
    re.MULTILINE,
)
# A paper that says who signed it.
_SIGNED: Final = re.compile(r"\bfirm(?:an|aron)(?: l[oa]s)? \d|\(\d+ firmas\)|\babajo firmantes\b")
# A message of an exported chat: "4/03/23, 7:02 a. m. - Ana: hoy no subo".
_CHAT: Final = re.compile(
    r"^\[?\d{1,2}/\d{1,2}/\d{2,4},? \d{1,2}:\d{2}[^-\]\n]{0,12}[-\]] ?[^:\n]{1,40}: ", re.MULTILINE
)
# A certificate names whom it certifies: for what they attended, not for what was handed in.
_CERTIFIED: Final = re.compile(
    r"\b" + _SEVERAL + r"\b|\bidentificad[oa]|\b(?:curso|diplomado|horas)\b"
)
# "menor 1 | retiro", "7 | caso 7 | ok", "Persona 14, vereda Piedra Ancha"; not "Personas 14".
_NUMBERED: Final = re.compile(
    r"^(?:\d+[ ]*[|;\t,][ ]*)?" + _ONE + r"(?: n[o°º]?\.?)? ?\d{1,4}[ ]*(?:[|;\t,]| {2})",
    re.MULTILINE,
)
# What parts the cells of a table; a comma followed by a blank is prose.
_BETWEEN: Final = re.compile(r"[|;\t]|,(?! )| {2,}")
_AGE: Final = re.compile(r"\d{1,3} anos")
_NAMES: Final = frozenset(
    {
        "nombre", "nombres", "nombre completo", "nombres completos", "nombre y apellido",
        "nombre y apellidos", "nombres y apellidos", "nombre clave", "apellido", "apellidos",
        "apellidos y nombres", "persona", "participante", "asistente", "beneficiario",
        "beneficiaria", "estudiante", "acudiente",
    }
)  # fmt: skip
# What a table says of a person when it leaves the name out; animals have a sex and an age too.
_ATTRIBUTES: Final = frozenset(
    {
        "cedula", "documento de identidad", "identificacion", "celular", "huella", "edad", "sexo",
        "genero", "eps", "sisben", "grupo sisben", "estrato", "etnia", "parentesco",
        "discapacidad", "diagnostico", "estado civil", "orientacion sexual", "escolaridad",
        "ocupacion", "grupo poblacional",
    }
)  # fmt: skip
_ANIMAL: Final = frozenset({"especie", "raza"})

# --- a private person by name: these look at the letters as they were written --------------------

_NAME_WORD: Final = r"[A-ZÁÉÍÓÚÑ][a-záéíóúñü]+"
_TITLED: Final = re.compile(
    r"\b(?:(?:[Ee]l|[Ll]a|[Aa]l) (?:menor|niñ[oa]|joven|ciudadan[oa]|estudiante|paciente|usuari[oa]"
    r"|beneficiari[oa]|adolescente|víctima)|[Ss]eñor(?:a|ita)?|[Ss]r(?:a|ta)?\.|don|doña)\s"
    r"(?!Alcald|Gobernad|Secretari|Personer|Concejal|President|Inspector|Comisari|Director|Minist"
    r"|Juez|Rector|Coordinador|Notari|Procurador|Contralor|Registrador|Jef[ea]|Gerent|Defensor)"
    rf"{_NAME_WORD} (?:de (?:la |los )?)?{_NAME_WORD}"
)
# "Juan Pérez | 52345678": a row of a list whose head is on another page.
_NAMED_NUMBER: Final = re.compile(
    rf"{_NAME_WORD} (?:{_NAME_WORD} ?){{1,4}}[|;\t,][ ]*"
    r"(?:\d{7,10}|\d{1,3}(?:\.\d{3}){2,3})(?!\d)"
)

# --- what the name of a file tells ---------------------------------------------------------------

_ID_PAPER: Final = re.compile(
    r"^[\W\d]*(?:copia de )?(?:fotocopias? (?:de )?(?:la )?)?(?:hojas? de vida|hv|cv|curriculum"
    r"|cedulas?|(?:documento|tarjeta)s? de identidad|registros? civil(?:es)?|pasaporte|rut"
    r"|historias? clinicas?|(?:certificado|concepto)s? medicos?|incapacidad(?:es)?"
    r"|(?:planilla )?seguridad social)\b",
    re.MULTILINE,
)
_PEOPLE_LISTED: Final = re.compile(
    r"\b(?:listados?|listas?|bases?|censos?|planillas?|registros?|relacion|inscritos|firmas)\b"
    r".{0,40}\b(?:" + _SEVERAL + r"|damnificad[oa]s|inscrit[oa]s|afiliad[oa]s|docentes"
    r"|artesan[oa]s|comerciantes|emprendedor[ae]s|expositor[ae]s|recicladores|tender[oa]s"
    r"|cuidador[ae]s|ahorrador[ae]s|emplead[oa]s|contratistas|lideres|lideresas)\b"
)


class Reserve(StrEnum):
    """Why a file stays out of what anyone may read."""

    PERSONAL = "datos personales"
    UNREAD = "contenido sin revisar"


def shows_personal_data(text: str) -> bool:
    """Whether a text shows identity or account numbers, telephones, private addresses, a person by
    name, or people one by one."""
    plain = _MONEY.sub(" ", fold(text))
    return (
        bool(_TITLED.search(text))
        or _tells_numbers(text, plain)
        or any(hint in plain and pattern.search(plain) for hint, pattern in _SHOWN)
        or _tells_people(plain.split("\n"))
    )


# Each with what must be there at all: looking for a word costs a tenth of looking for a pattern.
_SHOWN: Final = (
    ("@", _MAIL), ("naci", _BIRTH), ("resid", _HOME), ("domicili", _HOME), ("vive", _HOME),
    ("nombre", _LIST_HEAD), ("firm", _SIGNED), (":", _CHAT), ("", _NUMBERED),
)  # fmt: skip


def _tells_numbers(text: str, plain: str) -> bool:
    """Whether there is a number of one person: identity, telephone, account."""
    if not _LONG_NUMBER.search(plain):
        return False
    if any(p.search(plain) for p in (_PHONE, _LANDLINE, _ACCOUNT, _ID_BESIDE)):
        return True
    if _NAMED_NUMBER.search(text):
        return True
    return bool(_ID_NUMBER.search(plain) and (_ID_WORD.search(plain) or _HEALTH.search(plain)))


def _tells_people(lines: Iterable[str]) -> bool:
    """Whether a table has one person a row, by its head or by its rows, though without names."""
    for line in lines:
        cells = {cell.strip(" .:") for cell in _BETWEEN.split(line)}
        if _NAMES & cells:
            return True
        if len(cells) < 3 or _ANIMAL & cells:
            continue
        if _ATTRIBUTES & cells or any(_AGE.fullmatch(cell) for cell in cells):
            return True
    return False


def holds_personal_data(kinds: Collection[EvidenceKind], text: str) -> bool:
    """By its kind of evidence, or by what its text shows."""
    if PERSONAL_KINDS.intersection(kinds):
        return True
    if not text:
        return False
    if shows_personal_data(text):
        return True
    return EvidenceKind.CERTIFICATE in kinds and bool(_CERTIFIED.search(fold(text)))


def named_personal(path: str) -> bool:
    """Whether a path tells of personal data: numbers in it, a paper of one person, a list."""
    plain = path.replace("_", " ").replace("/", "\n")
    if shows_personal_data(plain):
        return True
    folded = fold(plain)
    return bool(_ID_PAPER.search(folded) or _PEOPLE_LISTED.search(folded.rpartition("\n")[2]))


def reserve(file: EvidenceFile, facts: FileFacts | None, text: str) -> Reserve | None:
    """Why a file may not be shown to everyone, or None; without text nobody knows what it holds.

    `facts` are what its synchronisation found in kind and text; None: nothing was found out.
    """
    personal = facts.personal_data if facts else shows_personal_data(text)
    if personal or named_personal(file.path):
        return Reserve.PERSONAL
    return None if text.strip() else Reserve.UNREAD
