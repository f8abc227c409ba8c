import pytest

from zemstvo.capabilities.documents.refusals import TextIsUnusable
from zemstvo.capabilities.documents.tests.zarechny import DECISION
from zemstvo.capabilities.documents.text import LONGEST_LINE, Text, clean


def test_a_text_reads_back_what_it_wrote():
    text = Text.of(DECISION)

    assert Text.of(text.plain()) == text


def test_what_a_package_writes_becomes_blocks():
    text = Text.of(DECISION)

    assert [block.type for block in text.blocks] == ["paragraph", "rows"]
    assert text.blocks[1].rows == (("Размер в месяц", "2 450,00 руб."),)


def test_signs_that_nobody_sees_are_left_out():
    assert clean(" a\x00b\u202e\ud800\r\nc\t\ue000 ") == "ab\nc"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": "  "}, "nothing is written|ничего не написано"),
        ({"paragraphs": [], "table": None}, "nothing is written|ничего не написано"),
        ({"title": 5}, "title"),
        ({"paragraphs": ["x" * (LONGEST_LINE + 1)]}, "20000"),
        ({"paragraphs": ["x" * LONGEST_LINE] * 11}, "200000"),
        ({"footer": "x"}, "footer"),
        ({"blocks": [{"type": "script", "text": "x"}]}, "blocks"),
        ({"blocks": [{"type": "table", "head": ["a", "b"], "rows": [["1"]]}]}, "rows"),
        ({"addressee": "Ивановой"}, "addressee"),
        ({"data": {"amount": 1.5}}, "data.amount"),
    ],
)
def test_a_text_that_cannot_be_printed_is_refused_with_the_place(changes, said):
    with pytest.raises(TextIsUnusable, match=said):
        Text.of(DECISION | changes)
