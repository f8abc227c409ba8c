"""What a fact is made of: codes, dates, numbers and public ids, and never free text.

A fact class lives in the `facts.py` of its capability:

    @dataclass(frozen=True, slots=True, kw_only=True)
    class CaseReturned(Fact):
        \"\"\"An official handed the case back to the applicant for correction.\"\"\"

        kind = "case.returned"
        sentence = _("The case was returned to the applicant (reason %(reason)s).")
        interaction = Interaction.NOTICE

        case: Annotated[Number, Touches("case")]
        reason: Code
        answer_due_on: date

`layout` reads the annotations: a field that could hold free text (`str`, `Any`, `dict`) is a TypeError,
at the first use and in the test that reads every class, so that a person can be erased and the journal
never needs to be.
"""

from __future__ import annotations

import re
import types
from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin, get_type_hints

from zemstvo.ground.journal import wording

EXACT = 2**53 - 1
"""The largest whole number that every reader of JSON keeps exact (RFC 7493 §2.2)."""


@dataclass(frozen=True, slots=True)
class Form:
    """The form that a text in a fact must have, as a full-match regular expression."""

    pattern: str


@dataclass(frozen=True, slots=True)
class Touches:
    """Marks a field whose value is a thing that the fact is about: its type and the role it plays."""

    type: str
    role: str = ""


Code = Annotated[str, Form(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}")]
"""A code out of a closed list: a reason, a state, a role, an OKTMO code."""

Number = Annotated[str, Form(r"(?=[^0-9]{0,47}[0-9])[0-9A-ZА-Я][0-9A-ZА-Яа-я./-]{0,47}")]
"""The public number of a case or a document; without a digit it would be a word, perhaps a name."""

PublicId = Annotated[str, Form(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
"""A UUID in its canonical text."""


class Channel(StrEnum):
    """Where the contact happened (DESIGN §7)."""

    PORTAL = "portal"
    APP = "app"
    API = "api"
    PROACTIVE = "proactive"
    EMAIL = "e-mail"
    PHONE = "phone"
    COUNTER = "counter"
    POST = "post"
    INTERMEDIARY = "intermediary"
    NONE = "none"
    UNKNOWN = "unknown"


class Entry(StrEnum):
    """Who put it in: the person, the person with help, or an official from paper or by phone."""

    SELF = "self"
    ASSISTED = "assisted"
    TRANSCRIBED = "transcribed"
    NONE = "none"


class Interaction(StrEnum):
    """The forms of a contact that the person's matter needs (DESIGN §7)."""

    APPLICATION = "application"
    SUPPLEMENT = "supplement"
    ENQUIRY = "enquiry"
    APPEAL = "appeal"
    NOTICE = "notice"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something that happened. Subclasses are frozen, keyword-only dataclasses with slots."""

    kind: ClassVar[str] = ""
    sentence: ClassVar[Any] = ""
    interaction: ClassVar[Interaction | None] = None

    def __init_subclass__(cls) -> None:
        # No super() here: with slots the dataclass decorator makes the class twice, and
        # registering by kind lets the second, final class take the place of the first.
        if cls.kind:
            known = _registry.get(cls.kind)
            if known is not None and known.__qualname__ != cls.__qualname__:
                raise TypeError(f"two fact classes of the kind {cls.kind}: {known}, {cls}")
            _registry[cls.kind] = cls


_registry: dict[str, type[Fact]] = {}


def fact_classes() -> dict[str, type[Fact]]:
    """All fact classes known to this process, by kind."""
    return dict(_registry)


@dataclass(frozen=True, slots=True)
class Place:
    """One field of a fact class: how its value is checked and written, how shown, and what it touches."""

    name: str
    write: Callable[[Any], Any]
    show: Callable[[Any], str]
    touches: Touches | None


_layouts: dict[type[Fact], tuple[Place, ...]] = {}


def layout(cls: type[Fact]) -> tuple[Place, ...]:
    """The fields of a fact class in order of name. Raises TypeError where one could hold free text."""
    known = _layouts.get(cls)
    if known is None:
        hints = get_type_hints(cls, include_extras=True)
        known = tuple(_place(cls, name, hints[name]) for name in sorted(f.name for f in fields(cls)))
        _layouts[cls] = known
    return known


def _place(cls: type[Fact], name: str, hint: Any) -> Place:
    optional = False
    if get_origin(hint) in (Union, types.UnionType):
        options = [o for o in get_args(hint) if o is not type(None)]
        if len(options) != 1:
            raise TypeError(f"{cls.__name__}.{name}: one type, or one type and None, is expected")
        hint, optional = options[0], True
    touches = _mark(hint)
    write = _writer(f"{cls.__name__}.{name}", hint)
    if optional:
        return Place(name, lambda value: None if value is None else write(value), _shower(hint), touches)
    return Place(name, write, _shower(hint), touches)


def _mark(hint: Any) -> Touches | None:
    """The mark of a field, or of the items of a list."""
    found = next((m for m in getattr(hint, "__metadata__", ()) if isinstance(m, Touches)), None)
    return found or (_mark(get_args(hint)[0]) if get_origin(hint) is tuple else None)


def _writer(where: str, hint: Any) -> Callable[[Any], Any]:
    if get_origin(hint) is Annotated and get_origin(get_args(hint)[0]) is tuple:
        hint = get_args(hint)[0]
    if get_origin(hint) is tuple and len(get_args(hint)) == 2 and get_args(hint)[1] is Ellipsis:
        return _list_writer(where, _writer(where, get_args(hint)[0]))
    form = next((m for m in getattr(hint, "__metadata__", ()) if isinstance(m, Form)), None)
    if form is not None:
        return _text_writer(where, form)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return lambda value: hint(value).value
    if hint is bool:
        return _exact_writer(where, bool)
    if hint is int:
        return _whole_writer(where)
    if hint is datetime:
        return moment
    if hint is date:
        write_day = _exact_writer(where, date)
        return lambda value: write_day(value).isoformat()
    raise TypeError(
        f"{where}: {hint} could hold free text or personal values; "
        "a fact takes Code, Number, PublicId, an enumeration, int, bool, date and datetime"
    )


def _text_writer(where: str, form: Form) -> Callable[[Any], Any]:
    matches = re.compile(form.pattern).fullmatch

    def write(value: Any) -> str:
        text = str(value)
        if not matches(text):
            raise ValueError(f"{where} is {text[:40]!r}, which is not of the form {form.pattern}")
        return text

    return write


def _list_writer(where: str, write_one: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def write(value: Any) -> list[Any]:
        if not isinstance(value, tuple | list):
            raise ValueError(f"{where} is {value!r}; a tuple is expected")
        return [write_one(one) for one in value]

    return write


def _exact_writer(where: str, wanted: type) -> Callable[[Any], Any]:
    def write(value: Any) -> Any:
        if type(value) is not wanted:
            raise ValueError(f"{where} is {value!r}; {wanted.__name__} is expected")
        return value

    return write


def _whole_writer(where: str) -> Callable[[Any], Any]:
    exact = _exact_writer(where, int)

    def write(value: Any) -> Any:
        if abs(exact(value)) > EXACT:
            raise ValueError(f"{where} is {value!r}; JSON holds whole numbers up to {EXACT} exactly")
        return value

    return write


def moment(at: datetime) -> str:
    """An instant as the journal writes it: UTC, microseconds, a Z. Raises ValueError without a zone."""
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone; a fact needs an instant")
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat(timespec="microseconds")[:26] + "Z"


def _shower(hint: Any) -> Callable[[Any], str]:
    """How a stored value stands in the sentence: days and moments as the reader's language writes them."""
    if hint is date:
        return lambda stored: wording.day(date.fromisoformat(stored))
    if hint is datetime:
        return lambda stored: wording.moment(datetime.fromisoformat(stored))
    return lambda stored: ", ".join(map(str, stored)) if isinstance(stored, list) else str(stored)
