"""The words in which a verification names a wrong place."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _


class WrongPlace(Exception):
    """The first place at which the journal is not what it should be; the message names it."""


def named(sentence: Any, **facts: Any) -> str:
    """One of the sentences below, in the active language, with the facts of this place."""
    return str(sentence) % facts


UNREADABLE = _("after %(facts)s leaves the database cannot be read: %(error)s")
LEAF_MISSING = _("leaf %(index)s is missing or damaged")
FACT_MISSING = _("leaf %(index)s seals the fact of seq %(seq)s, which is missing")
FACT_CHANGED = _("the fact of seq %(seq)s was changed: leaf %(index)s seals another text")
LEAF_CHANGED = _("leaf %(index)s was changed: its hash is not that of the fact of seq %(seq)s")
DISAGREEMENT = _("leaf %(index)s and the fact of seq %(seq)s do not agree")
WRONG_ID = _("the fact of seq %(seq)s stands under the id %(found)s, but its text says %(told)s")
OUT_OF_ORDER = _("leaf %(index)s is out of order: seq %(seq)s stands after seq %(before)s")
NODE_MISSING = _("node %(index)s of level %(level)s over leaves %(first)s–%(last)s is missing")
NODE_CHANGED = _("node %(index)s of level %(level)s is not the root over leaves %(first)s–%(last)s")
NO_CHECKPOINT = _("no checkpoint stands over leaves %(first)s–%(last)s")
CHECKPOINT = _("the checkpoint of %(size)s leaves: %(why)s")
CHECKPOINT_OF_ANOTHER_SIZE = _("its text speaks of %(size)s leaves")
CHECKPOINT_OF_OTHER_LEAVES = _("it is signed over other leaves than these")
CHECKPOINT_OF_NO_LEAVES = _("there are %(facts)s leaves")
SEALED_AND_WAITING = _("the fact of seq %(seq)s is leaf %(index)s and still waits for the sealer")
WAITING_MISSING = _("the fact of seq %(seq)s waits for the sealer and is missing")
WAITING_CHANGED = _("the fact of seq %(seq)s, which waits for the sealer, is not the one that was promised")
ASTRAY = _("the fact of seq %(seq)s is neither sealed nor waits for the sealer")
NONE_KEPT = _("the file of kept checkpoints holds none")
KEPT_UNREADABLE = _("checkpoint %(number)s of the file: %(error)s")
KEPT_DIFFERS = _(
    "the checkpoint of %(size)s leaves of %(origin)s that was kept elsewhere was signed over other leaves"
)
KEPT_LONGER = _("a checkpoint kept elsewhere has %(size)s leaves of %(origin)s; only %(facts)s stand here")
