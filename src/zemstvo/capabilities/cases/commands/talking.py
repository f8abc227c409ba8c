"""Words between the applicant and the authority, and the applicant's own way out."""

from __future__ import annotations

from zemstvo.capabilities.cases import facts
from zemstvo.capabilities.cases.matter import Matter, take
from zemstvo.capabilities.cases.models import Message, Side
from zemstvo.capabilities.cases.purposes import Purpose
from zemstvo.capabilities.cases.refusals import CaseIsDecided, MessageInvalid
from zemstvo.capabilities.cases.rules.clock import Event, Happening
from zemstvo.capabilities.cases.rules.text import tidy_words
from zemstvo.capabilities.services.package import State
from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.journal.writing import uuid7
from zemstvo.ground.people import vault

MOST = 5_000
"""Characters of a message at most."""


@command
def send_message(act: Act, number: str, words: str, *, asks: bool = False) -> str:
    """Write to the other side of a case; returns the message's id.

    Who may write for the applicant writes as the applicant (an enquiry), an official as the authority. `asks`
    says that the authority wants something from the applicant. An ended case can still be written about.

    Refuses with MessageInvalid: no words, or more than MOST characters.
    """
    matter = take(act, number)
    side = _side(matter)
    clean = tidy_words(words)
    if not 0 < len(clean) <= MOST:
        raise MessageInvalid(most=MOST)
    return write(matter, side, clean, asks=asks and side == Side.AUTHORITY)


@command
def withdraw_case(act: Act, number: str, *, version: int) -> int:
    """Take an application back, which its applicant may until the authority has decided.

    Returns the row version. Refuses with Stale, CaseIsDecided, CaseIsClosed.
    """
    matter = take(act, number, version)
    matter.must_own("case.own.withdraw")
    matter.demand_open()
    if matter.case.decided_on is not None:
        raise CaseIsDecided(number=number, decided_on=matter.case.decided_on)

    today, before = matter.act.today, matter.case.state
    target = _withdrawn_state(matter)
    if target is not None:
        matter.enter(target, Event(Happening.ENDED, today))
    else:
        matter.wind(Event(Happening.ENDED, today))
        matter.case.stage = "withdrawn"
        matter.end("withdrawn")
    matter.record(facts.CaseWithdrawn(case=number, from_state=before, withdrawn_on=today))
    return matter.keep()


def write(matter: Matter, side: Side, words: str, *, asks: bool) -> str:
    """Keep a message and its fact, inside a command that has the mandate for it."""
    message = Message.objects.create(
        id=uuid7(),
        case=matter.case,
        side=side,
        author=matter.act.actor,
        body=vault.seal(str(matter.case.applicant), words, purpose=Purpose.MESSAGE),
        asks=asks,
        sent_at=matter.act.at,
    )
    id_ = str(message.id)
    number = matter.case.number
    if side == Side.APPLICANT:
        matter.record(facts.EnquirySent(case=number, message=id_))
    elif asks:
        matter.record(facts.QuestionSent(case=number, message=id_))
    else:
        matter.record(facts.MessageSent(case=number, message=id_))
    return id_


def _side(matter: Matter) -> Side:
    if matter.act.may("case.own.message", of=matter.of) and not matter.act.mandate:
        return Side.APPLICANT
    matter.must("case.message")
    return Side.AUTHORITY


def _withdrawn_state(matter: Matter) -> State | None:
    """The state of the package for what was withdrawn: where an action leads here, else the only one there
    is.
    """
    offered = [action.to for action in matter.state.actions if action.by == "applicant"]
    ends = [state for state in matter.package.states if state.final == "withdrawn"]
    return next((state for state in ends if state.id in offered), ends[0] if ends else None)
