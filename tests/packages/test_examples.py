"""Every sample case of every bundled package, played one by one."""

from pathlib import Path

import pytest

from zemstvo.capabilities.services.check import check_package
from zemstvo.capabilities.services.examples import play
from zemstvo.capabilities.services.local import localised

PACKAGES = Path(__file__).parents[2] / "packages"
FOLDERS = sorted(path.parent for path in PACKAGES.glob("*/service.yaml"))


def checked(folder):
    found = check_package(folder)
    assert found.is_sound, "\n".join(map(str, found.faults))
    return found


def examples():
    for folder in FOLDERS:
        for file in sorted((folder / "examples").glob("*.yaml")):
            yield pytest.param(folder, file.stem, id=f"{folder.name}/{file.stem}")


@pytest.mark.parametrize(("folder", "name"), list(examples()))
def test_a_sample_case_comes_out_as_its_example_says(folder, name):
    found = checked(folder)
    (example,) = (one for one in found.document["examples"] if one["id"] == name)
    package = found.package
    if "local" in example:
        package = localised(found.document, example["local"], territory=example["territory"])

    faults = []
    play(package, example, lambda path, value, expected: faults.append((path, value, expected)))

    assert faults == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_package_is_sound_and_speaks_all_its_languages(folder):
    found = check_package(folder)

    assert [str(fault) for fault in found.faults] == []
    assert set(found.package.languages) == {"ru", "en"}


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_examples_show_every_way_a_case_can_go(folder):
    found = checked(folder)
    examples = found.document["examples"]
    ends = {example["expect"]["path"][-1] for example in examples if "path" in example["expect"]}

    assert len(examples) >= 6
    assert {"granted", "refused", "withdrawn"} <= ends
    assert any("fix" in example["expect"].get("path", ()) for example in examples)
    assert any("local" in example for example in examples)
    assert any(
        example.get("steps", [{}])[-1].get("on") == example["expect"].get("due") for example in examples
    )


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_what_nobody_has_verified_is_marked(folder):
    package = checked(folder).package

    assert package.doubts
    assert all(set(doubt.note) == {"ru", "en"} for doubt in package.doubts)


def test_the_housing_subsidy_keeps_its_verified_terms():
    package = checked(PACKAGES / "housing-subsidy").package

    clock = package.clock("portal")
    assert (str(clock.register), str(clock.term), clock.start) == ("1wd", "10wd", "complete")
    assert str(package.legal.suspend.max) == "1m"
    assert package.legal.fee_minor == 0
    assert set(package.evidence) == {
        "fns.income",
        "sfr.payments",
        "mvd.registration",
        "egrn.rights",
        "gis_zhkh.debt",
    }
    assert {one.fallback for one in package.evidence.values()} == {"applicant"}


def test_an_address_takes_five_days_electronically_and_ten_on_paper():
    package = checked(PACKAGES / "address-assignment").package

    terms = {channel: str(package.clock(channel).term) for channel in package.channels}
    assert {terms[channel] for channel in ("portal", "app", "api")} == {"5wd"}
    assert {terms[channel] for channel in ("counter", "post", "intermediary")} == {"10wd"}
    assert package.audience == ("person", "organisation")
