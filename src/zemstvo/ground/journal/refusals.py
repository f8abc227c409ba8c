"""Saying no: the base of all refusals, and the refusals that every room shares."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from zemstvo.ground.journal.wording import said


class Refusal(Exception):
    """A "no" that a person can act on: a stable code, a sentence with the facts of this case, advice.

    Subclasses set `code` (dotted, stable for ever: it is the problem type of the API), `message`
    and `advice` (translatable, with `%(name)s` places filled from the keyword arguments, days in words) and
    `status` (the HTTP status that a face answers with).
    """

    code: ClassVar[str] = "refused"
    message: ClassVar[Any] = _("This cannot be done.")
    advice: ClassVar[Any] = ""
    status: ClassVar[int] = 422

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__()

    def __str__(self) -> str:
        return said(self.message, self.facts) if self.facts else str(self.message)

    @property
    def counsel(self) -> str:
        """What the person can do now, in the active language."""
        return said(self.advice, self.facts) if self.facts else str(self.advice)


class NoMandate(Refusal):
    """The one who acts has no mandate in force that covers this deed at this place."""

    code = "mandate.missing"
    message = _("You have no mandate for this here.")
    advice = _("If you should have one, ask the administrator of your authority.")
    status = 403


class NotFound(Refusal):
    """There is no such thing, or the one who asks may not know that there is."""

    code = "not-found"
    message = _("Nothing was found under this address.")
    advice = _("Check the number or the link.")
    status = 404


class Stale(Refusal):
    """Somebody changed the thing after this form was opened."""

    code = "stale"
    message = _("Somebody changed this page after you opened it.")
    advice = _("Look at the current state and make your change again.")
    status = 409


class TryLater(Refusal):
    """Too many attempts, or the place is closed for a moment."""

    code = "try-later"
    message = _("Too many attempts.")
    advice = _("Wait a minute and try again.")
    status = 429


class FactIsNotSealed(Refusal):
    """The fact is written and waits for the sealer, so there is no proof of it yet."""

    code = "fact.unsealed"
    message = _("Fact %(fact)s is written but not sealed yet, so there is no proof of it.")
    advice = _("Ask again in a minute. Until then the promise that you were given stands for the proof.")
    status = 409
