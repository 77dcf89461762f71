"""The `q` language of files.list: a small parser, a planner and an evaluator."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.google.drive_state import ME, Drive, File
from tests.google.idents import rfc3339
from tests.google.wire import ApiError, parameter_error

_TOKEN = re.compile(
    r"""\s*(?:(?P<text>'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")|(?P<op><=|>=|!=|=|<|>|\(|\)|\{|\})"""
    r"""|(?P<word>[A-Za-z][A-Za-z0-9_.]*))"""
)
_TIMES = {"createdTime", "modifiedTime", "viewedByMeTime", "sharedWithMeTime"}
_BOOLS = {"trashed", "starred", "sharedWithMe", "ownedByMe"}
_TEXTS = {"name", "mimeType", "fullText", "title", "visibility", "shortcutDetails.targetId"}
_LISTS = {"parents", "owners", "writers", "readers"}
MAX_TERMS = 100


@dataclass
class Node:
    """`and`, `or` and `not` have parts; `test` has a field, an operator and a value."""

    kind: str
    parts: list[Node] = field(default_factory=list)
    name: str = ""
    op: str = ""
    value: str = ""


def bad_query() -> ApiError:
    return parameter_error("q")


def tokens_of(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match or match.lastgroup is None:
            raise bad_query()
        value = match[match.lastgroup]
        if match.lastgroup == "text":
            value = re.sub(r"\\(.)", r"\1", value[1:-1], flags=re.S)
        found.append((match.lastgroup, value))
        at = match.end()
    return found


class _Parser:
    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self.tokens = tokens
        self.at = 0

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def take(self) -> tuple[str, str]:
        token = self.peek()
        self.at += 1
        return token

    def is_word(self, word: str) -> bool:
        kind, value = self.peek()
        return kind == "word" and value.lower() == word

    def chain(self, word: str, inner: Callable[[], Node]) -> Node:
        parts = [inner()]
        while self.is_word(word):
            self.take()
            parts.append(inner())
        return parts[0] if len(parts) == 1 else Node(word, parts)

    def expression(self) -> Node:
        # Google binds `and` tighter than `or`.
        return self.chain("or", lambda: self.chain("and", self.unary))

    def unary(self) -> Node:
        if self.is_word("not"):
            self.take()
            return Node("not", [self.unary()])
        if self.peek() == ("op", "("):
            self.take()
            inner = self.expression()
            if self.take() != ("op", ")"):
                raise bad_query()
            return inner
        return self.test()

    def test(self) -> Node:
        kind, value = self.take()
        if kind == "text":  # 'id' in parents
            if not self.is_word("in"):
                raise bad_query()
            self.take()
            _, name = self.take()
            if name not in _LISTS:
                raise bad_query()
            return Node("test", name=name, op="in", value=value)
        if kind != "word":
            raise bad_query()
        return self.compare(value)

    def compare(self, name: str) -> Node:
        kind, op = self.peek()
        if name in _BOOLS and (kind != "op" or op not in ("=", "!=")):
            return Node("test", name=name, op="=", value="true")
        self.take()
        if kind == "word" and op == "contains":
            allowed = name in _TEXTS
        elif kind == "op" and op in ("=", "!="):
            allowed = name in _TEXTS | _TIMES | _BOOLS
        else:
            allowed = kind == "op" and op in ("<", "<=", ">", ">=") and name in _TIMES
        if not allowed:
            raise bad_query()
        return Node("test", name=name, op=op, value=self.value(name))

    def value(self, name: str) -> str:
        kind, value = self.take()
        if name in _BOOLS:
            if kind != "word" or value.lower() not in ("true", "false"):
                raise bad_query()
            return value.lower()
        if kind != "text":
            raise bad_query()
        if name in _TIMES:
            try:
                return rfc3339(value)
            except ValueError:
                raise bad_query() from None
        return value


def parse(text: str) -> Node:
    """The tree of a query; an unreadable one is Google's 400."""
    tokens = tokens_of(text)
    if not tokens:
        return Node("and")
    parser = _Parser(tokens)
    tree = parser.expression()
    if parser.peek()[0] != "end":
        raise bad_query()
    if _terms(tree) > MAX_TERMS:
        raise ApiError(
            400,
            "The query is too complex.",
            "queryTooComplex",
            locationType="parameter",
            location="q",
        )
    return tree


def _terms(node: Node) -> int:
    return 1 if node.kind == "test" else sum(_terms(part) for part in node.parts)


@dataclass
class Plan:
    """What an index can answer: a set of parents, or a slice of time."""

    parents: list[str] | None = None
    created: tuple[str, str] = ("", "\uffff")
    modified: tuple[str, str] = ("", "\uffff")

    @property
    def by_modified(self) -> bool:
        return self.created == ("", "\uffff") and self.modified != ("", "\uffff")


def plan(tree: Node) -> Plan:
    made = Plan()
    for part in tree.parts if tree.kind == "and" else [tree]:
        parents = _parents_of(part)
        if parents is not None:
            made.parents = (
                parents if made.parents is None else [p for p in made.parents if p in parents]
            )
        elif part.kind == "test" and part.op[:1] in "<>" and part.name == "createdTime":
            made.created = _narrow(made.created, part)
        elif part.kind == "test" and part.op[:1] in "<>" and part.name == "modifiedTime":
            made.modified = _narrow(made.modified, part)
    return made


def _parents_of(node: Node) -> list[str] | None:
    if node.kind == "test" and node.name == "parents":
        return [node.value]
    if node.kind == "or":
        inner = [_parents_of(part) for part in node.parts]
        if all(item is not None for item in inner):
            return list(dict.fromkeys(p for item in inner if item for p in item))
    return None


def _narrow(bounds: tuple[str, str], test: Node) -> tuple[str, str]:
    low, high = bounds
    if test.op[0] == ">":
        return max(low, test.value), high
    return low, min(high, test.value)


Predicate = Callable[[File], bool]


def compile_query(node: Node, drive: Drive, texts: Callable[[File], str]) -> Predicate:
    """The tree as one function of a file."""
    if node.kind in ("and", "or"):
        inner = [compile_query(part, drive, texts) for part in node.parts]
        if node.kind == "and":
            return lambda f: all(test(f) for test in inner)
        return lambda f: any(test(f) for test in inner)
    if node.kind == "not":
        negated = compile_query(node.parts[0], drive, texts)
        return lambda f: not negated(f)
    return _test(node, drive, texts)


def _test(node: Node, drive: Drive, texts: Callable[[File], str]) -> Predicate:
    name, op, value = node.name, node.op, node.value
    if name == "parents":
        wanted = drive.resolve(value)
        return lambda f: f.parent == wanted
    if name in _LISTS:
        return lambda f: (f.owner == (ME if value == "me" else value)) and not f.drive
    if name in _BOOLS:
        truth = (value == "true") == (op == "=")
        return lambda f: _bool(name, f, drive) == truth
    if op == "contains":
        return _contains(name, value, texts)
    get = _reader(name, drive)
    compare: dict[str, Callable[[Any], bool]] = {
        "=": lambda held: bool(held == value),
        "!=": lambda held: bool(held != value),
        "<": lambda held: bool(held < value),
        "<=": lambda held: bool(held <= value),
        ">": lambda held: bool(held > value),
        ">=": lambda held: bool(held >= value),
    }
    test = compare[op]
    return lambda f: test(get(f))


def _reader(name: str, drive: Drive) -> Callable[[File], Any]:
    read: dict[str, Callable[[File], Any]] = {
        "name": lambda f: f.name,
        "title": lambda f: f.name,
        "mimeType": lambda f: f.mime,
        "createdTime": lambda f: f.created,
        "modifiedTime": lambda f: f.modified,
        "shortcutDetails.targetId": lambda f: f.target,
        "visibility": lambda f: "anyoneWithLink" if drive.anyone(f) else "limited",
    }
    return read.get(name, _nothing)


def _nothing(file: File) -> Any:
    return None


def _bool(name: str, file: File, drive: Drive) -> bool:
    if name == "trashed":
        return drive.is_trashed(file)
    if name == "sharedWithMe":
        return file.shared_with_me
    if name == "ownedByMe":
        return file.owner == ME and not file.drive
    return bool(file.extra.get(name, False))


def _contains(name: str, value: str, texts: Callable[[File], str]) -> Predicate:
    """`name contains` matches beginnings of words, as Google documents; others match inside."""
    wanted = value.casefold()
    if name in ("name", "title"):
        pattern = re.compile(r"(?<!\w)" + re.escape(wanted))
        return lambda f: bool(pattern.search(f.name.casefold()))
    if name == "mimeType":
        return lambda f: f.mime.startswith(value)
    return lambda f: wanted in f.name.casefold() or wanted in texts(f).casefold()
