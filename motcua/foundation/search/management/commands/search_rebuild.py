"""Write the search entries of one or all kinds again."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from motcua.foundation.search import api as search


class Command(BaseCommand):
    help = "Lập lại chỉ mục tìm kiếm từ dữ liệu gốc (một loại, hoặc tất cả)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kinds", nargs="*", help="loại, ví dụ: dossier; bỏ trống là tất cả")

    def handle(self, *args: str, **options: list[str]) -> None:  # noqa: ARG002 -- Django's shape
        for kind in options["kinds"] or sorted(search.sources):
            try:
                self.stdout.write(f"{kind}: {search.rebuild(kind)} mục")
            except search.NoSuchSource as error:
                raise CommandError(str(error)) from error
