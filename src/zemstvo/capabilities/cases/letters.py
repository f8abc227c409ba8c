"""Letters of a case before they are documents: prefilled from the package, edited by officials, then issued.

A letter's content is what an official can edit: `title`, `paragraphs` (texts), and `table` (a title and rows
of label and value). What surrounds it on the sheet (authority, addressee, reference, signatory) is put
around it when it is issued.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from zemstvo.capabilities.cases.applicant import applicant_as_asked
from zemstvo.capabilities.cases.matter import Matter
from zemstvo.capabilities.cases.models import Case, Letter
from zemstvo.capabilities.cases.purposes import Purpose
from zemstvo.capabilities.cases.refusals import LetterGivesOtherReasons
from zemstvo.capabilities.services.package import Action, Circumstances
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.journal.wording import day
from zemstvo.ground.people import vault
from zemstvo.ground.people.queries.officials import officials_by_person
from zemstvo.ground.territory import queries as territories
from zemstvo.ground.territory.names import name_in


def answers_of(case: Case) -> dict[str, Any]:
    """The answers of a case. Raises Erased."""
    found: dict[str, Any] = vault.open_sealed(
        str(case.applicant), bytes(case.answers), purpose=Purpose.CASE_ANSWERS
    )
    return found


def decision_of(case: Case) -> dict[str, Any]:
    """What officials have decided so far: `forms` by id, and `reasons`. Raises Erased."""
    if not case.decision:
        return {"forms": {}, "reasons": []}
    found: dict[str, Any] = vault.open_sealed(
        str(case.applicant), bytes(case.decision), purpose=Purpose.DECISION
    )
    return found


def circumstances(matter: Matter, decision: Mapping[str, Any], *, is_decided: bool = False) -> Circumstances:
    """What is known of the case besides its answers, for conditions, calculations and letters.

    Raises Erased.
    """
    case, today = matter.case, matter.act.today
    return Circumstances(
        today=today,
        filed_on=case.filed_on,
        registered_on=case.registered_on,
        complete_on=case.started_on,
        decided_on=case.decided_on or (today if is_decided else None),
        channel=case.channel,
        applicant=applicant_as_asked(matter.applicant),
        reasons=tuple(decision["reasons"]),
        forms=decision["forms"],
        number=case.number,
        authority=name_in(territories.authority(case.authority).names, case.language),
    )


@dataclass(frozen=True, slots=True)
class KeptLetter:
    """A letter as it was edited, and the reasons for which it was written; version 0: nobody edited it."""

    content: Mapping[str, Any]
    reasons: tuple[str, ...]
    version: int


def kept_letter(matter: Matter, document: str) -> KeptLetter:
    """What an official kept of a letter. One query. Raises Erased."""
    row = Letter.objects.filter(case=matter.case, document=document).first()
    if row is None:
        return KeptLetter({}, (), 0)
    edited = vault.open_sealed(str(matter.case.applicant), bytes(row.content), purpose=Purpose.LETTER)
    return KeptLetter(edited, tuple(edited.pop("reasons")), row.row_version)


def content_of(matter: Matter, document: str, decision: Mapping[str, Any]) -> tuple[dict[str, Any], int]:
    """The content of a letter and its version: as it was edited for these reasons, else prefilled from the
    package.
    """
    written, kept = prefilled(matter, document, decision), kept_letter(matter, document)
    is_for_these = set(kept.reasons) == set(decision["reasons"])
    return ({**written, **kept.content} if is_for_these else written), kept.version


def demand_same_reasons(matter: Matter, document: str, reasons: Sequence[str]) -> None:
    """Refuse with LetterGivesOtherReasons where the letter was edited for others than it is issued for."""
    kept = kept_letter(matter, document)
    if kept.version and set(kept.reasons) != set(reasons):
        raise LetterGivesOtherReasons


def reasons_to_choose(matter: Matter, document: str) -> tuple[str, ...]:
    """The reasons from which some have to be chosen before this letter can be written; none where no action
    of the state that makes it asks for them.
    """
    made_by = [action for action in matter.state.actions if action.document == document]
    return next((action.reasons for action in made_by if action.reason == "required"), ())


def prefilled(matter: Matter, document: str, decision: Mapping[str, Any]) -> dict[str, Any]:
    """The letter as the package writes it from the answers, the officials' forms and the reason."""
    known = circumstances(matter, decision, is_decided=True)
    return matter.package.letter(document, answers_of(matter.case), known, matter.case.language)


def is_offered(matter: Matter, action: Action) -> bool:
    """Whether the condition of an action holds for this case."""
    if action.when is None:
        return True
    known = circumstances(matter, decision_of(matter.case))
    return matter.package.offers(action, answers_of(matter.case), known)


def tidy_content(content: Mapping[str, Any], reasons: Sequence[str]) -> dict[str, Any]:
    """The parts of a content that an official may edit, and the reasons that it gives; nothing else."""
    table = content.get("table")
    return {
        "reasons": list(reasons),
        "title": str(content.get("title", "")),
        "paragraphs": [str(one) for one in content.get("paragraphs", ()) if str(one).strip()],
        "table": _tidy_table(table) if isinstance(table, Mapping) else None,
    }


def _tidy_table(table: Mapping[str, Any]) -> dict[str, Any]:
    rows = [(str(row["label"]), str(row["value"])) for row in table.get("rows", ())]
    return {"title": str(table.get("title", "")), "rows": [{"label": one, "value": two} for one, two in rows]}


def sheet(matter: Matter, content: Mapping[str, Any], *, signatory: Mapping[str, str]) -> dict[str, Any]:
    """A content with all that surrounds it, as `documents.commands.issue_document` takes it."""
    case = matter.case
    addressee = matter.applicant.name
    with translation.override(case.language):
        names = territories.authority(case.authority).names
        reference = _("To application No. %(number)s of %(day)s") % {
            "number": case.number,
            "day": day(case.filed_on),
        }
        place = name_in(territories.territory(case.territory).names)
        header = content["header"] or [name_in(names)]
    made: dict[str, Any] = {
        "title": content["title"],
        "header": header,
        "place": place,
        "addressee": [addressee],
        "reference": reference,
        "paragraphs": content["paragraphs"],
        "signatory": dict(signatory),
        "data": content["data"],
    }
    if content.get("table"):
        made["table"] = content["table"]
    return made


def signatory_of(act: Act, language: str) -> dict[str, str]:
    """Who signs, as printed: post and name of the official who acts; the authority alone for the house."""
    official = officials_by_person([act.actor]).get(act.actor)
    if official is None:
        return {"post": "", "name": ""}
    return {"post": name_in(official.position, language), "name": official.short_name}
