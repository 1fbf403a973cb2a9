"""Everything the second site of the demo needs before its first page."""

from typing import Any

from django.core.management.base import BaseCommand

from demo import second
from demo.cast import founder
from motcua.lib.clock import now

from .demo_prepare import prepare_months


class Command(BaseCommand):
    """Build what is missing; quick when nothing is."""

    help = "Dựng hệ thống thứ hai của bản chạy thử: một tỉnh bạn nhỏ để liên thông văn bản."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Build, then say who one can be."""
        by, at = founder(), now()
        prepare_months(at)
        second.build(by=by, at=at)
        second.open_accounts(by=by, at=at)
        self.stdout.write(second.guide())
