"""Open: what everybody sees without signing in.

`verify` tells whoever holds the code of a document what stands under it: which authority, which number, who
signed, whether it still holds. `journal` shows the newest signed head of the journal, and how to prove one's
own entry in it. Public figures and open data come here with the monitor.

Not here: anything of one person, and anything that is not meant for everybody.
"""
