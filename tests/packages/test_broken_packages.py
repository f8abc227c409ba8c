"""A package that is broken in any of these ways is named with file, line and what is expected there."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from zemstvo.capabilities.services.check import check_package

PACKAGES = Path(__file__).parents[2] / "packages"


@dataclass(frozen=True)
class Break:
    """One text of a package, replaced by another.

    `named` is what the fault says of the value, `expects` what it says should stand there; `at` is a text on
    whose line of service.yaml the fault is named, where that is not the line that was broken.
    """

    file: str
    old: str
    new: str
    named: str
    expects: str
    at: str = ""


IN_ANY = [
    Break("service.yaml", "  fee: 0", "  fee: 12O0", 'legal.fee is "12O0"', "a whole number is expected"),
    Break(
        "service.yaml",
        "register: 1wd",
        "register: 1 day",
        'legal.register is "1 day"',
        "The term for registration",
    ),
    Break("service.yaml", "not_same_as: grant", "not_same_as: grunt", '"grunt"', "is expected"),
    Break(
        "service.yaml",
        "to: sign_refusal, reason",
        "to: sign_refusul, reason",
        '"sign_refusul"',
        "a state: one of",
    ),
    Break("service.yaml", "closed, reason: R09", "closed, reason: R99", '"R99"', "a reason: one of"),
    Break("service.yaml", "minutes: 1", "minuten: 1", "minuten is unknown here", "one of "),
    Break(
        "service.yaml",
        "{applicant.name}",
        "{applicant.passport}",
        "{applicant.passport} (ru)",
        "applicant.name",
    ),
    Break("service.yaml", "version: 1\n", "version: 1\nversion: 2\n", "version", "once"),
    Break("service.yaml", "summary: >-", "summary: |\n\t>-", "service.yaml", "expected"),
    Break("texts.en.yaml", "  R09: {", "  R90: {", "reasons.R90", "the same ids as there"),
    Break(
        "texts.en.yaml",
        "{case.number}",
        "{case.nummer}",
        "{case.nummer} (en)",
        "case.number",
        at="{case.number}",
    ),
    Break(
        "examples/withdrawn.yaml",
        "path: [filed,",
        "path: [filed, fix,",
        "expect.path",
        "the steps lead along",
    ),
    Break(
        "examples/edge-of-the-term.yaml",
        'due: "2027-01-1',
        'due: "2026-01-1',
        "expect.due",
        "by the terms of the package",
    ),
    Break(
        "examples/withdrawn.yaml",
        '"16002051791"',
        '"16002051792"',
        'applicant.snils is "16002051792"',
        "right value",
    ),
]
IN_ONE = {
    "housing-subsidy": [
        Break("service.yaml", "size(members) + 1", "size(membres) + 1", "membres", "expected"),
        Break("service.yaml", "subsidy > 0", "subsidy > '0'", "a text beside money", "money is expected"),
        Break(
            "service.yaml",
            "1m, on: missing-documents",
            "1m, on: R09",
            '"R09"',
            "a reason that is for suspend",
        ),
        Break(
            "service.yaml",
            "marks: [complete]",
            "marks: [decided]",
            "legal.term",
            "marks complete",
            at="term: 10wd",
        ),
        Break(
            "service.yaml",
            "evidence: fns.income",
            "evidence: fns.incame",
            '"fns.incame"',
            "a piece of evidence",
        ),
        Break("examples/local-standards.yaml", "share: 15", "share: lots", 'max_share is "lots"', "expected"),
    ],
    "address-assignment": [
        Break(
            "service.yaml", "portal: 5wd", "phone: 5wd", "legal.term.phone", "phone is expected in channels"
        ),
        Break("service.yaml", "object == 'unfinished'", "object == 'unfinshed'", "unfinshed", "unfinished"),
        Break(
            "service.yaml",
            "value: decision.address_text",
            "value: decision.address",
            "address",
            "address_text",
        ),
        Break("service.yaml", 'pattern: "[0-9]', 'pattern: "([0-9]', "pattern", "expected"),
        Break(
            "service.yaml", "granted: {label: Р", "grunted: {label: Р", "granted", "a state", at="to: granted"
        ),
        Break("examples/local-question.yaml", "id: local_plate", "id: plate", '"plate"', "local_"),
    ],
}


def breaks():
    for service, only in IN_ONE.items():
        for one in [*IN_ANY, *only]:
            yield pytest.param(service, one, id=f"{service}: {one.named}")


@pytest.mark.parametrize(("service", "one"), list(breaks()))
def test_a_fault_is_named_with_file_line_and_expectation(tmp_path, service, one):
    folder = tmp_path / service
    shutil.copytree(PACKAGES / service, folder)
    file = folder / one.file
    text = file.read_text()
    file.write_text(text.replace(one.old, one.new, 1))
    wanted = (folder / "service.yaml", line_of((folder / "service.yaml").read_text(), one.at))
    if not one.at:
        wanted = (file, line_of(text, one.old))

    found = check_package(folder)

    assert not found.is_sound
    faults = [fault for fault in found.faults if not fault.warning]
    told = [str(fault) for fault in faults if one.named in str(fault) and one.expects in str(fault)]
    assert told, [str(fault) for fault in faults]
    places = {(Path(fault.file), line) for fault in faults for line in (fault.line, fault.line - 1)}
    assert wanted in places, f"line {wanted[1]} of {wanted[0].name} is expected: {told}"


def line_of(text, part):
    assert part in text, f"{part!r} is not there"
    return text.count("\n", 0, text.index(part)) + 1
