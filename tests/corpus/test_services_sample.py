"""The bundled packages agree with every verified fact of the sample, and mark the others."""

import json
import re
from pathlib import Path

import pytest

from zemstvo.capabilities.services.check import check_package

pytestmark = pytest.mark.corpus

PACKAGES = Path(__file__).parents[2] / "packages"
UNITS = {"workday": "wd", "day": "d", "month": "m"}


def sample(corpus, id):
    services = json.loads((corpus / "ru" / "services_sample.json").read_text())
    return next(one for one in services if one["id"] == id)


def term(given):
    return f"{given['n']}{UNITS[given['unit']]}"


def test_the_housing_subsidy_is_as_it_was_verified(corpus):
    given = sample(corpus, "housing-subsidy")
    legal = check_package(PACKAGES / "housing-subsidy").package.legal

    assert set(given["verified"]) == {"term", "register_term", "suspension", "fee"}
    assert {(str(answer), start) for answer, start in legal.terms.values()} == {
        (term(given["term"]), "complete")
    }
    assert str(legal.register) == term(given["register_term"])
    assert str(legal.suspend.max) == term(given["suspension"]["max"])
    assert legal.fee_minor == given["fee_rub"] * 100


def test_an_address_is_as_it_was_verified(corpus):
    given = sample(corpus, "address-assignment")
    package = check_package(PACKAGES / "address-assignment").package

    assert given["verified"] == ["term_by_channel"]
    assert str(package.clock("counter").term) == term(given["term_by_channel"]["paper"])
    assert str(package.clock("portal").term) == term(given["term_by_channel"]["electronic"])


def test_what_the_sample_has_not_verified_is_marked_in_the_packages(corpus):
    for id, path in (("housing-subsidy", "evidence"), ("address-assignment", "legal.fee")):
        doubts = {doubt.path for doubt in check_package(PACKAGES / id).package.doubts}
        assert path in doubts


def test_each_verified_term_names_a_source_of_the_sample(corpus):
    for id in ("housing-subsidy", "address-assignment"):
        named = (PACKAGES / id / "service.yaml").read_text()
        for address in re.findall(r"https?://[^ ;]+", sample(corpus, id)["term_source"]):
            assert address in named
