"""Addresses of simulators that stay the same from one start to the next."""

import socket
from contextlib import closing
from pathlib import Path


def kept_port(folder: Path) -> int:
    """Return the port that is written in a folder, another if somebody uses that one now."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "port"
    if not path.exists() or not is_free(port_in(folder)):
        path.write_text(f"{free_port()}")
    return port_in(folder)


def port_in(folder: Path) -> int:
    """Return the port that is written in a folder."""
    return int((folder / "port").read_text())


def is_free(port: int) -> bool:
    """Say whether nobody listens there now."""
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def free_port() -> int:
    """Return a port that nobody uses now."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
