"""Look at disk, clock, database, worker, outbox, certificates, scanner, mails and backups."""

import json
import sys
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from config.doctor import State, examine
from motcua.lib.clock import now


class Command(BaseCommand):
    """End with 1 if anything is broken, so that a watcher can call it."""

    help = "Khám hệ thống: đĩa, đồng hồ, sự kiện, việc định kỳ, chứng thư, vi-rút, sao lưu."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--json", action="store_true", help="cho máy đọc")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Print every finding."""
        findings = list(examine(now()))
        if options["json"]:
            self.stdout.write(json.dumps([asdict(one) for one in findings], ensure_ascii=False))
        else:
            for one in findings:
                self.stdout.write(f"{one.state.upper():<6} {one.what:<24} {one.says}")
        if any(one.state is State.BAD for one in findings):
            sys.exit(1)
