"""Recurring work of the ledger: seal, sign, publish. Acts never wait for any of it."""

from datetime import datetime, timedelta

from motcua.foundation.jobs import api as jobs

from .choices import StreamName
from .operations.heads import make_head
from .operations.publishing import publish
from .operations.sealing import anchor, seal


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
