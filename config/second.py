"""The second installation of the demo: its own home, database and key, a partner of the first."""

import os
import subprocess
import sys
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from django.core.management import call_command

from motcua.adapters.peer_exchange.identity import make_identity
from motcua.lib.clock import now
from simulators.ports import kept_port, port_in

FIRST, SECOND = ("dien-bien", "Tỉnh Điện Biên (mẫu)", "H18"), ("son-la", "Tỉnh Sơn La (mẫu)", "H52")


@dataclass(frozen=True, slots=True)
class Place:
    """Where one of the two lives, and where it listens for the other."""

    home: Path

    @property
    def key(self) -> Path:
        """Return the file of its key."""
        return self.home / "var" / "keys" / "exchange.pem"

    @property
    def certificate(self) -> Path:
        """Return the file of its certificate, which the other one enters."""
        return self.home / "var" / "exchange.crt"

    @property
    def port(self) -> int:
        """Return the port on which it listens, as it was found by `find_port`."""
        return port_in(self._folder)

    @property
    def _folder(self) -> Path:
        return self.home / "var" / "exchange"

    def find_port(self) -> None:
        """Choose its port, the same as before unless somebody else listens there; not later."""
        kept_port(self._folder)

    @property
    def address(self) -> str:
        """Return where the other one finds it."""
        return f"https://127.0.0.1:{self.port}"

    def make_key(self, name: str) -> None:
        """Make its key if there is none, and write its certificate."""
        if not (self.key.exists() and self.certificate.exists()):
            self.certificate.parent.mkdir(parents=True, exist_ok=True)
            self.certificate.write_bytes(make_identity(self.key, name, at=now()).pem)


def home_of_second(home: Path) -> Path:
    """Return the home of the second site, with the assets of the first."""
    second = home / "var" / "second-site"
    (second / "var").mkdir(parents=True, exist_ok=True)
    assets = second / "var" / "assets"
    if not assets.exists():
        assets.symlink_to((home / "var" / "assets").resolve())
    return second


def enter_partner(who: tuple[str, str, str], there: Place) -> None:
    """Enter the other one as a partner."""
    code, name, agency = who
    call_command(
        "exchange_partners",
        set=code,
        name=name,
        codes=[agency],
        address=there.address,
        certificate=there.certificate,
        stdout=StringIO(),
    )


def start_second(home: Path, root: Path, *, port: int, fresh: bool) -> "subprocess.Popen[bytes]":
    """Start the second site as a demo of its own."""
    second = home_of_second(home)
    words = ["-m", "config.serve", "--as-second", str(home), "--port", str(port)]
    data = os.environ.get("MOTCUA_PG_DATA")
    environment = {
        **os.environ,
        "MOTCUA_HOME": str(second),
        "MOTCUA_SITE_PLACE": "tỉnh Sơn La (mẫu)",
        "MOTCUA_SITE_ADDRESS": f"http://localhost:{port}",
        **({"MOTCUA_PG_DATA": f"{data}-second"} if data else {}),
    }
    return subprocess.Popen(
        [sys.executable, *words, *(["--fresh"] if fresh else [])],
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
