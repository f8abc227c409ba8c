"""Every write of cases. The first argument is the act; a refusal leaves everything as it was.

`version` is the row version that the form was opened with (`case_card(...).version`, `draft(...).version`); a
change in between is refused as Stale (409). What returns a row version returns the new one.

- drafts: `open_draft`, `save_page`, `attach_file`, `remove_file`, `discard_draft`, `resume_draft`,
  `name_applicant`, `open_draft_for`, `adopt_draft`;
- filing: `submit_draft`, `file_application`, `upload_file`;
- working: `take_action` (whatever the package offers), `confirm_applicant`, `edit_letter`, `assign_case`;
- the clock: `start_clock`, `suspend_case`, `resume_case`, `extend_case`, `pass_limit`, `recount_case`;
- talking: `send_message`, `supplement_case`, `attach_to_case`, `withdraw_case`, `read_notice`;
- evidence: `request_evidence`, `answer_evidence`, `mark_evidence_overdue`;
- results: `deliver_result`, `revoke_result`.

Seven doors do slow work (looking at files, sealing them) outside any transaction and then call the command
that stores it: `attach_file`, `attach_to_case`, `submit_draft`, `adopt_draft`,
`answer_evidence`, `resume_draft`, `upload_file`.
"""

from zemstvo.capabilities.cases.commands.applicants import adopt_draft, name_applicant, open_draft_for
from zemstvo.capabilities.cases.commands.assigning import assign_case
from zemstvo.capabilities.cases.commands.closing import pass_limit
from zemstvo.capabilities.cases.commands.confirming import confirm_applicant
from zemstvo.capabilities.cases.commands.deciding import edit_letter, take_action
from zemstvo.capabilities.cases.commands.drafts import (
    ResumedDraft,
    attach_file,
    discard_draft,
    open_draft,
    remove_file,
    resume_draft,
    save_page,
)
from zemstvo.capabilities.cases.commands.evidence import (
    answer_evidence,
    mark_evidence_overdue,
    request_evidence,
)
from zemstvo.capabilities.cases.commands.filing import file_application, submit_draft
from zemstvo.capabilities.cases.commands.notices import read_notice
from zemstvo.capabilities.cases.commands.results import deliver_result, revoke_result
from zemstvo.capabilities.cases.commands.supplementing import attach_to_case, supplement_case
from zemstvo.capabilities.cases.commands.sweeping import sweep_leftovers
from zemstvo.capabilities.cases.commands.talking import send_message, withdraw_case
from zemstvo.capabilities.cases.commands.terms import (
    extend_case,
    recount_case,
    resume_case,
    start_clock,
    suspend_case,
)
from zemstvo.capabilities.cases.commands.uploading import upload_file
from zemstvo.capabilities.cases.facts import IdentityCheck, NewReason
from zemstvo.capabilities.cases.requests import (
    Application,
    AttachedFile,
    OpenedDraft,
    Receipt,
    RequestKey,
    SavedPage,
)

__all__ = [
    "Application",
    "AttachedFile",
    "IdentityCheck",
    "NewReason",
    "OpenedDraft",
    "Receipt",
    "RequestKey",
    "ResumedDraft",
    "SavedPage",
    "adopt_draft",
    "answer_evidence",
    "assign_case",
    "attach_file",
    "attach_to_case",
    "confirm_applicant",
    "deliver_result",
    "discard_draft",
    "edit_letter",
    "extend_case",
    "file_application",
    "mark_evidence_overdue",
    "name_applicant",
    "open_draft",
    "open_draft_for",
    "pass_limit",
    "read_notice",
    "recount_case",
    "remove_file",
    "request_evidence",
    "resume_case",
    "resume_draft",
    "revoke_result",
    "save_page",
    "send_message",
    "start_clock",
    "submit_draft",
    "supplement_case",
    "suspend_case",
    "sweep_leftovers",
    "take_action",
    "upload_file",
    "withdraw_case",
]
