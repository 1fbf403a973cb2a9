"""The INSTREAM part of clamd's protocol: chunks with their length, then one line of answer."""

import socket
import struct
from typing import BinaryIO

from django.conf import settings

from motcua.foundation.files import api as files

_CHUNK = 1 << 16
_LONGEST_ANSWER = 4_096
_END = struct.pack("!L", 0)


class Clamd:
    """Implements `files.Scanner` over a unix socket ("/run/…") or TCP ("host:port")."""

    def __init__(self, address: str, timeout: float) -> None:
        self.address, self.timeout = address, timeout

    def find_virus(self, content: BinaryIO) -> str:
        try:
            with self._connect() as line:
                line.sendall(b"zINSTREAM\0")
                while chunk := content.read(_CHUNK):
                    line.sendall(struct.pack("!L", len(chunk)) + chunk)
                line.sendall(_END)
                return virus_in(_read(line))
        except OSError as error:
            raise files.ScannerAway(type(error).__name__) from error

    def version(self) -> str:
        """Return the daemon's version and the date of its signatures.

        Raises: ScannerAway.
        """
        try:
            with self._connect() as line:
                line.sendall(b"zVERSION\0")
                return _read(line)
        except OSError as error:
            raise files.ScannerAway(type(error).__name__) from error

    def _connect(self) -> socket.socket:
        if not self.address.startswith("/"):
            host, _, port = self.address.rpartition(":")
            return socket.create_connection((host, int(port)), self.timeout)
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(self.timeout)
        try:
            line.connect(self.address)
        except OSError:
            line.close()
            raise
        return line


def from_settings() -> Clamd:
    """Return the scanner at the address named by the settings."""
    return Clamd(settings.CLAMD_ADDRESS, settings.CLAMD_TIMEOUT)


def virus_in(answer: str) -> str:
    """Return the virus named in “stream: NAME FOUND”, nothing for “stream: OK”.

    Raises: ScannerAway for any other answer, such as a limit of size.
    """
    words = answer.removeprefix("stream: ")
    if words == "OK":
        return ""
    name, _, verdict = words.rpartition(" ")
    if verdict != "FOUND":
        raise files.ScannerAway(answer)
    return name


def _read(line: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _LONGEST_ANSWER:
        if not (more := line.recv(_LONGEST_ANSWER)):
            break
        answer += more
    return answer.rstrip(b"\0\n").decode("utf-8", "replace")
