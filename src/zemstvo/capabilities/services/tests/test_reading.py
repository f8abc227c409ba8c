import os
from pathlib import Path

import pytest

from zemstvo.capabilities.services import reading
from zemstvo.capabilities.services.reading import LARGEST_FILE, read_bytes, read_file

PACKAGES = Path(__file__).parents[5] / "packages"


@pytest.fixture(autouse=True, params=["CSafeLoader", "_WithoutLibyaml"])
def parser(request, monkeypatch):
    """Everything holds with libyaml and, where PyYAML was built without it, with PyYAML's own parser."""
    found = getattr(reading.yaml, request.param, None) or getattr(reading, request.param, None)
    if found is None:
        pytest.skip("PyYAML was built without libyaml here")
    monkeypatch.setattr(reading, "_PARSER", found)


def refused(content, name="service.yaml"):
    document = read_bytes(content, name)
    assert document.value is None
    return [str(fault) for fault in document.faults]


def test_a_plain_file_is_read_with_the_place_of_every_value():
    document = read_bytes("а: 1\nlist: [x, {yes: true}]\ntext: |\n  one\n  two\n".encode(), "f.yaml")

    assert document.value == {"а": 1, "list": ["x", {"yes": True}], "text": "one\ntwo\n"}
    assert document.position(("list", 1, "yes")).line == 2
    assert document.position(("list", 1, "yes")).column == 12
    assert document.position(("text", "beyond")).line == 3


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-11-04", "2026-11-04"),
        ("04631437", "04631437"),
        ("no", "no"),
        ("0x1F", "0x1F"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("-7", -7),
        ("~", None),
        ("'1.5'", "1.5"),
        ("on", "on"),
        ("0o17", "0o17"),
        ("<<", "<<"),
        ("=", "="),
        ("{ru: Кто?, en: Who? I}", {"ru": "Кто?", "en": "Who? I"}),
        ("{at: 12:30, url: http://x.ru/?a}", {"at": "12:30", "url": "http://x.ru/?a"}),
    ],
)
def test_days_codes_and_the_word_no_stay_texts(text, value):
    assert read_bytes(f"a: {text}".encode(), "f.yaml").value == {"a": value}


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (
            b"fee: 0\nterm: 1wd\nfee: 5",
            "line 3: fee is there twice; each key once is expected (first on line 1)",
        ),
        (b"a:\n  b: 1\n  b: 2", "line 3: a.b is there twice"),
        (b"a: &x [1]\nb: *x", "line 1: it is the anchor &x; a value without an anchor is expected"),
        (b"a: *x", "the alias *x; the value itself is expected, written out"),
        (
            b"a: !!python/object/apply:os.system [ls]",
            "the tag tag:yaml.org,2002:python/object/apply:os.system",
        ),
        (b"a: !!str 1", "a value without a tag is expected"),
        (
            b"a: 1.5",
            "line 1: a is 1.5; a whole number (money in minor units), or a text in quotes, is expected",
        ),
        (b"a: 1e5", "a is 1e5; a whole number"),
        (b"a: .inf", "a is .inf; a whole number"),
        (b"a: 99999999999999999999", "a number of at most 15 digits"),
        (b"a: 1\n---\nb: 2", "line 2: it is a second document; one document a file is expected"),
        (b"a: 1\nb: [1\nc: 2", "line 3"),
        (b"a: 1\nname: \xd0\xff", "line 2: it is the byte 0xD0; UTF-8 is expected"),
        (b"a: \x00", "line 1: it is the sign U+0000; no control characters are expected"),
        (b"a: \x1b[31m", "the sign U+001B"),
        (b"a: 1\nb: x\xe2\x80\xa8y", "line 2: it is the sign U+2028; no control characters are expected"),
        (b"\xef\xbb\xbfa: 1\n\xef\xbb\xbfb: 2", "line 2: it is the sign U+FEFF"),
        (b"a: \xef\xbf\xbf", "YAML is expected"),
        (b"", "line 1: it is empty; a mapping is expected"),
        (b"# nothing", "it is empty"),
        (b"? [a, b]\n: 1", "a list or mapping as a key; a plain word is expected"),
        (b"[" * 5000, "a deeper nesting; at most 24 levels are expected"),
        (b"{a: " * 5000, "a deeper nesting; at most 24 levels are expected"),
        (b"- " * 5000, "a deeper nesting; at most 24 levels are expected"),
        (b"? " * 5000, "a list or mapping as a key; a plain word is expected"),
        (b"[" * LARGEST_FILE, "a deeper nesting; at most 24 levels are expected"),
        (b"- x\n" * 60_000, "a larger document; at most 50000 values are expected"),
        (b"a" * (LARGEST_FILE + 1), "a file of at most 524288 bytes is expected"),
    ],
)
def test_what_plain_yaml_does_not_have_is_refused_with_its_place(content, fault):
    assert fault in "\n".join(refused(content))


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: [1", 1, 6),
        ("a: [1\r\n", 2, 1),
        ("а: «Ы»\nб: 1\n в: 2", 3, 3),
        ("имя: &a [1]", 1, 6),
        ("имя:\n  - *a", 2, 5),
        ("имя: !a 1", 1, 6),
        ("список: [ы, 1.5]", 1, 13),
        ("и: {ы: 1, ы: 2}", 1, 11),
        ("и: 1\n...\n---\nи: 2", 3, 1),
    ],
)
def test_a_fault_stands_at_its_line_and_column_of_letters_not_bytes(text, line, column):
    fault = read_bytes(text.encode(), "f.yaml").faults[0]

    assert (fault.line, fault.column) == (line, column)


@pytest.mark.parametrize("parser", ["CSafeLoader"], indirect=True)
@pytest.mark.parametrize("path", sorted(PACKAGES.rglob("*.yaml")), ids=lambda path: path.name)
def test_the_packages_of_the_house_read_the_same_with_either_parser(path, monkeypatch):
    read = read_file(path, path.name)
    monkeypatch.setattr(reading, "_PARSER", reading._WithoutLibyaml)
    again = read_file(path, path.name)

    assert read.value is not None
    assert (again.value, again.positions) == (read.value, read.positions)


def test_a_file_of_many_doubled_keys_gives_a_list_that_can_be_read():
    assert len(refused(b"{" + b"a," * 20_000 + b"}")) <= 100


def test_nine_lines_that_unfold_to_gigabytes_are_refused_at_the_first_anchor():
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40)]

    assert len(refused("\n".join(lines).encode())) == 1


def test_a_link_out_of_the_folder_and_a_folder_are_not_read(tmp_path):
    (tmp_path / "link.yaml").symlink_to("/etc/passwd")

    for path in (tmp_path / "link.yaml", tmp_path, tmp_path / "gone.yaml"):
        document = read_file(path, "x.yaml")
        assert [str(fault) for fault in document.faults] == [
            "x.yaml: the file; an ordinary file is expected."
        ]


def test_a_file_that_may_not_be_read_is_a_fault(tmp_path, monkeypatch):
    path = tmp_path / "service.yaml"
    path.write_text("a: 1")
    monkeypatch.setattr(
        type(path), "open", lambda *_, **__: (_ for _ in ()).throw(PermissionError(13, "denied"))
    )

    assert "a file that can be read is expected (denied)" in str(read_file(path, "x.yaml").faults[0])


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "service.yaml")

    assert read_file(tmp_path / "service.yaml", "x.yaml").value is None
