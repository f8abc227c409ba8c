import pytest

from zemstvo.ground.territory.refusals import CodeIsHeading, CodeUnclear, UnknownScheme, WrongCheckDigit
from zemstvo.ground.territory.rules.schemes import OKTMO, PLAIN, scheme_named


@pytest.mark.parametrize(
    "typed",
    ["79605000", "79605000-2", "79605000 2", "796050002", "79 605 000", "79 605 000-2", " 79605000 - 2 "],
)
def test_a_code_may_be_typed_with_its_check_digit_and_in_groups(typed):
    meaning = OKTMO.typed(typed)

    assert (meaning.code, meaning.check_digit, meaning.kind) == ("79605000", 2, "municipal_district")


def test_a_wrong_check_digit_typed_by_a_person_is_refused():
    for digit in "013456789":
        with pytest.raises(WrongCheckDigit, match=digit):
            OKTMO.typed(f"79605000-{digit}")


@pytest.mark.parametrize("typed", ["07705000-0", "22727000-1", "46787000-7"])
def test_the_misprints_of_the_official_list_are_refused_from_a_person_too(typed):
    with pytest.raises(WrongCheckDigit):
        OKTMO.typed(typed)


@pytest.mark.parametrize("typed", ["", "7960500", "79605000-2-2", "7960500x", "٧٩٦٠٥٠٠٠", "7" * 13])
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(CodeUnclear):
        OKTMO.typed(typed)


def test_a_heading_is_refused():
    with pytest.raises(CodeIsHeading):
        OKTMO.typed("56600000")


@pytest.mark.parametrize("typed", ["zarechny", "DE-BY", "09.1.62", "a" * 64])
def test_another_country_writes_its_codes_its_own_way(typed):
    assert PLAIN.typed(typed).code == typed


@pytest.mark.parametrize("typed", ["", "Заречный", "a b", "a/b", "-a", "a" * 65, "a\x00"])
def test_a_plain_code_is_short_and_latin(typed):
    with pytest.raises(CodeUnclear):
        PLAIN.typed(typed)


def test_an_unknown_scheme_is_refused_with_those_that_are_known():
    with pytest.raises(UnknownScheme) as refused:
        scheme_named("okato")

    assert "oktmo" in refused.value.counsel
