"""Bytes in and out of Drive: alt=media with ranges, multipart and resumable uploads."""

from __future__ import annotations

import email.parser
import email.policy
import json
import re
from typing import Any

from tests.google.drive_state import Drive, File
from tests.google.wire import ApiError, Json, Request, Response


def download(file: File, request: Request) -> Response:
    if file.is_native:
        raise ApiError(
            403,
            "Only files with binary content can be downloaded. Use Export with Docs Editors files.",
            "fileNotDownloadable",
            locationType="parameter",
            location="alt",
        )
    data = file.data()
    wanted = re.fullmatch(r"bytes=(\d*)-(\d*)", request.header("range"))
    if not wanted or not (wanted[1] or wanted[2]):
        return Response(200, data, file.mime, {"Accept-Ranges": "bytes"})
    start, end = _bounds(wanted[1], wanted[2], len(data))
    if start >= len(data):
        return Response(416, b"", "text/html", {"Content-Range": f"bytes */{len(data)}"})
    headers = {"Content-Range": f"bytes {start}-{end - 1}/{len(data)}", "Accept-Ranges": "bytes"}
    return Response(206, data[start:end], file.mime, headers)


def _bounds(first: str, last: str, size: int) -> tuple[int, int]:
    if not first:
        return max(0, size - int(last)), size
    return int(first), min(int(last) + 1, size) if last else size


def read_json(request: Request) -> Json:
    """The body of a metadata call; an empty one is {}."""
    if not request.body.strip():
        return {}
    try:
        held = json.loads(request.body)
    except ValueError:
        raise ApiError(400, "Parse Error", "parseError") from None
    if not isinstance(held, dict):
        raise ApiError(400, "Parse Error", "parseError")
    return held


def read_multipart(request: Request) -> tuple[Json, str, bytes]:
    """multipart/related: the metadata, then the content with its type."""
    head = f"Content-Type: {request.header('content-type')}\r\n\r\n".encode()
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + request.body)
    parts = list(message.iter_parts())
    if len(parts) != 2:
        raise ApiError(400, "Malformed multipart body.", "badContent")
    metadata = json.loads(_payload(parts[0]) or b"{}")
    return metadata, parts[1].get_content_type(), _payload(parts[1])


def _payload(part: Any) -> bytes:
    held = part.get_payload(decode=True)
    return held if isinstance(held, bytes) else b""


class Uploads:
    """Resumable sessions: opened with metadata, fed with ranges of bytes."""

    def __init__(self, drive: Drive) -> None:
        self.drive = drive
        self.sessions: dict[str, Json] = {}

    def open(self, request: Request, file_id: str | None, metadata: Json) -> Response:
        key = self.drive.idents.word(40)
        mime = request.header("x-upload-content-type")
        self.sessions[key] = {"file": file_id, "metadata": metadata, "mime": mime, "data": b""}
        joint = "&" if "?" in request.target else "?"
        host = request.header("host")
        scheme = request.header("x-standin-scheme") or "http"
        where = f"{scheme}://{host}{request.target}{joint}upload_id={key}"
        return Response(200, b"", "text/html", {"Location": where, "X-GUploader-UploadID": key})

    def feed(self, request: Request) -> tuple[Json | None, Response]:
        """The finished session, or the 308 that says how far it got."""
        key = request.query["upload_id"]
        session = self.sessions.get(key)
        if session is None:
            raise ApiError(404, "Upload session not found.", "notFound")
        span = re.fullmatch(r"bytes (?:(\d+)-(\d+)|\*)/(\d+|\*)", request.header("content-range"))
        if span is None:
            session["data"] = request.body
        elif span[1] is not None:
            if int(span[1]) != len(session["data"]):
                return None, _incomplete(session)
            session["data"] += request.body
        if span is not None and (span[3] == "*" or int(span[3]) > len(session["data"])):
            return None, _incomplete(session)
        return self.sessions.pop(key), Response()


def _incomplete(session: Json) -> Response:
    size = len(session["data"])
    return Response(308, b"", "text/html", {"Range": f"bytes=0-{size - 1}"} if size else {})
