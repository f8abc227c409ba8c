"""Every word and sentence of the room is there in both languages, and the places in them are filled."""

import ast
from pathlib import Path

import pytest
from django.utils.translation import gettext, override

from zemstvo.ground.journal.facts import fact_classes
from zemstvo.ground.journal.refusals import Refusal
from zemstvo.ground.territory import refusals, rules, words
from zemstvo.ground.territory.rules.oktmo import oktmo

ROOM = Path(words.__file__).parent
REFUSALS = [one for one in vars(refusals).values() if isinstance(one, type) and issubclass(one, Refusal)]


def marked_texts():
    """All texts in the code of the room that stand in _()."""
    for path in ROOM.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_":
                yield ast.literal_eval(node.args[0])


def test_every_text_has_a_russian_one():
    with override("ru"):
        assert [text for text in set(marked_texts()) if gettext(text) == text] == []


@pytest.mark.parametrize("language", ["en", "ru"])
def test_every_fact_of_the_room_has_a_sentence(language):
    ours = [cls for cls in fact_classes().values() if cls.__module__ == "zemstvo.ground.territory.facts"]

    assert len(ours) == 17
    with override(language):
        for cls in ours:
            assert str(cls.sentence) % dict.fromkeys(cls.__dataclass_fields__, "X")


def test_every_refusal_has_a_code_of_its_own_and_advice():
    own = [one for one in REFUSALS if one.__module__ == refusals.__name__]

    assert len({one.code for one in own}) == len(own)
    assert all(str(one.message) and str(one.advice) for one in own)


def test_every_code_has_a_word():
    assert set(words.LEVELS) == set(rules.Level)
    assert set(words.DAY_KINDS) == set(rules.DayKind)
    kinds = {oktmo(f"{region}{number:06}").kind for region in (11, 40) for number in range(1, 1_000_000, 997)}
    kinds |= {oktmo(f"56734000{number:03}").kind for number in range(1, 1_000)}
    assert kinds <= set(words.KINDS)
    assert words.word_for(words.KINDS, "unheard-of") == "unheard-of"
