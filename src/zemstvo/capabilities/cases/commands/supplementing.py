"""The applicant answers a return: corrected answers and further files, and the clock runs again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from zemstvo.capabilities.cases import facts, letters
from zemstvo.capabilities.cases.commands.drafts import file_field
from zemstvo.capabilities.cases.files import TakenFile, take_in
from zemstvo.capabilities.cases.matter import Matter, take
from zemstvo.capabilities.cases.models import CaseFile
from zemstvo.capabilities.cases.purposes import Purpose
from zemstvo.capabilities.cases.refusals import AnswersInvalid, NothingToSupplement, TooManyFiles
from zemstvo.capabilities.cases.requests import AttachedFile
from zemstvo.capabilities.cases.rules.attachments import faults_of_files, named_files
from zemstvo.capabilities.cases.rules.clock import Event, Happening
from zemstvo.capabilities.cases.waiting import own_files
from zemstvo.capabilities.services.package import Field
from zemstvo.ground.journal.acts import Act, command
from zemstvo.ground.journal.writing import uuid7
from zemstvo.ground.people import files as store
from zemstvo.ground.people import vault

MOST_FILES = 100
"""Files of one case at most."""


@command
def supplement_case(act: Act, number: str, answers: Mapping[str, Any], *, version: int) -> int:
    """Correct a case that was returned, and hand it in again. Returns the row version.

    `answers` replace those of the same fields. The case goes where the package says (its action of the
    applicant), the clock runs again, and the filed answers of other fields stay. An official may do it for
    the applicant who brings the papers. Files are attached before, by `attach_to_case`.

    Refuses with NothingToSupplement, AnswersInvalid, Stale, CaseIsDecided, CaseIsClosed.
    """
    matter = take(act, number, version)
    demand_own_or_counter(matter, "case.own.supplement")
    matter.demand_open()
    action = matter.supplement_action()
    if action is None:
        raise NothingToSupplement(number=number)
    before = letters.answers_of(matter.case)
    after = _corrected(matter, {**before, **answers})

    today, from_state = matter.act.today, matter.case.state
    case = matter.case
    case.answers = vault.seal(str(case.applicant), after, purpose=Purpose.CASE_ANSWERS)
    read = matter.enter(matter.package.state(action.to), Event(Happening.SUPPLEMENTED, today))
    changed = (name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    matter.record(
        facts.CaseSupplemented(
            case=number,
            from_state=from_state,
            state=action.to,
            fields=tuple(sorted(changed)),
            files=_files_since_return(matter),
            supplemented_on=today,
            due_on=read.due_on,
        )
    )
    return matter.keep()


def _corrected(matter: Matter, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers as they would be filed, with files that are there. Refuses with AnswersInvalid."""
    known = letters.circumstances(matter, letters.decision_of(matter.case))
    checked = matter.package.check_answers(answers, known)
    named = named_files(matter.package, checked.answers)
    own = own_files(matter.case.files.all()) if named else {}
    if errors := (*checked.errors, *faults_of_files(named, own)):
        raise AnswersInvalid(errors=errors)
    return checked.answers


def attach_to_case(
    act: Act, number: str, field: str, *, name: str, content: bytes, version: int | None = None
) -> AttachedFile:
    """Attach a file to a case that is open: the applicant's, or one that an official got on paper or by
    letter.

    `field` is a file field of the package, or empty for a paper that nobody asked for. Not a command itself:
    the file is looked at and stored outside any transaction. Refuses as `attach_file` (FileNotAsked,
    TooManyFiles, Stale, …).
    """
    matter = _attachable(act, number, version, lock=False)
    asked = _asked(matter, field)
    taken = take_in(str(matter.case.applicant), asked, name=name, content=content)
    return name_case_file(act, number, field, taken, version=version)


@command
def name_case_file(
    act: Act, number: str, field: str, taken: TakenFile, *, version: int | None = None
) -> AttachedFile:
    """Name a stored file in a case. Called by `attach_to_case`."""
    matter = _attachable(act, number, version, lock=True)
    case = matter.case
    asked = _asked(matter, field)
    answers = letters.answers_of(case) if asked else {}
    listed = [one for one in answers.get(field) or [] if isinstance(one, str)]
    if asked and len(listed) >= asked.max_files:
        raise TooManyFiles(most=asked.max_files)
    if case.files.count() >= MOST_FILES:
        raise TooManyFiles(most=MOST_FILES)
    owner = str(case.applicant)
    store.keep(taken.stored_as, owner, size_bytes=taken.size_bytes, at=act.at)
    file = CaseFile.objects.create(
        id=uuid7(),
        case=case,
        owner=owner,
        field=field,
        name=vault.seal(owner, taken.name, purpose=Purpose.FILE_NAME),
        media_type=taken.media_type,
        size_bytes=taken.size_bytes,
        stored_as=taken.stored_as,
        scan=taken.scan,
        added_at=act.at,
    )
    attached = facts.CaseFileAttached(
        case=number, file=str(file.id), field=field or None, size_bytes=file.size_bytes
    )
    matter.record(attached)
    if asked:
        answers[field] = [*listed, str(file.id)]
        case.answers = vault.seal(owner, answers, purpose=Purpose.CASE_ANSWERS)
    return AttachedFile(
        id=str(file.id),
        field=field,
        name=taken.name,
        media_type=file.media_type,
        size_bytes=file.size_bytes,
        version=matter.keep(),
    )


def demand_own_or_counter(matter: Matter, right: str) -> None:
    """Refuse with NoMandate unless it is one's own matter, or an official does it for the applicant."""
    if not matter.act.may(right, of=matter.of):
        matter.must("case.file")


def _attachable(act: Act, number: str, version: int | None, *, lock: bool) -> Matter:
    matter = take(act, number, version, lock=lock)
    demand_own_or_counter(matter, "case.own.supplement")
    matter.demand_open()
    return matter


def _asked(matter: Matter, field: str) -> Field | None:
    """The field that the file is for, None for a paper that nobody asked for. Refuses with FileNotAsked."""
    return file_field(matter.package.fields.get(field)) if field else None


def _files_since_return(matter: Matter) -> int:
    returned = [entry.occurred_at for entry in matter.history if entry.kind == facts.CaseReturned.kind]
    if not returned:
        return 0
    return matter.case.files.filter(added_at__gte=returned[-1]).count()
