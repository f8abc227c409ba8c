"""The command line says what it does, in two languages, and answers with 0, 1 or 2."""

import importlib
import inspect

import pytest

from zemstvo.site import words
from zemstvo.site.cli import main as command_line
from zemstvo.site.cli import manual
from zemstvo.site.cli.main import PAGES, main


@pytest.fixture(autouse=True)
def speech(monkeypatch):
    """Each test begins and ends in English."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE", "ZEMSTVO_DATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    yield
    monkeypatch.setenv("LANG", "C.UTF-8")
    words.choose("en")


@pytest.fixture(params=PAGES, ids=lambda page: page.name)
def page(request):
    return request.param


def test_every_command_has_a_whole_manual_page(page, capsys):
    with pytest.raises(SystemExit) as ended:
        main([*page.name.split(), "--help"])

    shown = capsys.readouterr().out
    assert ended.value.code == 0
    for heading in ("NAME", "USAGE", "WHAT IT DOES", "ARGUMENTS", "EXIT STATUS"):
        assert f"\n{heading}\n" in f"\n{shown}"
    assert max(map(len, shown.splitlines())) <= 100


def test_every_page_is_in_russian_too(page, capsys):
    with pytest.raises(SystemExit):
        main([*page.name.split(), "--language", "ru", "--help"])

    shown = capsys.readouterr().out
    assert "ЧТО ДЕЛАЕТ" in shown
    assert words._(page.summary) != page.summary and words._(page.text) != page.text


def test_every_command_names_a_function_that_does_it(page):
    module, _sign, function = page.does.partition(":")
    found = getattr(importlib.import_module(f"zemstvo.site.operations.{module}"), function)

    assert list(inspect.signature(found).parameters) == ["given"]
    assert found.__doc__


def test_the_overview_lists_every_command(capsys):
    assert main([]) == 0

    shown = capsys.readouterr().out
    assert all(page.name in shown for page in PAGES)


@pytest.mark.parametrize("words_", [["nonsense"], ["journal"], ["journal", "burn"], ["token"]])
def test_an_unknown_command_is_a_misuse(words_, capsys):
    assert main(words_) == manual.MISUSED


@pytest.mark.parametrize(
    "words_", [["up", "--prot", "1"], ["token", "create"], ["journal", "export", "--format", "xes", "f"]]
)
def test_wrong_arguments_are_a_misuse_with_the_usage(words_, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words_)

    assert ended.value.code == manual.MISUSED
    assert "Usage: zemstvo" in capsys.readouterr().err


def test_a_wrong_setting_is_a_misuse_in_words(monkeypatch, capsys):
    monkeypatch.setenv("ZEMSTVO_PORT", "eight")

    assert main(["check"]) == manual.MISUSED
    assert "ZEMSTVO_PORT is «eight»; a whole number" in capsys.readouterr().err


def test_a_data_folder_that_is_not_there_is_not_made_by_a_look(monkeypatch, capsys, tmp_path):
    assert main(["check", "--data", str(tmp_path / "nowhere")]) == manual.MISUSED

    assert "there is no data folder" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()


def test_the_words_of_argparse_are_translated(capsys):
    with pytest.raises(SystemExit):
        main(["token", "create", "--language", "ru"])

    assert "не хватает аргументов: --name" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru_RU", "LC_ALL": "C"}, "en"),
        ({"LANG": "de_DE"}, "en"),
        ({}, "en"),
    ],
)
def test_the_language_is_that_of_the_terminal(environment, language):
    assert words.language_of(environment) == language


def test_the_version_is_that_of_the_project(capsys):
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("zemstvo 0.")
    assert command_line
