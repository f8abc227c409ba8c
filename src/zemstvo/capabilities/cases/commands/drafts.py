"""Drafts: an application is filled in page by page, kept, found again by its code, and submitted.

A draft needs no account. With one its answers are sealed under the person's key; without one under a key made
for the draft, which is destroyed when the draft is submitted or discarded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from zemstvo.capabilities.cases import facts
from zemstvo.capabilities.cases.attempts import allow_attempt, count_failure
from zemstvo.capabilities.cases.drafting import (
    DAYS,
    Drafting,
    circumstances,
    circumstances_of,
    demand_own,
    draft_row,
    next_page,
    of_draft,
)
from zemstvo.capabilities.cases.files import TakenFile, take_in
from zemstvo.capabilities.cases.models import CaseFile, Draft
from zemstvo.capabilities.cases.placing import place, spoken
from zemstvo.capabilities.cases.purposes import Purpose
from zemstvo.capabilities.cases.refusals import (
    ChannelNotOffered,
    CodeUnknown,
    DraftIsSubmitted,
    FileNotAsked,
    TooManyFiles,
)
from zemstvo.capabilities.cases.requests import AttachedFile, OpenedDraft, SavedPage
from zemstvo.capabilities.cases.rules.codes import LENGTH, code_hash, new_code, tidy_code
from zemstvo.capabilities.services.package import Field, FieldType, Package
from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.journal.refusals import NotFound
from zemstvo.ground.journal.writing import uuid7
from zemstvo.ground.people import files as store
from zemstvo.ground.people import queries as people
from zemstvo.ground.people import vault
from zemstvo.ground.people.ended_keys import end_key
from zemstvo.ground.people.queries.acts import VISITOR

MOST_FILES = 40
"""Files of one draft at most."""


@dataclass(frozen=True, slots=True)
class ResumedDraft:
    """A draft that was found by its code, and the act of whoever holds the code."""

    act: Act
    id: str


@command
def open_draft(act: Act, *, service: str, territory: str, language: str = "ru") -> OpenedDraft:
    """Begin an application. The resume code is handed out once.

    A person with an account owns the draft, also one who acts for another; a visitor gets a draft that only
    its code opens. An official opens one for whoever stands at the counter
    of the authority that answers for the place.

    Refuses with NoSuchService, ServiceIsRetired, ChannelNotOffered, NoMandate.
    """
    package = _package_to_begin(act, service, territory)
    is_anonymous = act.actor == VISITOR or bool(act.mandate)
    owner = vault.new_pseudonym() if is_anonymous else act.behalf_of or act.actor
    code = new_code()
    draft = Draft.objects.create(
        id=uuid7(),
        resume_hash=code_hash(code),
        owner=owner,
        is_anonymous=is_anonymous,
        opened_by=act.actor,
        **_pinned_to(package),
        territory=territory,
        channel=act.channel.value,
        entry=act.entry.value,
        language=spoken(package, language),
        answers=vault.seal(owner, {}, purpose=Purpose.DRAFT_ANSWERS),
        opened_at=act.at,
        saved_at=act.at,
        expires_on=act.today + timedelta(days=DAYS),
    )
    opened = facts.DraftOpened(draft=str(draft.id))
    act.record(opened, territory=territory, service=service, service_version=package.version)
    return OpenedDraft(
        id=str(draft.id),
        resume_code=code,
        first_page=next_page(package, "", {}, circumstances(act)),
        version=draft.row_version,
        expires_on=draft.expires_on,
    )


def _package_to_begin(act: Act, service: str, territory: str) -> Package:
    """The live package of the place, once this act may begin an application for it, in its channel."""
    is_counter = not act.may("draft.open")
    if is_counter:
        act.must("case.file", act.territory, authority=act.authority)
    at = place(service, territory)
    if is_counter:
        act.must("case.file", territory, authority=at.authority.code)
    if act.channel.value not in at.package.channels:
        raise ChannelNotOffered(channel=act.channel.value)
    if act.behalf_of and not is_counter:
        act.must("draft.own", of=(act.behalf_of, f"service:{service}"))
    return at.package


def _pinned_to(package: Package) -> dict[str, Any]:
    """The columns that pin a draft to a version and its local values."""
    return {
        "service": package.service,
        "service_version": package.version,
        "local_territory": package.local.territory,
        "local_revision": package.local.revision,
    }


@command
def save_page(act: Act, draft: str, page: str, answers: Mapping[str, Any], *, version: int) -> SavedPage:
    """Keep the answers of one page, where they are sound, and say which page comes next.

    Where they are not, nothing is kept, and the faults come back with the same version: the page is shown
    again with what was typed. Which fields failed enters the journal, not what was typed.

    Refuses with Stale, NotFound (no such draft or page), DraftIsSubmitted, NoMandate.
    """
    drafting = Drafting.take(act, draft, version)
    package, kept = drafting.package, drafting.answers
    asked = next((one for one in package.pages if one.id == page), None)
    if asked is None:
        raise NotFound
    own = {field.id for field in asked.fields if field.type is not FieldType.FILE}
    merged = {name: value for name, value in kept.items() if name not in own}
    merged |= {name: value for name, value in answers.items() if name in own}
    known = circumstances_of(act, drafting.row)
    faults = package.check_page(page, merged, known).errors
    if faults:
        fields = tuple(dict.fromkeys(fault.field for fault in faults))
        drafting.record(facts.DraftPageFailed(draft=draft, page=page, fields=fields))
        return SavedPage(version=version, next_page=page, faults=faults)

    drafting.keep(merged, page=page)
    drafting.record(facts.DraftPageReached(draft=draft, page=page))
    return SavedPage(version=drafting.row.row_version, next_page=next_page(package, page, merged, known))


def attach_file(
    act: Act, draft: str, field: str, *, name: str, content: bytes, version: int | None = None
) -> AttachedFile:
    """Put a file into a field of a draft. Its content says what it is; the disk has it before a row names it.

    Not a command itself: it looks at the file and stores it outside any transaction, then calls the command
    that names it. Refuses with FileTooLarge, FileTypeNotAllowed, FileHarmful, TooManyFiles, FileNotAsked,
    Stale, NotFound, DraftIsSubmitted, NoMandate, StoreIsFull.
    """
    drafting = Drafting.read(act, draft)
    asked = file_field(drafting.package.fields.get(field))
    taken = take_in(str(drafting.row.owner), asked, name=name, content=content)
    return name_file(act, draft, field, taken, version=version)


@command
def name_file(
    act: Act, draft: str, field: str, taken: TakenFile, *, version: int | None = None
) -> AttachedFile:
    """Name a stored file in a draft. Called by `attach_file`."""
    drafting = Drafting.take(act, draft, version)
    asked = file_field(drafting.package.fields.get(field))
    answers = drafting.answers
    listed = [one for one in answers.get(field) or [] if isinstance(one, str)]
    if len(listed) >= asked.max_files:
        raise TooManyFiles(most=asked.max_files)
    if drafting.row.files.count() >= MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)

    owner = str(drafting.row.owner)
    store.keep(taken.stored_as, owner, size_bytes=taken.size_bytes, at=act.at)
    file = CaseFile.objects.create(
        id=uuid7(),
        draft=drafting.row,
        owner=owner,
        field=field,
        name=vault.seal(owner, taken.name, purpose=Purpose.FILE_NAME),
        media_type=taken.media_type,
        size_bytes=taken.size_bytes,
        stored_as=taken.stored_as,
        scan=taken.scan,
        added_at=act.at,
    )
    drafting.keep({**answers, field: [*listed, str(file.id)]})
    drafting.record(
        facts.DraftFileAttached(draft=draft, file=str(file.id), field=field, size_bytes=file.size_bytes)
    )
    return AttachedFile(
        id=str(file.id),
        field=field,
        name=taken.name,
        media_type=file.media_type,
        size_bytes=file.size_bytes,
        version=drafting.row.row_version,
    )


@command
def remove_file(act: Act, draft: str, file: str, *, version: int | None = None) -> int:
    """Take a file out of a draft; returns the row version. Refuses with NotFound, Stale, DraftIsSubmitted."""
    drafting = Drafting.take(act, draft, version)
    row = next((one for one in drafting.row.files.all() if str(one.id) == file), None)
    if row is None:
        raise NotFound
    store.release(row.stored_as)
    answers = drafting.answers
    listed = [one for one in answers.get(row.field) or [] if one != file]
    row.delete()
    drafting.keep({**answers, row.field: listed})
    drafting.record(facts.DraftFileRemoved(draft=draft, file=file))
    return drafting.row.row_version


@command
def discard_draft(act: Act, draft: str, *, by_clock: bool = False) -> None:
    """Throw a draft away with its files; of a draft without an account also the key is destroyed.

    Of a draft that was submitted only the receipt is left, which goes once its time is over.
    """
    row = draft_row(draft, lock=True)
    demand_own(act, row)
    if row.submitted_as and not by_clock:
        raise DraftIsSubmitted(number=row.submitted_as)
    Drafting(act, row).record(facts.DraftDiscarded(draft=draft, by_clock=by_clock))
    for file in row.files.all():
        store.release(file.stored_as)
        file.delete()
    if not row.submitted_as:
        forget_key(row)
    row.delete()


def resume_draft(act: Act, code: str, *, asker: str) -> ResumedDraft:
    """Find a draft by its code; comes back with the act of whoever holds it.

    A wrong code is counted against `asker` (where the request came from), which must outlive the refusal: so
    this is not a command itself. Refuses with CodeUnknown, TooManyAttempts.
    """
    allow_attempt(asker, act.at)
    tidy = tidy_code(code)
    row = Draft.objects.filter(resume_hash=code_hash(tidy)).only("id").first() if tidy else None
    if row is None:
        count_failure(asker, act.at)
        raise CodeUnknown(length=LENGTH)
    found = people.act_of_code(str(row.id), act.at, channel=act.channel, zone=act.zone)
    note_resumed(found, str(row.id))
    return ResumedDraft(found, str(row.id))


@command
def note_resumed(act: Act, draft: str) -> None:
    """Leave the fact that a draft was found again. Called by `resume_draft`."""
    row = draft_row(draft)
    act.must("draft.own", of=of_draft(row))
    act.record(
        facts.DraftResumed(draft=draft),
        territory=row.territory,
        service=row.service,
        service_version=row.service_version,
    )


def file_field(field: Field | None) -> Field:
    """The field, where it takes files. Refuses with FileNotAsked."""
    if field is None or field.type is not FieldType.FILE:
        raise FileNotAsked
    return field


def forget_key(row: Draft) -> None:
    """Destroy the key that was made for a draft alone, once its end is durable (`people.ended_keys`)."""
    if row.is_anonymous:
        end_key(str(row.owner))
