"""The journal: who did what, under which mandate, when; append-only, sealed and provable.

An *act* is the envelope of a deed: who acts, under which mandate, through which channel, when.
A *command* is a function that writes; it takes an act and leaves at least one *fact*.
A *refusal* is a "no" with a code, a sentence and advice.
Facts are sealed into a Merkle tree (RFC 6962); *reactions* follow the sealed facts in order.

| to | read |
|---|---|
| write | acts, facts, refusals; writing is the hot path below them |
| guard | triggers: the database refuses changes |
| seal and prove | tree (arithmetic), notes and keys (signatures), sealing, promises, stored_tree |
| ask | queries; verification, which asks everything |
| follow | reacting, leasing (queued tasks), worker (all of it in the background) |
| take elsewhere | export (OCEL 2.0, CSV), segments (Parquet) |

Not here: anything about administration. Territories, people, services and cases appear
in the journal only as codes, numbers and public ids.
"""
