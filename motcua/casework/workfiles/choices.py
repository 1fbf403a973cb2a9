"""The closed lists of work files, with their Vietnamese labels."""

from django.db.models import TextChoices


class ListState(TextChoices):
    """Whether the yearly list of files is in force."""

    DRAFT = "draft", "Đang lập"
    APPROVED = "approved", "Đã ban hành"


class State(TextChoices):
    """Where a work file is; which may follow which stands in `rules/moves.py`."""

    OPEN = "open", "Đang lập"
    CLOSED = "closed", "Đã kết thúc"
    OFFERED = "offered", "Chờ lưu trữ nhận"
    HANDED_OVER = "handed_over", "Đã nộp lưu"


class ItemKind(TextChoices):
    """What lies in a work file."""

    DOCUMENT = "document", "Văn bản"
    DOSSIER = "dossier", "Hồ sơ thủ tục"
    TASK = "task", "Nhiệm vụ"
    FILE = "file", "Tài liệu"


class Act(TextChoices):
    """What may be done to a work file; each act is one move."""

    OPEN = "open", "Mở hồ sơ"
    CHANGE = "change", "Sửa thông tin"
    PUT_IN = "put_in", "Thêm vào hồ sơ"
    TAKE_OUT = "take_out", "Bỏ ra khỏi hồ sơ"
    ARRANGE = "arrange", "Sắp xếp, bổ sung thông tin"
    CARRY_OVER = "carry_over", "Chuyển cho nơi kế tục"
    ENTRUST = "entrust", "Giao người khác lập"
    CLOSE = "close", "Kết thúc hồ sơ"
    REOPEN = "reopen", "Mở lại hồ sơ"
    KEEP = "keep", "Giữ lại thêm"
    OFFER = "offer", "Lập danh sách nộp lưu"
    TAKE_BACK = "take_back", "Lưu trữ trả lại"
    HAND_OVER = "hand_over", "Nộp vào lưu trữ"


class ScopeRole(TextChoices):
    """Why a unit or person may know of a work file."""

    HOLDER = "holder", "Nơi lập hồ sơ"
    PERSON = "person", "Người lập hồ sơ"
    ABOVE = "above", "Cấp trên"
    ARCHIVE = "archive", "Lưu trữ"


class HandOverState(TextChoices):
    """How a hand-over to the archive stands."""

    OFFERED = "offered", "Chờ lưu trữ nhận"
    ACCEPTED = "accepted", "Đã giao nhận"
    RETURNED = "returned", "Lưu trữ trả lại"
