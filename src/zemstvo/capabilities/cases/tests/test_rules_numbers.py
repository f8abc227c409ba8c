"""Case numbers and codes."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from zemstvo.capabilities.cases.rules.codes import ALPHABET, code_hash, new_code, tidy_code
from zemstvo.capabilities.cases.rules.numbers import case_number, check_digit, is_case_number, tidy_number

serials = st.integers(1, 999_999)


def test_a_number_of_zarechny_carries_its_check_digit():
    number = case_number("ZARECHNY", 2026, 123)

    assert number.startswith("ZARECHNY-2026-000123-")
    assert is_case_number(number)


def test_damm_agrees_with_the_published_example():
    assert check_digit("572") == 4


@given(serials, st.integers(0, 5), st.sampled_from(string.digits))
def test_every_wrong_digit_in_the_serial_is_noticed(serial, place, digit):
    number = case_number("ZARECHNY", 2026, serial)
    spot = len("ZARECHNY-2026-") + place

    wrong = number[:spot] + digit + number[spot + 1 :]

    assert is_case_number(wrong) is (wrong == number)


@given(serials, st.integers(0, 4))
def test_every_swap_of_neighbouring_digits_is_noticed(serial, place):
    number = case_number("ZARECHNY", 2026, serial)
    spot = len("ZARECHNY-2026-") + place

    swapped = number[:spot] + number[spot + 1] + number[spot] + number[spot + 2 :]

    assert is_case_number(swapped) is (swapped == number)


def test_a_number_typed_with_spaces_and_long_dashes_is_understood():
    assert tidy_number(" zarechny–2026 — 000123-4") == "ZARECHNY-2026-000123-4"


def test_a_code_has_eighty_bits_and_is_new_each_time():
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert 32**16 == 2**80
    assert all(set(code.replace("-", "")) <= set(ALPHABET) for code in codes)


def test_a_code_typed_carelessly_is_understood():
    assert tidy_code("7kq2 9xw3—mb4t o1lh") == "7KQ2-9XW3-MB4T-011H"


def test_a_code_typed_with_cyrillic_letters_is_understood():
    assert tidy_code("7КХ2-9ХМ3-МВ4Т-0ОНЗ") == "7KX2-9XM3-MB4T-00H3"


def test_what_cannot_be_a_code_is_none():
    for text in ("", "7KQ2", "ЖЖЖЖ-9XW3-MB4T-0F6H", "7KQ2-9XW3-MB4T-0F6H-9", "\0" * 16, "U" * 16):
        assert tidy_code(text) == ""


def test_only_a_hash_of_a_code_is_kept():
    assert code_hash("7KQ2-9XW3-MB4T-0F6H") != code_hash("7KQ2-9XW3-MB4T-0F6J")
    assert len(code_hash("7KQ2-9XW3-MB4T-0F6H")) == 32
