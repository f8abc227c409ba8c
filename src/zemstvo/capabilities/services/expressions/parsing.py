"""Reading an expression: at most 500 characters and 12 levels, into a tree, or a fault that says where."""

from __future__ import annotations

import re
from dataclasses import dataclass

from zemstvo.capabilities.services.expressions.tree import (
    Binary,
    Call,
    Choice,
    ExpressionFault,
    ListOf,
    Literal,
    Macro,
    Name,
    Node,
    Select,
    Unary,
)

MAX_CHARACTERS = 500
MAX_DEPTH = 12
MAX_DIGITS = 13
MAX_OPERATORS = 80
MACROS = frozenset({"all", "exists", "filter"})
FORBIDDEN_MACROS = frozenset({"map", "exists_one", "transformList", "transformMap", "reduce", "bind", "has"})
RESERVED = frozenset(
    {"as", "break", "const", "continue", "else", "for", "function", "if", "import", "in", "let", "loop"}
    | {"package", "namespace", "return", "var", "void", "while", "null"}
)

_TOKEN = re.compile(
    r"""
    (?P<space>[ \t\n\r]+)
  | (?P<number>[0-9][0-9A-Za-z_.]*)
  | (?P<text>[rR]?"(?:[^"\\\n]|\\.)*" | [rR]?'(?:[^'\\\n]|\\.)*')
  | (?P<name>[A-Za-z][A-Za-z0-9_]*)
  | (?P<sign>\|\||&&|<=|>=|==|!=|[<>!?:.,()\[\]+\-*/%])
    """,
    re.VERBOSE,
)
_ESCAPES = {"\\": "\\", '"': '"', "'": "'", "n": "\n", "t": "\t"}


@dataclass(frozen=True, slots=True)
class Token:
    """A word of the expression: its kind, its text, its place from 1."""

    kind: str
    text: str
    at: int


def parse(source: str) -> Node:
    """The tree of an expression. Raises ExpressionFault at the first thing that our CEL does not have."""
    if len(source) > MAX_CHARACTERS:
        raise ExpressionFault(f"{len(source)} characters", f"at most {MAX_CHARACTERS} characters")
    reader = _Reader(_tokens(source))
    tree = reader.choice(0)
    reader.end()
    return tree


def _tokens(source: str) -> list[Token]:
    tokens: list[Token] = []
    at = 0
    while at < len(source):
        match = _TOKEN.match(source, at)
        if match is None:
            raise ExpressionFault(
                f"the character {source[at]!r}", "a name, a number, a text or an operator", at + 1
            )
        kind = match.lastgroup or ""
        if kind != "space":
            tokens.append(Token(kind, match.group(), at + 1))
        at = match.end()
    tokens.append(Token("end", "", len(source) + 1))
    return tokens


class _Reader:
    """A reader by recursive descent; every level that opens another one counts its depth."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._next = 0
        self._macros = 0
        self._operators = 0

    def end(self) -> None:
        token = self._peek()
        if token.kind != "end":
            raise ExpressionFault(f"{token.text!r} after the end", "an operator or the end", token.at)

    def choice(self, depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise ExpressionFault("a deeper nesting", f"at most {MAX_DEPTH} levels", self._peek().at)
        condition = self._binary(0, depth)
        if not self._takes("?"):
            return condition
        then = self.choice(depth + 1)
        self._demand(":")
        return Choice(condition.at, condition, then, self.choice(depth + 1))

    _levels: tuple[tuple[str, ...], ...] = (
        ("||",),
        ("&&",),
        ("<", "<=", ">", ">=", "==", "!=", "in"),
        ("+", "-"),
        ("*", "/", "%"),
    )

    def _binary(self, level: int, depth: int) -> Node:
        if level == len(self._levels):
            return self._unary(depth)
        left = self._binary(level + 1, depth)
        while (token := self._peek()).text in self._levels[level] and token.kind in ("sign", "name"):
            self._next += 1
            self._operators += 1
            if self._operators > MAX_OPERATORS:
                raise ExpressionFault("one more operator", f"at most {MAX_OPERATORS} operators", token.at)
            left = Binary(token.at, token.text, left, self._binary(level + 1, depth))
        return left

    def _unary(self, depth: int) -> Node:
        token = self._peek()
        if token.kind == "sign" and token.text in "!-":
            if depth > MAX_DEPTH:
                raise ExpressionFault("a deeper nesting", f"at most {MAX_DEPTH} levels", token.at)
            self._next += 1
            return Unary(token.at, token.text, self._unary(depth + 1))
        return self._member(depth)

    def _member(self, depth: int) -> Node:
        node = self._primary(depth)
        while True:
            if self._peek().text == "[" and self._peek().kind == "sign":
                raise ExpressionFault(
                    "an index in brackets", "all, exists, filter, sum or size", self._peek().at
                )
            if not self._takes("."):
                return node
            name = self._name()
            is_call = self._takes("(")
            node = self._method(node, name, depth) if is_call else Select(name.at, node, name.text)

    def _method(self, target: Node, name: Token, depth: int) -> Node:
        if name.text in FORBIDDEN_MACROS:
            raise ExpressionFault(f"the macro {name.text}", "all, exists or filter", name.at)
        if name.text not in MACROS:
            return Call(name.at, name.text, self._arguments(")", depth), target)
        self._macros += 1
        if self._macros > 1:
            raise ExpressionFault("a second macro", "one all, exists or filter in an expression", name.at)
        variable = self._name()
        self._demand(",")
        body = self.choice(depth + 1)
        self._demand(")")
        return Macro(name.at, name.text, target, variable.text, body)

    def _primary(self, depth: int) -> Node:
        token = self._peek()
        self._next += 1
        if token.kind == "number":
            return Literal(token.at, _whole_number(token))
        if token.kind == "text":
            return Literal(token.at, _text(token))
        if token.kind == "name":
            return self._named(token, depth)
        if token.text == "(":
            inner = self.choice(depth + 1)
            self._demand(")")
            return inner
        if token.text == "[":
            return ListOf(token.at, self._arguments("]", depth))
        found = repr(token.text) if token.text else "the end"
        raise ExpressionFault(found, "a name, a number, a text or a parenthesis", token.at)

    def _named(self, token: Token, depth: int) -> Node:
        if token.text in ("true", "false"):
            return Literal(token.at, token.text == "true")
        self._refuse_reserved(token)
        if not self._takes("("):
            return Name(token.at, token.text)
        if token.text in FORBIDDEN_MACROS:
            raise ExpressionFault(f"the macro {token.text}", "all, exists or filter", token.at)
        return Call(token.at, token.text, self._arguments(")", depth))

    def _arguments(self, closing: str, depth: int) -> tuple[Node, ...]:
        if self._takes(closing):
            return ()
        arguments = [self.choice(depth + 1)]
        while self._takes(","):
            arguments.append(self.choice(depth + 1))
        self._demand(closing)
        return tuple(arguments)

    def _name(self) -> Token:
        token = self._peek()
        if token.kind != "name":
            raise ExpressionFault(repr(token.text) if token.text else "the end", "a name", token.at)
        self._refuse_reserved(token)
        self._next += 1
        return token

    def _refuse_reserved(self, token: Token) -> None:
        if token.text in RESERVED:
            raise ExpressionFault(f"the word {token.text}", "another name", token.at)

    def _peek(self) -> Token:
        return self._tokens[self._next]

    def _takes(self, sign: str) -> bool:
        token = self._peek()
        if token.kind == "sign" and token.text == sign:
            self._next += 1
            return True
        return False

    def _demand(self, sign: str) -> None:
        if not self._takes(sign):
            token = self._peek()
            raise ExpressionFault(repr(token.text) if token.text else "the end", repr(sign), token.at)


def _whole_number(token: Token) -> int:
    if not token.text.isascii() or not token.text.isdigit():
        raise ExpressionFault(
            f"the number {token.text[:20]}",
            "a whole number in decimal digits (money in minor units)",
            token.at,
        )
    if len(token.text) > MAX_DIGITS:
        raise ExpressionFault(
            f"a number of {len(token.text)} digits", f"at most {MAX_DIGITS} digits", token.at
        )
    return int(token.text)


def _text(token: Token) -> str:
    body = token.text
    if body[0] in "rR":
        return body[2:-1]
    return re.sub(r"\\(.)", lambda match: _unescaped(match, token), body[1:-1])


def _unescaped(match: re.Match[str], token: Token) -> str:
    sign = match.group(1)
    if sign not in _ESCAPES:
        raise ExpressionFault(
            f"the escape \\{sign}",
            r"""one of \\ \" \' \n \t, or a raw text r"…\"""",
            token.at + 1 + match.start(),
        )
    return _ESCAPES[sign]
