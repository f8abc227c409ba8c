"""The authority's whole register of services is taken over, and the catalogue shows all of it."""

import pytest

from zemstvo.capabilities.services.catalogue.sheet import read_bytes
from zemstvo.capabilities.services.commands import import_register
from zemstvo.capabilities.services.models import RegisteredService
from zemstvo.capabilities.services.queries import catalogue
from zemstvo.capabilities.services.refusals import RegisterHasFaults
from zemstvo.ground.journal.refusals import NoMandate

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

REGISTER = """authority;code;title;life_events;electronic;term;fee
zarechny;01;Выдача архивной справки;archives;нет;30d;бесплатно
zarechny;02;Разрешение на снос зелёных насаждений;trees-and-surroundings;да;15wd;0
zarechny;03;Выдача охотничьего билета;hunting-and-fishing;нет;5wd;650
tambov;01;Регистрация рождения;birth;нет;1d;0
"""


def listed(text=REGISTER):
    return read_bytes(text.encode())


def rows(authority="zarechny"):
    found = RegisteredService.objects.filter(authority=authority, struck_on=None).order_by("code")
    return list(found.values_list("code", flat=True))


def test_a_register_is_imported_and_the_journal_says_so(town):
    report = import_register(town.act("artyom"), listed())

    assert len(report.added) == 4
    assert rows() == ["01", "02", "03"]
    assert town.kinds() == ["service.registered"] * 4 + ["service_register.imported"] * 2
    fact = town.journal()[1]
    assert fact["payload"]["code"] == "02"
    assert fact["payload"]["electronic"] is True
    assert fact["authority"] == "zarechny"


def test_the_same_file_again_changes_nothing(town):
    import_register(town.act("artyom"), listed())
    town.forget()

    report = import_register(town.act("artyom"), listed())

    assert (report.added, report.amended, report.struck, report.unchanged) == ((), (), (), 4)
    assert town.kinds() == ["service_register.imported"] * 2


def test_a_new_list_amends_and_strikes_and_brings_back(town):
    import_register(town.act("artyom"), listed())
    shorter = "authority;code;title\nzarechny;01;Выдача справок и копий из архива\nzarechny;04;Новая услуга\n"

    report = import_register(town.act("artyom"), listed(shorter))

    assert report.added == (("zarechny", "04"),)
    assert report.amended == (("zarechny", "01"),)
    assert report.struck == (("zarechny", "02"), ("zarechny", "03"))
    assert rows() == ["01", "04"]
    assert rows("tambov") == ["01"]
    assert len(import_register(town.act("artyom"), listed()).amended) == 3


def test_the_catalogue_shows_the_new_register_at_once(town):
    assert catalogue(authority="zarechny") == []
    import_register(town.act("artyom"), listed())
    assert len(catalogue(authority="zarechny")) == 3

    import_register(town.act("artyom"), listed("authority;code;title\nzarechny;01;Одна\n"))

    assert [one.title for one in catalogue(authority="zarechny")] == ["Одна"]


def test_lines_that_want_a_look_are_remarked(town):
    text = (
        "authority;code;title;electronic;package\n"
        "zarechny;1;Одна;да;\n"
        "zarechny;2;Другая;да;no-such-package\n"
        "zarechny;3;Третья;нет;\n"
    )

    report = import_register(town.act("artyom"), listed(text))

    assert [(remark.line, remark.column) for remark in report.remarks] == [(2, "electronic"), (3, "package")]


def test_a_file_with_a_fault_is_not_imported_at_all(town):
    for line in (
        "atlantis;1;Услуга;;",
        "zarechny;1;Услуга;room-13;",
        "zarechny;2;;;",
        "zarechny;3;Услуга;;сто",
    ):
        text = f"authority;code;title;office;fee\nzarechny;0;Хорошая;;\n{line}\n"

        with pytest.raises(RegisterHasFaults) as refusal:
            import_register(town.act("artyom"), listed(text))

        assert [fault.line for fault in refusal.value.faults] == [3]

    assert not RegisteredService.objects.exists()
    assert town.journal() == []


def test_an_empty_register_is_refused(town):
    with pytest.raises(RegisterHasFaults):
        import_register(town.act("artyom"), listed("authority;code;title\n"))


def test_only_an_administrator_imports(town):
    for who in ("stepan", "anna", "vera", "galina", "oleg"):
        with pytest.raises(NoMandate):
            import_register(town.act(who), listed())

    assert town.journal() == []
    assert not RegisteredService.objects.exists()
