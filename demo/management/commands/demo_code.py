"""The six digits with which the demo's administrator signs in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from demo.accounts import administrator_code_now


class Command(BaseCommand):
    """Say what the administrator's authenticator would show."""

    help = "Mã 6 số lúc này của tài khoản quantri trong tỉnh mẫu."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Print the code, or say that there is no demo here."""
        code = administrator_code_now()
        if not code:
            raise CommandError("Chưa có tỉnh mẫu; hãy chạy ./run demo trước.")
        self.stdout.write(code)
