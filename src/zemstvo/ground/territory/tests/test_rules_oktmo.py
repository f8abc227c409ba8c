import pytest

from zemstvo.ground.territory.rules import Level
from zemstvo.ground.territory.rules.oktmo import check_digit, is_code, oktmo


@pytest.mark.parametrize(
    ("code", "digit"),
    [
        ("79605000", 2),
        ("80601404", 1),
        ("04631437126", 3),
        ("08631000", 7),
        ("81645701", 9),
        ("80000000000", 8),
        ("00000000", 0),
    ],
)
def test_the_check_digit_of_a_code_is_that_of_the_classifier(code, digit):
    assert check_digit(code) == digit


@pytest.mark.parametrize(
    ("code", "kind", "level"),
    [
        ("00000000", "federation", Level.FEDERATION),
        ("56000000", "region", Level.REGION),
        ("71800000", "region", Level.REGION),
        ("56734000", "urban_okrug", Level.MUNICIPALITY),
        ("56613000", "municipal_district", Level.MUNICIPALITY),
        ("56613404", "rural_settlement", Level.MUNICIPALITY),
        ("56613151", "urban_settlement", Level.MUNICIPALITY),
        ("46534000", "municipal_okrug", Level.MUNICIPALITY),
        ("36701305", "intracity_district", Level.MUNICIPALITY),
        ("04609702", "inter_settlement", Level.MUNICIPALITY),
        ("71811000", "municipal_district", Level.MUNICIPALITY),
        ("71871000", "urban_okrug", Level.MUNICIPALITY),
        ("40301000", "intracity_area", Level.MUNICIPALITY),
        ("40910000", "intracity_area", Level.MUNICIPALITY),
        ("45910000", "intracity_area", Level.MUNICIPALITY),
        ("56613404101", "rural_locality", Level.SETTLEMENT),
        ("79701000001", "city", Level.SETTLEMENT),
        ("79701000051", "urban_locality", Level.SETTLEMENT),
    ],
)
def test_a_code_says_what_kind_of_place_it_names(code, kind, level):
    meaning = oktmo(code)

    assert (meaning.kind, meaning.level, meaning.is_heading) == (kind, level, False)


@pytest.mark.parametrize(
    "code",
    [
        "56600000", "56700000", "30800000", "57800000", "11810000", "71950000", "40300000", "40900000",
        "56613100", "56613400", "04609700", "36701300", "79000000000", "56613404000",
    ],
)  # fmt: skip
def test_a_heading_of_the_classifier_is_no_territory(code):
    assert oktmo(code).is_heading


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("56613404101", ("56613404", "56613000", "56000000")),
        ("56613404", ("56613000", "56000000")),
        ("56613000", ("56000000",)),
        ("56000000", ("00000000",)),
        ("00000000", ()),
        ("71811151", ("71811000", "71800000")),
        ("71800000", ("00000000",)),
        ("11811000", ("11800000",)),
        ("30824000", ("30000000",)),
        ("57851000", ("57000000",)),
        ("40901000", ("40000000",)),
        ("79701000001", ("79701000", "79000000")),
    ],
)
def test_a_place_lies_in_the_nearest_one_that_is_no_heading(code, above):
    assert oktmo(code).above == above


@pytest.mark.parametrize(
    "text", ["", "5673400", "567340000", "5673400a", "٥٦٧٣٤٠٠٠", "56734000 ", "56734000\n"]
)
def test_what_is_not_eight_or_eleven_digits_is_no_code(text):
    assert not is_code(text)
    with pytest.raises(ValueError, match="not an OKTMO code"):
        oktmo(text)
