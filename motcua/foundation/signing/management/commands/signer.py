"""The signer's process: the only one that opens keys and carries the engine of signatures."""

import logging
import os
import signal
import socket
import threading
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections, connection

from motcua.foundation.jobs import api as jobs
from motcua.foundation.signing.operations.carrying import carry_on
from motcua.foundation.signing.operations.containers import seal_container
from motcua.foundation.signing.operations.examinations import examine_due
from motcua.foundation.signing.operations.lifting import MOST, lift_due
from motcua.foundation.signing.operations.own_carrying import carry_own
from motcua.foundation.signing.operations.sealing_reports import seal_reports
from motcua.foundation.signing.operations.sealing_xml import seal_documents
from motcua.foundation.signing.operations.sending import send_on
from motcua.foundation.signing.ports import let_seal, let_seal_xml
from motcua.lib.clock import now

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 0.4
LOOKED_AT_ONCE = 8
PAUSE_AFTER_FAILURE = 2.0
BEAT_EVERY_S = JOBS_EVERY_S = 5.0
CALLED_IN_VAIN_S = 10.0


def work_on(most_lifted: int = MOST) -> int:
    """Take what is due a step further: signatures, looks at files, levels; return how much."""
    signed = carry_on(at=now()) + send_on(at=now()) + carry_own(at=now())
    # What people wait for that is no signature of an officer: some of each, in turns.
    looked = signed or examine_due(at=now(), most=LOOKED_AT_ONCE) + seal_reports(at=now())
    return looked or lift_due(at=now(), most=most_lifted)


class Command(BaseCommand):
    """Run until told to stop, or until nothing came for a while; a lost database is waited for.

    Called by the worker it ends after a while and is not expected to say that it lives.
    """

    help = "Tiến trình ký số: mở khóa trên máy chủ, ký và đóng dấu những văn bản đang chờ."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--name",
            default=f"signer@{socket.gethostname()}",
            help="tên để theo dõi; đặt khác nhau nếu một máy chạy nhiều tiến trình ký",
        )
        parser.add_argument("--once", action="store_true", help="ký hết việc đang chờ rồi dừng")
        parser.add_argument(
            "--idle",
            type=float,
            default=0.0,
            metavar="GIÂY",
            help="dừng khi không có việc trong bấy nhiêu giây; tiến trình nền gọi lại khi cần",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Work in rounds; rest when nothing is waiting."""
        let_seal(seal_container)
        let_seal_xml(seal_documents)
        if options["once"]:
            while work_on():
                continue
            return
        stopped = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stopped.set())
        if options["idle"]:
            work_until_idle(stopped, options["idle"])
        else:
            stay(stopped, options["name"])


def work_until_idle(stopped: threading.Event, idle: float) -> None:
    """Work in rounds until nothing came for so many seconds, or whoever called us is gone.

    Who was called for recurring work alone, and finds no document, stays for a few seconds only.
    """
    caller, jobs_at = os.getppid(), 0.0
    worked_at = monotonic() - max(idle - CALLED_IN_VAIN_S, 0.0)
    while not stopped.is_set() and os.getppid() == caller and monotonic() - worked_at < idle:
        is_time = monotonic() >= jobs_at
        if work_round(stopped, with_jobs=is_time) > 0:
            worked_at = monotonic()
        if is_time:
            jobs_at = monotonic() + JOBS_EVERY_S


def stay(stopped: threading.Event, name: str) -> None:
    """Work in rounds, saying now and then that this process lives."""
    beat_at = 0.0
    while not stopped.is_set():
        if monotonic() >= beat_at:
            work_round(stopped, beat_as=name, with_jobs=True)
            beat_at = monotonic() + BEAT_EVERY_S
        else:
            work_round(stopped)


def work_round(stopped: threading.Event, beat_as: str = "", *, with_jobs: bool = False) -> int:
    """Do one round and rest; return how many were worked on (-1: no database)."""
    try:
        close_old_connections()
        if beat_as:
            jobs.beat(beat_as, at=now())
        if with_jobs:
            jobs.run_due(at=now(), runner=jobs.SIGNER)
        done = work_on(most_lifted=1)
    except OperationalError:
        logger.warning("database_away")
        connection.close()
        done = -1
    if done <= 0:
        stopped.wait(PAUSE_SECONDS if done == 0 else PAUSE_AFTER_FAILURE)
    return done
