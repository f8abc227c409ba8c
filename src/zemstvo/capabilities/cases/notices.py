"""Which facts are told to the applicant, and in which words.

A notice stores codes and days only; the words are made when it is read, in the reader's language. Mail says
no more than that there is news, and where: it may be read by others on the way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a notice: a title, and whether it asks the applicant for something."""

    title: Promise
    asks: bool = False


WORDINGS: Mapping[str, Wording] = {
    "case.filed": Wording(_("We received your application")),
    "case.accepted": Wording(_("Your application was accepted for consideration")),
    "case.returned": Wording(_("Your application needs to be corrected"), asks=True),
    "case.suspended": Wording(_("The term of your case was suspended"), asks=True),
    "case.resumed": Wording(_("The term of your case runs again")),
    "case.extended": Wording(_("The term of your case was extended")),
    "case.decided": Wording(_("There is a decision in your case")),
    "case.closed": Wording(_("Your case was closed")),
    "case.withdrawn": Wording(_("Your application was withdrawn")),
    "message.sent": Wording(_("The authority wrote to you")),
    "question.sent": Wording(_("The authority asks you for something"), asks=True),
    "evidence.released": Wording(_("You may bring a document yourself"), asks=True),
    "result.revoked": Wording(_("A result was revoked")),
}
"""The facts that are told, by kind."""

PARTICULARS = ("due_on", "answer_by", "until", "reasons", "reason", "outcome", "evidence", "by", "document")
"""What of a fact's payload a notice keeps: codes and days."""


def particulars_of(payload: Mapping[str, Any]) -> dict[str, Any]:
    """What a notice keeps of a fact."""
    return {name: payload[name] for name in PARTICULARS if payload.get(name)}
