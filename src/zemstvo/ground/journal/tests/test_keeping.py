"""A person holds the journal to what it promised."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from zemstvo.ground.journal import sealing
from zemstvo.ground.journal.keeping import LINES, Keeping, kept_promise
from zemstvo.ground.journal.keys import signer
from zemstvo.ground.journal.notes import WrongNote
from zemstvo.ground.journal.promises import SEALED_WITHIN, promise, promised_text
from zemstvo.ground.journal.tests.facts_of_zarechny import mend_fence, vera

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def now():
    return datetime.now(UTC)


def signed(made, **changes):
    """A promise that the journal's own key signs, with something else in it: the house would lie."""
    bent = {**made, **changes}
    return {**bent, "signature": signer().sign(promised_text(bent))}


@pytest.fixture
def rewrite(lifted_triggers):
    """Change what the journal holds, behind its back."""

    def change(statement, *parameters):
        with lifted_triggers(), connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            assert cursor.rowcount == 1

    return change


def test_a_promise_is_open_until_the_sealer_came_and_kept_from_then_on():
    made = promise(mend_fence(vera()))

    before = kept_promise(made, at=now())
    sealing.seal_all()
    after = kept_promise(made, at=now())

    assert (before.keeping, before.leaf_index) == (Keeping.OPEN, None)
    assert (after.keeping, after.leaf_index, after.fact) == (Keeping.KEPT, 0, made["fact"])


def test_a_fact_that_nobody_sealed_in_time_breaks_the_promise():
    made = promise(mend_fence(vera()))

    assert kept_promise(made, at=now() + 2 * SEALED_WITHIN).keeping is Keeping.BROKEN


def test_a_fact_that_was_sealed_too_late_breaks_the_promise():
    made = promise(mend_fence(vera()))
    sealed_by = datetime.fromisoformat(made["sealed_by"])
    sealing.seal_all(at=sealed_by + timedelta(seconds=1))
    mend_fence(vera())
    sealing.seal_all()

    found = kept_promise(made, at=sealed_by + timedelta(hours=1))

    assert (found.keeping, found.leaf_index, found.is_late) == (Keeping.BROKEN, 0, True)


def test_a_fact_that_was_sealed_in_the_last_second_keeps_the_promise_whatever_is_sealed_later():
    made = promise(mend_fence(vera()))
    sealed_by = datetime.fromisoformat(made["sealed_by"])
    sealing.seal_all(at=sealed_by)
    mend_fence(vera())
    sealing.seal_all(at=sealed_by + timedelta(days=1))

    found = kept_promise(made, at=sealed_by + timedelta(days=2))

    assert (found.keeping, found.sealed_at, found.is_late) == (Keeping.KEPT, sealed_by, False)


@pytest.mark.parametrize("is_sealed", [False, True])
def test_a_fact_whose_words_were_changed_breaks_the_promise_sealed_or_not(is_sealed, rewrite):
    made = promise(mend_fence(vera(), "F-1"))
    if is_sealed:
        sealing.seal_all()

    rewrite("UPDATE journal_fact SET body = replace(body, 'F-1', 'F-2')")

    assert kept_promise(made, at=now()).keeping is Keeping.BROKEN


def test_a_leaf_that_was_changed_breaks_the_promise_although_the_fact_is_the_same(rewrite):
    made = promise(mend_fence(vera()))
    sealing.seal_all()

    rewrite("UPDATE journal_leaf SET hash = %s", b"\x00" * 32)

    assert kept_promise(made, at=now()).keeping is Keeping.BROKEN


def test_a_checkpoint_that_was_changed_shows_no_time_and_breaks_the_promise(rewrite):
    made = promise(mend_fence(vera()))
    sealing.seal_all()

    rewrite("UPDATE journal_checkpoint SET note = replace(note, %s, %s)", made["log"], "elsewhere")
    found = kept_promise(made, at=now())

    assert (found.keeping, found.sealed_at) == (Keeping.BROKEN, None)


def test_a_fact_that_is_not_there_breaks_the_promise():
    made = promise(mend_fence(vera()))
    gone = signed(made, fact="01a20a31-26d8-7ecb-8f36-2ba74dbdc877")

    assert kept_promise(gone, at=now()).keeping is Keeping.BROKEN


def test_a_leaf_with_another_hash_breaks_the_promise():
    first, second = promise(mend_fence(vera())), promise(mend_fence(vera()))
    sealing.seal_all()
    swapped = signed(first, leaf_hash=second["leaf_hash"])

    assert kept_promise(swapped, at=now()).keeping is Keeping.BROKEN


@pytest.mark.parametrize("made", [{}, {"fact": "x"}, dict.fromkeys(LINES, 7)])
def test_what_is_no_promise_is_told_apart_from_a_broken_one(made):
    with pytest.raises(WrongNote, match="log, fact, leaf_hash, sealed_by, signature"):
        kept_promise(made, at=now())


def test_a_promise_that_somebody_wrote_into_is_none_of_ours():
    made = promise(mend_fence(vera()))

    with pytest.raises(WrongNote):
        kept_promise({**made, "sealed_by": "2036-01-01T00:00:00Z"}, at=now() + timedelta(days=1))


@pytest.mark.parametrize("line", LINES)
def test_a_promise_with_half_a_sign_in_it_is_no_promise(line):
    made = promise(mend_fence(vera()))

    with pytest.raises(WrongNote):
        kept_promise({**made, line: "\ud800"}, at=now())
