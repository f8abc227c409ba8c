"""The desk: where officials work, each under one mandate.

The *list* shows the open cases of the authority, the nearest legal day first, with the single next step. The
*case* has all of it on one page: answers, evidence, files, messages, history, the clock and why it stands,
and exactly those actions that the package offers and the mandate allows. Opening a case is a look at
somebody's data: it is recorded before anything is shown.

Heads sign here, administrators set the house up (`views/setup`), service owners publish packages.

Not here: what may be done (capabilities, ground.people), the fragments of pages (faces.components).
"""
