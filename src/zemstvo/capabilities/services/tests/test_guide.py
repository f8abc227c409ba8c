import re
from pathlib import Path

from zemstvo.capabilities.services import commands, queries
from zemstvo.capabilities.services.check import check_package
from zemstvo.capabilities.services.expressions import checking
from zemstvo.capabilities.services.parts import FieldType
from zemstvo.capabilities.services.scopes import APPLICANT, OF_THE_CASE

ROOT = Path(__file__).parents[5]
FORMAT = ROOT / "docs" / "guide" / "package-format.md"
EXPRESSIONS = ROOT / "docs" / "guide" / "expressions.md"


def test_the_package_of_the_guide_is_sound(tmp_path):
    service, english, example = re.findall(r"```yaml\n(.*?)```", FORMAT.read_text(), re.DOTALL)
    folder = tmp_path / "tree-felling"
    (folder / "examples").mkdir(parents=True)
    (folder / "service.yaml").write_text(service)
    (folder / "texts.en.yaml").write_text(english)
    (folder / "examples" / "granted.yaml").write_text(example)

    assert [str(fault) for fault in check_package(folder).faults if not fault.warning] == []


def test_the_guide_names_every_type_of_field():
    assert [kind for kind in FieldType if f"`{kind}`" not in FORMAT.read_text()] == []


def test_the_guide_names_every_function_and_name_of_an_expression():
    text = EXPRESSIONS.read_text()
    names = {*checking._SIGNATURES, "size", "sum", "min", "max", *OF_THE_CASE} - {"applicant"}

    assert [name for name in names if not re.search(rf"`{name}\b", text)] == []
    assert [name for name in APPLICANT.fields if f".{name}`" not in text] == []


def test_every_door_says_what_it_does():
    doors = [getattr(room, name) for room in (commands, queries) for name in room.__all__]

    assert [door for door in doors if not door.__doc__] == []
