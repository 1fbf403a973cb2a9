"""Recurring work of the ledger: seal, sign, publish. Acts never wait for any of it."""

from datetime import datetime, timedelta

from motcua.foundation.jobs import api as jobs

from .choices import StreamName
from .operations.heads import make_head
from .operations.publishing import publish
from .operations.sealing import anchor, seal
from .operations.sealing_heads import SEAL, seal_heads, want_seals
from .operations.stamping import STAMP, stamp_heads, want_stamps
from .operations.telling import tell_stopped


@jobs.recurring("ledger.seal", every=timedelta(seconds=5))
def seal_streams(at: datetime) -> None:
    """Take new rows into the trees, and bind the private ones to the public one."""
    for name in StreamName.values:
        seal(name, at=at)
    anchor(at=at)


@jobs.recurring("ledger.head", every=timedelta(seconds=5))
def sign_head(at: datetime) -> None:
    """Sign the public tree when it is time to."""
    make_head(at=at)


@jobs.recurring("ledger.publish", every=timedelta(seconds=5))
def publish_files(at: datetime) -> None:
    """Write the files of new heads."""
    publish(at=at)


@jobs.recurring("ledger.tell", every=timedelta(minutes=1))
def tell_of_stops(at: datetime) -> None:
    """Tell administrators that something is not sealed any more, again each day."""
    tell_stopped(at=at)


@jobs.recurring("ledger.want_seals", every=timedelta(minutes=5))
def ask_for_seals(at: datetime) -> None:
    """Wake the signer where heads wait for the province's seal."""
    want_seals(at=at)


@jobs.recurring(SEAL, every=timedelta(days=1), runner=jobs.SIGNER)
def bring_seals(at: datetime) -> None:
    """Have the seal sign new heads; publishing them has not waited for it."""
    seal_heads(at=at)


@jobs.recurring("ledger.want_stamps", every=timedelta(minutes=10))
def ask_for_stamps(at: datetime) -> None:
    """Wake the signer where heads wait for a time stamp that can be had."""
    want_stamps(at=at)


@jobs.recurring(STAMP, every=timedelta(days=1), runner=jobs.SIGNER)
def bring_stamps(at: datetime) -> None:
    """Have new heads stamped; sealing and signing them has not waited for it."""
    stamp_heads(at=at)
