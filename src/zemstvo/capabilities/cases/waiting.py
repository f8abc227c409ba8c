"""Files that a machine uploaded and that wait for the application which will name them.

Each is sealed under a key of its own until then: nobody knows yet whose it will be. A machine names only what
it uploaded itself, each file serves one application, and what waits for 24 hours in vain is given up.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from zemstvo.capabilities.cases.models import Case, CaseFile, WaitingFile
from zemstvo.capabilities.cases.purposes import Purpose
from zemstvo.capabilities.cases.rules.attachments import OwnFile, named_files
from zemstvo.capabilities.services.package import Package
from zemstvo.ground.journal.acts import Act
from zemstvo.ground.people import files as store
from zemstvo.ground.people import vault
from zemstvo.ground.people.ended_keys import end_key
from zemstvo.ground.people.powers import TokenPowers

KEPT = timedelta(hours=24)
"""How long a file waits for its application."""


def own_files(files: Iterable[CaseFile | WaitingFile]) -> dict[str, OwnFile]:
    """What an application may name, by id."""
    return {
        str(file.id): OwnFile(
            file.field if isinstance(file, CaseFile) else None, file.media_type, file.size_bytes
        )
        for file in files
    }


def waiting_files(act: Act, package: Package, answers: Mapping[str, Any]) -> list[WaitingFile]:
    """The files that answers name and that this machine uploaded. One statement, none where none is named."""
    named = [id for _field, id in named_files(package, answers)]
    if not named or not isinstance(act.powers, TokenPowers):
        return []
    ids = [id for id in named if _is_id(id)]
    return list(WaitingFile.objects.filter(token=act.actor, id__in=ids, added_at__gt=act.at - KEPT))


def seal_for(person: str, files: Iterable[WaitingFile]) -> dict[str, str]:
    """Seal waiting files anew for their applicant; the new names by id. Call it outside transactions."""
    return {str(file.id): store.hand_over(file.stored_as, to=person) for file in files}


def settle(case: Case, fields: Mapping[str, str], moved: Mapping[str, str], *, at: datetime) -> bool:
    """Make waiting files those of a case, in the command that files it. False where another was quicker.

    `fields` are the questions that the files answer, `moved` their new names, both by id.
    """
    rows = list(WaitingFile.objects.select_for_update().filter(token=case.token, id__in=list(moved)))
    if len(rows) != len(moved):
        return False
    owner = str(case.applicant)
    for row in rows:
        id = str(row.id)
        name = vault.open_sealed(str(row.owner), bytes(row.name), purpose=Purpose.FILE_NAME)
        store.keep(moved[id], owner, size_bytes=row.size_bytes, at=at)
        CaseFile.objects.create(
            id=row.id,
            case=case,
            owner=owner,
            field=fields[id],
            name=vault.seal(owner, name, purpose=Purpose.FILE_NAME),
            media_type=row.media_type,
            size_bytes=row.size_bytes,
            stored_as=moved[id],
            scan=row.scan,
            added_at=row.added_at,
        )
        give_up(row)
    return True


def give_up(row: WaitingFile) -> None:
    """Let a waiting file go, with its key once that is durable; the sweep of the store takes the bytes.

    A key that cannot be destroyed then hinders neither the next one nor the command (`people.ended_keys`).
    """
    owner = str(row.owner)
    store.release(row.stored_as)
    row.delete()
    end_key(owner)


def _is_id(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
