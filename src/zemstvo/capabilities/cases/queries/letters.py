"""The letter of a case before it is issued, as officials read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from zemstvo.capabilities.cases import letters
from zemstvo.capabilities.cases.queries.reading import readable
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.refusals import NotFound
from zemstvo.ground.people.looks import Look


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter before it is issued: as it was edited, or (version 0) as the package writes it."""

    document: str
    title: str
    content: dict[str, Any]
    version: int
    language: str
    offered: tuple[tuple[str, str], ...]
    """Reasons with their sentences, from which some have to be chosen before the letter is kept."""
    reasons: tuple[str, ...]
    """Those for which it is written here."""

    @property
    def wants_reasons(self) -> bool:
        """Whether reasons have to be chosen first."""
        return bool(self.offered) and not self.reasons


def letter(act: Act, number: str, document: str, look: Look, *, reasons: Sequence[str] = ()) -> LetterDraft:
    """A letter of the case before it is issued. `reasons` are those that the official is about to give, where
    the action asks for some; without them those for which the letter was kept.

    Some ten statements. Refuses as `case_card`, and with NotFound where the package has no such document.
    """
    matter = readable(act, number)
    look.demand(act, [str(matter.case.applicant)])
    if document not in matter.package.templates:
        raise NotFound
    decision = letters.decision_of(matter.case)
    offered = letters.reasons_to_choose(matter, document)
    if offered:
        chosen = [one for one in offered if one in reasons] or letters.kept_letter(matter, document).reasons
        decision = {**decision, "reasons": list(chosen)}
    content, version = letters.content_of(matter, document, decision)
    return LetterDraft(
        document,
        str(content["title"]),
        content,
        version,
        matter.case.language,
        tuple((code, matter.package.text(matter.package.reasons[code].text)) for code in offered),
        tuple(decision["reasons"]),
    )


def letter_sheet(
    act: Act, number: str, document: str, look: Look, *, reasons: Sequence[str] = ()
) -> dict[str, Any]:
    """A letter as `documents.queries.preview` takes it: the sheet that would be issued for these reasons.

    Costs as `letter`.
    """
    matter = readable(act, number)
    draft = letter(act, number, document, look, reasons=reasons)
    signatory = letters.signatory_of(matter.act, matter.case.language)
    return letters.sheet(matter, draft.content, signatory=signatory)
