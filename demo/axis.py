"""The demo's document axis: some ministries, reached while `./run simulators` runs."""

import json
from datetime import datetime
from pathlib import Path

from django.conf import settings

from motcua.casework.exchange import api as exchange
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day
from simulators.axis import PLAYED, SECRET, SYSTEM
from simulators.ports import kept_port, port_in

AXIS, NAME = "truc-quoc-gia", "Trục liên thông văn bản quốc gia (minh họa)"
BASIS = "Quyết định 28/2018/QĐ-TTg"


def connect_axis(*, by: Actor, at: datetime) -> None:
    """Enter the play of the axis as an administrator would; nothing happens if it stands there."""
    address = f"http://127.0.0.1:{_port()}"
    _tell_secret(Path(settings.EXCHANGE_SECRETS_FILE))
    known = exchange.counterpart_named(AXIS, local_day(at))
    if known is not None and known.address == address:
        return
    given = exchange.CounterpartIn(
        code=AXIS,
        name=NAME,
        way=exchange.Way.VXP,
        codes=tuple(PLAYED),
        address=address,
        client_ref=SYSTEM,
        is_fetched=True,
        valid_from=local_day(at),
        basis=BASIS,
    )
    exchange.set_counterpart(given, by=by, at=at)


def _port() -> int:
    """Return where the play is, or will be; it may run already."""
    folder = Path(settings.HOME) / "var" / "vxp"
    return port_in(folder) if (folder / "port").exists() else kept_port(folder)


def _tell_secret(path: Path) -> None:
    """Write our secret there as an operator would, beside those of others."""
    known = json.loads(path.read_text()) if path.exists() else {}
    if known.get(AXIS) == SECRET:
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_text(json.dumps({**known, AXIS: SECRET}))
