"""Names as folders hold them: which are no evidence, which are stubs, how they become ids."""

from __future__ import annotations

import re
import unicodedata

_SYSTEM = {
    "thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
    ".ds_store",
    "icon\r",
    ".localized",
    ".picasa.ini",
}
_SYSTEM_FOLDERS = {
    "__macosx", ".git", ".svn", ".evidencias", "$recycle.bin", "system volume information",
    ".trash", ".trashes", ".tmp.drivedownload", ".tmp.driveupload", ".dropbox.cache",
    ".spotlight-v100",
}  # fmt: skip
# Recycle bins that network drives and desktops keep beside the files; what is there was deleted.
_BINS = {"$recycle.bin", "recycler", "#recycle", "@recycle", ".recycle", ".trash", ".trashes"}
_RULES = (
    (
        re.compile(r"~\$.*|\.~lock\..*#", re.DOTALL),
        "bloqueo de un documento que alguien tiene abierto",
    ),
    (re.compile(r"\._.*", re.DOTALL), "archivo del sistema (macOS)"),
    (
        re.compile(r"~.*\.tmp|.*\.(tmp|temp|crdownload|part|partial|download|!ut)", re.DOTALL),
        "archivo temporal o descarga sin terminar",
    ),
)
STUBS = {
    "gdoc": ("document", "application/vnd.google-apps.document"),
    "gsheet": ("spreadsheets", "application/vnd.google-apps.spreadsheet"),
    "gslides": ("presentation", "application/vnd.google-apps.presentation"),
    "gform": ("forms", "application/vnd.google-apps.form"),
    "gdraw": ("drawings", "application/vnd.google-apps.drawing"),
    "gmap": ("maps", "application/vnd.google-apps.map"),
    "gsite": ("sites", "application/vnd.google-apps.site"),
    "gjam": ("jamboard", "application/vnd.google-apps.jam"),
    "glink": ("file", "application/vnd.google-apps.shortcut"),
}
SHORTCUTS = {"lnk", "url", "webloc"}


def no_evidence(name: str) -> str | None:
    """Why a file of this name is never evidence, in Spanish; None for all others."""
    folded = name.lower()
    if folded in _SYSTEM:
        return "archivo del sistema"
    for pattern, reason in _RULES:
        if pattern.fullmatch(folded):
            return reason
    return None


def system_folder(name: str) -> bool:
    """Whether a folder belongs to the system or to a program and holds no evidence."""
    return name.lower() in _SYSTEM_FOLDERS or recycle_bin(name)


def recycle_bin(name: str) -> bool:
    """Whether a folder is where a system or a network drive keeps what was deleted."""
    return name.lower() in _BINS or name.lower().startswith(".trash-")


def ending(name: str) -> str:
    """The lower-case ending without its dot, "" where there is none."""
    return name.rsplit(".", 1)[-1].lower() if "." in name else ""


def readable(name: str) -> str:
    """A name as it can be shown and kept: NFC, bytes that are no text as "\\xNN", no line breaks.

    `os.fsdecode` keeps such bytes as lone surrogates, which no file or JSON accepts.
    """
    shown = unicodedata.normalize("NFC", name)
    return "".join(_visible(c) for c in shown)


def _visible(character: str) -> str:
    code = ord(character)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if 0xD800 <= code <= 0xDFFF:
        return f"\\u{code:04x}"
    return f"\\x{code:02x}" if code < 0x20 or code == 0x7F else character


def pattern(glob: str) -> str:
    """A glob as people write it on Windows: any case, any slash."""
    return readable(glob).replace("\\", "/").casefold()
