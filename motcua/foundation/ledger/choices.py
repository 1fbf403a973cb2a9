"""The closed lists of the ledger; kinds of leaves are words of the public form and never change."""

from enum import StrEnum

from django.db.models import TextChoices

from motcua.lib.tongue import said


class LeafKind(StrEnum):
    """Which fact a leaf of the public stream states."""

    RECEIVED = "received"
    PROMISED = "promised"
    PAUSED = "paused"
    RESUMED = "resumed"
    REDATED = "redated"
    DECIDED = "decided"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    STOPPED = "stopped"
    REFUSED = "refused"
    DOC_RECEIVED = "doc_received"
    DOC_ISSUED = "doc_issued"
    DOC_RECALLED = "doc_recalled"
    DOC_REPLACED = "doc_replaced"
    ANCHOR = "anchor"

    @property
    def label(self) -> str:
        """Return the fact in Vietnamese."""
        return _LABELS[self]


_LABELS = {
    LeafKind.RECEIVED: said("Tiếp nhận"),
    LeafKind.PROMISED: said("Hẹn trả"),
    LeafKind.PAUSED: said("Tạm dừng thời hạn"),
    LeafKind.RESUMED: said("Tính tiếp thời hạn"),
    LeafKind.REDATED: said("Đổi ngày hẹn"),
    LeafKind.DECIDED: said("Có kết quả"),
    LeafKind.RETURNED: said("Trả kết quả"),
    LeafKind.WITHDRAWN: said("Người nộp rút"),
    LeafKind.STOPPED: said("Dừng giải quyết"),
    LeafKind.REFUSED: said("Không tiếp nhận"),
    LeafKind.DOC_RECEIVED: said("Văn bản đến vào sổ"),
    LeafKind.DOC_ISSUED: said("Phát hành văn bản"),
    LeafKind.DOC_RECALLED: said("Thu hồi văn bản"),
    LeafKind.DOC_REPLACED: said("Thay thế văn bản"),
    LeafKind.ANCHOR: said("Niêm phong nhật ký"),
}


DOCUMENTS = frozenset(
    {
        LeafKind.DOC_RECEIVED,
        LeafKind.DOC_ISSUED,
        LeafKind.DOC_RECALLED,
        LeafKind.DOC_REPLACED,
    }
)


class StreamName(TextChoices):
    """The sealed streams; the first is public, the others are anchored in it."""

    PROMISES = "promises", said("Sổ cam kết")
    TRAIL = "trail", said("Nhật ký việc làm")
    LOOKS = "looks", said("Nhật ký xem dữ liệu")


ANCHORED = (StreamName.TRAIL, StreamName.LOOKS)


class StreamState(TextChoices):
    """Whether a stream is being sealed."""

    SEALING = "sealing", "Đang niêm phong"
    STOPPED = "stopped", "Đã dừng"


class SignerKind(TextChoices):
    """Who signed a head: we ourselves, or another agency that saw it."""

    OWN = "own", "Cơ quan giữ sổ"
    COUNTER = "counter", "Cơ quan ký chứng kiến"
