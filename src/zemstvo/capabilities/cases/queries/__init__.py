"""Every question to cases from outside. Frozen rows out; each says what it costs.

work_list(act, *, cursor="", mine=False, search="") -> WorkList{rows, next_cursor}
case_card(act, number, look) -> CaseCard          the official's page of a case
own_cases(act) -> list[OwnCase]                   the person's cases, and of those they act for
own_case(act, number) -> CaseStory                what the applicant sees
tracked_case(code, *, at, asker) -> tuple[Act, CaseStory]
draft(act, id) -> DraftCard ; drafts(act) -> list[DraftRow] ; resumed_draft(code, *, at, asker)
earlier_answers(act, service) ; earlier_files(act, person)
results(act, register, ...) ; who_looked(act, number) ; notices(act) ; file_content(act, id, look=None)
"""
