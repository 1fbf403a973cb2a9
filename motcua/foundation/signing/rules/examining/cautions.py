"""What a reader should know of a signature beside its verdict."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from motcua.lib.tongue import sentence

WEAK_DIGESTS = ("md5", "sha1")
SHORTEST_RSA = 2048
_CLOCKS_DIFFER = timedelta(minutes=5)


def about_time(claimed: datetime | None, proven: datetime | None, at: datetime) -> Iterator[str]:
    """Yield what is doubtful about the moment."""
    if proven is None and claimed is None:
        yield sentence("Chữ ký không ghi giờ ký, cũng không có dấu thời gian.")
    elif proven is None:
        yield sentence("Giờ ký do máy của người ký ghi; không có dấu thời gian chứng minh.")
    elif claimed and abs(claimed - proven) > _CLOCKS_DIFFER:
        yield sentence("Giờ ghi trong chữ ký lệch với dấu thời gian hơn 5 phút.")
    if claimed and claimed > at + _CLOCKS_DIFFER:
        yield sentence("Giờ ghi trong chữ ký muộn hơn thời điểm kiểm tra.")


def about_strength(digest: str, key_kind: str, key_bits: int) -> Iterator[str]:
    """Yield what is too weak to rely on."""
    if digest in WEAK_DIGESTS:
        yield f"Dùng thuật toán băm cũ, không còn an toàn: {digest.upper()}."
    if key_kind == "rsa" and key_bits < SHORTEST_RSA:
        yield f"Khóa ngắn, không còn an toàn: RSA {key_bits} bit."
