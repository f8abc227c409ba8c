"""The actions of a package: accept, return, prepare, decide, sign, refuse, close.

Which actions there are, whom they belong to and where they lead is the package's; that two officials cannot
do them at once, that a second person signs, and that a second refusal invents no reason, is the house's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from zemstvo.capabilities.cases import facts, letters
from zemstvo.capabilities.cases.commands.results import (
    Grant,
    deliver_electronically,
    grant_of,
    hand_over_electronically,
    register_result,
)
from zemstvo.capabilities.cases.facts import NewReason
from zemstvo.capabilities.cases.matter import Matter, take
from zemstvo.capabilities.cases.models import Case, Letter
from zemstvo.capabilities.cases.purposes import Purpose
from zemstvo.capabilities.cases.refusals import (
    ActionNotOffered,
    DecisionInvalid,
    LetterIsGone,
    NewReasonNotAllowed,
    ReasonNeeded,
    ReasonUnknown,
    SecondPersonNeeded,
)
from zemstvo.capabilities.cases.rules.clock import Event, Happening
from zemstvo.capabilities.cases.rules.workflow import (
    Effect,
    effect_of,
    invented_reasons,
    marks_of,
    outcome_of,
    right_for,
)
from zemstvo.capabilities.documents.commands import Issued, issue_document, sign_document
from zemstvo.capabilities.services.package import Action, State
from zemstvo.ground.journal.acts import Act, HousePowers, command
from zemstvo.ground.journal.refusals import Stale
from zemstvo.ground.people import vault

FOR_THE_APPLICANT = ("decision", "refusal", "notice", "receipt")
"""The kinds of documents that go to the applicant; a request goes to another authority."""


@dataclass(frozen=True, slots=True)
class Step:
    """An action that is being taken: what it amounts to, where it leads, and what it settles."""

    action: Action
    effect: Effect
    target: State
    marks: tuple[str, ...]
    reasons: tuple[str, ...]
    new_reason: NewReason | None


@command
def take_action(
    act: Act,
    number: str,
    action: str,
    *,
    version: int,
    reasons: Sequence[str] = (),
    new_reason: NewReason | None = None,
    form: Mapping[str, Any] | None = None,
) -> int:
    """Take an action that the package offers in the state of the case. Returns the row version.

    `reasons` are codes of the package, `form` the answers of the official's form that the action names;
    `new_reason` says why a reason is given that an earlier return or refusal did not name. An action with a
    document issues it from the letter as it was edited, and a decision is signed by the one who decides.

    Refuses with Stale (somebody was quicker), CaseIsDecided, CaseIsClosed, ActionNotOffered, NoMandate,
    SecondPersonNeeded, ReasonNeeded, ReasonUnknown, NewReasonNotAllowed, DecisionInvalid,
    LetterGivesOtherReasons.
    """
    matter = take(act, number, version)
    matter.must("case.read")
    matter.demand_open()
    step = _step(matter, action, tuple(reasons), new_reason)
    _demand_second_person(matter, step.action)
    decision = _decision(matter, step, form)
    step = replace(step, reasons=_reasons(matter, step, decision))
    decision["reasons"] = list(step.reasons)

    before = matter.case.state
    _settle(matter, step)
    matter.case.decision = vault.seal(str(matter.case.applicant), decision, purpose=Purpose.DECISION)
    granted = grant_of(matter, decision) if step.effect is Effect.DECIDE else None
    document = _document(matter, step, decision, granted)
    _record(matter, step, before, document)
    if granted is not None:
        register_result(matter, granted, document)
    if step.effect is Effect.DECIDE:
        deliver_electronically(matter, document)
    return matter.keep()


@command
def edit_letter(
    act: Act,
    number: str,
    document: str,
    content: Mapping[str, Any],
    *,
    version: int,
    reasons: Sequence[str] = (),
) -> int:
    """Put an edited text in the place of a letter that is not issued yet; returns the letter's version.

    `content` is as `letters` describes it; `version` the one that was read, 0 for the prefilled letter.
    `reasons` are those for which it is written, where the action asks for some (a return): it is issued for
    no others. Refuses with LetterIsGone where no action of the state makes this document, with ReasonNeeded,
    ReasonUnknown, and with Stale.
    """
    matter = take(act, number)
    matter.must("case.decide")
    matter.demand_open()
    if not any(action.document == document for action in matter.state.actions):
        raise LetterIsGone(number=number)
    kept = Letter.objects.select_for_update().filter(case=matter.case, document=document).first()
    if version != (kept.row_version if kept else 0):
        raise Stale

    tidy = letters.tidy_content(content, _reasons_of_letter(matter, document, reasons))
    sealed = vault.seal(str(matter.case.applicant), tidy, purpose=Purpose.LETTER)
    Letter.objects.update_or_create(
        case=matter.case,
        document=document,
        defaults={
            "content": sealed,
            "row_version": version + 1,
            "edited_by": matter.act.actor,
            "edited_at": matter.act.at,
        },
    )
    matter.record(facts.LetterEdited(case=number, document=document, version=version + 1))
    return version + 1


def _reasons_of_letter(matter: Matter, document: str, given: Sequence[str]) -> tuple[str, ...]:
    """The reasons that a letter gives: those chosen for it, else those of the decision that it states."""
    offered = letters.reasons_to_choose(matter, document)
    if not offered:
        return tuple(letters.decision_of(matter.case)["reasons"])
    return _chosen(given, offered)


def _chosen(given: Sequence[str], offered: Sequence[str]) -> tuple[str, ...]:
    """Reasons of the package, at least one. Refuses with ReasonNeeded, ReasonUnknown."""
    if not given:
        raise ReasonNeeded
    for reason in given:
        if reason not in offered:
            raise ReasonUnknown(reason=reason[:40])
    return tuple(dict.fromkeys(given))


def _step(matter: Matter, action: str, reasons: tuple[str, ...], new_reason: NewReason | None) -> Step:
    """The action, where the state offers it and the mandate allows it."""
    found = matter.state.action(action)
    if found is None or found.by == "applicant":
        raise ActionNotOffered(number=matter.case.number, state=matter.label(matter.state))
    marks = marks_of(matter.package, matter.state, found)
    effect = effect_of(matter.package, found, marks, is_decided=matter.case.decided_on is not None)
    matter.must(right_for(found, effect))
    if not letters.is_offered(matter, found):
        raise ActionNotOffered(number=matter.case.number, state=matter.label(matter.state))
    return Step(found, effect, matter.package.state(found.to), marks, reasons, new_reason)


def _demand_second_person(matter: Matter, action: Action) -> None:
    """Refuse where the same person did what this action confirms; the last time counts."""
    if not action.not_same_as:
        return
    doers = [entry.actor for entry in matter.history if entry.payload.get("action") == action.not_same_as]
    if doers and doers[-1] == matter.act.actor:
        raise SecondPersonNeeded


def _decision(matter: Matter, step: Step, form: Mapping[str, Any] | None) -> dict[str, Any]:
    """What has been decided so far, with the answers of this action's form."""
    decision = letters.decision_of(matter.case)
    if step.action.form:
        known = letters.circumstances(matter, decision)
        checked = matter.package.check_form(
            step.action.form, form or {}, letters.answers_of(matter.case), known
        )
        if not checked.is_sound:
            raise DecisionInvalid(errors=checked.errors)
        decision["forms"] = {**decision["forms"], step.action.form: checked.answers}
    return decision


def _reasons(matter: Matter, step: Step, decision: Mapping[str, Any]) -> tuple[str, ...]:
    """The reasons of this action: those given now, else those of the decision that it confirms."""
    if step.action.reason == "none":
        return tuple(decision["reasons"]) if step.action.not_same_as else ()
    is_needed = step.action.reason == "required" or step.reasons
    given = _chosen(step.reasons, step.action.reasons) if is_needed else ()
    if step.new_reason is None and (invented := invented_reasons(given, _named_before(matter, step))):
        raise NewReasonNotAllowed(reasons=", ".join(invented))
    return given


def _named_before(matter: Matter, step: Step) -> set[str]:
    """The reasons with which the same was refused before: the application handed back, or the service denied.

    Handing back before registration refuses to accept the papers; the reasons of the first time bind every
    later time. Denying the service is bound by the applicant's last denied case.
    """
    if step.effect is Effect.RETURN:
        if matter.case.registered_on is not None:
            return set()
        returned = [entry for entry in matter.history if entry.kind == facts.CaseReturned.kind]
        return {reason for entry in returned for reason in entry.payload["reasons"]}
    last = (
        Case.objects.filter(
            applicant=matter.case.applicant,
            service=matter.case.service,
            authority=matter.case.authority,
            outcome="refused",
        )
        .exclude(pk=matter.case.pk)
        .order_by("-filed_at")
        .first()
    )
    return set(letters.decision_of(last)["reasons"]) if last else set()


def _settle(matter: Matter, step: Step) -> None:
    """Put the case into its next state, with what the action settles for the clock."""
    today = matter.act.today
    happened = [Event(Happening(mark), today) for mark in step.marks if mark in ("registered", "complete")]
    if "resumed" in step.marks:
        happened.append(Event(Happening.SUPPLEMENTED, today))
    if step.effect is Effect.RETURN:
        happened.append(Event(Happening.RETURNED, today))
    if step.effect in (Effect.DECIDE, Effect.CLOSE, Effect.WITHDRAW):
        happened.append(Event(Happening.ENDED, today))
    if step.effect is Effect.DECIDE:
        matter.case.decided_on = today
        matter.case.outcome = outcome_of(matter.package, step.action)
    matter.enter(step.target, *happened)


def _document(
    matter: Matter, step: Step, decision: Mapping[str, Any], granted: Grant | None
) -> Issued | None:
    """Issue the document of the action, and sign it where the action is the authority's last word on it."""
    if not step.action.document:
        return None
    case = matter.case
    template = matter.package.templates[step.action.document]
    letters.demand_same_reasons(matter, step.action.document, decision["reasons"])
    content, _version = letters.content_of(matter, step.action.document, decision)
    signatory = letters.signatory_of(matter.act, case.language)
    # The right to the action was asked; that it makes a document is the package's word, not a further right.
    by_the_package = replace(matter.act, powers=HousePowers())
    issued = issue_document(
        by_the_package,
        authority=case.authority,
        territory=case.territory,
        case=case.number,
        person=str(case.applicant),
        kind=template.kind,
        template=letters.sheet(matter, content, signatory=signatory),
        language=case.language,
        service=case.service,
        service_version=case.service_version,
        valid_until=granted.valid_until if granted else None,
    )
    if step.effect is not Effect.PREPARE:
        sign_document(by_the_package, issued.id)
        if step.effect is not Effect.DECIDE and template.kind in FOR_THE_APPLICANT:
            hand_over_electronically(matter, issued)
    Letter.objects.filter(case=case, document=step.action.document).delete()
    return issued


def _record(matter: Matter, step: Step, before: str, document: Issued | None) -> None:
    """Leave the fact of the action, by what it amounts to."""
    case, today = matter.case, matter.act.today
    common: dict[str, Any] = {
        "case": case.number,
        "action": step.action.id,
        "from_state": before,
        "state": step.target.id,
        "marks": step.marks,
        "taken_on": today,
        "due_on": case.due_on,
    }
    why: dict[str, Any] = {"reasons": step.reasons, "new_reason": step.new_reason}
    match step.effect:
        case Effect.ACCEPT:
            matter.record(facts.CaseAccepted(**common))
        case Effect.RETURN:
            matter.record(facts.CaseReturned(**common, **why, answer_by=matter.answer_by))
        case Effect.PREPARE:
            matter.record(facts.CaseDecisionPrepared(**common, **why))
        case Effect.DECIDE:
            number = document.number if document else None
            matter.record(facts.CaseDecided(**common, **why, outcome=case.outcome, document=number))
        case Effect.CLOSE:
            reason = next(iter(step.reasons), "closed")
            matter.record(
                facts.CaseClosed(
                    case=case.number,
                    from_state=before,
                    state=step.target.id,
                    reason=reason,
                    closed_on=today,
                    by_clock=False,
                )
            )
        case Effect.WITHDRAW:
            matter.record(facts.CaseWithdrawn(case=case.number, from_state=before, withdrawn_on=today))
        case _:
            matter.record(facts.CaseMoved(**common))
