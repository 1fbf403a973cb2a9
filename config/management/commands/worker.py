"""The worker process: tells facts to those who listen and does recurring work."""

import logging
import signal
import socket
import threading
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections, connection

from motcua.foundation.jobs import api as jobs
from motcua.foundation.outbox import api as outbox
from motcua.lib.clock import now

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 0.4  # a round costs the same for ten facts as for a hundred
PAUSE_AFTER_FAILURE = 2.0
JOBS_EVERY = timedelta(seconds=5)


class Command(BaseCommand):
    """Run until told to stop; a lost database is waited for."""

    help = "Tiến trình nền: chuyển sự kiện, gửi tin, làm việc định kỳ."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--name",
            default=f"worker@{socket.gethostname()}",
            help="tên để theo dõi; đặt khác nhau nếu một máy chạy nhiều tiến trình nền",
        )
        parser.add_argument("--once", action="store_true", help="làm hết việc đang chờ rồi dừng")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Work in rounds; rest unless more is waiting than one round can take."""
        stopped = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stopped.set())
        if options["once"]:
            drain()
            return
        jobs_due = now()
        while not stopped.is_set():
            moved, jobs_due = _round(options["name"], jobs_due)
            if moved < outbox.BATCH:
                stopped.wait(PAUSE_SECONDS if moved >= 0 else PAUSE_AFTER_FAILURE)


def drain() -> int:
    """Tell everything that is waiting and do all due jobs; return how many facts moved."""
    jobs.run_due(at=now())
    total = 0
    while moved := outbox.catch_up(at=now()):
        total += moved
    return total


def _round(name: str, jobs_due: datetime) -> tuple[int, datetime]:
    """Do one round; return how many facts moved (-1: no database) and when jobs are due."""
    at = now()
    try:
        close_old_connections()
        moved = outbox.catch_up(at=at)
        if at >= jobs_due:
            jobs.beat(name, at=at)
            jobs.run_due(at=at)
            jobs_due = at + JOBS_EVERY
    except OperationalError:
        logger.warning("database_away")
        connection.close()
        return -1, jobs_due
    return moved, jobs_due
