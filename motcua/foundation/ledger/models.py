"""Leaves, the trees they are sealed into, the heads that were signed, and who signed them."""

from django.db import models
from django.db.models import Q

from .choices import SignerKind, StreamName, StreamState


class Leaf(models.Model):
    """One fact of the public stream, written in the act's own transaction; never changed.

    Kept for good. Its key is the order for the sealer, (epoch, transaction, id): columns the
    database fills in itself. `subject` and `seq` are private; `public` and `commitment` are what
    is published.
    """

    kind = models.CharField("việc", max_length=20)
    subject = models.CharField("đối tượng", max_length=60)
    seq = models.PositiveIntegerField("thứ tự")
    at = models.DateTimeField("lúc")
    public = models.BinaryField("phần công khai")
    commitment = models.BinaryField("phần cam kết")

    class Meta:
        db_table = "ledger_leaf"

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}#{self.seq}"


class Stream(models.Model):
    """How far one stream is sealed; its lock makes the sealer the only one.

    `epoch`, `xid` and `row_id` name the latest row taken. Stopped, it stays so until somebody
    has looked into it.
    """

    name = models.CharField("dòng", max_length=12, primary_key=True, choices=StreamName.choices)
    size = models.PositiveBigIntegerField("số lá", default=0)
    root = models.BinaryField("gốc", default=b"")
    epoch = models.PositiveIntegerField("thời kỳ", default=0)
    xid = models.PositiveBigIntegerField("giao dịch", default=0)
    row_id = models.PositiveBigIntegerField("dòng cuối", default=0)
    state = models.CharField(
        "tình trạng", max_length=8, choices=StreamState.choices, default=StreamState.SEALING
    )
    stopped_at = models.DateTimeField("dừng lúc", null=True)
    stopped_why = models.CharField("vì sao dừng", max_length=500, blank=True)
    anchored_size = models.PositiveBigIntegerField("đã niêm phong vào sổ", default=0)
    anchored_at = models.DateTimeField("niêm phong lúc", null=True)
    published_size = models.PositiveBigIntegerField("đã công bố", default=0)
    told_at = models.DateTimeField("đã báo dừng lúc", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ledger_stream_is_known", condition=Q(name__in=StreamName.values)
            ),
            models.CheckConstraint(
                name="ledger_stopped_says_why",
                condition=Q(state=StreamState.SEALING, stopped_at__isnull=True)
                | Q(state=StreamState.STOPPED, stopped_at__isnull=False) & ~Q(stopped_why=""),
            ),
            models.CheckConstraint(
                name="ledger_published_is_sealed",
                condition=Q(published_size__lte=models.F("size")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.size}"


class Total(models.Model):
    """How many facts of one kind one agency has in a month, counted as their leaves are sealed.

    Anybody can count them again from the published leaves; `verify` does.
    """

    pk = models.CompositePrimaryKey("agency_code", "month", "kind")
    agency_code = models.CharField("mã cơ quan", max_length=35)
    month = models.CharField("tháng", max_length=7)
    kind = models.CharField("việc", max_length=20)
    count = models.PositiveBigIntegerField("số lượng")

    def __str__(self) -> str:
        return f"{self.agency_code} {self.month} {self.kind}: {self.count}"


class Placed(models.Model):
    """Which row stands at which place of a tree; given by the sealer, in order, for good."""

    pk = models.CompositePrimaryKey("stream", "tree_index")
    stream = models.CharField("dòng", max_length=12, choices=StreamName.choices)
    tree_index = models.PositiveBigIntegerField("vị trí")
    row_epoch = models.PositiveIntegerField("thời kỳ")
    row_xid = models.PositiveBigIntegerField("giao dịch")
    row_id = models.PositiveBigIntegerField("dòng dữ liệu")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="ledger_placed_once", fields=["stream", "row_id"]),
        ]

    def __str__(self) -> str:
        return f"{self.stream}[{self.tree_index}]"


class Tile(models.Model):
    """Up to 256 hashes of one level of a tree; it only grows, and full it never changes."""

    pk = models.CompositePrimaryKey("stream", "level", "number")
    stream = models.CharField("dòng", max_length=12, choices=StreamName.choices)
    level = models.PositiveSmallIntegerField("tầng")
    number = models.PositiveBigIntegerField("số")
    hashes = models.BinaryField("các dấu")

    def __str__(self) -> str:
        return f"{self.stream} {self.level}/{self.number}"


class Head(models.Model):
    """How far a tree had grown at one moment, as it was signed and published; never changed."""

    pk = models.CompositePrimaryKey("stream", "size")
    stream = models.CharField("dòng", max_length=12, choices=StreamName.choices)
    size = models.PositiveBigIntegerField("số lá")
    root = models.BinaryField("gốc")
    at = models.DateTimeField("lúc")
    previous_size = models.PositiveBigIntegerField("số lá lần trước", default=0)
    text = models.TextField("lời được ký", blank=True)

    def __str__(self) -> str:
        return f"{self.stream}@{self.size}"


class HeadKey(models.Model):
    """A public key whose owner signs heads: our own, or of an agency that countersigns."""

    name = models.CharField("người ký", max_length=120)
    kind = models.CharField("tư cách", max_length=8, choices=SignerKind.choices)
    public_key = models.BinaryField("khóa công khai")
    sha256 = models.CharField("dấu của khóa", max_length=64, unique=True)
    added_at = models.DateTimeField("thêm lúc")
    ended_at = models.DateTimeField("thôi dùng lúc", null=True)

    def __str__(self) -> str:
        return f"{self.name} ({self.kind})"


class HeadSignature(models.Model):
    """One signature under one head."""

    size = models.PositiveBigIntegerField("số lá")
    key = models.ForeignKey(HeadKey, on_delete=models.PROTECT, related_name="+")
    signature = models.BinaryField("chữ ký")
    at = models.DateTimeField("lúc")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="ledger_signed_once", fields=["size", "key"]),
        ]

    def __str__(self) -> str:
        return f"{self.size} ({self.key_id})"


class HeadStamp(models.Model):
    """A time stamp (RFC 3161) over one public head: it was there at that moment; never changed."""

    size = models.PositiveBigIntegerField("số lá", primary_key=True)
    token = models.BinaryField("dấu thời gian")
    at = models.DateTimeField("lấy lúc")

    def __str__(self) -> str:
        return f"{self.size}"
