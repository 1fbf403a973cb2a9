"""PostgreSQL's own programs, pointed at the site's database."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import connection

from .errors import BackupError

_ENOUGH_OF_AN_ERROR = 300


def program(name: str) -> Path:
    """Return pg_dump or psql, of the server's own major version or the next newer there is.

    Raises: BackupError.
    """
    if settings.BOX is not None:
        return Path(settings.BOX.bin) / name
    wanted = server_major()
    fitting = sorted(
        (major, path) for path in _candidates(name) if (major := _major(path)) >= wanted
    )
    if not fitting:
        raise BackupError(f"Cần chương trình {name} của PostgreSQL {wanted} trở lên trên máy này.")
    return fitting[0][1]


def server_major() -> int:
    """Return the major version of the server, such as 18."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def _candidates(name: str) -> Iterator[Path]:
    yield from Path("/usr/lib/postgresql").glob(f"[0-9]*/bin/{name}")
    if found := shutil.which(name):
        yield Path(found)


def _major(path: Path) -> int:
    said = subprocess.run(  # noqa: S603 -- one of PostgreSQL's own programs
        [path, "--version"], check=True, capture_output=True, text=True
    )
    found = re.search(r"(\d+)\.", said.stdout)
    return int(found[1]) if found else 0


@contextmanager
def dumping() -> Iterator[IO[bytes]]:
    """Yield the database as plain SQL, from one snapshot.

    Raises: BackupError if it does not come whole.
    """
    words = ("--no-owner", "--no-privileges", "--format=plain", "--encoding=UTF8")
    with _run("pg_dump", *words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE) as process:
        yield _pipe(process.stdout)


@contextmanager
def loading() -> Iterator[IO[bytes]]:
    """Take SQL into the site's database, all of it or nothing.

    Raises: BackupError if the database refuses any of it.
    """
    words = ("-X", "-q", "--single-transaction", "-v", "ON_ERROR_STOP=1", "-o", "/dev/null")
    with _run("psql", *words, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as process:
        pipe = _pipe(process.stdin)
        try:
            yield pipe
            pipe.close()
        except BrokenPipeError:  # its own words say why, below
            return


@contextmanager
def _run(name: str, *words: str, stdin: int, stdout: int) -> Iterator["subprocess.Popen[bytes]"]:
    where = connection.settings_dict
    place = ["-h", where["HOST"] or "localhost", "-d", where["NAME"], "-U", where["USER"] or "app"]
    port = ["-p", str(where["PORT"])] if where["PORT"] else []
    with subprocess.Popen(  # noqa: S603 -- as above; the names come from our own settings
        [program(name), *words, *place, *port, "-w"],
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={"PATH": "/usr/bin:/bin", "PGPASSWORD": where["PASSWORD"], "PGTZ": "UTC"},
    ) as process:
        yield process
        complaint = _pipe(process.stderr).read().decode(errors="replace")
    if process.returncode:
        # Later lines may quote rows, which are personal data.
        short = complaint.strip().split("\n")[0][:_ENOUGH_OF_AN_ERROR]
        raise BackupError(f"{name} dừng giữa chừng: {short}")


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise BackupError("Không nối được với chương trình của PostgreSQL.")
    return pipe
