from hypothesis import given
from hypothesis import strategies as st

from zemstvo.capabilities.documents.rules import (
    code_as_printed,
    document_number,
    is_register_index,
    verification_code,
)


def test_a_code_is_sixteen_symbols_in_four_groups():
    assert verification_code(b"0123456789") == "60RK-4CSM-6MV3-EE1S"


@given(st.binary(min_size=10, max_size=10))
def test_a_code_is_read_back_however_it_is_typed(random):
    code = verification_code(random)

    assert code_as_printed(code) == code
    assert code_as_printed(code.lower().replace("-", " ")) == code
    assert code_as_printed(code.replace("-", "")) == code
    assert code_as_printed(code.replace("0", "O").replace("1", "l")) == code
    assert code_as_printed(code.replace("A", "А").replace("X", "х")) == code  # Cyrillic


@given(st.binary(min_size=10, max_size=10), st.binary(min_size=10, max_size=10))
def test_two_random_values_never_share_a_code(one, other):
    assert (verification_code(one) == verification_code(other)) == (one == other)


@given(st.text(max_size=200))
def test_whatever_is_typed_is_a_code_or_nothing(typed):
    code = code_as_printed(typed)

    assert code is None or len(code) == 19


def test_a_number_names_register_place_and_year():
    assert document_number("СЖ", 17, 2026) == "СЖ-17/2026"
    assert document_number("", 1, 2027) == "1/2027"


def test_an_index_holds_no_spaces_and_no_slashes():
    assert is_register_index("01-08")
    assert is_register_index("")
    assert not is_register_index("С Ж")
    assert not is_register_index("1/2")
    assert not is_register_index("<b>")
