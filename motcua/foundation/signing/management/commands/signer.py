"""The signer's process: the only one that opens keys and carries the engine of signatures."""

import logging
import signal
import socket
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import OperationalError, close_old_connections, connection

from motcua.foundation.jobs import api as jobs
from motcua.foundation.signing.operations.carrying import carry_on
from motcua.lib.clock import now

logger = logging.getLogger(__name__)
PAUSE_SECONDS = 0.4
PAUSE_AFTER_FAILURE = 2.0
BEAT_EVERY_ROUNDS = 12


class Command(BaseCommand):
    """Run until told to stop; a lost database is waited for."""

    help = "Tiến trình ký số: mở khóa trên máy chủ, ký và đóng dấu những văn bản đang chờ."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "--name",
            default=f"signer@{socket.gethostname()}",
            help="tên để theo dõi; đặt khác nhau nếu một máy chạy nhiều tiến trình ký",
        )
        parser.add_argument("--once", action="store_true", help="ký hết việc đang chờ rồi dừng")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Work in rounds; rest when nothing is waiting."""
        if options["once"]:
            while carry_on(at=now()):
                continue
            return
        stopped = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stopped.set())
        rounds = 0
        while not stopped.is_set():
            done = self.round(options["name"], is_beat=rounds % BEAT_EVERY_ROUNDS == 0)
            rounds += 1
            if done <= 0:
                stopped.wait(PAUSE_SECONDS if done == 0 else PAUSE_AFTER_FAILURE)

    def round(self, name: str, *, is_beat: bool) -> int:
        """Do one round; return how many were worked on (-1: no database)."""
        try:
            close_old_connections()
            if is_beat:
                jobs.beat(name, at=now())
            return carry_on(at=now())
        except OperationalError:
            logger.warning("database_away")
            connection.close()
            return -1
