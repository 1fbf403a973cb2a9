"""An agency for trying, and a key for the application that tries."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from demo.cast import founder
from demo.offices import PROVINCE
from demo.sandbox import open_sandbox
from motcua.foundation.organisation import api as organisation
from motcua.lib.clock import now


class Command(BaseCommand):
    """Open the sandbox and print what is needed; the key is shown once, the former one ends."""

    help = "Cơ quan thử nghiệm của tỉnh mẫu và khóa mới cho ứng dụng thử (khóa cũ hết hiệu lực)."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 -- Django's signature
        """Print the agency, its desk and the key."""
        if organisation.tree().agency_by_code(PROVINCE) is None:
            raise CommandError("Chưa có tỉnh mẫu; hãy chạy ./run demo trước.")
        made = open_sandbox(by=founder(), at=now())
        self.stdout.write(f"Cơ quan thử nghiệm: {made.agency_code}; một cửa: {made.desk_code}")
        self.stdout.write(f"Khóa của ứng dụng (chỉ hiện lần này): {made.key}")
        self.stdout.write("Hồ sơ ở đây không tính vào số liệu. Xem docs/reference/sandbox.md.")
