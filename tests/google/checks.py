"""Requests and answers against the discovery documents, and Google's words for a bad request."""

from __future__ import annotations

import re
from typing import Any

from tests.google.schemas import (
    Problem,
    fits,
    problems,
    query_names,
    request_schema,
    response_schema,
)
from tests.google.wire import ApiError, Request, field_violations

# Aliases that Google still honours and its discovery document no longer lists.
_STILL_ACCEPTED = {"access_token", "supportsTeamDrives", "includeTeamDriveItems", "teamDriveId"}
# A name of v2 that gspread still sends; Drive ignores what it does not know.
_LEFTOVERS = {"withLink"}
_PROTO_TYPES = {
    "int32": "TYPE_INT32",
    "int64": "TYPE_INT64",
    "double": "TYPE_DOUBLE",
    "float": "TYPE_FLOAT",
    "boolean": "TYPE_BOOL",
    "string": "TYPE_STRING",
}


class MismatchError(AssertionError):
    """The stand-in was about to answer something that Google could not."""


def check_query(service: str, operation: str, request: Request) -> None:
    """Sheets refuses an unknown parameter; Drive ignores it."""
    if service != "sheets":
        return
    known = query_names(service, operation) | _STILL_ACCEPTED
    found = []
    for name, _ in request.pairs:
        if name not in known:
            text = (
                f'Invalid JSON payload received. Unknown name "{name}": Cannot bind query '
                f"parameter. Field '{name}' could not be found in request message."
            )
            found.append(("", text))
    if found:
        raise field_violations(found)


def check_body(service: str, operation: str, body: Any, strict: bool) -> None:
    schema = request_schema(service, operation)
    if schema is None:
        return
    if service == "sheets":
        root = (
            "data"
            if operation
            in (
                "sheets.spreadsheets.values.update",
                "sheets.spreadsheets.values.append",
                "sheets.spreadsheets.create",
            )
            else ""
        )
        if operation == "sheets.spreadsheets.create":
            root = "spreadsheet"
        found = _strings(problems(schema, body, "", root or "$"), root)
        if found:
            raise field_violations(found)
    elif strict and (odd := [p for p in problems(schema, body) if p.name not in _LEFTOVERS]):
        raise ApiError(
            400, f"stand-in: the body does not fit the schema: {odd[0]}", "standInSchema"
        )


def _strings(found: list[Problem], root: str) -> list[tuple[str, str]]:
    return [_violation(problem, root) for problem in found]


def _violation(problem: Problem, root: str) -> tuple[str, str]:
    parent = _snake(re.sub(r"^\$\.?", "", problem.path))
    where = ".".join(part for part in (parent, _snake(problem.name)) if part)
    where = re.sub(r"^\$\.?", "", where)
    if problem.kind == "unknown":
        at = f" at '{parent}'" if parent else ""
        text = (
            f'Invalid JSON payload received. Unknown name "{problem.name}"{at}: Cannot find field.'
        )
        return parent, text
    kind = _PROTO_TYPES.get(problem.wanted, problem.wanted)
    if problem.wanted == "array":
        kind = (
            "type.googleapis.com/google.protobuf.ListValue"
            if where.startswith("data.values")
            else "TYPE_ARRAY"
        )
    shown = f'"{problem.value}"' if isinstance(problem.value, str) else str(problem.value).lower()
    text = f"Invalid value at '{where}' ({kind}), {shown}"
    return where, text


def _snake(name: str) -> str:
    return re.sub(r"([A-Z])", lambda m: "_" + m[1].lower(), name)


def check_answer(service: str, operation: str, data: Any) -> None:
    """Raises where an answer departs from Google's schema: a fault of the stand-in itself."""
    schema = response_schema(service, operation)
    if schema is None or data is None or fits(schema)(data):
        return
    odd = problems(schema, data)
    if odd:
        listed = "; ".join(str(problem) for problem in odd[:5])
        raise MismatchError(f"{operation}: {listed}")
