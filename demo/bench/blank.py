"""A database with all its tables and nothing in them: made once, copied wherever a world begins.

Migrating takes longer than copying: what several worlds of one run have in common is kept beside
them, without fsync while it is made, and made anew when a migration or a package changed.
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.pgbox import Box, binaries, default_data

from .site import manage

_ROOT = Path(__file__).resolve().parents[2]
_ONLY_OF_BLANK = ("THROWAWAY", "server.log")


def begin_blank(box: Box) -> None:
    """Let a server begin with all tables and nothing in them, whatever was in its place."""
    box.stop(force=True)  # what an earlier run left behind
    shutil.rmtree(box.data, ignore_errors=True)
    data = default_data(Path(os.environ.get("MOTCUA_HOME", ".")))
    blank = data.with_name(f"{data.name}-blank")
    with _alone(blank):
        mark, note = _mark(), blank.with_name(f"{blank.name}.mark")
        if not note.exists() or note.read_text() != mark:
            _make(blank)
            note.write_text(mark)
        subprocess.run(["cp", "-a", str(blank), str(box.data)], check=True)  # noqa: S607 -- the system's own
    for name in _ONLY_OF_BLANK:
        (box.data / name).unlink(missing_ok=True)
    box.start()


@contextmanager
def _alone(blank: Path) -> Iterator[None]:
    """Let two worlds that begin at once not make it both."""
    blank.parent.mkdir(parents=True, exist_ok=True)
    with blank.with_name(f"{blank.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(blank: Path) -> None:
    begun = time.monotonic()
    box = Box(blank, "test")
    box.stop(force=True)
    shutil.rmtree(blank, ignore_errors=True)
    box.start()
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.bench",
        "MOTCUA_PG_DATA": str(blank),
    }
    migrate = manage("migrate", "-v0", "--skip-checks")
    try:
        subprocess.run(migrate, env=environment, check=True)
        box.sql("VACUUM ANALYZE", "app")
    finally:
        box.stop(force=True)
    os.sync()
    sys.stderr.write(f"an empty database was made in {time.monotonic() - begun:.0f} s\n")


def _mark() -> str:
    """Return a hash over what decides how a migrated database looks."""
    mark = hashlib.sha256(str(binaries()).encode())
    sources = [*_ROOT.glob("motcua/**/migrations/*.py"), _ROOT / "requirements" / "base.txt"]
    for source in sorted(sources):
        mark.update(source.name.encode() + source.read_bytes())
    return mark.hexdigest()
