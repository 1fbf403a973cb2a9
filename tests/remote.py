"""The play of a remote signing service as a process of its own, for tests."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from motcua.foundation.trust.tests.make import Pair, make_between
from motcua.lib.httpclient import Bounds, ask
from simulators.csc import tell_settings

from .contracts import ROOT


@dataclass(frozen=True)
class Remote:
    """A running service."""

    port: int

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def bounds(self) -> Bounds:
        return Bounds(frozenset({self.host}), allows_private=True)

    def fault(self, name: str) -> None:
        """Let it behave badly from now on; nothing ends that."""
        ask("POST", f"http://{self.host}/faults", bounds=self.bounds, body=name.encode())

    def write_settings(self, path: Path) -> None:
        """Write the file in which the operator names this service, in both versions."""
        tell_settings(path, self.port)


def keep_key(folder: Path, name: str, pair: Pair) -> None:
    """Give the service a key with its certificate and chain."""
    pem = pair.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / f"{name}.pem").write_bytes(pem)
    chain = (pair.certificate, make_between().certificate)
    parts = [one.public_bytes(Encoding.PEM) for one in chain]
    (folder / f"{name}.crt").write_bytes(b"".join(parts))


@contextmanager
def running_remote(folder: Path, *, consent: str = "pin") -> Iterator[Remote]:
    """Run the service until the block ends."""
    command = [sys.executable, "-m", "simulators.csc", str(folder), "--consent", consent]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 -- our own program
    try:
        assert process.stdout is not None
        yield Remote(int(process.stdout.readline()))
    finally:
        process.terminate()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
