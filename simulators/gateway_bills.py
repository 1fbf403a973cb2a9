"""What the plays of gateways keep: each attempt to pay, what became of it, what was told."""

import json
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import RLock

from motcua.lib.clock import local, now

OPEN, PAID, FAILED = "open", "paid", "failed"
SHOP, SECRET = "MOTCUA01", "khoa-cong-minh-hoa-cua-dien-bien"
FAULTS = {
    "": "Chạy bình thường",
    "late": "Báo muộn",
    "doubled": "Báo hai lần cùng lúc",
    "amount": "Báo sai số tiền (thừa 1.000 đồng)",
    "signature": "Báo sai chữ ký",
    "silent": "Im lặng: không báo gì, hỏi thì nói thật",
    "future": "Báo ngày giờ ở tương lai",
    "down": "Tạm dừng phục vụ (503)",
    "slow": "Trả lời rất chậm",
    "nonsense": "Trả lời một trang không hiểu được",
    "no_refund": "Từ chối hoàn tiền",
    "slow_refund": "Hoàn tiền chậm: lần đầu nói đang xử lý",
}
WRONG_BY = 1000


def stamp(days: int = 0) -> str:
    """Return the present moment as the gateways write it."""
    return f"{local(now()) + timedelta(days=days):%Y%m%d%H%M%S}"


@dataclass(slots=True)
class Bill:
    """One attempt to pay."""

    tongue: str
    ref: str
    amount: int
    words: str
    return_url: str
    client: str
    expires: str
    beside: dict[str, object] = field(default_factory=dict)
    state: str = OPEN
    code: str = ""
    number: str = ""
    paid_at: str = ""
    refunds: dict[str, int] = field(default_factory=dict)
    returned_at: dict[str, str] = field(default_factory=dict)
    waiting: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Return its name among those of all gateways."""
        return f"{self.tongue}:{self.ref}"


class Bills:
    """All attempts, kept in a file from one start to the next, and the fault that is on."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path = folder / "bills.json"
        self.lock = RLock()
        self.fault = ""
        self.rows: dict[str, Bill] = {}
        if self._path.exists():
            self.rows = {
                key: Bill(**row) for key, row in json.loads(self._path.read_text()).items()
            }

    def find(self, tongue: str, ref: str) -> Bill | None:
        """Return an attempt."""
        return self.rows.get(f"{tongue}:{ref}")

    def enter(self, bill: Bill) -> Bill:
        """Keep an attempt; one that is known already stays as it is."""
        with self.lock:
            known = self.rows.setdefault(bill.key, bill)
            self.save()
            return known

    def settle(self, bill: Bill, code: str) -> bool:
        """Say what became of an attempt, once; say whether this was the time."""
        with self.lock:
            if bill.state != OPEN:
                return False
            bill.code, bill.paid_at = code, stamp()
            bill.state = PAID if code == "00" else FAILED
            bill.number = f"{14_000_000 + len(self.rows)}{bill.paid_at[-4:]}"
            self.save()
            return True

    def give_back(self, bill: Bill, request: str, amount: int) -> str:
        """Return what becomes of a wish to give money back: "done", "waits" or "refused"."""
        with self.lock:
            if request in bill.refunds:
                return "done"
            given = sum(bill.refunds.values())
            if self.fault == "no_refund" or bill.state != PAID or amount + given > bill.amount:
                return "refused"
            if self.fault == "slow_refund" and request not in bill.waiting:
                bill.waiting.append(request)
                self.save()
                return "waits"
            bill.refunds[request], bill.returned_at[request] = amount, stamp()
            self.save()
            return "done"

    def note(self, bill: Bill, words: str) -> None:
        """Keep what was told and answered."""
        with self.lock:
            bill.told.append(f"{stamp()} {words}"[:300])
            self.save()

    def returned_on(self, tongue: str, day: str) -> list[tuple[Bill, str, int, str]]:
        """Return what a gateway gave back on a day: of which bill, its number, how much, when."""
        return [
            (one, f"{one.number}R{place}", amount, one.returned_at[request])
            for one in self.rows.values()
            if one.tongue == tongue
            for place, (request, amount) in enumerate(one.refunds.items(), start=1)
            if one.returned_at.get(request, "").startswith(day)
        ]

    def paid_on(self, tongue: str, day: str) -> list[Bill]:
        """Return what a gateway took on a day (yyyymmdd)."""
        return [
            one
            for one in self.rows.values()
            if one.tongue == tongue and one.state == PAID and one.paid_at.startswith(day)
        ]

    def save(self) -> None:
        """Write everything anew."""
        with self.lock:
            beside = self._path.with_suffix(".new")
            beside.write_text(json.dumps({key: asdict(one) for key, one in self.rows.items()}))
            beside.replace(self._path)
