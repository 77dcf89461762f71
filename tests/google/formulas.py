"""A very small calculator: enough to know a formula from its value."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_TOKEN = re.compile(
    r"""\s*(?:(?P<num>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|(?P<text>"(?:""|[^"])*")"""
    r"""|(?P<ref>(?:(?:'(?:''|[^'])+'|[A-Za-z_]\w*)!)?\$?[A-Za-z]{1,3}\$?\d+"""
    r"""(?::\$?[A-Za-z]{1,3}\$?\d+)?(?![\w(]))|(?P<name>[A-Za-z_][\w.]*)"""
    r"""|(?P<op><=|>=|<>|[-+*/^&=<>(),;%]))"""
)
Look = Callable[[str], list[Any]]


class FormulaError(Exception):
    """A formula without a value: `kind` is Google's error type."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


class _Calc:
    def __init__(self, text: str, look: Look) -> None:
        self.tokens: list[tuple[str, str]] = []
        self.look = look
        at = 0
        text = text.strip()
        while at < len(text):
            found = _TOKEN.match(text, at)
            if not found or found.lastgroup is None:
                raise FormulaError("ERROR", "Formula parse error.")
            self.tokens.append((found.lastgroup, found[found.lastgroup]))
            at = found.end()
        self.at = 0

    def peek(self) -> str:
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self) -> tuple[str, str]:
        if self.at >= len(self.tokens):
            raise FormulaError("ERROR", "Formula parse error.")
        self.at += 1
        return self.tokens[self.at - 1]

    def whole(self) -> Any:
        value = self.compare()
        if self.at != len(self.tokens):
            raise FormulaError("ERROR", "Formula parse error.")
        return value

    def compare(self) -> Any:
        left = self.join()
        while self.peek() in ("=", "<>", "<", ">", "<=", ">="):
            left = _compared(self.take()[1], left, self.join())
        return left

    def join(self) -> Any:
        left = self.sum()
        while self.peek() == "&":
            self.take()
            left = _text(left) + _text(self.sum())
        return left

    def sum(self) -> Any:
        left = self.product()
        while self.peek() in ("+", "-"):
            sign = 1 if self.take()[1] == "+" else -1
            left = _number(left) + sign * _number(self.product())
        return left

    def product(self) -> Any:
        left = self.power()
        while self.peek() in ("*", "/"):
            op, right = self.take()[1], _number(self.power())
            if op == "/" and right == 0:
                raise FormulaError("DIVIDE_BY_ZERO", "Function DIVIDE parameter 2 cannot be zero.")
            left = _number(left) * right if op == "*" else _number(left) / right
        return left

    def power(self) -> Any:
        left = self.unary()
        while self.peek() == "^":
            self.take()
            left = _number(left) ** _number(self.unary())
        return left

    def unary(self) -> Any:
        if self.peek() in ("-", "+"):
            sign = -1 if self.take()[1] == "-" else 1
            return sign * _number(self.unary())
        value = self.atom()
        while self.peek() == "%":
            self.take()
            value = _number(value) / 100
        return value

    def atom(self) -> Any:
        kind, text = self.take()
        if kind == "num":
            return float(text)
        if kind == "text":
            return text[1:-1].replace('""', '"')
        if kind == "ref":
            held = self.look(text)
            return held if ":" in text else held[0] if held else 0
        if kind == "name":
            return self.named(text)
        if text == "(":
            value = self.compare()
            if self.take()[1] != ")":
                raise FormulaError("ERROR", "Formula parse error.")
            return value
        raise FormulaError("ERROR", "Formula parse error.")

    def named(self, name: str) -> Any:
        if name.upper() in ("TRUE", "VERDADERO", "FALSE", "FALSO") and self.peek() != "(":
            return name.upper() in ("TRUE", "VERDADERO")
        if self.peek() != "(":
            raise FormulaError("NAME", f"Unknown range name: '{name.upper()}'.")
        self.take()
        arguments: list[Any] = []
        while self.peek() != ")":
            arguments.append(self.compare())
            if self.peek() in (",", ";"):
                self.take()
            elif self.peek() != ")":
                raise FormulaError("ERROR", "Formula parse error.")
        self.take()
        return _call(name.upper(), arguments)


def _flat(arguments: list[Any]) -> list[Any]:
    return [x for a in arguments for x in (a if isinstance(a, list) else [a])]


def _call(name: str, arguments: list[Any]) -> Any:
    numbers = [float(x) for x in _flat(arguments) if isinstance(x, int | float)]
    if name == "HYPERLINK" and arguments:
        return _text(arguments[1] if len(arguments) > 1 else arguments[0])
    if name in ("SUM", "SUMA"):
        return sum(numbers)
    if name in ("COUNT", "CONTAR"):
        return float(len(numbers))
    if name in ("COUNTA", "CONTARA"):
        return float(len([x for x in _flat(arguments) if x not in (None, "")]))
    if name in ("AVERAGE", "PROMEDIO", "MIN", "MAX") and numbers:
        return {"MIN": min, "MAX": max}.get(name, lambda n: sum(n) / len(n))(numbers)
    if name in ("CONCATENATE", "CONCATENAR"):
        return "".join(_text(x) for x in _flat(arguments))
    if name in ("IF", "SI") and len(arguments) >= 2:
        return arguments[1] if arguments[0] else arguments[2] if len(arguments) > 2 else False
    raise FormulaError("NAME", f"Unknown function: '{name}'.")


def _number(value: Any) -> float:
    if isinstance(value, bool | int | float):
        return float(value)
    if value in (None, ""):
        return 0.0
    try:
        return float(value)
    except (TypeError, ValueError):
        raise FormulaError("VALUE", "A number was expected.") from None


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _compared(op: str, left: Any, right: Any) -> bool:
    if isinstance(left, str) != isinstance(right, str):
        left, right = _text(left), _text(right)
    compared: dict[str, Callable[[], bool]] = {
        "=": lambda: bool(left == right),
        "<>": lambda: bool(left != right),
        "<": lambda: bool(left < right),
        ">": lambda: bool(left > right),
        "<=": lambda: bool(left <= right),
        ">=": lambda: bool(left >= right),
    }
    return compared[op]()


def calculate(formula: str, look: Look) -> Any:
    """The value of `=…`; raises FormulaError."""
    return _Calc(formula[1:], look).whole()
