"""Stable short ids of links, findings and claims (contract, "Ids")."""

from __future__ import annotations

import base64
import hashlib
import unicodedata


def _digest(prefix: str, *parts: str) -> str:
    joined = "\0".join(unicodedata.normalize("NFC", part) for part in parts)
    raw = hashlib.sha256(joined.encode("utf-8", "surrogatepass")).digest()
    return f"{prefix}-{base64.b32encode(raw).decode('ascii')[:10]}"


def link_id(code: str, file: str) -> str:
    """Id of the pair (activity code, `archivo`): "V-" and ten base32 characters."""
    return _digest("V", code, file)


def finding_id(kind: str, activity: str, file: str, detail: str) -> str:
    """Id of a finding from its class, activity, archivo and detail (each may be "")."""
    return _digest("H", kind, activity, file, detail)


def claim_id(text: str, ordinal: int) -> str:
    """Id of a claim from its text and its ordinal (from 1) among claims of equal text."""
    return _digest("A", text, str(ordinal))


def same_id(left: str, right: str) -> bool:
    """Ids are compared without regard to case or surrounding blanks."""
    return left.strip().upper() == right.strip().upper()
