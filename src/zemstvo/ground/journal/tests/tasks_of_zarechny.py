"""Tasks of the town, for the tests of leases. `letters` stands for the world outside."""

from threading import Event

from django_tasks import task

from zemstvo.ground.journal.models import Reader

letters: list[str] = []
patience = Event()
ADDRESSEE = "Anna Petrovna Ivanova, 5 Lenin Street"


class PostIsClosed(Exception):
    pass


@task()
def send_letter(letter: str) -> str:
    """Send a letter, which a repeat sends again under the same id."""
    letters.append(letter)
    return f"sent {letter}"


@task()
def send_in_vain(letter: str) -> None:
    letters.append(letter)
    raise PostIsClosed(ADDRESSEE)


@task(takes_context=True)
def count_attempts(context) -> int:
    return context.attempt


@task()
def note_down(name: str) -> None:
    """An effect in the database."""
    Reader.objects.get_or_create(name=f"note {name}", defaults={"next_leaf": 10**9})


@task()
def wait_for_patience() -> None:
    """A long task: it ends when the test says so."""
    patience.wait(60)


@task()
def answer_badly() -> object:
    return object()
