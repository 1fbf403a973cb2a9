"""The sealed stream: nothing gets in, out or lost unnoticed."""

import io

import pytest

from config.backup.errors import BackupError, Damaged, WrongPassphrase
from config.backup.sealing import PIECE, Opener, Sealer

PASSPHRASE = "sông Đà mùa nước lớn"  # noqa: S105 -- seals nothing but tests
HEAD = 16 + 16 + 7


def seal(content: bytes) -> bytes:
    target = io.BytesIO()
    sealer = Sealer(target, PASSPHRASE)
    sealer.write(content)
    sealer.close()
    return target.getvalue()


def unseal(sealed: bytes, passphrase: str = PASSPHRASE) -> bytes:
    opener = Opener(io.BytesIO(sealed), passphrase)
    content = b"".join(iter(lambda: opener.read(100_000), b""))
    opener.finish()
    return content


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE + 5])
def test_what_is_sealed_is_opened_again(size: int) -> None:
    content = bytes(range(256)) * (size // 256 + 1)

    assert unseal(seal(content[:size])) == content[:size]


def test_the_content_cannot_be_seen() -> None:
    assert b"Lan" * 9 not in seal(b"Lan" * 1_000)


def test_the_same_content_is_sealed_differently_each_time() -> None:
    assert seal(b"Lan") != seal(b"Lan")


def test_another_passphrase_does_not_open() -> None:
    with pytest.raises(WrongPassphrase):
        unseal(seal(b"Lan"), "sông Đà mùa nước cạn")


@pytest.mark.parametrize("passphrase", ["", "ngắn"])
def test_a_short_passphrase_is_refused(passphrase: str) -> None:
    with pytest.raises(BackupError, match="ít nhất 16"):
        Sealer(io.BytesIO(), passphrase)


@pytest.mark.parametrize("place", [0, 20, HEAD, HEAD + 3, HEAD + 10, -1])
def test_one_changed_bit_is_noticed(place: int) -> None:
    sealed = bytearray(seal(b"x" * (PIECE + 10)))
    sealed[place] ^= 1

    with pytest.raises(BackupError):
        unseal(bytes(sealed))


@pytest.mark.parametrize("cut", [1, 30, PIECE, PIECE + 50])
def test_a_cut_is_noticed(cut: int) -> None:
    with pytest.raises(BackupError):
        unseal(seal(b"x" * (2 * PIECE + 10))[:-cut])


def test_a_cut_between_two_pieces_is_noticed() -> None:
    sealed = seal(b"x" * (PIECE + 10))

    with pytest.raises(Damaged, match="cắt cụt"):
        unseal(sealed[: HEAD + 5 + PIECE + 16])


def test_pieces_cannot_change_places() -> None:
    sealed = seal(b"a" * PIECE + b"b" * PIECE + b"c")
    long = 5 + PIECE + 16
    first, second = sealed[HEAD : HEAD + long], sealed[HEAD + long : HEAD + 2 * long]

    with pytest.raises(BackupError):
        unseal(sealed[:HEAD] + second + first + sealed[HEAD + 2 * long :])


def test_something_added_at_the_end_is_noticed() -> None:
    with pytest.raises(Damaged, match="phần thừa"):
        unseal(seal(b"Lan") + b"x")


def test_another_file_is_no_backup() -> None:
    with pytest.raises(Damaged, match="không phải"):
        unseal(b"%PDF-1.7 and so on, long enough to hold a head")
