"""The worker process: tells facts to those who listen, does recurring work, calls the signer."""

import logging
import signal
import socket
import threading
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections, connection

from config.collector import spare_what_stays
from config.oncall import OnCall
from motcua.foundation.jobs import api as jobs
from motcua.foundation.outbox import api as outbox
from motcua.foundation.signing import api as signing
from motcua.lib.clock import now

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 0.4  # a round costs the same for ten facts as for a hundred
PAUSE_AFTER_FAILURE = 2.0
JOBS_EVERY = timedelta(seconds=5)


class Command(BaseCommand):
    """Run until told to stop; a lost database is waited for."""

    help = "Tiến trình nền: chuyển sự kiện, gửi tin, làm việc định kỳ, gọi tiến trình ký."
    requires_system_checks: list[str] = []  # it is to be back at once after a fall

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--name",
            default=f"worker@{socket.gethostname()}",
            help="tên để theo dõi; đặt khác nhau nếu một máy chạy nhiều tiến trình nền",
        )
        parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi dừng")
        parser.add_argument(
            "--no-signer",
            action="store_true",
            help="không tự gọi tiến trình ký: khóa ở máy hay tài khoản khác, nơi chạy lệnh signer",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Work in rounds; rest unless more is waiting than one round can take."""
        if options["once"]:
            drain()
            return
        spare_what_stays()
        stopped = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stopped.set())
        signer = OnCall(is_anything_to_sign if not options["no_signer"] else bool)
        threading.Thread(target=go_outside, args=[stopped], daemon=True).start()
        try:
            rounds(options["name"], stopped, signer)
        finally:
            signer.end()


def go_outside(stopped: threading.Event) -> None:
    """Do what waits for strangers, beside the rounds: a partner that is away holds up nothing."""
    while not stopped.is_set():
        try:
            close_old_connections()
            jobs.run_due(at=now(), runner=jobs.OUTSIDE)
        except Exception:  # a thread that ended would leave its work undone for ever, in silence
            logger.warning("outside_waits", exc_info=True)
            connection.close()
        stopped.wait(JOBS_EVERY.total_seconds())
    connection.close()


def rounds(name: str, stopped: threading.Event, signer: OnCall) -> None:
    jobs_due = now()
    while not stopped.is_set():
        moved, jobs_due = _round(name, jobs_due, signer)
        if moved < outbox.BATCH:
            stopped.wait(PAUSE_SECONDS if moved >= 0 else PAUSE_AFTER_FAILURE)


def is_anything_to_sign() -> bool:
    at = now()
    return signing.is_work_due(at) or jobs.is_job_due(at, runner=jobs.SIGNER)


def drain() -> int:
    """Tell everything that is waiting and do all due jobs; return how many facts moved."""
    jobs.run_due(at=now())
    jobs.run_due(at=now(), runner=jobs.OUTSIDE)
    total = 0
    while moved := outbox.catch_up(at=now()):
        total += moved
    return total


def _round(name: str, jobs_due: datetime, signer: OnCall) -> tuple[int, datetime]:
    """Do one round; return how many facts moved (-1: no database) and when jobs are due."""
    at = now()
    try:
        close_old_connections()
        moved = outbox.catch_up(at=at)
        if at >= jobs_due:
            jobs.beat(name, at=at)
            jobs.run_due(at=at)
            jobs_due = at + JOBS_EVERY
        signer.look()
    except OperationalError:
        logger.warning("database_away")
        connection.close()
        return -1, jobs_due
    except Exception:  # what comes after this round must not wait for somebody to start us again
        logger.exception("round_failed")
        connection.close()
        return -1, jobs_due
    return moved, jobs_due
