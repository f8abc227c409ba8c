"""Packages that attack: each is read in a process of its own, so that an abort or a stall fails the test."""

import subprocess
import sys
from pathlib import Path

import pytest

from zemstvo.capabilities.services.tests.firewood import changed

CHECK = """
import sys, django
from django.conf import settings
settings.configure(USE_I18N=True, LANGUAGE_CODE="en", INSTALLED_APPS=[])
django.setup()
from zemstvo.capabilities.services.check import check_package
import resource
resource.setrlimit(resource.RLIMIT_AS, (2 * 1024**3, 2 * 1024**3))
for fault in check_package(sys.argv[1]).faults:
    if not fault.warning:
        print(fault)
"""
NESTED = "[1,2,3,4,5,6,7,8,9]"
ATTACKS = {
    "nested map that aborts the process": f"{NESTED}.map(a, " * 14 + "a" + ")" * 14 + " == []",
    "a map over rows": "members.map(m, m.income).size() > 0",
    "nested all that stalls every thread": f"{NESTED}.all(a, " * 14 + "true" + ")" * 14,
    "all within all over rows": "members.all(a, members.all(b, members.all(c, true)))",
    "all behind all": "members.all(a, true) && members.all(b, true)",
    "a macro over what a macro gives": "members.filter(a, true).filter(b, true).size() > 0",
    "a regular expression without end": "heating.matches('(x*x*)*y{1000}{1000}')",
    "a regular expression of gigabytes": "heating.matches('((((a{100}){100}){100}){100})')",
    "a regular expression that looks back": r"heating.matches(r'(a)\1')",
    "a regular expression from an answer": "heating.matches(account)",
    "deep parentheses": "(" * 240 + "true" + ")" * 240,
    "deep negation": "!" * 490 + "true",
    "deep choices": "true ? " * 40 + "true" + " : false" * 40,
    "deep lists": "[" * 240 + "]" * 240 + " == []",
    "a long chain": " && ".join(["true"] * 90),
    "501 characters": "heating == 'stove'" + " " * 490,
    "a huge number": "area > " + "9" * 400,
    "a huge text": "heating == '" + "a" * 480 + "'",
    "a text repeated": "'a' * 1000000000 == ''",
    "a fraction": "area * 1.5 > 1",
    "other people's answers": "cases.exists(c, c.answers.income > 0)",
    "another application": "application('1-2026-000001').income > 0",
    "the applicant's whole record": "applicant == applicant",
    "a dunder": "why.__class__.__mro__ == ''",
    "a dunder of a function": "size.__globals__ == ''",
    "an import": "__import__('os').system('id') == 0",
    "eval": "eval('1') == 1",
    "a file": "open('/etc/passwd').read() == ''",
    "a file by another name": "file('/etc/passwd') == ''",
    "the network": "http.get('http://127.0.0.1:8000') == ''",
    "the environment": "env['SECRET_KEY'] == ''",
    "a timestamp of now": "timestamp('now') > timestamp('2026-01-01T00:00:00Z')",
    "a struct": "google.protobuf.Any{type_url: 'x'} == null",
    "a comment": "true // nothing",
    "bytes": "b'abc' == b'abc'",
    "our inner functions": "z_sum(members, 'income') > 0",
    "a name of the written-out text": "members__size > 0",
    "a NUL": "heating == 'a\\u0000'",
    "an unclosed text": "heating == 'stove",
    "two expressions": "true; true",
}


def check(folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", CHECK, str(folder)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, f"the process ended with {done.returncode}: {done.stderr[-500:]}"
    return done.stdout


@pytest.mark.parametrize("names", [list(ATTACKS)[:20], list(ATTACKS)[20:]])
def test_no_expression_of_a_package_does_anything_but_be_refused_at_publication(tmp_path, names):
    attacks = {name: ATTACKS[name] for name in names}
    conditions = "".join(
        f'  - {{when: {quoted(source)}, means: "{name}", else: R01}}\n' for name, source in attacks.items()
    )
    folder = changed(tmp_path, ("eligibility:\n", f"eligibility:\n{conditions}"))
    first = folder.joinpath("service.yaml").read_text().splitlines().index("eligibility:") + 2

    long = {name for name, source in ATTACKS.items() if len(source) > 500} & set(names)
    shaped = check(folder)
    assert len(long) == len([line for line in shaped.splitlines() if "at most 500 characters" in line])
    text = folder.joinpath("service.yaml").read_text()
    for name in long:
        text = text.replace(ATTACKS[name], "wrong +")
    folder.joinpath("service.yaml").write_text(text)
    refused = check(folder)

    for place, name in enumerate(attacks):
        assert f"line {first + place}: eligibility[{place + 1}].when is " in refused, (
            f"{name} was not refused"
        )


def quoted(source: str) -> str:
    return '"' + source.replace("\\", "\\\\").replace('"', '\\"') + '"'


@pytest.mark.parametrize(
    ("pattern", "fault"),
    [
        ("(a{1000}){1000}", "a small regular expression of Rust's syntax"),
        ("(?=a)b", "a small regular expression of Rust's syntax"),
        ("(", "a small regular expression of Rust's syntax"),
        ("a" * 201, "at most 200 characters are expected"),
    ],
)
def test_the_pattern_of_a_field_is_bounded_too(tmp_path, pattern, fault):
    folder = changed(tmp_path, ('pattern: "[0-9]{20}"', f'pattern: "{pattern}"'))

    assert fault in check(folder)


def test_a_package_of_anchors_tags_and_depth_is_refused(tmp_path):
    folder = changed(tmp_path)
    bomb = "\n".join(["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)])
    folder.joinpath("service.yaml").write_text(bomb)

    assert "a value without an anchor is expected" in check(folder)


def test_a_placeholder_reaches_no_attribute(tmp_path):
    folder = changed(
        tmp_path, ('{decision.amount}."}', '{decision.amount.__class__} {0.__init__} {area!r}."}')
    )

    refused = check(folder)

    for name in ("decision.amount.__class__", "0.__init__", "area!r"):
        assert f"{{{name}}} (ru)" in refused
