"""A machine uploads a file before the application that will name it."""

from __future__ import annotations

from zemstvo.capabilities.cases import facts
from zemstvo.capabilities.cases.files import TakenFile, take_in
from zemstvo.capabilities.cases.models import WaitingFile
from zemstvo.capabilities.cases.purposes import Purpose
from zemstvo.capabilities.cases.refusals import TooManyFiles
from zemstvo.capabilities.cases.requests import UploadedFile
from zemstvo.capabilities.cases.waiting import KEPT
from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.journal.writing import uuid7
from zemstvo.ground.people import files as store
from zemstvo.ground.people import vault

MOST_WAITING = 1_000
"""Files of one machine that may wait at once."""


def upload_file(act: Act, *, name: str, content: bytes) -> UploadedFile:
    """Take a file that an application of this machine will name within 24 hours.

    Of any kind and size that some field may take; the field that names it judges again. Not a command itself:
    the file is looked at and stored outside any transaction. Refuses with NoMandate, FileTooLarge,
    FileTypeNotAllowed, FileHarmful, TooManyFiles, StoreIsFull.
    """
    act.must("file.upload")
    _demand_room(act)
    owner = vault.new_pseudonym()
    taken = take_in(owner, None, name=name, content=content)
    return name_waiting_file(act, owner, taken)


@command
def name_waiting_file(act: Act, owner: str, taken: TakenFile) -> UploadedFile:
    """Name a stored file as one that waits. Called by `upload_file`."""
    act.must("file.upload")
    _demand_room(act)  # again: others were uploaded while this one was looked at
    store.keep(taken.stored_as, owner, size_bytes=taken.size_bytes, at=act.at)
    row = WaitingFile.objects.create(
        id=uuid7(),
        token=act.actor,
        owner=owner,
        name=vault.seal(owner, taken.name, purpose=Purpose.FILE_NAME),
        media_type=taken.media_type,
        size_bytes=taken.size_bytes,
        stored_as=taken.stored_as,
        scan=taken.scan,
        added_at=act.at,
    )
    act.record(facts.WaitingFileUploaded(file=str(row.id), size_bytes=row.size_bytes))
    return UploadedFile(
        id=str(row.id),
        name=taken.name,
        media_type=row.media_type,
        size_bytes=row.size_bytes,
        scan=row.scan,
        expires_at=act.at + KEPT,
    )


def _demand_room(act: Act) -> None:
    """Refuse with TooManyFiles where as many files of this machine wait as may."""
    if WaitingFile.objects.filter(token=act.actor).count() >= MOST_WAITING:
        raise TooManyFiles(most=MOST_WAITING)
