"""Taking an action that the package offers: accept, return, decide, sign, refuse, whatever it is called."""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from zemstvo.capabilities.cases import commands
from zemstvo.capabilities.cases import queries as cases
from zemstvo.capabilities.cases.facts import NewReason
from zemstvo.capabilities.cases.queries import CaseCard, OfferedAction
from zemstvo.capabilities.cases.refusals import ActionNotOffered, DecisionInvalid
from zemstvo.capabilities.services.package import Field
from zemstvo.faces.components import stale
from zemstvo.faces.components.asking import Faults, ask, read
from zemstvo.faces.components.questions import Option, Question
from zemstvo.faces.desk.views.case import looked_at
from zemstvo.faces.desk.working import Request, at_desk, version_of
from zemstvo.ground.journal.refusals import Refusal, Stale
from zemstvo.ground.people.looks import Look

NEW_REASONS = (
    (NewReason.RULES_CHANGED, _("the rules have changed since")),
    (NewReason.NEW_ERRORS, _("the papers brought since have new mistakes")),
    (NewReason.EXPIRED, _("a paper has expired, or its facts have changed")),
    (NewReason.OFFICIAL_FAULT, _("an official made a mistake at the first refusal")),
)


@at_desk
def action(request: Request, number: str, action: str) -> HttpResponse:
    """One action: its form, its reasons, its letter; then it is done."""
    look = looked_at(request, number)
    card = cases.case_card(request.act, number, look)
    offered = next((one for one in card.actions if one.id == action), None)
    if offered is None:
        raise ActionNotOffered(number=number, state=card.state_label)
    if request.method != "POST":
        return _shown(request, card, offered, chosen=_of_the_letter(request, card, offered, look))
    try:
        commands.take_action(
            request.act,
            number,
            action,
            version=version_of(request),
            reasons=request.POST.getlist("reasons"),
            new_reason=_new_reason(request),
            form=_form(request, offered),
        )
    except DecisionInvalid as invalid:
        return _shown(request, card, offered, faults=Faults.of(invalid.errors, offered.fields))
    except Stale:
        return _shown(request, card, offered, is_stale=True)
    except Refusal as refusal:
        if refusal.status != 422:
            raise
        return _shown(request, card, offered, refusal=refusal)
    return HttpResponseRedirect(reverse("desk:case", args=[number]))


def _form(request: Request, offered: OfferedAction) -> dict[str, Any] | None:
    """What was answered; a field that was left empty is left out."""
    if not offered.form:
        return None
    said = {field.id: read(field, request.POST) for field in offered.fields}
    return {field: answer for field, answer in said.items() if answer is not None}


def _of_the_letter(request: Request, card: CaseCard, offered: OfferedAction, look: Look) -> tuple[str, ...]:
    """The reasons for which the letter of this action was kept: it is issued for no others."""
    if not offered.document or offered.reason != "required":
        return ()
    return cases.letter(request.act, card.number, offered.document, look).reasons


def _begun(card: CaseCard, field: Field) -> Any:
    """What stands in a field before anything is typed: the calculated value that the package names."""
    return card.values.get(field.prefill.removeprefix("calculated."))


def _new_reason(request: Request) -> NewReason | None:
    text = request.POST.get("new_reason", "")
    return NewReason(text) if text in set(NewReason) else None


def _shown(
    request: Request,
    card: CaseCard,
    offered: OfferedAction,
    *,
    faults: Faults | None = None,
    refusal: Refusal | None = None,
    is_stale: bool = False,
    chosen: Sequence[str] = (),
) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    questions = [
        ask(field, read(field, posted) if posted else _begun(card, field), faults=faults, posted=posted)
        for field in offered.fields
    ]
    context: dict[str, Any] = {
        "case": card,
        "action": offered,
        "questions": questions,
        "reasons": _reasons(offered, set(posted.getlist("reasons") if posted else chosen)),
        "new_reason": _new_reason_question(refusal),
        "errors": [stale.sentence()] if is_stale else [f"{refusal} {refusal.counsel}"] if refusal else [],
        "error_questions": questions if faults else [],
    }
    status = stale.STATUS if is_stale else 422 if faults or refusal else 200
    return render(request, "desk/action.html", context, status=status)


def _reasons(offered: OfferedAction, chosen: set[str]) -> Question | None:
    if not offered.reasons or not offered.reason:
        return None
    return reasons_question(offered.reasons, chosen, is_required=offered.reason == "required")


def reasons_question(
    offered: Sequence[tuple[str, str]], chosen: Set[str], *, is_required: bool = True
) -> Question:
    """The question for reasons: codes with their sentences, of which some are chosen already."""
    options = tuple(Option(code, text, chosen=code in chosen) for code, text in offered)
    return Question(
        kind="checkboxes",
        name="reasons",
        id="reasons",
        label=str(_("Reasons")),
        hint=str(_("The applicant reads these sentences word for word.")),
        options=options,
        required=is_required,
    )


def _new_reason_question(refusal: Refusal | None) -> Question | None:
    """Asked only after a refusal said that a reason is new (210-FZ art. 7 p. 4)."""
    if refusal is None or refusal.code != "reason.new":
        return None
    return Question(
        kind="radios",
        name="new_reason",
        id="new_reason",
        label=str(_("Why this reason was not given the first time")),
        options=tuple(Option(code.value, str(text)) for code, text in NEW_REASONS),
    )
