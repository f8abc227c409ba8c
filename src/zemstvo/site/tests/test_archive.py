"""A backup is whole, or it is refused; whoever bends it is found."""

import gzip
import io
import tarfile

import pytest

from zemstvo.site.backup.archive import ArchiveFault, unpacked, written


def nothing(size):
    """No progress is shown."""


@pytest.fixture
def backup(tmp_path):
    (tmp_path / "paper").write_bytes(b"an application of Anna, sealed" * 5000)
    path = tmp_path / "backup"
    with written(path, nothing) as archive:
        archive.add("files/00/paper", tmp_path / "paper")
        archive.add("files/00/gone", tmp_path / "gone")
        archive.add_bytes("loose/beginning", b"demo\n")
        archive.finish({"id": "7"})
    return path


def test_what_was_put_in_comes_out(backup, tmp_path):
    manifest = unpacked(backup, tmp_path / "out", nothing)

    assert manifest["id"] == "7"
    assert (tmp_path / "out/files/00/paper").read_bytes() == (tmp_path / "paper").read_bytes()
    assert not (tmp_path / "out/files/00/gone").exists()
    assert backup.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_a_truncated_backup_is_refused(backup, tmp_path, share):
    content = backup.read_bytes()
    backup.write_bytes(content[: int(len(content) * share)])

    with pytest.raises(ArchiveFault, match=r"truncated|not a backup"):
        unpacked(backup, tmp_path / "out", nothing)


def test_a_changed_byte_is_found(backup, tmp_path):
    plain = bytearray(gzip.decompress(backup.read_bytes()))
    plain[plain.index(b"Anna")] = ord("H")
    backup.write_bytes(gzip.compress(bytes(plain)))

    with pytest.raises(ArchiveFault, match="files/00/paper is not what the backup wrote"):
        unpacked(backup, tmp_path / "out", nothing)


@pytest.mark.parametrize(
    "content", [b"", b"no backup at all", gzip.compress(b"nor is this")], ids=["empty", "text", "packed text"]
)
def test_another_file_is_no_backup(tmp_path, content):
    (tmp_path / "other").write_bytes(content)

    with pytest.raises(ArchiveFault, match="is not a backup of ours"):
        unpacked(tmp_path / "other", tmp_path / "out", nothing)


def foreign(name, kind=tarfile.REGTYPE):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as tar:
        member = tarfile.TarInfo(name)
        member.type, member.linkname = kind, "/etc/passwd"
        tar.addfile(member, io.BytesIO())
    return packed.getvalue()


@pytest.mark.parametrize("name", ["../escaped", "/etc/escaped", "files/../../escaped", "a\nb"])
def test_no_member_leaves_the_folder(tmp_path, name):
    (tmp_path / "bent").write_bytes(foreign(name))

    with pytest.raises(ArchiveFault):
        unpacked(tmp_path / "bent", tmp_path / "out", nothing)
    assert not (tmp_path / "escaped").exists()


def test_no_member_is_a_link(tmp_path):
    (tmp_path / "bent").write_bytes(foreign("files/link", tarfile.SYMTYPE))

    with pytest.raises(ArchiveFault):
        unpacked(tmp_path / "bent", tmp_path / "out", nothing)


def test_a_backup_that_fails_half_way_leaves_nothing(tmp_path):
    with pytest.raises(ZeroDivisionError), written(tmp_path / "backup", nothing) as archive:
        archive.add_bytes("loose/beginning", b"demo\n")
        raise ZeroDivisionError

    assert list(tmp_path.iterdir()) == []
