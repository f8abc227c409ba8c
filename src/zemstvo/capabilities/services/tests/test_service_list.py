"""An authority's register of services is read from a file; every fault is named by line and column."""

import pytest

from zemstvo.capabilities.services.catalogue.life_events import life_events
from zemstvo.capabilities.services.catalogue.sheet import read, read_bytes

HEADER = "authority;code;title;title_en;life_events;electronic;term;fee;office;package;address;audience\n"


def listed(*lines, header=HEADER):
    return read_bytes((header + "\n".join(lines)).encode())


def one(line):
    found = listed(line)
    assert found.faults == ()
    return found.services[0]


def test_a_line_says_everything_of_a_service():
    found = one(
        "zarechny;07-12;Присвоение адреса;Assigning an address;housing, land;да;10 рабочих дней;650,50;main;"
        "address-assignment;https://zarechny.example/adres;граждане, организации"
    )

    assert (found.line, found.authority, found.code) == (2, "zarechny", "07-12")
    assert found.titles == {"ru": "Присвоение адреса", "en": "Assigning an address"}
    assert found.life_events == ("housing", "land")
    assert (found.is_electronic, found.term, found.fee_minor, found.currency) == (True, "10wd", 65050, "RUB")
    assert (found.office, found.package) == ("main", "address-assignment")
    assert found.audience == ("person", "organisation")


@pytest.mark.parametrize(
    ("term", "ours"),
    [
        ("10wd", "10wd"),
        ("10 рабочих дней", "10wd"),
        ("5 раб. дн.", "5wd"),
        ("30 календарных дней", "30d"),
        ("30 дней", "30d"),
        ("1 день", "1d"),
        ("3 дня", "3d"),
        ("1 месяц", "1m"),
        ("2 месяца", "2m"),
        ("24 часа", "24h"),
        ("", ""),
    ],
)
def test_a_term_is_read_as_offices_write_it(term, ours):
    assert one(f"zarechny;1;Услуга;;;;{term};;;;;").term == ours


@pytest.mark.parametrize(
    ("fee", "minor"),
    [
        ("650", 65000),
        ("650,5", 65050),
        ("650.05 руб.", 65005),
        ("1 200", 120000),
        ("бесплатно", 0),
        ("0", 0),
        ("", None),
    ],
)
def test_a_fee_is_whole_kopecks(fee, minor):
    assert one(f"zarechny;1;Услуга;;;;;{fee};;;;").fee_minor == minor


def test_russian_headers_and_windows_files_are_read():
    header = "Орган;Код услуги;Наименование услуги;Жизненная ситуация"
    text = f"{header}\nzarechny;1;Снос дерева;Деревья и благоустройство\n"

    found = read_bytes(text.encode("cp1251"))

    assert found.faults == ()
    assert found.services[0].titles == {"ru": "Снос дерева"}
    assert found.services[0].life_events == ("trees-and-surroundings",)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        (";1;Услуга;;;;;;;;;", "authority"),
        ("zarechny;;Услуга;;;;;;;;;", "code"),
        ("zarechny;код 1;Услуга;;;;;;;;;", "code"),
        ("zarechny;1;;;;;;;;;;", "title"),
        ("zarechny;1;Усл\x07уга;;;;;;;;;", "title"),
        ("zarechny;1;Услуга;;полёт на Луну;;;;;;;", "life_events"),
        ("zarechny;1;Услуга;;;может быть;;;;;;", "electronic"),
        ("zarechny;1;Услуга;;;;быстро;;;;;", "term"),
        ("zarechny;1;Услуга;;;;0wd;;;;;", "term"),
        ("zarechny;1;Услуга;;;;;много;;;;", "fee"),
        ("zarechny;1;Услуга;;;;;-5;;;;", "fee"),
        ("zarechny;1;Услуга;;;;;;кабинет 5;;;", "office"),
        ("zarechny;1;Услуга;;;;;;;Пакет;;", "package"),
        ("zarechny;1;Услуга;;;;;;;;javascript:alert(1);", "address"),
        ("zarechny;1;Услуга;;;;;;;;;марсиане", "audience"),
    ],
)
def test_what_cannot_be_used_is_named_by_line_and_column(line, column):
    found = listed("zarechny;0;Хорошая услуга;;;;;;;;;", line)

    assert [(fault.line, fault.column) for fault in found.faults] == [(3, column)]


def test_a_code_stands_once_at_an_authority():
    found = listed("zarechny;1;Одна;;;;;;;;;", "tambov;1;Другая;;;;;;;;;", "zarechny;1;Снова;;;;;;;;;")

    assert [(fault.line, fault.column) for fault in found.faults] == [(4, "code")]


def test_a_file_without_the_needed_columns_is_refused():
    found = listed("zarechny;x", header="authority;note\n")

    assert [fault.column for fault in found.faults] == ["code", "title"]


@pytest.mark.parametrize(
    "content", [b"", b"\x00\x01", b"\xff\xfe1", b'authority;code;title\n"open;1;x\n', b"{}"]
)
def test_what_is_no_table_is_refused(content):
    assert read_bytes(content).faults


def test_a_file_that_is_not_there_is_a_fault(tmp_path):
    assert read(tmp_path / "nothing.csv").faults


def test_life_events_are_a_table_in_both_languages():
    assert len(life_events()) >= 25
    assert all(set(one.titles) == {"ru", "en"} for one in life_events().values())
