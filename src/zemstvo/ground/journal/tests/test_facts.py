"""A fact holds codes, numbers, days and public ids, and nothing in which a name could hide."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import pytest
from django.utils import translation

import zemstvo
from zemstvo.ground.journal.facts import Code, Fact, Number, PublicId, Touches, fact_classes, layout
from zemstvo.ground.journal.tests.facts_of_zarechny import FenceMended, mended
from zemstvo.ground.journal.writing import line_of


def place(cls: type[Fact], name: str):
    return next(place for place in layout(cls) if place.name == name)


def test_no_fact_class_of_the_house_can_hold_free_text():
    house = Path(zemstvo.__path__[0])
    for room in [*house.rglob("facts.py"), *house.rglob("facts/__init__.py")]:
        import_module(
            ".".join(room.relative_to(house.parent).with_suffix("").parts).removesuffix(".__init__")
        )

    for kind, cls in fact_classes().items():
        layout(cls)
        noun, dot, participle = kind.partition(".")
        assert noun and dot and participle, kind
        assert str(cls.sentence), kind


@pytest.mark.parametrize("hint", [str, Any, dict, dict[str, str], list[str], float, bytes, str | None])
def test_a_field_that_could_hold_a_name_is_refused(hint):
    cls = dataclass(frozen=True, slots=True, kw_only=True)(
        type("Gossip", (Fact,), {"__annotations__": {"words": hint}, "__module__": __name__})
    )

    with pytest.raises(TypeError, match="words"):
        layout(cls)


@pytest.mark.parametrize(
    "value", ["Анна Петровна Иванова", "anna@example.org", "a b", "", "x" * 65, "дом 5", "R01\n"]
)
def test_a_name_or_an_address_is_no_code(value):
    with pytest.raises(ValueError, match="reason"):
        place(FenceMended, "reason").write(value)


@pytest.mark.parametrize("value", ["Иванов", "ivanov", "ИВАНОВ-ПЕТРОВ", "З 1", "1" * 49, ""])
def test_a_word_without_a_digit_is_no_number(value):
    with pytest.raises(ValueError, match="fence"):
        place(FenceMended, "fence").write(value)


@pytest.mark.parametrize("value", ["ЗР-2026-000017-4", "15/2026-пр", "0", "Z-2026-1"])
def test_the_numbers_of_offices_are_numbers(value):
    assert place(FenceMended, "fence").write(value) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("planks", True),
        ("planks", 1.0),
        ("planks", "1"),
        ("planks", 2**53),
        ("is_painted", 1),
        ("mended_on", datetime(2026, 11, 23, tzinfo=UTC)),
        ("mended_on", "2026-11-23"),
        ("seen_at", datetime(2026, 11, 23)),  # noqa: DTZ001
        ("weather", "sleet"),
        ("helpers", "0198e0a2-0000-7000-8000-0000000000a0"),
        ("helpers", ("0198E0A2-0000-7000-8000-0000000000A0",)),
    ],
)
def test_a_value_of_another_type_is_refused(name, value):
    with pytest.raises(ValueError):
        place(FenceMended, name).write(value)


def test_a_moment_is_written_in_utc_with_microseconds():
    noon_in_moscow = datetime(2026, 11, 23, 12, 0, 0, 5, tzinfo=timezone(timedelta(hours=3)))

    assert place(FenceMended, "seen_at").write(noon_in_moscow) == "2026-11-23T09:00:00.000005Z"


def test_two_classes_of_one_kind_are_refused():
    with pytest.raises(TypeError, match=r"fence\.mended"):

        @dataclass(frozen=True, slots=True, kw_only=True)
        class FenceMendedAgain(Fact):
            kind = "fence.mended"


def test_a_list_of_things_touches_each_of_them():
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Merged(Fact):
        fences: Annotated[tuple[Number, ...], Touches("fence", "part")]
        reason: Code
        document: Annotated[PublicId, Touches("document")] | None = None

    assert {place.name: place.touches for place in layout(Merged)} == {
        "document": Touches("document"),
        "fences": Touches("fence", "part"),
        "reason": None,
    }


@pytest.mark.parametrize(("language", "day"), [("en", "23 November 2026"), ("ru", "23 ноября 2026 г.")])
def test_a_day_stands_in_the_sentence_as_the_reader_writes_it(language, day):
    with translation.override(language):
        assert place(FenceMended, "mended_on").show("2026-11-23") == day


def test_the_envelope_holds_no_free_text_either(vera_acts):
    for wrong in ("Иванова Анна", "two words", "a\nb", "x" * 65):
        with pytest.raises(ValueError, match="free text"):
            line_of(vera_acts, mended(), territory=wrong, authority="", service="", service_version=0)
    assert mended().mended_on == date(2026, 11, 23)
