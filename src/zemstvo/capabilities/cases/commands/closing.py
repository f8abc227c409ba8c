"""What the clock does to a case when a limit of the package has passed."""

from __future__ import annotations

from zemstvo.capabilities.cases import facts
from zemstvo.capabilities.cases.matter import take
from zemstvo.capabilities.cases.refusals import LimitNotPassed
from zemstvo.capabilities.cases.rules.clock import Event, Happening
from zemstvo.ground.journal.acts import Act, command

LIMIT = "limit"
"""The word for the action that nobody takes: the limit of a state passes."""


@command
def pass_limit(act: Act, number: str) -> int:
    """Do what the package says for a state whose limit has passed: close the case, or move it on.

    Done by the clock. Refuses with LimitNotPassed. Returns the row version.
    """
    matter = take(act, number)
    matter.must("case.decide")
    matter.demand_open()
    case, state, today = matter.case, matter.state, matter.act.today
    if case.limit_on is None or today < case.limit_on or state.on_limit is None:
        raise LimitNotPassed(number=number)

    target = matter.package.state(state.on_limit.to)
    if target.final:
        matter.enter(target, Event(Happening.ENDED, today))
        matter.record(
            facts.CaseClosed(
                case=number,
                from_state=state.id,
                state=target.id,
                reason=state.on_limit.reason,
                closed_on=today,
                by_clock=True,
            )
        )
        return matter.keep()
    is_back = state.waits_for == "applicant" and target.waits_for != "applicant"
    read = matter.enter(target, *([Event(Happening.SUPPLEMENTED, today)] if is_back else []))
    matter.record(
        facts.CaseMoved(
            case=number,
            action=LIMIT,
            from_state=state.id,
            state=target.id,
            marks=("resumed",) if is_back else (),
            taken_on=today,
            due_on=read.due_on,
        )
    )
    return matter.keep()
