"""One sentence for each order: what was asked, what came, where the money is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from motcua.casework.payments.choices import OrderState, RefundState
from motcua.lib.clock import local
from motcua.lib.money import in_dong

from .states import Sums

S, R = OrderState, RefundState


@dataclass(frozen=True, slots=True)
class Story:
    """What the sentence is made of."""

    code: str
    state: OrderState
    sums: Sums
    is_typed: bool = False
    expires_at: datetime | None = None
    ways: Sequence[str] = ()
    came: int = 0
    is_late: bool = False
    refunds: Sequence[tuple[RefundState, int]] = ()
    attempts: int = 0


def explain_story(story: Story) -> str:
    """Return the sentence."""
    parts = [_asked(story), *_came(story), *_where(story), *_refunds(story)]
    return f"Đơn {story.code} {'; '.join(parts)}."


def _asked(story: Story) -> str:
    amount = in_dong(story.sums.amount_vnd)
    if story.is_typed:
        return f"ghi lại {amount} đã thu bằng biên lai giấy"
    return f"yêu cầu nộp {amount}"


def _came(story: Story) -> Iterator[str]:
    sums = story.sums
    got = sums.applied_vnd + sums.over_vnd + sums.refunded_vnd
    if story.is_typed:
        return
    if not got:
        yield "chưa nhận được tiền"
        return
    times = f" qua {story.came} lần" if story.came > 1 else ""
    late = ", có khoản nộp sau hạn" if story.is_late else ""
    yield f"đã nhận {in_dong(got)}{times} ({', '.join(story.ways)}){late}"


def _where(story: Story) -> Iterator[str]:
    sums = story.sums
    if sums.is_cancelled:
        yield "đơn đã hủy" + (", tiền đã nhận phải trả lại" if sums.over_vnd else "")
    elif sums.over_vnd:
        yield f"thừa {in_dong(sums.over_vnd)}, giữ riêng để trả lại"
    yield from _left(story)


def _left(story: Story) -> Iterator[str]:
    sums = story.sums
    left = sums.amount_vnd - sums.applied_vnd
    if left and story.state in {S.OPEN, S.PARTLY, S.EXPIRED}:
        yield f"còn phải nộp {in_dong(left)}{_until(story)}"
        if story.attempts:
            yield "đang hỏi lại đối tác thanh toán"
    if story.state == S.PAID and not story.is_typed:
        yield "đã nộp đủ, tiền đã vào sổ"


def _until(story: Story) -> str:
    if story.expires_at is None:
        return ""
    moment = f"{local(story.expires_at):%H:%M ngày %d/%m/%Y}"
    if story.state == S.EXPIRED:
        return f" nhưng đã hết hạn lúc {moment}; tiền đến muộn vẫn được ghi nhận"
    return f" trước {moment}"


_REFUND_WORDS = {
    R.ASKED: "đề nghị hoàn {} đang chờ người thứ hai duyệt",
    R.APPROVED: "đã duyệt hoàn {}, đang chi trả",
    R.FAILED: "hoàn {} qua đối tác không được, chờ chi cách khác",
    R.DONE: "đã hoàn {}",
    R.REFUSED: "đề nghị hoàn {} không được duyệt",
}


def _refunds(story: Story) -> Iterator[str]:
    for state, words in _REFUND_WORDS.items():
        total = sum(amount for one, amount in story.refunds if one == state)
        if total:
            yield words.format(in_dong(total))
