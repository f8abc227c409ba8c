import jsonschema_rs
import pytest

from zemstvo.capabilities.services.shape import schema
from zemstvo.capabilities.services.tests.firewood import changed, checked, faults


def parts(node, path=()):
    """Every schema of the schema that says something of a value, with its path."""
    if isinstance(node, dict):
        for key, inner in node.get("properties", {}).items():
            yield (*path, key), inner
            yield from parts(inner, (*path, key))
        for key in ("items", "additionalProperties", "then", "else"):
            if isinstance(node.get(key), dict):
                yield from parts(node[key], (*path, key))


def test_the_published_schema_is_a_json_schema_of_2020_12():
    jsonschema_rs.meta.validate(schema())

    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_every_property_of_the_schema_is_described():
    silent = []
    for name, definition in [("", schema()), *schema()["$defs"].items()]:
        silent += [(name, path) for path, inner in parts(definition) if not described(inner)]

    assert silent == []


def described(node):
    if (
        isinstance(node, bool)
        or node.get("const")
        or "not" in node
        or ("if" not in node and node.keys() <= {"const"})
    ):
        return True
    if "$ref" in node and "description" not in node:
        node = schema()["$defs"][node["$ref"].rpartition("/")[2]]
    return bool(node.get("description"))


def test_the_package_of_the_tests_is_sound():
    assert [str(fault) for fault in checked().faults] == []
    assert checked().is_sound


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("  fee: 0", "  fee: 12O0", 'line 21: legal.fee is "12O0"; a whole number is expected.'),
        ("  fee: 0", "  fee: -1", "legal.fee is -1; a number of at least 0 is expected."),
        ("  fee: 0\n", "", "line 14: legal; the property fee is expected."),
        ("  fee: 0", "  fees: 0", "legal.fees is unknown here; one of appeal, basis"),
        ("minutes: 10", "minuts: 10", "line 12: minuts is unknown here; one of audience, bring"),
        ("level: municipality", "level: village", 'level is "village"; one of federation, region'),
        ("version: 1", "version: one", 'version is "one"; a whole number is expected.'),
        ("version: 1", "version: 0", "version is 0; a number of at least 1 is expected."),
        ("channels: [portal, api", "channels: [web, api", 'line 26: channels[1] is "web"; one of portal'),
        ("register: 1wd", "register: soon", 'line 16: legal.register is "soon"; this is expected: The term'),
        ("portal: 5wd from complete", "portal: 5wd from monday", "legal.term is {"),
        (
            "type: long_text\n        label: Что ещё",
            "type: essay\n        label: Что ещё",
            'is "essay"; one of text, long_text',
        ),
        ("max_length: 20", "max_lenth: 20", "pages[3].fields[6].max_lenth is unknown here; one of"),
        ("max_length: 20", "max_length: 20\n        options: []", "fields[6].options is unknown here"),
        ("        message: Номер счёта состоит из 20 цифр.\n", "", "message"),
        (
            "title: Помощь на покупку дров",
            "title: 5",
            "line 6: title is 5; this is expected: A sentence for people",
        ),
        (
            "title: Помощь на покупку дров",
            "title: {ru: Дрова, fr: Bois}",
            "title.fr is no language of this package",
        ),
        (
            "title: Помощь на покупку дров",
            "title: {en: Wood}",
            "the text in the base language ru is expected",
        ),
        (
            "  hard-case:",
            "  hard case:",
            "line 178: reasons.hard case is no id here; a short id like ^[A-Za-z]",
        ),
        ("  hard-case:", f"  {'hard' * 11}:", "is no id here; a short id like"),
        ("id: area, type: number", "id: area__size, type: number", "fields[2].id is"),
        ("service: firewood", "service: fire-wood", "the name of its folder, firewood, is expected"),
        ("pages:\n", "pages: []\nunused:\n", "at least 1 in the list are expected"),
    ],
)
def test_a_wrong_word_is_reported_with_line_value_and_expectation(tmp_path, old, new, fault):
    assert fault in "\n".join(faults(changed(tmp_path, (old, new))))


def test_all_faults_of_all_files_are_reported_at_once(tmp_path):
    folder = changed(tmp_path, ("  fee: 0", "  fee: x"), ("minutes: 10", "minutes: 0"))
    changed(tmp_path, ("filed_on: 2026-11-02", "filed_on: today"), file="examples/refused.yaml")
    changed(tmp_path, ("id: granted", "id: granted\nid: again"), file="examples/granted.yaml")
    (folder / "notes.txt").write_text("x")

    found = faults(folder)

    assert len(found) == 5
    assert {one.partition(":")[0].partition(",")[0] for one in found} == {
        "service.yaml",
        "examples/refused.yaml",
        "examples/granted.yaml",
        "notes.txt",
    }


def test_a_field_with_one_fault_hides_no_other(tmp_path):
    folder = changed(
        tmp_path,
        ("id: area, type: number, label: Площадь, min: 5", "id: area, type: number, label: 5, mim: 5"),
    )

    assert len(faults(folder)) == 2


def test_python_in_a_package_is_refused(tmp_path):
    folder = changed(tmp_path)
    (folder / "hooks.py").write_text("import os")

    assert faults(folder) == [
        "hooks.py: the file; service.yaml, texts.<language>.yaml, examples/ and README.md alone are expected."
    ]


def test_what_is_no_package_is_said_to_be_none(tmp_path):
    assert "the folder of a package, with a service.yaml in it, is expected" in str(faults(tmp_path))
