"""Cases: one person's matter before one authority, from application to decision and result.

A *case* belongs to one authority and one territory, follows one service package at one version, and has
a *clock*: the days the authority has left to answer, counted from the facts of the journal. The clock
stands while the case is returned to the applicant or suspended, and the page says why.
A *draft* is an application that is still being filled in; it is found again by its *resume code*.
A case is named by its *number*, which carries a check digit and grants nothing; its *tracking code*
(100 bits, kept only as a hash) lets its holder follow and answer without an account.

The doors:

- `commands`: `open_draft`, `save_page`, `attach_file`, `remove_file`, `submit_draft`, `file_application`;
  `take_action` (whatever the package offers in the state: accept, return, decide, sign, refuse),
  `assign_case`, `suspend_case`, `resume_case`, `extend_case`, `start_clock`, `edit_letter`;
  `supplement_case`, `withdraw_case`, `send_message`, `request_evidence`, `answer_evidence`,
  `deliver_result`, `close_case`, `revoke_result`.
- `queries`: `work_list`, `case_card`, `own_cases`, `own_case`, `tracked_case`, `draft`, `drafts`,
  `earlier_answers`, `earlier_files`, `who_looked`, `results`, `notices`, `file_content`.
- `codes`: acts of people without an account: `visitor_act`, `act_of_resume_code`, `act_of_tracking_code`.
- `intake`: the one hot path, `file_application` behind its command.

Not here: what a service asks for and which actions a state offers (capabilities.services), numbers and
texts of decision documents (capabilities.documents), who may act (ground.people), how a case looks on
screen (faces).
"""
