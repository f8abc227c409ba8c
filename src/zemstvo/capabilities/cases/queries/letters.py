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


def letter(act: Act, number: str, document: str, look: Look, *, reasons: Sequence[str] = ()) -> LetterDraft:
    """A letter of the case before it is issued. `reasons` are those that the official is about to give.

    Some ten statements. Refuses as `case_card`, and with NotFound where the package has no such document.
    """
    matter = readable(act, number)
    look.demand(act, [str(matter.case.applicant)])
    if document not in matter.package.templates:
        raise NotFound
    decision = letters.decision_of(matter.case)
    if reasons:
        decision = {**decision, "reasons": list(reasons)}
    content, version = letters.content_of(matter, document, decision)
    return LetterDraft(document, str(content["title"]), content, version, matter.case.language)


def letter_sheet(act: Act, number: str, document: str, look: Look) -> dict[str, Any]:
    """A letter as `documents.queries.preview` takes it: the sheet that would be issued now.

    Costs as `letter`.
    """
    matter = readable(act, number)
    draft = letter(act, number, document, look)
    signatory = letters.signatory_of(matter.act, matter.case.language)
    return letters.sheet(matter, draft.content, signatory=signatory)
