"""OKTMO, the Russian classifier of municipal territories (OK 033-2013): what its codes say.

Eight digits name a municipality, eleven a settlement in it: 1-2 the region, 3-5 the municipality of the
upper tier (digit 3 its kind), 6-8 the one of the lower tier (digit 6 its kind), 9-11 the settlement. Many
lines of the published list are headings of groups and name no territory. Three traps, found in the data:

* three autonomous okrugs are regions of their own inside the digits of another region (`OKRUGS`), while
  two former okrugs with codes of the same form are headings now;
* inside okrugs of both sorts `…10000` and `…50000` are headings of districts and of urban okrugs;
* in the federal cities digit 3 = 9 continues digit 3 = 3, and 40910000 is a municipality like any other.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zemstvo.ground.territory.rules.levels import Level

FEDERATION = "00000000"
"""The federation itself has no code in the classifier; statistics write it as noughts."""

OKRUGS = frozenset({"11800000", "71800000", "71900000"})
"""Autonomous okrugs that are subjects of the federation with a code inside another subject's digits."""

FEDERAL_CITIES = frozenset({"40", "45", "67"})

_UPPER = {"3": "intracity_area", "5": "municipal_okrug", "6": "municipal_district", "7": "urban_okrug"}
_LOWER = {
    "1": "urban_settlement",
    "3": "intracity_district",
    "4": "rural_settlement",
    "7": "inter_settlement",
}
_CODE = re.compile(r"[0-9]{8}(?:[0-9]{3})?")

_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)
_WEIGHTS_AGAIN = (3, 4, 5, 6, 7, 8, 9, 10, 1, 2)


@dataclass(frozen=True, slots=True)
class Oktmo:
    """What a code says: its kind and level, whether it is a mere heading, and who may stand above it.

    `above` names the possible parents, the nearest first; the nearest that exists is the parent.
    """

    code: str
    kind: str
    level: Level
    is_heading: bool
    above: tuple[str, ...]


def is_code(text: str) -> bool:
    """Whether a text has the form of a code: eight or eleven digits."""
    return _CODE.fullmatch(text) is not None


def check_digit(code: str) -> int:
    """The check digit of a code (Rosstat's method for OKTMO, OKATO and OKPO).

    Digits times 1…10 from the left, cyclic, sum mod 11; if that is 10, again with 3…10, 1, 2; if it is 10
    again, 0.
    """
    for weights in (_WEIGHTS, _WEIGHTS_AGAIN):
        rest = sum(int(digit) * weights[place % 10] for place, digit in enumerate(code)) % 11
        if rest < 10:
            return rest
    return 0


def oktmo(code: str) -> Oktmo:
    """What a code says. Raises ValueError for a text that `is_code` denies."""
    if not is_code(code):
        raise ValueError(f"{code!r} is not an OKTMO code")
    if len(code) == 11:
        kind = _settlement_kind(code[8:])
        return Oktmo(code, kind, Level.SETTLEMENT, code.endswith("000"), (code[:8], *_above(code[:8])))
    if code == FEDERATION:
        return Oktmo(code, "federation", Level.FEDERATION, False, ())
    if code[2:] == "000000" or code in OKRUGS:
        return Oktmo(code, "region", Level.REGION, False, (FEDERATION,))
    return Oktmo(code, _kind(code), Level.MUNICIPALITY, _is_heading(code), _above(code))


def _above(code: str) -> tuple[str, ...]:
    """The possible parents of an eight-digit code below the region, the nearest first."""
    upper = (code[:5] + "000",) if code[5:] != "000" else ()
    okrug = code[:3] + "00000"
    if okrug == code or code[2:] == "000000":
        return (FEDERATION,)
    return (*upper, okrug if okrug in OKRUGS else code[:2] + "000000")


def _is_heading(code: str) -> bool:
    """Whether an eight-digit code below the region heads a group: xxN00000, …N00, the series of an okrug."""
    if code[5:] != "000":
        return code[6:] == "00"
    return code[3:5] == "00" or (_is_of_okrug(code) and code[3:5] in ("10", "50"))


def _kind(code: str) -> str:
    if code[5:] != "000":
        return _LOWER.get(code[5], "other")
    if _is_of_okrug(code):
        return "municipal_district" if code[3:5] < "50" else "urban_okrug"
    if code[:2] in FEDERAL_CITIES:
        return "intracity_area"
    return _UPPER.get(code[2], "other")


def _is_of_okrug(code: str) -> bool:
    return code[2] in "89" and code[:2] not in FEDERAL_CITIES


def _settlement_kind(last_three: str) -> str:
    """001-049 are cities, 051-099 settlements of urban type, the rest are rural."""
    if last_three > "100":
        return "rural_locality"
    return "city" if last_three < "050" else "urban_locality"
