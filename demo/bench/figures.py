"""The figures of the bench, the bars they must reach, and both as a table."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

LIVES = "cả vòng đời (6 việc)"
FILE, SERIES, RECEIVE = "nộp", "nộp, một dãy số", "tiếp nhận"
MEMORY, SIGN_IN, BESIDE = "bộ nhớ lúc nghỉ", "đăng nhập", "việc phải làm lúc đăng nhập dồn"
LIST, SEARCH, START, BYTES = "danh sách: ", "tìm ", "trang đầu: ", "dung lượng: "
PROVINCE = ", toàn tỉnh"
CALM, CLIENTS = 4, 16
HUNDRED, WHOLE = f"{LIST}100 hồ sơ (API)", f"{LIST}trọn một hồ sơ (API)"
_MOST_MS = {HUNDRED: 80, WHOLE: 40}  # bars of their own, for the calm hour


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. Units: per second; milliseconds; CPU milliseconds per act."""

    work: str
    rows: int
    clients: int
    rate: float = 0.0
    p50: float = 0.0
    p95: float = 0.0
    p99: float = 0.0
    failed: int = 0
    cpu_python: float = 0.0
    cpu_postgres: float = 0.0
    drained_s: float = 0.0
    amount: float = 0.0

    @property
    def cpu(self) -> float:
        """Return the processor time of one act, in ms."""
        return self.cpu_python + self.cpu_postgres


@dataclass(frozen=True, slots=True)
class Verdict:
    """One bar: what must be reached, what was found, and whether that is enough."""

    bar: str
    found: str
    is_held: bool


Check = Callable[[Row], bool]


def verdicts(found: Sequence[Row], rows: int) -> list[Verdict]:
    """Hold the figures at so many dossiers against the bars."""
    big = [row for row in found if row.rows == rows]
    return [*_acts(big), *_lives(found, rows), *_reads(big), *_rest(big)]


def _acts(big: Sequence[Row]) -> Iterator[Verdict]:
    for name in (FILE, RECEIVE):
        yield from _held(
            big,
            name,
            f"{name}: từ 200/giây, p95 dưới 120 ms",
            lambda r: r.rate >= 200 and r.p95 < 120,  # noqa: PLR2004 -- the bars themselves
        )
    yield from _held(big, SERIES, f"{SERIES}: từ 150/giây", lambda r: r.rate >= 150)  # noqa: PLR2004 -- the bar itself


def _lives(found: Sequence[Row], rows: int) -> Iterator[Verdict]:
    many = [row for row in found if row.work == LIVES and row.rows == rows]
    few = [row for row in found if row.work == LIVES and row.rows != rows]
    if many:
        rate = median(row.rate for row in many)
        yield Verdict("vòng đời: từ 60/giây", f"{rate:.0f}/giây", rate >= 60)  # noqa: PLR2004 -- the bar itself
        slowest = max(row.drained_s for row in many)
        yield Verdict("hộp thư đi cạn trong 60 giây", f"{slowest:.1f} giây", slowest <= 60)  # noqa: PLR2004 -- the bar itself
    if many and few:
        ratio = median(row.cpu for row in many) / median(row.cpu for row in few)
        words = f"CPU một việc so với cơ sở dữ liệu gần rỗng ({len(many)} lượt): tới 1,15 lần"
        yield Verdict(words, f"{ratio:.2f} lần", ratio <= 1.15)  # noqa: PLR2004 -- the bar itself


def _reads(big: Sequence[Row]) -> Iterator[Verdict]:
    for row in big:
        if row.work in _MOST_MS and row.clients != CALM:
            continue
        if row.work.startswith(LIST):
            most = _MOST_MS.get(row.work, 25 if row.clients == CALM else 60)
            bar = f"{row.work}, {row.clients} máy khách: p95 dưới {most} ms"
            yield Verdict(bar, f"{row.p95:.1f} ms", row.p95 < most)
        elif row.work.startswith(SEARCH):
            is_held = row.p50 <= 20 and row.p95 <= 60 and row.p99 <= 120  # noqa: PLR2004 -- the bars themselves
            times = f"{row.p50:.1f} / {row.p95:.1f} / {row.p99:.1f} ms"
            yield Verdict(f"{row.work}: 20 / 60 / 120 ms", times, is_held)
        elif row.work.startswith(START) and row.clients == CALM:
            yield Verdict(f"{row.work}: p95 dưới 25 ms", f"{row.p95:.1f} ms", row.p95 < 25)  # noqa: PLR2004 -- the bar itself
    yield from _officer_and_province(big)


def _officer_and_province(big: Sequence[Row]) -> Iterator[Verdict]:
    known = {(row.work, row.clients): row for row in big if row.work.startswith(LIST)}
    for (name, clients), row in known.items():
        whole = known.get((name + PROVINCE, clients))
        if whole is not None and whole.p50:
            ratio = row.p50 / whole.p50  # the tail says how the connections fell to the processes
            bar = f"{name}, {clients} máy khách, trung vị: tới 1,2 lần của vai xem toàn tỉnh"
            yield Verdict(bar, f"{ratio:.2f} lần", ratio <= 1.2)  # noqa: PLR2004 -- the bar itself


def _rest(big: Sequence[Row]) -> Iterator[Verdict]:
    yield from _held(big, SIGN_IN, "đăng nhập: 4/giây", lambda r: r.rate > 3.9 and not r.failed)  # noqa: PLR2004 -- the bar itself
    yield from _held(big, BESIDE, f"{BESIDE}: p95 dưới 150 ms", lambda r: r.p95 < 150)  # noqa: PLR2004 -- the bar itself
    for row in big:
        if row.work == MEMORY:
            yield Verdict("bộ nhớ lúc nghỉ: dưới 700 MB", f"{row.amount:.0f} MB", row.amount < 700)  # noqa: PLR2004 -- the bar itself
        elif row.work.startswith(BYTES):
            size = row.amount / 1000
            yield Verdict(f"{row.work}: dưới 60 kB nén", f"{size:.1f} kB", size < 60)  # noqa: PLR2004 -- the bar itself
    failed = sum(row.failed for row in big)
    yield Verdict("không yêu cầu nào bị từ chối", f"{failed}", failed == 0)


def _held(big: Iterable[Row], name: str, bar: str, check: Check) -> Iterator[Verdict]:
    for row in big:
        if row.work == name:
            yield Verdict(bar, f"{row.rate:.1f}/giây, p95 {row.p95:.1f} ms", check(row))


def table(rows: Iterable[Row]) -> str:
    """Return the figures as a Markdown table."""
    head = (
        "| việc | hồ sơ | máy khách | /giây | p50 | p95 | p99 ms | lỗi | CPU Python / PG ms | |\n"
        "|---|---|---|---|---|---|---|---|---|---|\n"
    )
    lines = [
        f"| {r.work} | {r.rows:,} | {r.clients} | {r.rate:.0f} | {r.p50:.1f} | {r.p95:.1f} |"
        f" {r.p99:.1f} | {r.failed} | {r.cpu_python:.2f} / {r.cpu_postgres:.2f} | {_note(r)} |\n"
        for r in rows
    ]
    return head + "".join(lines)


def _note(row: Row) -> str:
    if row.work == LIVES:
        return f"hộp thư đi cạn sau {row.drained_s:.1f} giây"
    if row.work == MEMORY:
        return f"{row.amount:.0f} MB"
    return f"{row.amount / 1000:.1f} kB nén" if row.amount else ""


def verdict_table(found: Iterable[Verdict]) -> str:
    """Return the bars as a Markdown table."""
    lines = [f"| {v.bar} | {v.found} | {'đạt' if v.is_held else '**chưa đạt**'} |\n" for v in found]
    return "| mức phải đạt | đo được | |\n|---|---|---|\n" + "".join(lines)
