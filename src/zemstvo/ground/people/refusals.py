"""The ways in which people say no. Those of identifiers and of the identity stand beside their rules."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from zemstvo.ground.journal.refusals import Refusal
from zemstvo.ground.people.identifiers import NAMES
from zemstvo.ground.people.identity import AnyIdentity, Identity


class IdentifierIsTaken(Refusal):
    """An identifier already names another person of this installation."""

    code = "person.identifier-taken"
    message = _("Another person is registered here under this %(kind)s.")
    advice = _("An official can join the two at the counter, after seeing the identity document.")
    status = 409


class MustBeKept(Refusal):
    """A duty to keep the person's data holds, so they cannot be erased yet."""

    code = "person.must-be-kept"
    message = _("The data must be kept until %(until)s because of matter %(about)s (%(basis)s).")
    advice = _("Ask for the erasure again after that day.")
    status = 409


class MatterIsOpen(Refusal):
    """A matter of the person is still open, so the data cannot be erased."""

    code = "person.matter-open"
    message = _("Matter %(about)s is still open, so the data cannot be erased (%(basis)s).")
    advice = _("Withdraw it or wait for the decision, then ask for the erasure again.")
    status = 409


class StillInOffice(Refusal):
    """The person is an official in office; an official is dismissed before the data are erased."""

    code = "person.in-office"
    message = _("This person is an official in office at %(authority)s.")
    advice = _("End the office first.")
    status = 409


class UnknownRole(Refusal):
    """There is no such role."""

    code = "role.unknown"
    message = _("There is no role “%(role)s”.")
    advice = _("Choose one of: %(known)s.")


class UnknownScope(Refusal):
    """There is no such scope for a token."""

    code = "scope.unknown"
    message = _("There is no scope “%(scope)s”.")
    advice = _("Choose from: %(known)s.")


class UnknownCode(Refusal):
    """A code that is not in its list."""

    code = "code.unknown"
    message = _("“%(code)s” is not in the list.")
    advice = _("Choose one of: %(known)s.")


class DaysInDisorder(Refusal):
    """An end before its beginning."""

    code = "days.disorder"
    message = _("The end (%(until_on)s) does not come after the beginning (%(from_on)s).")
    advice = _("The last day counts no more: the end is the first day on which it does not hold.")


class NotInOffice(Refusal):
    """The official is not in office on the days in question."""

    code = "official.not-in-office"
    message = _("This official is not in office on %(on)s.")
    advice = _("Appoint the official first.")
    status = 409


class AlreadyInOffice(Refusal):
    """The person is already an official of this authority."""

    code = "official.in-office"
    message = _("This person is already an official of %(authority)s.")
    advice = _("Grant the official another mandate instead.")
    status = 409


class MandateHasEnded(Refusal):
    """The mandate was revoked or has run out."""

    code = "mandate.ended"
    message = _("This mandate ended on %(ended_on)s.")
    advice = _("Grant a new one.")
    status = 409


class OwnMandate(Refusal):
    """Nobody grants a mandate to himself or herself."""

    code = "mandate.own"
    message = _("Nobody grants a mandate to themselves.")
    advice = _("Ask another administrator, or whoever runs the installation.")
    status = 403


class OwnAccount(Refusal):
    """No official opens or joins an account for himself or herself."""

    code = "account.own"
    message = _("Nobody opens or joins an account for themselves as an official.")
    advice = _("Ask a colleague who sees your document, or open one at the portal as anybody does.")
    status = 403


class AccountInOffice(Refusal):
    """With this account an official works: joined to another person, it would lose its mandates."""

    code = "account.in-office"
    message = _("This is the account of an official in office.")
    advice = _("Ask for the private address of the person, and join the account that was opened with it.")
    status = 409


class IdentityUnchecked(Refusal):
    """An account puts the matters of a person into hands that must be known to be the right ones."""

    code = "account.identity-unchecked"
    message = _("It was not said how the identity of this person was checked.")
    advice = _("See the document first, then choose one of: %(known)s.")


class PersonDiffers(Refusal):
    """The numbers name somebody whose name or birthday is not what was typed; nobody said it is the same."""

    code = "person.differs"
    message = _(
        "Somebody is registered here under these numbers, but not everything agrees. It differs in: "
        "%(differing)s."
    )
    advice = _(
        "Find the person by the number and compare everything with the document. If it is the same person, "
        "say so and send again. If not, leave the application as it is."
    )


class NumberDoesNotAgree(Refusal):
    """A number names somebody whose name or birthday is not what was typed beside it: it may be mistyped.

    Says neither whose the number is nor what differs. `errors` name the field of the API.
    """

    code = "person.number-does-not-agree"
    message = _("%(kind)s does not go with %(beside)s.")
    advice = _("Compare all of them with the document and correct what is misprinted.")

    def __init__(self, typed: AnyIdentity, kind: str) -> None:
        self.field = kind
        beside = _("the name and the date of birth")
        super().__init__(
            kind=NAMES[kind],
            beside=beside if isinstance(typed, Identity) else _("the name of the organisation"),
        )
        self.errors = [{"field": f"applicant.{kind}", "code": self.code, "message": str(self)}]


class AccountNamesAnother(Refusal):
    """The one kept apart signs in with an account, and the numbers name another person."""

    code = "account.names-another"
    message = _("The numbers of this applicant, who has an account, name another person.")
    advice = _(
        "Compare the numbers with the document. If one is misprinted, the applicant corrects it in the "
        "account; then check again. If they are right, leave this as it is: the application can be decided "
        "all the same, and the answer reaches the account."
    )
    status = 409


class OwnDeputy(Refusal):
    """An official cannot be the deputy of himself or herself."""

    code = "deputy.own"
    message = _("Nobody deputises for themselves.")
    advice = _("Choose a colleague.")


class NotAnOrganisation(Refusal):
    """Employees belong to organisations only."""

    code = "person.no-organisation"
    message = _("Only an organisation has employees.")
    advice = _("For a natural person, record a representation.")


class RepresentsItself(Refusal):
    """A person cannot represent himself or herself."""

    code = "representation.self"
    message = _("Nobody represents themselves.")
    advice = _("Choose the other person.")


class AlreadyEnded(Refusal):
    """It has ended already."""

    code = "ended-already"
    message = _("This ended on %(ended_on)s already.")
    advice = _("There is nothing more to do.")
    status = 409


class TokenNameIsTaken(Refusal):
    """A living token has this name."""

    code = "token.name-taken"
    message = _("A token named “%(name)s” is in use.")
    advice = _("Revoke it first, or choose another name.")
    status = 409


class UnknownToken(Refusal):
    """The token is unknown, revoked or has run out."""

    code = "token.unknown"
    message = _("This token is unknown, was revoked or has run out.")
    advice = _("Ask the administrator for a new one.")
    status = 401


class LookNotRecorded(Refusal):
    """Personal data were asked for without a recorded look at this very person by this very official."""

    code = "look.missing"
    message = _("This look at personal data was not recorded.")
    advice = _("Open the page again from the case.")
    status = 403


class WeakPassword(Refusal):
    """A password that is easily guessed."""

    code = "account.weak-password"
    message = _("This password is too weak. %(why)s")
    advice = _("Three or four words that have nothing to do with each other are good.")


class LinkHasEnded(Refusal):
    """The one-time link was used or has run out."""

    code = "link.ended"
    message = _("This link was used already or has run out.")
    advice = _("Whoever runs the installation can make a new one.")
    status = 410


class AccountExists(Refusal):
    """There is an account under this address."""

    code = "account.exists"
    message = _("There is already an account under this address.")
    advice = _("Sign in with it.")
    status = 409
