"""Secrets are made once, and are nobody else's to read."""

import stat
import threading

import pytest

from zemstvo.site.secret_files import SecretFault, secret_text


def test_a_secret_is_made_at_the_first_need_and_stays(tmp_path):
    made = secret_text(tmp_path / "secrets", "signing")

    assert secret_text(tmp_path / "secrets", "signing") == made
    assert len(made) >= 48
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "secrets" / "signing").stat().st_mode) == 0o600


def test_two_makers_end_with_one_secret(tmp_path):
    found = []
    threads = [threading.Thread(target=lambda: found.append(secret_text(tmp_path, "key"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(set(found)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_a_secret_that_others_can_read_is_refused(tmp_path):
    secret_text(tmp_path, "signing")
    (tmp_path / "signing").chmod(0o644)

    with pytest.raises(SecretFault, match="can be read by others"):
        secret_text(tmp_path, "signing")


def test_a_damaged_secret_is_named_and_not_replaced(tmp_path):
    secret_text(tmp_path, "key")
    (tmp_path / "key").write_bytes(b"short")

    with pytest.raises(SecretFault, match="holds 5 bytes; 64 are expected"):
        secret_text(tmp_path, "key")
    assert (tmp_path / "key").read_bytes() == b"short"


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "secrets").write_text("a file stands here")

    with pytest.raises(SecretFault, match="secrets"):
        secret_text(tmp_path / "secrets", "signing")
    assert [path.name for path in tmp_path.iterdir()] == ["secrets"]
