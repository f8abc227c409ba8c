"""Every write of cases. The first argument is the act; a refusal leaves everything as it was.

`version` is the row version that the form was opened with (`case_card(...).version`, `draft(...).version`);
a change in between is refused as Stale (409).

Drafts
    open_draft(act, *, service, territory, language="ru") -> OpenedDraft{id, resume_code, first_page}
    save_page(act, draft, page, answers, *, version) -> SavedPage{errors, next_page, version}
    attach_file(act, draft, field, *, name, content, version)
        -> AttachedFile{id, media_type, size_bytes, version}
    remove_file(act, draft, file, *, version) -> int (new version)
    discard_draft(act, draft)
    submit_draft(act, draft, *, version, applicant="", representative="", identity, consents) -> Receipt

Filing
    file_application(act, application: Application, *, key: RequestKey | None = None) -> Receipt
    Receipt{number, tracking_code, state, due_on, promise, is_repeat}

Working
    take_action(act, number, action, *, version, reasons=(), new_reason=None, form=None) -> int
    assign_case(act, number, official, *, version)
    start_clock(act, number, *, version, on=None)        all documents are there
    suspend_case(act, number, *, version, reason, words="")
    resume_case(act, number, *, version)
    extend_case(act, number, *, version, reason, words="")
    edit_letter(act, number, content, *, version) -> int  (the letter's new version)
    close_case(act, number, *, version, reason)
    deliver_result(act, number)                           the act's channel says how

Talking
    supplement_case(act, number, answers, *, version, files=()) -> int
    withdraw_case(act, number, *, version)
    send_message(act, number, words, *, asks=False) -> str
    attach_to_case(act, number, field, *, name, content) -> AttachedFile

Evidence
    request_evidence(act, number, evidence) -> str
    answer_evidence(act, request, *, outcome, words="", name="", content=b"")

Results
    revoke_result(act, result, *, reason)
"""
