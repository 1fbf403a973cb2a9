"""Give the newest rows a word index of their own, where all are many millions."""

from django.core.management.base import BaseCommand

from motcua.foundation.search import api as search


class Command(BaseCommand):
    help = "Lập chỉ mục riêng cho các mục mới nhất khi có từ ba triệu mục (mỗi ngày tự xét một lần)"

    def handle(self, *args: str, **options: object) -> None:  # noqa: ARG002 -- Django's shape
        made = search.keep_recent()
        self.stdout.write("đã lập chỉ mục mới" if made else "chưa cần lập chỉ mục mới")
