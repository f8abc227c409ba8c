"""Documents: numbered in a register, made, signed, delivered, verified.

A *register* belongs to an authority, is of one kind and of one year, and gives out numbers without gaps. A
*document* gets its number, its day and its *verification code* when it is issued; until it is signed its
text may be amended. The *text* is a structure (`text.Text`), sealed under the key of the person whom it is
about, and is read in two ways that say the same: as a PDF (PDF/A-3a and PDF/UA-1 in one file, the data
attached as JSON) and as a page. A *signature* is either the installation's own seal on the decision of the
head (`signing`), which is not a qualified signature and says so, or one that the head made outside and
*attached* (`attached`). Whoever holds a document checks it by its code, without an account.

The doors:

- `commands`: `issue_document`, `amend_document`, `sign_document`, `attach_signature`, `revoke_document`,
  `deliver_document`, and `render_document`, which makes the PDF outside any transaction.
- `queries`: `document_card`, `documents_of`, `text_of`, `pdf_of`, `register_page`, `verify`; `preview` for
  a letter that has no number yet.

Not here: who decides what and which results hold (capabilities.cases), the words of a decision (packages,
through capabilities.services), how the page of a document looks (faces), where files lie
(ground.people.files).
"""
