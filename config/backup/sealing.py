"""A stream sealed in pieces: AES-256-GCM, key from a passphrase by scrypt.

After the head (word, salt, start of the nonces) each piece is one byte (1 for the latest), its
length, its sealed bytes. The nonce holds the piece's number and whether it is the latest, so no
piece can be changed, moved, repeated or cut off without being noticed.
"""

import secrets
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from .errors import BackupError, Damaged, WrongPassphrase

WORD = b"motcua-backup-1\n"
PIECE = 1 << 20
SHORTEST_PASSPHRASE = 16
_SALT, _NONCE_START, _TAG, _KEY = 16, 7, 16, 32
_FRAME = struct.Struct("!BL")


def _key(passphrase: str, salt: bytes) -> AESGCM:
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise BackupError(
            f"Mật khẩu sao lưu phải có ít nhất {SHORTEST_PASSPHRASE} ký tự; "
            "đặt trong MOTCUA_BACKUP_PASSPHRASE hoặc --passphrase-file."
        )
    return AESGCM(Scrypt(salt=salt, length=_KEY, n=1 << 15, r=8, p=1).derive(passphrase.encode()))


class _Pieces:
    """What both ends know: the key, the head, the number of the next piece."""

    def __init__(self, passphrase: str, head: bytes) -> None:
        self.head, self.number = head, 0
        self.cipher = _key(passphrase, head[len(WORD) : len(WORD) + _SALT])

    def nonce(self, *, is_latest: bool) -> bytes:
        start = self.head[-_NONCE_START:]
        nonce = start + struct.pack("!LB", self.number, is_latest)
        self.number += 1
        return nonce


class Sealer:
    """A file to write to; `close` seals the latest piece and must be called."""

    def __init__(self, target: BinaryIO, passphrase: str) -> None:
        head = WORD + secrets.token_bytes(_SALT + _NONCE_START)
        self.target, self.pieces, self.waiting = target, _Pieces(passphrase, head), bytearray()
        target.write(head)

    def write(self, content: bytes) -> int:
        self.waiting += content
        while len(self.waiting) > PIECE:
            self._seal(bytes(self.waiting[:PIECE]), is_latest=False)
            del self.waiting[:PIECE]
        return len(content)

    def close(self) -> None:
        self._seal(bytes(self.waiting), is_latest=True)

    def _seal(self, content: bytes, *, is_latest: bool) -> None:
        nonce = self.pieces.nonce(is_latest=is_latest)
        sealed = self.pieces.cipher.encrypt(nonce, content, self.pieces.head)
        self.target.write(_FRAME.pack(is_latest, len(sealed)) + sealed)


class Opener:
    """A file to read from; nothing is handed out that was not proved whole."""

    def __init__(self, source: BinaryIO, passphrase: str) -> None:
        head = source.read(len(WORD) + _SALT + _NONCE_START)
        if not head.startswith(WORD) or len(head) < len(WORD) + _SALT + _NONCE_START:
            raise Damaged("Tệp này không phải là bản sao lưu của hệ thống.")
        self.source, self.pieces = source, _Pieces(passphrase, head)
        self.opened, self.is_over = bytearray(), False

    def read(self, size: int) -> bytes:
        while len(self.opened) < size and not self.is_over:
            self.opened += self._next()
        content = bytes(self.opened[:size])
        del self.opened[:size]
        return content

    def finish(self) -> None:
        """Read to the end, so that a cut is noticed.

        Raises: Damaged.
        """
        while self.read(PIECE):
            pass
        if self.source.read(1):
            raise Damaged("Bản sao lưu có phần thừa ở cuối.")

    def _next(self) -> bytes:
        frame = self.source.read(_FRAME.size)
        if len(frame) < _FRAME.size:
            raise Damaged("Bản sao lưu bị cắt cụt.")
        is_latest, length = _FRAME.unpack(frame)
        if length > PIECE + _TAG:
            raise Damaged("Bản sao lưu bị hỏng.")
        first = self.pieces.number == 0
        nonce = self.pieces.nonce(is_latest=bool(is_latest))
        try:
            content = self.pieces.cipher.decrypt(nonce, self.source.read(length), self.pieces.head)
        except InvalidTag as error:
            if first:
                raise WrongPassphrase("Sai mật khẩu sao lưu, hoặc tệp bị hỏng.") from error
            raise Damaged("Bản sao lưu bị hỏng hoặc đã bị sửa.") from error
        self.is_over = bool(is_latest)
        return content
