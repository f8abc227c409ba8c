"""The edition of the room: one random token that changes with every change of what the room holds.

Queries keep their answers in the memory of the process under the token, and pay one small statement to
learn that they still hold. A number that counts up would not do: a transaction that is rolled back would
hand its number, and the answers cached under it, to the next one.
"""

from __future__ import annotations

from uuid import uuid4

from zemstvo.ground.territory.models import Edition

ROOM = "territory"


def turn_edition() -> None:
    """Begin a new edition. The first statement of every command here: it is also the room's lock.

    Changes of territories, authorities and calendars are rare, so one lock for all of them costs nothing
    and no two of them can cross. One statement, two the very first time.
    """
    token = uuid4()
    if not Edition.objects.filter(room=ROOM).update(token=token):
        Edition.objects.update_or_create(room=ROOM, defaults={"token": token})


def edition() -> str:
    """The token of the present edition; empty where nothing has ever been written. One statement."""
    token = Edition.objects.filter(room=ROOM).values_list("token", flat=True).first()
    return str(token or "")
