"""An honest journal verifies; one changed byte anywhere does not, and the first wrong place is named."""

import re
from datetime import UTC, datetime
from random import Random

import pytest
from django.db import DatabaseError, connection, transaction

from zemstvo.ground.journal import keys, sealing, verification
from zemstvo.ground.journal.models import Checkpoint, Fact, Leaf, Node, Unsealed
from zemstvo.ground.journal.notes import signed_checkpoint
from zemstvo.ground.journal.tests.facts_of_zarechny import mend_fence, vera
from zemstvo.ground.journal.tree import EMPTY_ROOT
from zemstvo.ground.journal.verification import verify

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

SIZES = (1, 19, 30, 10)
"""Four sealings of 60 facts in all; three more wait."""


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    """Blocks of 16 leaves, so that sixty cross several of them; the levels above are walked too."""
    monkeypatch.setattr(verification, "BLOCK_LEVEL", 4)


@pytest.fixture
def journal():
    for n in range(sum(SIZES) + 3):
        mend_fence(vera(), f"F-{n}")
    for size in SIZES:
        sealing.seal(size, at=datetime(2026, 11, 23, 9, 31, tzinfo=UTC))


@pytest.fixture
def damage(journal, lifted_triggers):
    """Change the journal behind its back."""

    def change(statement: str, parameters=()) -> None:
        with lifted_triggers(), connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            assert cursor.rowcount == 1

    return change


def seq_of(index: int) -> int:
    return Leaf.objects.get(index=index).seq


def body_of(seq: int) -> str:
    return Fact.objects.get(seq=seq).body


def test_what_former_keys_signed_is_honest_too(journal):
    keys.rotate_key()
    mend_fence(vera())
    sealing.seal_all()
    keys.open_new_log()
    mend_fence(vera())
    sealing.seal_all()

    assert verify().wrong == ""
    assert verify().checkpoints == len(SIZES) + 2


def test_an_empty_journal_is_honest():
    assert verify().wrong == ""


@pytest.mark.parametrize("level", [1, 2, 4, 16])
def test_an_honest_journal_verifies_in_blocks_of_any_size(journal, monkeypatch, level):
    monkeypatch.setattr(verification, "BLOCK_LEVEL", level)
    met = []

    verdict = verify(progress=lambda done, of: met.append((done, of)))

    assert verdict.wrong == ""
    assert (verdict.facts, verdict.nodes, verdict.checkpoints, verdict.waiting) == (60, 3, 4, 3)
    assert met[-1] == (60, 60)


def test_higher_nodes_are_walked_too(monkeypatch):
    for _ in range(260):
        mend_fence(vera())
    sealing.seal_all()

    verdict = verify()

    assert (verdict.wrong, verdict.nodes) == ("", 17)


def test_a_changed_fact_is_named(damage):
    seq = seq_of(40)
    damage("UPDATE journal_fact SET body = %s WHERE seq = %s", [body_of(seq).replace("R01", "R02"), seq])

    assert verify().wrong == f"the fact of seq {seq} was changed: leaf 40 seals another text"


def test_a_changed_leaf_is_named(damage):
    damage('UPDATE journal_leaf SET hash = %s WHERE "index" = 40', [bytes(32)])

    assert verify().wrong == f"leaf 40 was changed: its hash is not that of the fact of seq {seq_of(40)}"


def test_the_first_of_several_wrong_places_is_named(damage):
    for index in (59, 21, 40):
        damage("UPDATE journal_fact SET body = '{}' WHERE seq = %s", [seq_of(index)])

    assert "leaf 21 " in verify().wrong


def test_a_fact_under_another_id_is_named(damage):
    seq = seq_of(7)
    damage("UPDATE journal_fact SET id = '0198e0a2000070008000000000000001' WHERE seq = %s", [seq])

    assert re.match(
        f"the fact of seq {seq} stands under the id 0198e0a2.*, but its text says", verify().wrong
    )


def test_a_removed_fact_is_named(damage):
    seq = seq_of(7)
    damage("DELETE FROM journal_fact WHERE seq = %s", [seq])

    assert verify().wrong == f"leaf 7 seals the fact of seq {seq}, which is missing"


@pytest.mark.parametrize("index", [0, 7, 16, 58])
def test_a_removed_leaf_is_named(damage, index):
    damage('DELETE FROM journal_leaf WHERE "index" = %s', [index])

    assert verify().wrong == f"leaf {index} is missing or damaged"


def test_a_removed_last_leaf_leaves_its_checkpoint_behind(damage):
    damage('DELETE FROM journal_leaf WHERE "index" = 59')

    assert verify().wrong == "no checkpoint stands over leaves 50–58"


def test_a_changed_and_a_removed_node_are_named(damage):
    damage('UPDATE journal_node SET hash = %s WHERE "index" = 1', [bytes(32)])
    assert verify().wrong == "node 1 of level 4 is not the root over leaves 16–31"

    damage('DELETE FROM journal_node WHERE "index" = 1')
    assert verify().wrong == "node 1 of level 4 over leaves 16–31 is missing"


def test_a_node_over_nothing_is_named(journal):
    Node.objects.create(level=4, index=9, hash=bytes(32))

    assert verify().wrong == "node 9 of level 4 is not the root over leaves 144–159"


def test_a_checkpoint_over_other_leaves_is_named(damage):
    note = signed_checkpoint(keys.signer(), 20, EMPTY_ROOT, datetime(2026, 11, 23, tzinfo=UTC))
    damage("UPDATE journal_checkpoint SET note = %s WHERE size = 20", [note])

    assert verify().wrong == "the checkpoint of 20 leaves: it is signed over other leaves than these"


def test_a_checkpoint_that_speaks_of_another_size_is_named(damage):
    note = Checkpoint.objects.get(size=50).note
    damage("UPDATE journal_checkpoint SET note = %s WHERE size = 20", [note])

    assert verify().wrong == "the checkpoint of 20 leaves: its text speaks of 50 leaves"


def test_a_removed_last_checkpoint_is_named(damage):
    damage("DELETE FROM journal_checkpoint WHERE size = 60")

    assert verify().wrong == "no checkpoint stands over leaves 50–59"


def test_a_checkpoint_over_leaves_that_are_not_there_is_named(journal):
    Checkpoint.objects.create(size=99, note="x")

    assert verify().wrong == "the checkpoint of 99 leaves: there are 60 leaves"


def test_facts_in_another_order_are_named(damage):
    one, other = seq_of(25), seq_of(26)
    for old, new in ((one, 10**9), (other, one), (10**9, other)):
        damage("UPDATE journal_fact SET seq = %s WHERE seq = %s", [new, old])
        damage("UPDATE journal_leaf SET seq = %s WHERE seq = %s", [new, old])

    assert verify().wrong == f"leaf 26 is out of order: seq {one} stands after seq {other}"


def test_a_waiting_fact_that_was_changed_or_lost_is_named(damage):
    seq = Unsealed.objects.order_by("seq").first().seq
    body = body_of(seq)
    damage("UPDATE journal_fact SET body = %s WHERE seq = %s", [body.replace("R01", "R02"), seq])
    assert (
        verify().wrong
        == f"the fact of seq {seq}, which waits for the sealer, is not the one that was promised"
    )

    damage("DELETE FROM journal_fact WHERE seq = %s", [seq])
    assert verify().wrong == f"the fact of seq {seq} waits for the sealer and is missing"


def test_a_fact_that_the_sealer_will_never_see_is_named(damage):
    seq = Unsealed.objects.order_by("seq").first().seq
    damage("DELETE FROM journal_unsealed WHERE seq = %s", [seq])

    assert verify().wrong == f"the fact of seq {seq} is neither sealed nor waits for the sealer"


def test_a_fact_that_would_be_sealed_twice_is_named(journal):
    Unsealed.objects.create(seq=seq_of(7), hash=bytes(32))

    assert verify().wrong == f"the fact of seq {seq_of(7)} is leaf 7 and still waits for the sealer"


def test_a_rewritten_journal_is_found_by_a_checkpoint_kept_elsewhere(journal, lifted_triggers):
    kept = Checkpoint.objects.get(size=20).note + Checkpoint.objects.get(size=60).note
    assert verify(kept=kept).wrong == ""
    with lifted_triggers():
        for room in (Node, Leaf, Checkpoint, Unsealed):
            room.objects.all().delete()
        seq = Fact.objects.order_by("seq")[10].seq
        Fact.objects.filter(seq=seq).update(body=body_of(seq).replace("R01", "R02"))
        for fact in Fact.objects.order_by("seq")[:60]:
            Unsealed.objects.create(seq=fact.seq, hash=sealing_hash(fact.body))
        Fact.objects.filter(seq__gt=Unsealed.objects.order_by("-seq").first().seq).delete()
    sealing.seal_all()

    assert verify().wrong == ""
    assert "of 20 leaves" in verify(kept=kept).wrong
    assert "kept elsewhere was signed over other leaves" in verify(kept=kept).wrong


def sealing_hash(body: str) -> bytes:
    return verification.sha256(b"\0" + body.encode()).digest()


def test_a_journal_shorter_than_a_kept_checkpoint_is_named(journal):
    later = signed_checkpoint(keys.signer(), 1000, EMPTY_ROOT, datetime(2026, 11, 23, tzinfo=UTC))

    assert re.match(
        "a checkpoint kept elsewhere has 1000 leaves .* only 60 stand here", verify(kept=later).wrong
    )


def test_a_file_without_a_checkpoint_is_refused(journal):
    assert verify(kept="nothing\n").wrong == "the file of kept checkpoints holds none"
    forged = Checkpoint.objects.get(size=20).note.replace("20\n", "21\n", 1)
    assert verify(kept=forged).wrong.startswith("checkpoint 1 of the file: the signature of")


def test_without_the_right_key_nothing_is_trusted(journal):
    assert verify(verifiers=[]).wrong.startswith("the checkpoint of 1 leaves: no key that is trusted")


def rows() -> list[tuple[str, str, str, str]]:
    """Every value that is proved: table, column, the row's key as SQL, and the kind of the value."""
    found = []
    for leaf in Leaf.objects.all():
        key = f'"index" = {leaf.index}'
        found += [("leaf", "index", key, "int"), ("leaf", "seq", key, "int"), ("leaf", "hash", key, "bytes")]
    for seq in Fact.objects.values_list("seq", flat=True):
        key = f"seq = {seq}"
        found += [("fact", "seq", key, "int"), ("fact", "id", key, "uuid"), ("fact", "body", key, "text")]
    for level, index in Node.objects.values_list("level", "index"):
        key = f'level = {level} AND "index" = {index}'
        found += [
            ("node", "level", key, "int"),
            ("node", "index", key, "int"),
            ("node", "hash", key, "bytes"),
        ]
    for size in Checkpoint.objects.values_list("size", flat=True):
        key = f"size = {size}"
        found += [("checkpoint", "size", key, "int"), ("checkpoint", "note", key, "text")]
    return found


def bent(value, kind: str, chance: Random):
    """The value with one byte changed, or as near to it as its type lets one come."""
    if kind == "int":
        return int(value) ^ (1 << chance.randrange(31))
    if kind == "uuid":
        return str(value).replace("-", "")[:31] + ("1" if str(value)[-1] == "0" else "0")
    raw = bytearray(bytes(value) if kind == "bytes" else value.encode())
    place = chance.randrange(len(raw))
    if kind == "bytes":
        raw[place] ^= 1 << chance.randrange(8)
        return bytes(raw)
    raw[place] = chance.choice([sign for sign in b' 0123456789abcXYZ{}",:=' if sign != raw[place]])
    return raw.decode(errors="replace")


def test_one_changed_byte_is_found_wherever_it_is(journal, lifted_triggers):
    """Three hundred changes, drawn over every column of every row, each made, found and taken back."""
    chance = Random(20261123)
    places = rows()
    chance.shuffle(places)
    found = 0
    with lifted_triggers(), connection.cursor() as cursor:
        for table, column, key, kind in places[:300]:
            with transaction.atomic():
                cursor.execute(f'SELECT "{column}" FROM journal_{table} WHERE {key}')
                value = bent(cursor.fetchone()[0], kind, chance)
                try:
                    with transaction.atomic():
                        cursor.execute(f'UPDATE journal_{table} SET "{column}" = %s WHERE {key}', [value])
                except DatabaseError:
                    continue  # the database itself refused it: the key is taken
                assert verify().wrong, (table, column, key, value)
                found += 1
                transaction.set_rollback(True)

    assert found > 250
    assert verify().wrong == ""


def test_every_byte_of_one_fact_one_leaf_one_node_and_one_checkpoint_counts(journal, lifted_triggers):
    texts = {
        "UPDATE journal_fact SET body = %s WHERE seq = %s": (body_of(seq_of(3)), seq_of(3)),
        "UPDATE journal_checkpoint SET note = %s WHERE size = %s": (Checkpoint.objects.get(size=20).note, 20),
    }
    hashes = {
        'UPDATE journal_leaf SET hash = %s WHERE "index" = %s': (bytes(Leaf.objects.get(index=3).hash), 3),
        'UPDATE journal_node SET hash = %s WHERE "index" = %s': (bytes(Node.objects.get(index=1).hash), 1),
    }
    with lifted_triggers(), connection.cursor() as cursor:
        for statement, (value, key) in {**texts, **hashes}.items():
            for place in range(0, len(value), 7 if isinstance(value, str) else 1):
                other = "x" if isinstance(value, str) else bytes([value[place] ^ 0x80])
                cursor.execute(statement, [value[:place] + other + value[place + 1 :], key])
                assert verify().wrong or value[place] == other, (statement, place)
            cursor.execute(statement, [value, key])
    assert verify().wrong == ""


def test_bytes_that_are_no_text_are_found_too(damage):
    if connection.vendor != "sqlite":
        return  # PostgreSQL keeps no text that is not UTF-8
    damage("UPDATE journal_fact SET body = CAST(X'7BFF7D' AS TEXT) WHERE seq = %s", [seq_of(5)])

    assert "leaf 5 " in verify().wrong


def test_a_verification_keeps_no_writer_waiting(journal):
    assert connection.in_atomic_block  # so the snapshot is that of the test
    assert verify().wrong == ""
    mend_fence(vera())
    assert verify().waiting == 4


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
def test_outside_a_transaction_a_snapshot_is_read_and_given_back():
    for _ in range(20):
        mend_fence(vera())
    sealing.seal_all()

    assert verify().wrong == ""
    assert not connection.in_atomic_block
    mend_fence(vera())
    assert (verify().facts, verify().waiting) == (20, 1)
