"""In which orders a kind of document may be signed, and what a policy means, in one sentence.

Source: docs/law/signatures.md
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from motcua.foundation.signing.choices import DocumentKind as D
from motcua.foundation.signing.choices import InitialBy, Level
from motcua.foundation.signing.choices import TurnRole as R

Order = tuple[R, ...]
_INITIALLED: Sequence[Order] = (
    (R.INITIAL, R.LEADER, R.SEAL),
    (R.INITIAL, R.INITIAL, R.LEADER, R.SEAL),
    (R.INITIAL, R.INITIAL, R.INITIAL, R.LEADER, R.SEAL),
)
# Who may give the initials of an order with as many of them: in this order.
INITIALLERS: Mapping[int, Sequence[tuple[InitialBy, ...]]] = {
    0: ((),),
    1: ((InitialBy.DRAFTER,), (InitialBy.UNIT_HEAD,), (InitialBy.OFFICE,)),
    2: (
        (InitialBy.DRAFTER, InitialBy.UNIT_HEAD),
        (InitialBy.DRAFTER, InitialBy.OFFICE),
        (InitialBy.UNIT_HEAD, InitialBy.OFFICE),
    ),
    3: ((InitialBy.DRAFTER, InitialBy.UNIT_HEAD, InitialBy.OFFICE),),
}
# A kind stands here from the day its signatures are really asked for.
ORDERS: Mapping[D, Sequence[Order]] = {
    D.OUTCOME: ((R.LEADER, R.SEAL), *_INITIALLED),
    D.VERIFICATION: ((R.SEAL,),),
    D.RECEIPT: ((R.SEAL,),),
    D.SLIP: ((R.SEAL,),),
    D.SUPPLEMENT: ((R.SEAL,),),
    D.REFUSAL: ((R.SEAL,),),
    D.APOLOGY: ((R.LEADER, R.SEAL), (R.SEAL,), *_INITIALLED),
    D.STOP: ((R.LEADER, R.SEAL), (R.SEAL,), *_INITIALLED),
    D.PROGRESS: ((R.SEAL,),),
    D.REGISTER: ((R.LEADER, R.SEAL), (R.SEAL,)),
}
# What seals itself is not lifted afterwards.
LEVELS: Mapping[D, Sequence[Level]] = {D.VERIFICATION: (Level.B_B,)}
_BY_ITSELF = "con dấu cơ quan được đóng tự động, không cấp số"
_BY_CLERK = "văn thư đóng dấu cơ quan"
SEALED_BY_CLERKS = frozenset({D.SUPPLEMENT, D.REFUSAL, D.APOLOGY, D.STOP, D.REGISTER})
_DOES = {
    R.LEADER: "người có thẩm quyền ký",
    R.SEAL: "văn thư cấp số, ghi ngày và đóng dấu cơ quan",
    R.COPY: "người có thẩm quyền ký bản sao",
    R.APPLICANT: "người nộp ký",
}
_FORCED = "Bắt buộc: không ký trên giấy được."
_FREE = "Chưa có chứng thư số thì vẫn làm bản không ký số được."
_APART = "Người đã ký nháy không ký ban hành."
_MEANS = {
    Level.B_B: "chữ ký kiểm tra được khi chứng thư còn hạn (B-B)",
    Level.B_T: "chữ ký kèm dấu thời gian, chứng minh được đã ký lúc chứng thư còn hạn (B-T)",
    Level.B_LT: "chữ ký kèm dấu thời gian và bằng chứng về chứng thư, kiểm tra được lâu dài (B-LT)",
    Level.B_LTA: "chữ ký lưu trữ vĩnh viễn, dấu thời gian được gia hạn trước khi hết hạn (B-LTA)",
}


@dataclass(frozen=True, slots=True)
class PolicyInfo:
    """What one row of policy says."""

    document_kind: D
    agency_id: int
    procedure_code: str
    level: Level
    turns: Order
    is_required: bool
    valid_from: date
    valid_to: date | None
    initials: tuple[InitialBy, ...] = ()
    is_apart: bool = True

    def holds_on(self, day: date) -> bool:
        """Say whether it counts on that day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


def signed_by_people() -> Sequence[D]:
    """Return the kinds of documents somebody signs in person: rights to sign speak of these."""
    led = [kind for kind, orders in ORDERS.items() if any(R.LEADER in one for one in orders)]
    return (*led, D.MODULE_PDF, D.XML)


def order_words(
    turns: Sequence[R], kind: D | None = None, initials: Sequence[InitialBy] = ()
) -> str:
    """Return in words who signs after whom; `initials` says who gives each initial."""
    if tuple(turns) == (R.SEAL,):
        return _BY_CLERK if kind in SEALED_BY_CLERKS else _BY_ITSELF
    givers = iter(initials or [InitialBy.DRAFTER] * len(turns))
    said = [f"{next(givers).label} ký nháy" if r == R.INITIAL else _DOES[r] for r in turns]
    return ", rồi ".join(said)


def policy_words(policy: PolicyInfo, whose: str) -> str:
    """Return what a policy means; `whose` says of which agency and procedure."""
    until = f" đến hết {policy.valid_to:%d/%m/%Y}" if policy.valid_to else ""
    days = f"Từ {policy.valid_from:%d/%m/%Y}{until}"
    order = order_words(policy.turns, policy.document_kind, policy.initials)
    force = _FORCED if policy.is_required else _FREE
    kind = policy.document_kind.label.lower()
    apart = f" {_APART}" if policy.initials and policy.is_apart else ""
    return f"{days}, {kind} {whose}: {order}; {_MEANS[policy.level]}. {force}{apart}"
