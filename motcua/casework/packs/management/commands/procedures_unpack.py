"""Take packs in: say what they would change, or make drafts of them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from motcua.casework.packs.api import (
    Judged,
    Pack,
    ReceivedPack,
    Signed,
    Standing,
    Turn,
    check_packs,
    import_packs,
    read_folder,
    read_zip,
    standing_of,
)
from motcua.foundation.access import api as access
from motcua.foundation.identity import api as identity
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day, now
from motcua.lib.errors import Anticipated


class Command(BaseCommand):
    """Read, compare; without --check make drafts, never more."""

    help = "Nhập gói thủ tục vào bản thảo; với --check chỉ nói gói mới gì, sửa gì, sai gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument(
            "path", type=Path, metavar="THƯ-MỤC|TỆP.zip", help="gói, hoặc nhiều gói"
        )
        parser.add_argument("--check", action="store_true", help="chỉ kiểm tra, không thay đổi gì")
        parser.add_argument("--as", dest="account", help="tên đăng nhập người nhập")

    def handle(self, *_args: object, **options: Any) -> None:
        """Check and tell, or take in and tell."""
        path: Path = options["path"]
        at = now()
        try:
            folders = read_folder(path) if path.is_dir() else read_zip(path.read_bytes())
            if options["check"]:
                for pack, judged in check_packs(folders, at=at):
                    self.tell(pack, judged, standing_of(pack, on=local_day(at)))
                return
            by = importer_named(options["account"])
            for received, standing in import_packs(folders, by=by, at=at):
                self.tell_done(received, standing)
        except Anticipated as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"Không đọc được {path}: {error.strerror}.") from error

    def tell_done(self, received: ReceivedPack, standing: Standing) -> None:
        """Say which draft a pack became."""
        number = received.version.number if received.version else 0
        signed = Signed(received.signed).label
        self.stdout.write(f"{received.code}: đã đưa vào phiên bản số {number}. {signed}.")
        for words in standing.warnings:
            self.stdout.write(f"  Lưu ý: {words}")

    def tell(self, pack: Pack, judged: Judged, standing: Standing) -> None:
        """Say what a pack would change here."""
        self.stdout.write(f"{pack.code} {pack.head.name}")
        who = f": {judged.signer}" if judged.signer else ""
        words = f" {judged.words}" if judged.state != Signed.TRUSTED else ""
        self.stdout.write(f"  {judged.state.label}{who}.{words}")
        for part in standing.parts:
            if part.turn != Turn.SAME:
                self.stdout.write(f"  {part.turn.label}: {part.file}")
        if standing.is_same:
            self.stdout.write("  Không khác gì ở đây.")
        for words in (*standing.replaces, *standing.warnings):
            self.stdout.write(f"  Lưu ý: {words}")


def importer_named(name: str | None) -> Actor:
    """Return who takes packs in. Raises: CommandError."""
    account = identity.find_account(name) if name else None
    if account is None:
        raise CommandError("Hãy nêu người nhập bằng --as TÊN-ĐĂNG-NHẬP (người soạn thủ tục).")
    return access.actor_now(account.pk, at=now()).actor
