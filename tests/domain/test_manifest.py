"""A manifest: canonical, sealed, refused after one changed byte, and honest about each file."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidencias.domain import manifest_text
from evidencias.domain.manifest_read import file_seals, paper_seal, period_of, supported_codes
from evidencias.domain.manifest_text import Manifest
from evidencias.errors import InputError

text = st.text(st.characters(codec="utf-8"), max_size=20)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**6), 10**6) | text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
    max_leaves=8,
)
manifests = st.dictionaries(
    st.sampled_from(["actividades", "archivos", "politica", "zeta", "t"]), values, max_size=4
).map(lambda m: {**m, "formato": manifest_text.FORMAT})

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


def written(manifest: dict[str, Any]) -> bytes:
    return b"".join(manifest_text.sealed(lambda: manifest).lines)


def opened(data: bytes) -> Manifest:
    return Manifest("m.json", data)


@unhurried
@given(manifests)
def test_what_is_sealed_is_read_back(manifest: dict[str, Any]) -> None:
    data = written(manifest)
    read = opened(data)
    assert {k: read.get(k) for k in read.keys() - {"sha256"}} == manifest
    plain = json.loads(data)
    assert plain.pop("sha256") == read.seal
    assert plain == manifest


@unhurried
@given(manifests)
def test_anyone_can_work_out_the_seal(manifest: dict[str, Any]) -> None:
    """By leaving one line out, as the documentation says."""
    lines = written(manifest).split(b"\n")
    rest = b"\n".join(line for line in lines if not line.startswith(b'"sha256":'))
    assert hashlib.sha256(rest).hexdigest() == opened(written(manifest)).seal


@unhurried
@given(manifests, st.data())
def test_one_flipped_bit_is_refused(manifest: dict[str, Any], data: st.DataObject) -> None:
    whole = bytearray(written(manifest))
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(InputError):
        opened(bytes(whole))


EDITS = [
    lambda d: d.replace(b"\n", b"\r\n"),
    lambda d: b"\xef\xbb\xbf" + d,
    lambda d: d + b"\n",
    lambda d: d.rstrip(b"\n"),
    lambda d: json.dumps(json.loads(d)).encode(),
    lambda d: d.replace(b'{"a":1,"b":"\xc3\xb1"}', b'{"b":"\xc3\xb1","a":1}'),
    lambda d: d.replace(b'"a":1', b'"a": 1'),
    lambda d: d.replace(b'"a":1', b'"a":1.0'),
    lambda d: d.replace(b"\xc3\xb1", b"\\u00f1"),
    lambda d: d.replace(b"\xc3\xb1", b"n\xcc\x83"),
    lambda d: d.replace(b'"archivos"', b'"archivoz"'),
    lambda d: d.replace(b'"sha256":"', b'"sha256":"0'),
    lambda d: d + d,
    lambda d: d.replace(b'"\n}', b'",\n}'),
    lambda d: d[: len(d) // 2],
    lambda _: b"[" * 100_000,
    lambda _: b"",
    lambda _: b"{}",
    lambda _: b"[]",
]


@pytest.mark.parametrize("edit", EDITS)
def test_what_editors_do_to_a_file_is_refused(edit: Any) -> None:
    data = written({"formato": manifest_text.FORMAT, "archivos": [{"a": 1, "b": "ñ"}]})
    assert edit(data) != data
    with pytest.raises(InputError):
        opened(edit(data))


def test_the_line_of_the_seal_has_its_place() -> None:
    """It is no part of what it seals, and yet the file has one form only."""
    data = written({"formato": manifest_text.FORMAT, "zeta": 1})
    first, form, seal, *rest = data.splitlines(keepends=True)
    assert seal.startswith(b'"sha256"')
    for moved in ([first, seal, form, *rest], [first, form, seal.replace(b",", b""), *rest]):
        with pytest.raises(InputError):
            opened(b"".join(moved))


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_conversion_is_told_from_an_edit(mark: bytes, end: bytes) -> None:
    """Git, mail and editors change line ends and add marks: refused all the same, and said."""
    data = written({"formato": manifest_text.FORMAT, "archivos": []})
    converted = mark + data.replace(b"\n", end)
    if converted == data:
        opened(converted)
        return
    with pytest.raises(InputError, match="Lo que dice es lo mismo"):
        opened(converted)
    with pytest.raises(InputError) as edited:
        opened(converted.replace(b"archivos", b"archivoz"))
    assert "Lo que dice es lo mismo" not in str(edited.value)


def test_a_manifest_of_a_newer_tool_asks_for_the_newer_tool() -> None:
    newer = written({"formato": "evidencias/manifiesto/2", "archivos": []})
    for data in (newer, newer.replace(b"archivos", b"sellados")):  # it may seal in another way
        with pytest.raises(InputError, match="versión más reciente"):
            opened(data)


@pytest.mark.parametrize("row", [{}, {"archivo": 1}, None, "x", 5, [1]])
def test_a_sealed_manifest_of_other_hands_is_refused_where_it_is_not_understood(row: Any) -> None:
    """Whoever can rewrite a manifest can seal it again; that is no reason to fail."""
    parts = {"archivos": [row], "actividades": [row], "plan": row or {}, "periodo": row}
    read = opened(written({"formato": manifest_text.FORMAT, **parts}))
    for ask in (
        lambda: file_seals(read),
        lambda: supported_codes(read),
        lambda: paper_seal(read, "plan"),
        lambda: paper_seal(read, "informe"),
        lambda: period_of(read),
    ):
        with pytest.raises(InputError):
            ask()


@pytest.mark.parametrize("rest", [b'"formato":"otro/1",\n', b"", b'"formato":{,\n'])
def test_a_seal_does_not_make_a_manifest(rest: bytes) -> None:
    seal = hashlib.sha256(b"{\n" + rest + b"}\n").hexdigest().encode()
    with pytest.raises(InputError):
        opened(b"{\n" + rest + b'"sha256":"' + seal + b'"\n}\n')


def test_the_order_of_keys_and_the_use_of_iterators_leave_no_trace() -> None:
    rows = [{"b": 1, "a": 2}, {"a": "ñ"}]
    one = written({"formato": "x", "archivos": rows})
    made = manifest_text.sealed(lambda: {"archivos": iter(rows), "formato": "x"})
    assert b"".join(made.lines) == one
    assert one.decode().splitlines()[1:5] == ['"archivos":[', '{"a":2,"b":1},', '{"a":"ñ"}', "],"]


@pytest.mark.parametrize(
    ("value", "shown"), [(83.0, "83"), (0.25, "0.25"), (1 / 3, "0.333333"), (0.1 + 0.2, "0.3")]
)
def test_numbers_are_written_as_any_writer_would(value: float, shown: str) -> None:
    assert manifest_text.compact(manifest_text.number(value)) == shown


def test_supported_codes_are_those_reported_and_supported() -> None:
    rows = [
        {"codigo": "1", "reportada": True, "estado": "soportada"},
        {"codigo": "2", "reportada": True, "estado": "parcial"},
        {"codigo": "3", "reportada": False, "estado": "soportada"},
    ]
    read = opened(written({"formato": manifest_text.FORMAT, "actividades": rows}))
    assert supported_codes(read) == {"1"}
