"""What happens before anything is filed: a draft is opened, filled in, found again, thrown away."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from zemstvo.capabilities.cases.facts.words import DraftId, IdentityCheck
from zemstvo.ground.journal.facts import Code, Fact, PublicId


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftOpened(Fact):
    """Somebody began to fill in an application."""

    kind = "draft.opened"
    sentence = _("An application was begun.")

    draft: DraftId


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPageReached(Fact):
    """A page of a draft was filled in and kept."""

    kind = "draft.page_reached"
    sentence = _("The page %(page)s was filled in.")

    draft: DraftId
    page: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftPageFailed(Fact):
    """A page of a draft had answers that could not be taken; `fields` says where."""

    kind = "draft.page_failed"
    sentence = _("The page %(page)s had mistakes in: %(fields)s.")

    draft: DraftId
    page: Code
    fields: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftApplicantNamed(Fact):
    """It was said who applies, for a draft without an account; who it is enters the journal with the case."""

    kind = "draft.applicant_named"
    sentence = _("It was said who applies.")

    draft: DraftId
    shape: Code
    identity: IdentityCheck


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAdopted(Fact):
    """Whoever began a draft without an account signed in, and it is the account's from now on."""

    kind = "draft.adopted"
    sentence = _("The draft was taken over into the account.")

    draft: DraftId


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFileAttached(Fact):
    """A file was put into a draft."""

    kind = "draft.file_attached"
    sentence = _("A file was attached to the draft (%(field)s).")

    draft: DraftId
    file: PublicId
    field: Code
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingFileUploaded(Fact):
    """A machine uploaded a file that waits for its application."""

    kind = "waiting_file.uploaded"
    sentence = _("A machine uploaded a file for an application to come.")

    file: PublicId
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFileRemoved(Fact):
    """A file was taken out of a draft."""

    kind = "draft.file_removed"
    sentence = _("A file was removed from the draft.")

    draft: DraftId
    file: PublicId


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftResumed(Fact):
    """A draft was found again by its code."""

    kind = "draft.resumed"
    sentence = _("The draft was continued by its code.")

    draft: DraftId


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftDiscarded(Fact):
    """A draft was thrown away: by its owner, or by the clock when its days were over."""

    kind = "draft.discarded"
    sentence = _("The draft was discarded.")

    draft: DraftId
    by_clock: bool
