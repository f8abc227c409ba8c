"""The reader of lists, fed with what people upload."""

import gzip

import pytest
from django.utils.translation import override

from zemstvo.ground.territory.classifier import read, read_bytes
from zemstvo.ground.territory.rules import Level

OKTMO = """code;check;name
56000000;6;Муниципальные образования Пензенской области
56600000;2;Муниципальные районы Пензенской области
56613000;8;Бессоновский муниципальный район
56613404;0;Бессоновский сельсовет
56734000;4;город Заречный
"""

PLAIN = """code,level,parent,kind,zone,name,name_en
by,region,de,land,Europe/Berlin,Бавария,Bavaria
de,federation,,,Europe/Berlin,Германия,Germany
"""


@pytest.fixture(autouse=True)
def english():
    """The sentences of faults are compared in English."""
    with override("en"):
        yield


def sentences(listed):
    return [str(fault) for fault in listed.faults]


def test_places_are_read_and_headings_are_left_out():
    listed = read_bytes(OKTMO.encode())

    assert [one.code for one in listed.territories] == ["56000000", "56613000", "56613404", "56734000"]
    assert (listed.headings, listed.lines, listed.scheme, listed.encoding) == (1, 5, "oktmo", "utf-8")


def test_a_region_bears_its_own_name_and_not_that_of_the_heading():
    region = read_bytes(OKTMO.encode()).territories[0]

    assert region.names == {"ru": "Пензенская область", "en": "Penza Oblast"}
    assert (region.level, region.zone) == (Level.REGION, "Europe/Moscow")


def test_a_region_that_the_house_does_not_know_is_remarked():
    listed = read_bytes("code,name\n02000000,Муниципальные образования Нового края\n".encode())

    assert listed.territories[0].names == {"ru": "Муниципальные образования Нового края"}
    assert "rename it" in str(listed.remarks[0])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_encoding_separator_and_line_ends_are_recognised(encoding, separator, newline):
    text = OKTMO.replace(";", separator).replace("\n", newline)
    listed = read_bytes(text.encode(encoding))

    assert not listed.faults
    assert listed.territories[-1].names == {"ru": "город Заречный"}


def test_the_code_may_stand_in_parts():
    text = "Ter;Kod1;Kod2;Kod3;KCh;Name1\n56;613;404;101;;с Бессоновка\n56;734;000;;4;город Заречный\n"
    listed = read_bytes(text.encode("cp1251"))

    assert [one.code for one in listed.territories] == ["56613404101", "56734000"]
    assert not listed.faults


def test_a_misprinted_check_digit_of_the_list_is_corrected_and_reported_by_line():
    listed = read_bytes(OKTMO.replace("56734000;4", "56734000;0").encode())

    town = listed.territories[-1]
    assert (town.check_digit, town.check_digit_printed) == (4, 0)
    assert [str(remark) for remark in listed.remarks] == [
        "line 6, check: «0»; the check digit of 56734000 is 4; it was corrected"
    ]
    assert not listed.faults


def test_a_list_of_another_country_names_levels_and_parents_itself():
    listed = read_bytes(PLAIN.encode())

    bavaria = listed.territories[0]
    assert not listed.faults
    assert (listed.scheme, bavaria.level, bavaria.above) == ("plain", Level.REGION, ("de",))
    assert bavaria.names == {"ru": "Бавария", "en": "Bavaria"}


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "the file: is empty"),
        (b"\xef\xbb\xbf\n\n", "the file: is empty"),
        (b"code,name\n", "the file: has a header but no lines"),
        (b"code\n56734000\n", "line 1, name: «»; the header has no such column"),
        (b"56734000,Zarechny\n", "line 1, code: «»; the header has no such column"),
        (b"code,name,code8\n56734000,Z,56734000\n", "line 1, code: «code8»; the column stands twice"),
        (b"code,name\n5673400,Zarechny\n", "line 2, code: «5673400»; 8 or 11 digits are expected"),
        (b"code,name\n56734000,\n", "line 2, name: «»; a name is expected"),
        (b"code,name\n56734000,Zarechny,30\n", "line 2: 2 fields are expected, 3 were found"),
        (b"code,check,name\n56734000,33,Zarechny\n", "line 2, check: «33»; one digit is expected"),
        (b"code,check,name\n56734000,x,Zarechny\n", "line 2, check: «x»; one digit is expected"),
        (b"code,name\n56734000,Z\n56613000,B\n56734000,Z\n", "line 4, code: «56734000»; stands on line 2"),
        (b"code,name\n56734000,Za\x00rechny\n", "line 2: a NUL byte"),
        (b"code,name\n56734000,Za\x07rechny\n", "line 2, name: «Za\ufffdrechny»; has signs"),
        (b"code,name\n56734000,\xff\xfe\x98\n", "line 2: the byte 0x"),
        ("code,name\n56734000,Заречный\n".encode()[:-2] + b"\n", "line 2: the byte 0xd0 is neither UTF-8"),
        ("code,name\n56734000,Z\n".encode("utf-16"), "the file: is UTF-16"),
        (b'code,name\n56734000,"Zarechny\n56613000,B\n', "line 2: is not a line of CSV"),
        (b'code,name\n56734000,"Zar"echny\n', "line 2: is not a line of CSV"),
        (b"code,name\n56734000," + b"Z" * 501 + b"\n", "is longer than 500 signs"),
        (b"code,name\n56734000," + b"Z" * 2_001 + b"\n", "is longer than 2000 signs"),
        (b"code,name\n56734000," + b"Z" * 20_001 + b"\n", "line 2: is longer than 20000 signs"),
        (b"code,level,name\nby,land,Bavaria\n", "line 2, level: «land»; one of federation, region,"),
        (b"code,level,zone,name\nby,region,Berlin,B\n", "line 2, zone: «Berlin»; a time zone"),
        (b"code,level,kind,name\nby,region,Freistaat!,B\n", "line 2, kind: «Freistaat!»; a word"),
        (b"code,level,parent,name\nby,region,d e,B\n", "line 2, parent: «d e»; Latin letters"),
        (b"PK\x03\x04\x00\x00", "line 1: a NUL byte"),
        (b"code,name\r56734000,Zarechny\r", None),
    ],
)
def test_a_bad_file_is_answered_with_place_value_and_advice(content, sentence):
    listed = read_bytes(content)

    if sentence is None:
        assert not listed.faults
        return
    assert any(sentence in fault for fault in sentences(listed)), sentences(listed)


def test_the_line_of_a_fault_is_right_after_a_name_of_two_lines():
    listed = read_bytes(b'code,name\n56734000,"Zarechny\ntown"\n5661,B\n')

    assert [fault.line for fault in listed.faults] == [4]
    assert listed.territories[0].names == {"ru": "Zarechny town"}


def test_a_file_full_of_faults_is_left_after_a_hundred():
    listed = read_bytes(b"code,name\n" + b"x,Zarechny\n" * 5_000)

    assert len(listed.faults) == 100


def test_a_file_of_more_than_64_megabytes_is_not_read(tmp_path):
    path = tmp_path / "huge.csv"
    with path.open("wb") as file:
        file.truncate(65 * 1024 * 1024)

    assert sentences(read(path)) == ["the file: is larger than 64 MB"]


def test_a_list_may_come_in_gzip():
    assert len(read_bytes(gzip.compress(OKTMO.encode())).territories) == 4


def test_a_damaged_gzip_is_a_fault_and_a_bomb_is_not_unpacked():
    packed = gzip.compress(OKTMO.encode())
    bomb = gzip.compress(b"0" * (80 * 1024 * 1024))

    assert sentences(read_bytes(packed[:-20])) == [
        "the file: is gzip, but damaged; pack it again or send it unpacked"
    ]
    assert "is gzip, but damaged" in sentences(read_bytes(packed[:12] + b"\xff" * 40))[0]
    assert sentences(read_bytes(bomb)) == ["the file: is larger than 64 MB"]


def test_a_missing_file_and_a_folder_are_faults_and_no_crash(tmp_path):
    assert "cannot be read" in sentences(read(tmp_path / "nothing.csv"))[0]
    assert "cannot be read" in sentences(read(tmp_path))[0]
