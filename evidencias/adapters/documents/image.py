"""Photos: whether they are images at all, and when the camera took them."""

from __future__ import annotations

import io
import re
import warnings
from datetime import datetime
from typing import TYPE_CHECKING

from evidencias.adapters.documents.limits import UnreadableError
from evidencias.domain.model import Document

if TYPE_CHECKING:
    from PIL.Image import Exif

_EXIF_IFD, _ORIGINAL, _DIGITIZED = 0x8769, 0x9003, 0x9004
_MOMENT = re.compile(r"(\d{4})[:/-](\d\d)[:/-](\d\d)[ T](\d\d):(\d\d):(\d\d)")


def photo(data: bytes) -> Document:
    """The camera's own date (DateTimeOriginal) where the photo keeps one; no pixel is decoded."""
    if data[4:8] == b"ftyp":  # HEIC and AVIF: real photos that Pillow cannot open
        return Document()
    from PIL import Image, UnidentifiedImageError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # odd metadata and huge sizes: only the header is read
        try:
            with Image.open(io.BytesIO(data)) as image:
                return Document(photo_taken=_taken(image.getexif()))
        except UnidentifiedImageError as error:
            raise UnreadableError("no es una imagen aunque su nombre lo diga", True) from error
        except Image.DecompressionBombError:
            return Document()


def _taken(exif: Exif) -> datetime | None:
    details = exif.get_ifd(_EXIF_IFD)
    for tag in (_ORIGINAL, _DIGITIZED):
        found = _MOMENT.match(str(details.get(tag, "")))
        if found:
            return _moment([int(part) for part in found.groups()])
    return None


def _moment(parts: list[int]) -> datetime | None:
    """A civil moment; None for what a camera without a set clock writes."""
    try:
        taken = datetime(*parts)  # type: ignore[arg-type]  # six ints, never a zone
    except ValueError:
        return None
    return taken if taken.year >= 1995 else None
