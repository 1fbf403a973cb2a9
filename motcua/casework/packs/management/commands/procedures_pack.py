"""Write procedures as packs: folders of text files, or one ZIP of them."""

from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from motcua.casework.packs.api import (
    MANIFEST,
    SIGNATURE,
    is_known,
    pack_of,
    read_folder,
    renewed,
    to_sign,
    write_zip,
)
from motcua.casework.procedures.api import part_of
from motcua.lib.clock import local_day, now
from motcua.lib.errors import Anticipated


class Command(BaseCommand):
    """Write packs; with an account, sign them."""

    help = "Xuất thủ tục thành gói: thư mục tệp văn bản, hoặc một tệp ZIP; ký số nếu nêu người ký."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("codes", nargs="*", metavar="MÃ", help="mã thủ tục, như 1.001193")
        parser.add_argument("--to", type=Path, metavar="THƯ-MỤC|TỆP.zip", help="ghi vào đây")
        parser.add_argument("--number", type=int, metavar="SỐ", help="phiên bản số mấy")
        parser.add_argument("--as", dest="account", help="tên đăng nhập người ký gói")
        parser.add_argument(
            "--renew", type=Path, metavar="THƯ-MỤC", help="lập lại bản kê của các gói đã sửa tay"
        )

    def handle(self, *_args: object, **options: Any) -> None:
        """Write, or say why not."""
        try:
            packs = self.packs(options)
            if options["account"]:
                packs = {
                    code: signed(code, files, options["account"]) for code, files in packs.items()
                }
            self.write(packs, options["to"] or options["renew"])
        except Anticipated as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(
                f"Không đọc, ghi được {error.filename}: {error.strerror}."
            ) from error

    def packs(self, options: Mapping[str, Any]) -> dict[str, Mapping[str, bytes]]:
        """Return the packs that are asked for, by the name of their folder."""
        codes: Sequence[str] = options["codes"]
        if bool(codes) == bool(options["renew"]):
            raise CommandError("Hãy nêu mã thủ tục, hoặc --renew THƯ-MỤC.")
        if options["renew"]:
            return {folder: anew(files) for folder, files in read_folder(options["renew"]).items()}
        if not options["to"]:
            raise CommandError("Hãy nêu nơi ghi: --to THƯ-MỤC hoặc --to TỆP.zip.")
        today = local_day(now())
        return {code: pack_of(code, on=today, number=options["number"]) for code in codes}

    def write(self, packs: Mapping[str, Mapping[str, bytes]], target: Path) -> None:
        """Write the packs and say where."""
        if target.suffix.lower() == ".zip":
            target.write_bytes(write_zip(dict(packs)))
            self.stdout.write(f"Đã ghi {len(packs)} gói vào {target}.")
            return
        for folder, files in packs.items():
            write_folder(target / folder, files)
            self.stdout.write(f"Đã ghi {target / folder}: {len(files)} tệp.")


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write one pack; a file of an earlier one that is in it no more goes, nobody else's."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MANIFEST).is_file():
        raise CommandError(f"{folder} không trống và không phải gói thủ tục; chưa ghi gì.")
    earlier = [path for path in folder.rglob("*") if path.is_file()] if folder.exists() else []
    for path in earlier:
        name = path.relative_to(folder).as_posix()
        if name not in files and is_known(name):
            path.unlink()
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def anew(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return a pack that was edited by hand with its manifest made anew; a signature is gone."""
    text = files.get("procedure.yaml", b"").decode(errors="replace")
    code, name = part_of(text, "code"), part_of(text, "name")
    if not isinstance(code, str) or not isinstance(name, str):
        raise CommandError("procedure.yaml: thiếu mục “code” hoặc “name” (để trong dấu nháy).")
    kept = {file: content for file, content in files.items() if file != SIGNATURE}
    return renewed(kept, code, name)


def signed(code: str, files: Mapping[str, bytes], account: str) -> Mapping[str, bytes]:
    """Return the pack with a signature over its manifest, by the key of an account."""
    with TemporaryDirectory() as place:
        source, target = Path(place) / f"goi-{code}.xml", Path(place) / SIGNATURE
        source.write_bytes(to_sign(files[MANIFEST], part_of(files[MANIFEST].decode(), "code")))
        call_command("sign", str(source), "--as", account, "--out", str(target))
        whole = {**files, SIGNATURE: target.read_bytes()}
    return {name: whole[name] for name in sorted(whole)}
