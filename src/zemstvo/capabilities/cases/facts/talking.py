"""Words between the applicant and the authority, and notices that were read."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from zemstvo.capabilities.cases.facts.words import CaseNumber
from zemstvo.ground.journal.facts import Fact, Interaction, PublicId


@dataclass(frozen=True, slots=True, kw_only=True)
class EnquirySent(Fact):
    """The applicant wrote to the authority."""

    kind = "enquiry.sent"
    sentence = _("The applicant wrote a message.")
    interaction = Interaction.ENQUIRY

    case: CaseNumber
    message: PublicId


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSent(Fact):
    """The authority wrote to the applicant, asking for nothing."""

    kind = "message.sent"
    sentence = _("The authority wrote a message.")

    case: CaseNumber
    message: PublicId


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSent(Fact):
    """The authority wrote to the applicant and asks for something."""

    kind = "question.sent"
    sentence = _("The authority asked the applicant for something.")
    interaction = Interaction.NOTICE

    case: CaseNumber
    message: PublicId


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRead(Fact):
    """The person read a notice for the first time."""

    kind = "notice.read"
    sentence = _("The applicant read a notice.")

    notice: PublicId
    case: CaseNumber
