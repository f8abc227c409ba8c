"""Every question to cases from outside. Frozen rows come out; each says what it costs.

Officials: `work_list` (no personal data, no look), `case_card`, `letter`, `letter_sheet`, `applicant_of` (for
recording the look before), `results`. Applicants: `own_cases`, `own_case`, `tracked_case` (by tracking code),
`who_looked`, `notices`, `own_results`, `draft`, `drafts`, `earlier_answers`, `earlier_files`. Both:
`file_content`. Machines: `case_standing`, `applicant_of_standing` (for recording the look before).
"""

from zemstvo.capabilities.cases.queries.case_card import (
    CaseCard,
    EvidenceRow,
    OfferedAction,
    applicant_of,
    case_card,
)
from zemstvo.capabilities.cases.queries.contents import FileContent, file_content
from zemstvo.capabilities.cases.queries.drafts import (
    CounterDraft,
    DraftCard,
    DraftRow,
    EarlierFile,
    counter_drafts,
    draft,
    drafts,
    earlier_answers,
    earlier_files,
    page_after,
)
from zemstvo.capabilities.cases.queries.letters import LetterDraft, letter, letter_sheet
from zemstvo.capabilities.cases.queries.notices import NoticeRow, notices, unread_notices
from zemstvo.capabilities.cases.queries.own import (
    CaseStory,
    OwnCase,
    TrackStep,
    Wanted,
    act_of_tracking_code,
    own_case,
    own_cases,
    tracked_case,
    who_looked,
)
from zemstvo.capabilities.cases.queries.parts import AnsweredPage, FileRow, MessageRow
from zemstvo.capabilities.cases.queries.results import (
    ResultPage,
    ResultRow,
    has_result,
    own_results,
    results,
    results_of_case,
)
from zemstvo.capabilities.cases.queries.standing import (
    CaseStanding,
    applicant_of_standing,
    case_standing,
)
from zemstvo.capabilities.cases.queries.telling import ClockView, HistoryLine, term_in_words
from zemstvo.capabilities.cases.queries.work_list import WorkList, WorkRow, work_list

__all__ = [
    "AnsweredPage",
    "CaseCard",
    "CaseStanding",
    "CaseStory",
    "ClockView",
    "CounterDraft",
    "DraftCard",
    "DraftRow",
    "EarlierFile",
    "EvidenceRow",
    "FileContent",
    "FileRow",
    "HistoryLine",
    "LetterDraft",
    "MessageRow",
    "NoticeRow",
    "OfferedAction",
    "OwnCase",
    "ResultPage",
    "ResultRow",
    "TrackStep",
    "Wanted",
    "WorkList",
    "WorkRow",
    "act_of_tracking_code",
    "applicant_of",
    "applicant_of_standing",
    "case_card",
    "case_standing",
    "counter_drafts",
    "draft",
    "drafts",
    "earlier_answers",
    "earlier_files",
    "file_content",
    "has_result",
    "letter",
    "letter_sheet",
    "notices",
    "own_case",
    "own_cases",
    "own_results",
    "page_after",
    "results",
    "results_of_case",
    "term_in_words",
    "tracked_case",
    "unread_notices",
    "who_looked",
    "work_list",
]
