"""Cases: one person's matter before one authority, from application to decision and result.

A *case* belongs to one authority and one territory, follows one service package at one version, and has
a *clock*: the days the authority has left to answer, counted from the facts of the journal. The clock
stands while the case is returned to the applicant or suspended, and the page says why.
A *draft* is an application that is still being filled in; it is found again by its *resume code*.
A case is named by its *number*, which carries a check digit and grants nothing; its *tracking code* (80 bits,
kept only as a hash) lets its holder follow and answer without an account.

The doors:

- `commands`: every write. Drafts (`open_draft` … `submit_draft`), filing (`file_application`), the actions of
  the package (`take_action`), the clock, messages, evidence, results; its docstring lists them.
- `queries`: every question: `work_list` and `case_card` for officials, `own_case` and `tracked_case` for
  applicants, drafts, notices, results.
- `requests`: what commands take and give back (`Application`, `RequestKey`, `Receipt`, …).
- `reactions`, `tasks`, `upkeep`: what follows, what leaves the house, what the clock does.

Inside: `intake` and `storing` (the hot path), `matter` and `drafting` (a case and a draft in the hands of a
command), `letters`, `placing` (which authority), `numbering`, `rules` (arithmetic without database).

Not here: what a service asks for and which actions a state offers (capabilities.services), numbers and
texts of decision documents (capabilities.documents), who may act (ground.people), how a case looks on
screen (faces).
"""
