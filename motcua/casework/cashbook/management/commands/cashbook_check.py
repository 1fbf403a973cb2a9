"""Say whether the books are in balance; the exit code is 1 if they are not."""

from django.core.management.base import BaseCommand

from motcua.casework.cashbook.api import out_of_balance


class Command(BaseCommand):
    """Name each entry, sum or drawer that cannot be."""

    help = "Kiểm tra sổ quỹ: bút toán cân, số dồn đúng, ca thu đã đóng không còn tiền."

    def handle(self, *_args: object, **_options: object) -> None:
        """Check and tell."""
        faults = out_of_balance()
        for fault in faults:
            self.stdout.write(fault.words)
        if faults:
            raise SystemExit(1)
        self.stdout.write("Sổ quỹ cân: mọi bút toán, số dồn và ca thu khớp nhau.")
