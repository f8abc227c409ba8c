"""A promise is signed, says what and by when, and is kept by a leaf of the same hash."""

from base64 import b64decode
from datetime import UTC, datetime, timedelta

import pytest

from zemstvo.ground.journal import keys, sealing
from zemstvo.ground.journal.models import Leaf
from zemstvo.ground.journal.notes import WrongNote
from zemstvo.ground.journal.promises import SEALED_WITHIN, check_promise, promise
from zemstvo.ground.journal.queries import proof
from zemstvo.ground.journal.tests.facts_of_zarechny import mend_fence, vera

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def test_a_promise_names_the_fact_its_leaf_and_a_time():
    before = datetime.now(UTC)
    stamp = mend_fence(vera())

    made = promise(stamp)

    assert set(made) == {"log", "fact", "leaf_hash", "sealed_by", "signature"}
    assert (made["log"], made["fact"]) == (keys.signer().origin, stamp.fact)
    assert b64decode(made["leaf_hash"]) == stamp.leaf_hash
    sealed_by = datetime.fromisoformat(made["sealed_by"])
    assert timedelta(seconds=-1) < sealed_by - before - SEALED_WITHIN < timedelta(minutes=1)
    check_promise(made, keys.verifiers())


def test_the_same_stamp_gives_the_same_promise():
    stamp = mend_fence(vera())

    assert promise(stamp) == promise(stamp)


def test_a_promise_is_kept_by_the_leaf():
    made = promise(mend_fence(vera()))
    sealing.seal_all()

    assert proof(made["fact"]).leaf_hash == made["leaf_hash"]
    assert bytes(Leaf.objects.get().hash) == b64decode(made["leaf_hash"])


@pytest.mark.parametrize("line", ["log", "fact", "leaf_hash", "sealed_by", "signature"])
def test_a_changed_promise_is_no_promise(line):
    made = promise(mend_fence(vera()))
    bent = {**made, line: made[line][:-3] + ("A" if made[line][-3] != "A" else "B") + made[line][-2:]}

    with pytest.raises(WrongNote):
        check_promise(bent, keys.verifiers())


def test_a_promise_of_another_log_is_not_ours(house, settings, tmp_path):
    made = promise(mend_fence(vera()))
    settings.DATA = tmp_path / "another house"
    settings.SECRETS = settings.DATA / "secrets"

    with pytest.raises(WrongNote, match="no trusted log"):
        check_promise(made, keys.verifiers())
