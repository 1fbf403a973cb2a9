"""Against a stand-in that speaks the daemon's protocol over a real socket."""

import io
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from motcua.adapters.clamav.scanner import Clamd, virus_in
from motcua.foundation.files import api as files

VIRUS = b"X5O!P%@AP"


@dataclass
class Daemon:
    """Reads one command and, for INSTREAM, its chunks; answers as clamd does."""

    answer: bytes = b"stream: OK\0"
    received: bytes = b""
    listener: socket.socket = field(default_factory=socket.socket)

    def start(self) -> str:
        self.listener.bind(("127.0.0.1", 0))
        self.listener.listen()
        threading.Thread(target=self.serve, daemon=True).start()
        return f"127.0.0.1:{self.listener.getsockname()[1]}"

    def serve(self) -> None:
        line, _ = self.listener.accept()
        with line, line.makefile("rb") as stream:
            stream.read(len(b"zINSTREAM\0"))
            while size := struct.unpack("!L", stream.read(4))[0]:
                self.received += stream.read(size)
            found = b"stream: Eicar-Test FOUND\0" if VIRUS in self.received else self.answer
            line.sendall(found)


@pytest.fixture
def daemon() -> Iterator[Daemon]:
    one = Daemon()
    yield one
    one.listener.close()


def test_a_clean_file_is_sent_whole_and_has_no_virus(daemon: Daemon) -> None:
    content = b"0123456789" * 20_000

    virus = Clamd(daemon.start(), 5).find_virus(io.BytesIO(content))

    assert (virus, daemon.received == content) == ("", True)


def test_a_virus_is_named(daemon: Daemon) -> None:
    virus = Clamd(daemon.start(), 5).find_virus(io.BytesIO(b"abc" + VIRUS))

    assert virus == "Eicar-Test"


def test_any_other_answer_means_no_answer(daemon: Daemon) -> None:
    daemon.answer = b"INSTREAM size limit exceeded. ERROR\0"

    with pytest.raises(files.ScannerAway, match="size limit"):
        Clamd(daemon.start(), 5).find_virus(io.BytesIO(b"abc"))


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.ctl"])
def test_a_daemon_that_is_not_there_is_away(address: str) -> None:
    with pytest.raises(files.ScannerAway):
        Clamd(address, 1).find_virus(io.BytesIO(b"abc"))


def test_a_name_with_spaces_stays_whole() -> None:
    assert virus_in("stream: Win.Test A-1 FOUND") == "Win.Test A-1"
