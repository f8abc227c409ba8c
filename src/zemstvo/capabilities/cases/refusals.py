"""Each way in which cases say no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from zemstvo.ground.journal.refusals import Refusal, TryLater


class AnswersInvalid(Refusal):
    """Some answers cannot be taken. `errors` are AnswerErrors (services.parts) for the error summary."""

    code = "answers.invalid"
    message = _("Some answers need to be corrected: %(fields)s.")
    advice = _("Correct the fields named here and send again. Nothing was sent yet.")

    def __init__(self, *, errors: Sequence[Any]) -> None:
        self.errors = list(errors)
        super().__init__(fields=", ".join(dict.fromkeys(error.field for error in self.errors)))


class ChannelNotOffered(Refusal):
    """The service is not offered in this channel."""

    code = "channel.not-offered"
    message = _("This service cannot be applied for in this way (%(channel)s).")
    advice = _("The page of the service names the ways that are open.")


class ApplicantNeeded(Refusal):
    """An application without an account does not say by itself who applies."""

    code = "applicant.needed"
    message = _("It is not known yet who applies.")
    advice = _("Fill in the page about yourself.")


class ApplicantIsKnown(Refusal):
    """The draft belongs to an account, which says who applies."""

    code = "applicant.known"
    message = _("This application belongs to an account, which says who applies.")
    advice = _("Change what is known about you under “My data”.")
    status = 409


class ApplicantIsChecked(Refusal):
    """It was made sure before who the applicant is."""

    code = "applicant.checked"
    message = _("The identity of the applicant of case %(number)s was checked already.")
    status = 409


class NotForThisApplicant(Refusal):
    """The service is for persons only, or for organisations only."""

    code = "applicant.audience"
    message = _("This service is not for organisations, or not for persons.")
    advice = _("The page of the service says who may apply. Choose the other.")


class OrganisationApplies(Refusal):
    """An organisation is named as the applicant of a draft, so no person's account takes the draft over."""

    code = "applicant.organisation"
    message = _("An organisation applies here, so this application cannot become that of your account.")
    advice = _("Go on with its code. If a person applies, name the person first.")
    status = 409


class ServiceNotOffered(Refusal):
    """No authority offers this service for this place, or the service takes no applications."""

    code = "service.not-offered"
    message = _("The service %(service)s is not offered for the territory %(territory)s.")
    advice = _("Choose the place where you live, or ask the authority by phone.")


class ActionNotOffered(Refusal):
    """The package offers no such action in the state in which the case is."""

    code = "action.not-offered"
    message = _("Case %(number)s is in the state “%(state)s”, in which this cannot be done.")
    advice = _("Open the case again: it shows what can be done now.")
    status = 409


class CaseIsDecided(Refusal):
    """The authority has decided, so the case takes no more changes."""

    code = "case.decided"
    message = _("Case %(number)s was decided on %(decided_on)s and takes no more changes.")
    advice = _("If the decision is wrong, open an appeal from the page of the case.")
    status = 409


class CaseIsClosed(Refusal):
    """The case was closed or withdrawn."""

    code = "case.closed"
    message = _("Case %(number)s is closed and takes no more changes.")
    advice = _("Apply again: your earlier answers will be offered to you.")
    status = 409


class SecondPersonNeeded(Refusal):
    """Who prepared the decision may not sign it."""

    code = "second-person.needed"
    message = _("You prepared this decision yourself, so somebody else has to sign it.")
    advice = _("Ask your head or a deputy to sign.")


class ReasonNeeded(Refusal):
    """A return or a refusal names its reason."""

    code = "reason.needed"
    message = _("This needs a reason from the list of the service.")
    advice = _("Choose at least one reason. The applicant reads it word for word.")


class ReasonUnknown(Refusal):
    """The package has no such reason."""

    code = "reason.unknown"
    message = _("The service knows no reason %(reason)s.")
    advice = _("Choose a reason from the list.")


class NewReasonNotAllowed(Refusal):
    """A second refusal may not invent a reason that the first did not name (210-FZ art. 7)."""

    code = "reason.new"
    message = _("The reason %(reasons)s was not named the first time, so it cannot be given now.")
    advice = _("If the law allows it here (rules changed, new errors, expired, our own mistake), say which.")


class DecisionInvalid(Refusal):
    """The form of a decision has mistakes. `errors` are AnswerErrors (services.parts)."""

    code = "decision.invalid"
    message = _("The form of the decision needs to be corrected: %(fields)s.")
    advice = _("Correct the fields named here and send again.")

    def __init__(self, *, errors: Sequence[Any]) -> None:
        self.errors = list(errors)
        super().__init__(fields=", ".join(dict.fromkeys(error.field for error in self.errors)))


class SuspensionNotAllowed(Refusal):
    """The package knows no suspension for this reason, or the clock stands already."""

    code = "suspension.not-allowed"
    message = _("The term of case %(number)s cannot be suspended for this reason.")
    advice = _("The service says for what and for how long its term may stand.")


class ClockRuns(Refusal):
    """The clock does not stand, so it cannot be started again."""

    code = "clock.runs"
    message = _("The term of case %(number)s is running.")
    status = 409


class ClockIsRight(Refusal):
    """The clock shows what the facts and the calendar say."""

    code = "clock.right"
    message = _("The term of case %(number)s needs no recount.")
    status = 409


class ExtensionNotAllowed(Refusal):
    """The package allows no extension, or it was used already."""

    code = "extension.not-allowed"
    message = _("The term of case %(number)s cannot be extended, or was extended already.")


class DayNotPossible(Refusal):
    """A legal day outside of what can have happened."""

    code = "case.day"
    message = _("The day %(day)s is not possible here; it lies between %(first)s and %(last)s.")
    advice = _("Check the day and try again.")


class NothingToSupplement(Refusal):
    """The applicant was not asked for anything, so there is nothing to supplement."""

    code = "supplement.not-asked"
    message = _("Nothing is wanted from you in case %(number)s at the moment.")
    advice = _("Write a message if you have something to add.")
    status = 409


class MessageInvalid(Refusal):
    """A message without words, or one that is too long."""

    code = "message.invalid"
    message = _("A message needs between 1 and %(most)s characters.")


class EvidenceUnknown(Refusal):
    """The package knows no such evidence."""

    code = "evidence.unknown"
    message = _("The service asks for no evidence %(evidence)s.")


class EvidenceAwaited(Refusal):
    """The same evidence has been requested and is not answered yet."""

    code = "evidence.awaited"
    message = _("This evidence has been requested already and is due by %(due_on)s.")
    status = 409


class EvidenceIsAnswered(Refusal):
    """The request for evidence was answered before."""

    code = "evidence.answered"
    message = _("This request for evidence was answered already.")
    status = 409


class FileTooLarge(Refusal):
    """A file is larger than the field takes."""

    code = "file.too-large"
    message = _("The file has %(size_mb)s MB; at most %(most_mb)s MB can be taken.")
    advice = _("Make the photo or the scan smaller and attach it again.")
    status = 413


class FileTypeNotAllowed(Refusal):
    """The content of a file is of a kind that the field does not take."""

    code = "file.type"
    message = _("This file is not one of: %(allowed)s.")
    advice = _("Save it as PDF, JPEG or PNG and attach it again. The content counts, not the name.")


class FileHarmful(Refusal):
    """The virus scanner, or a look into the archive, found something harmful."""

    code = "file.harmful"
    message = _("The file was not taken: the check found something harmful in it.")
    advice = _("Make the file anew on another computer, or bring the paper.")


class FileNotAsked(Refusal):
    """A file for a question that takes none."""

    code = "file.not-asked"
    message = _("No file is asked for here.")
    advice = _("Open the page again and attach the file where it is asked for.")


class DraftIsSubmitted(Refusal):
    """The draft was submitted and is a case now."""

    code = "draft.submitted"
    message = _("This application was sent already: it is case %(number)s.")
    advice = _("Follow it under its number or its tracking code.")
    status = 409


class TooManyFiles(Refusal):
    """A field or a draft has as many files as it takes."""

    code = "file.too-many"
    message = _("At most %(most)s files can be attached here.")


class CodeUnknown(Refusal):
    """No draft or case has this code."""

    code = "case.code-unknown"
    message = _("Nothing was found under this code.")
    advice = _("Check the code: it has %(length)s letters and digits, without O, I, L and U.")
    status = 404


class TooManyAttempts(Refusal):
    """Too many wrong codes came from the same place."""

    code = "case.code-attempts"
    message = _("Too many wrong codes were tried.")
    advice = _("Wait %(minutes)s minutes and try again, or ask the authority by the number of your case.")
    status = 429


class NumberIsTaken(TryLater):
    """No free case number was found in some tries: the numbers have to be looked at by the operator."""

    code = "case.number-taken"
    message = _("The application could not be given a number.")
    advice = _("Nothing was lost: send it again in a minute.")
    status = 503


class KeyUnusable(Refusal):
    """An idempotency key that is empty, too long, or has signs that nobody can print."""

    code = "idempotency.key-unusable"
    message = _("The Idempotency-Key needs 1 to %(most)s printable characters.")
    advice = _("A fresh UUID for each application is a good key.")


class KeyUsedOtherwise(Refusal):
    """The idempotency key was used before with another body."""

    code = "idempotency.other-body"
    message = _("The Idempotency-Key was used before with another body.")
    advice = _("Use a new key for a new application.")
    status = 409


class CaseIsUndecided(Refusal):
    """There is nothing to deliver yet."""

    code = "case.undecided"
    message = _("Case %(number)s is not decided yet, so there is no result to hand over.")
    status = 409


class ResultIsDelivered(Refusal):
    """The first delivery counts."""

    code = "result.delivered"
    message = _("The result of case %(number)s was delivered already.")
    status = 409


class OfficialNotHere(Refusal):
    """A case is given only to an official with a mandate at its authority."""

    code = "official.not-here"
    message = _("This official cannot take cases of %(authority)s.")
    advice = _("Choose one of the officials on the list.")


class LimitNotPassed(Refusal):
    """The limit of the state has not passed yet."""

    code = "limit.not-passed"
    message = _("The limit of case %(number)s has not passed yet.")
    status = 409


class LetterGivesOtherReasons(Refusal):
    """The letter was kept for other reasons than those for which it is about to be issued."""

    code = "letter.other-reasons"
    message = _("The letter was written for other reasons than those that are given now.")
    advice = _("Give the reasons of the letter, or edit the letter for these reasons and keep it again.")


class LetterIsGone(Refusal):
    """There is no letter to edit in this state."""

    code = "letter.none"
    message = _("Case %(number)s has no letter to edit at the moment.")
    status = 409


class ResultNotHeld(Refusal):
    """The result does not hold any more, or never did."""

    code = "result.not-held"
    message = _("This result was revoked already.")
    status = 409
