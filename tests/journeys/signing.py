"""Documents that wait for Hoa's hand, the signer, and the agent on her computer."""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from motcua.foundation.access import api as access
from motcua.foundation.identity import api as identity
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.tests.make import make_drafted
from motcua.lib.clock import now
from tests.contracts import ROOT


def ask_hoa(owner: str) -> str:
    """Let a document wait for Hoa's signature; return its code."""
    account = identity.find_account("hoa")
    assert account is not None
    hoa = access.actor_now(account.pk, at=now()).actor
    turn = signing.TurnIn(signing.TurnRole.LEADER, hoa.unit_ids[0], hoa.id, hoa.name, hoa.title)
    wanted = signing.Wanted(
        kind=signing.DocumentKind.OUTCOME,
        owner=owner,
        title="Giấy xác nhận tình trạng hôn nhân",
        about="H18.101-261125-0001 · Lò Thị Lan",
        pdf=make_drafted(),
        agency_id=hoa.agency_id or 0,
        unit_id=hoa.unit_ids[0],
        turns=(turn,),
        level=signing.Level.B_B,
        token=signing.new_token(),
    )
    return signing.request_signatures(wanted, by=hoa, at=now()).code


def run_signer() -> None:
    """Let the signer do what waits, in a thread without the loop that drives the browser."""
    with ThreadPoolExecutor(1) as signer:
        signer.submit(_sign_once).result()


def _sign_once() -> None:
    try:
        call_command("signer", "--once")
    finally:
        connections.close_all()


def state_of(code: str) -> str:
    """Return how far a document is."""
    found = signing.find_request(code)
    assert found is not None
    return str(found.request.state)


@dataclass(frozen=True)
class RunningAgent:
    """The agent as it tells on its own window."""

    address: str
    pair: str


@contextmanager
def running_agent(site: str, folder: Path) -> Iterator[RunningAgent]:
    """Run the agent with Hoa's key file for the site until the block ends."""
    key = Path(settings.HOME) / "var" / "may-ky" / "hoa.p12"
    words = ["--site", site, "--pkcs12", str(key), "--port", "0", "--folder", str(folder)]
    process = subprocess.Popen(  # noqa: S603 -- our own program with our own words
        [sys.executable, "-m", "agent", *words], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    try:
        address = process.stdout.readline().partition("(")[2].partition(")")[0]
        pair = process.stdout.readline().partition(": ")[2].strip()
        yield RunningAgent(address, pair)
    finally:
        process.terminate()
        process.wait()
        process.stdout.close()
