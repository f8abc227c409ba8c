"""The numbers by which the state knows people and firms."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zemstvo.ground.people import identifiers
from zemstvo.ground.people.identifiers import NotDigits, RepeatedDigit, WrongCheckDigit, WrongLength

VALID = {
    identifiers.snils: ["11223344595", "08765430300", "08765430200"],
    identifiers.inn: ["7707083893", "7830002293", "7736050003", "500100732259"],
    identifiers.ogrn: ["1027700132195", "1037739010891"],
    identifiers.ogrnip: ["304500116000157"],
}
CASES = [(check, number) for check, numbers in VALID.items() for number in numbers]


def snils_of(nine: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(nine, range(9, 0, -1), strict=True))
    return nine + f"{total % 101 % 100:02d}"


@pytest.mark.parametrize(("check", "number"), CASES)
def test_published_numbers_are_right(check, number):
    assert check(number) == number


@pytest.mark.corpus
def test_every_vector_of_the_corpus_agrees(corpus):
    vectors = json.loads((corpus / "ru" / "id_test_vectors.json").read_text())
    checks = {
        "inn10_valid": identifiers.inn_of_organisation,
        "inn12_valid": identifiers.inn_of_person,
        "ogrn13_valid": identifiers.ogrn,
        "ogrnip15_valid": identifiers.ogrnip,
        "snils_valid": identifiers.snils,
    }

    for name, check in checks.items():
        for number in vectors[name]:
            assert check(number) == number
            with pytest.raises(WrongCheckDigit):
                check(number[:-1] + str((int(number[-1]) + 1) % 10))


@pytest.mark.parametrize(("check", "number"), CASES)
def test_a_misprinted_check_digit_is_named(check, number):
    wrong = number[:-1] + str((int(number[-1]) + 1) % 10)

    with pytest.raises(WrongCheckDigit) as refusal:
        check(wrong)

    assert refusal.value.facts["position"] == len(number)
    assert refusal.value.facts["found"] == wrong[-1]
    assert refusal.value.facts["expected"] == number[-1]


@pytest.mark.parametrize(("check", "number"), [one for one in CASES if len(one[1]) in (10, 12)])
def test_in_an_inn_any_single_wrong_digit_is_found(check, number):
    for place in range(len(number)):
        wrong = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
        with pytest.raises(WrongCheckDigit):
            check(wrong)


@given(st.integers(1_001_999, 999_999_999))
def test_a_snils_with_its_own_check_sum_is_right(nine):
    text = f"{nine:09d}"
    number = snils_of(text)
    if any(len(set(text[start : start + 3])) == 1 for start in range(7)):
        with pytest.raises(RepeatedDigit):
            identifiers.snils(number)
    else:
        assert identifiers.snils(number) == number


@given(st.integers(0, 999_999_999), st.integers(1, 99))
def test_no_other_check_sum_makes_a_snils_right(nine, step):
    text = f"{nine:09d}"
    right = snils_of(text)
    wrong = text + f"{(int(right[9:]) + step) % 100:02d}"
    if nine <= identifiers.SNILS_FIRST_CHECKED or any(len(set(text[s : s + 3])) == 1 for s in range(7)):
        return

    with pytest.raises(WrongCheckDigit):
        identifiers.snils(wrong)


def test_the_oldest_snils_have_no_check_sum():
    assert identifiers.snils("001-001-998 12") == "00100199812"


@given(st.text(max_size=40))
def test_whatever_is_typed_is_digits_or_refused(text):
    for check in identifiers.CHECKS.values():
        try:
            digits = check(text)
        except (NotDigits, RepeatedDigit, WrongCheckDigit, WrongLength) as refusal:
            assert str(refusal)
        else:
            assert digits.isascii()
            assert digits.isdigit()


@pytest.mark.parametrize("typed", ["112-233-445 95", " 112 233 445 95 ", "112–233–445 95", "11223344595"])
def test_a_snils_is_read_as_it_is_printed(typed):
    assert identifiers.snils(typed) == "11223344595"


def test_a_letter_among_digits_is_pointed_at():
    with pytest.raises(NotDigits) as refusal:
        identifiers.inn("77O7083893")

    assert refusal.value.facts["position"] == 3
    assert refusal.value.facts["sign"] == "O"


def test_arabic_digits_are_no_digits_of_ours():
    with pytest.raises(NotDigits):
        identifiers.inn("٧٧٠٧٠٨٣٨٩٣")


def test_a_number_too_short_says_how_long_it_is():
    with pytest.raises(WrongLength) as refusal:
        identifiers.inn("770708389")

    assert refusal.value.facts["found"] == 9


def test_the_inn_of_a_firm_is_not_that_of_a_person():
    with pytest.raises(WrongLength):
        identifiers.inn_of_person("7707083893")
