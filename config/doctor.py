"""What is looked at before anybody complains: each check says how it stands and what to do."""

import json
import platform
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import django
from cryptography import x509
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from config.figures import places
from motcua.adapters.clamav.scanner import from_settings as clamd
from motcua.casework.exchange import api as exchange
from motcua.casework.receipts import api as receipts
from motcua.foundation.files import api as files
from motcua.foundation.jobs import api as jobs
from motcua.foundation.ledger import api as ledger
from motcua.foundation.outbox import api as outbox
from motcua.foundation.signing import api as signing
from motcua.foundation.trust import api as trust
from motcua.lib import partitions
from motcua.lib.clock import local, local_day, now

_LITTLE_SPACE, _NO_SPACE = 0.15, 0.05
_LITTLE_BYTES = 2_000_000_000
_CLOCK_SECONDS = 2.0
_LAG_SECONDS, _HORIZON_SECONDS = 60.0, 30.0
_CERTIFICATE_WARNING = timedelta(days=30)
_BACKUP_AGE = timedelta(hours=26)
_SIGNATURE_AGE = timedelta(days=7)
_OLDEST_POSTGRESQL = 15
_HEAD_AGE = timedelta(minutes=10)
_EXCHANGE = "exchange"  # how the names of its processes begin
_UNSIGNED = timedelta(minutes=3)


class State(StrEnum):
    """How a check came out."""

    GOOD = "tốt"
    WATCH = "để ý"
    BAD = "hỏng"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: how it stands, and what is to be done if not well."""

    what: str
    state: State
    says: str


Check = Callable[[datetime], Iterator[Finding]]


def examine(at: datetime) -> Iterator[Finding]:
    """Look at everything; a database that is away ends what needs it."""
    for check in (versions, disk, clock, mail, certificates, backup, scanner):
        yield from _tried(check, at)
    if not _database_answers():
        yield Finding("cơ sở dữ liệu", State.BAD, "không trả lời; xem server.log hoặc DATABASE_URL")
        return
    checks = (
        database,
        tables,
        worker,
        telling,
        months,
        promises,
        trusting,
        signatures,
        money,
        partners,
    )
    for check in checks:
        yield from _tried(check, at)


def _tried(check: Check, at: datetime) -> Iterator[Finding]:
    try:
        yield from check(at)
    except (OSError, ValueError, DatabaseError) as error:
        yield Finding(check.__name__, State.BAD, f"không kiểm tra được ({type(error).__name__})")


def versions(_: datetime) -> Iterator[Finding]:
    """Name the versions, for reports to those who help."""
    words = f"Python {platform.python_version()}, Django {django.get_version()}"
    yield Finding("phiên bản", State.GOOD, words)


def disk(_: datetime) -> Iterator[Finding]:
    """Look at the space left where we write."""
    for name, folder in places().items():
        space = shutil.disk_usage(folder)
        share = space.free / space.total
        state = State.GOOD
        if share < _LITTLE_SPACE or space.free < _LITTLE_BYTES:
            state = State.BAD if share < _NO_SPACE else State.WATCH
        yield Finding(f"đĩa ({name})", state, f"còn {space.free / 1e9:.1f} GB ({share:.0%})")


def clock(_: datetime) -> Iterator[Finding]:
    """Ask whether the machine keeps its clock by others."""
    if not shutil.which("timedatectl"):
        yield Finding(
            "đồng hồ", State.WATCH, "không rõ có đồng bộ không; hãy bật đồng bộ giờ (NTP)"
        )
        return
    asked = ["timedatectl", "show", "-p", "NTPSynchronized", "--value"]
    said = subprocess.run(asked, check=False, capture_output=True, text=True)  # noqa: S603 -- fixed words
    synced = said.stdout.strip() == "yes"
    words = "đồng bộ" if synced else "chưa đồng bộ; hạn trả tính theo đồng hồ này"
    yield Finding("đồng hồ", State.GOOD if synced else State.WATCH, words)


def mail(_: datetime) -> Iterator[Finding]:
    """Say whether mails leave the machine."""
    if settings.EMAIL_HOST:
        yield Finding("thư điện tử", State.GOOD, f"qua {settings.EMAIL_HOST}")
    else:
        words = f"chưa đặt MOTCUA_SMTP_HOST; thư được ghi vào {settings.EMAIL_FILE_PATH}"
        yield Finding("thư điện tử", State.WATCH, words)


def certificates(at: datetime) -> Iterator[Finding]:
    """Look at the end of each certificate named by the settings."""
    for path in settings.CERTIFICATES:
        end = x509.load_pem_x509_certificate(Path(path).read_bytes()).not_valid_after_utc
        state = State.BAD if end < at else State.GOOD
        if state is State.GOOD and end < at + _CERTIFICATE_WARNING:
            state = State.WATCH
        name = Path(path).name
        yield Finding(f"chứng thư {name}", state, f"hết hạn {local(end):%d/%m/%Y}")
    if not settings.CERTIFICATES:
        yield Finding("chứng thư", State.WATCH, "chưa theo dõi; liệt kê trong MOTCUA_CERTIFICATES")


def backup(at: datetime) -> Iterator[Finding]:
    """Look at the mark that the latest backup left."""
    mark = Path(settings.HOME) / "var" / "backup.json"
    if not mark.exists():
        yield Finding("sao lưu", State.WATCH, "chưa có bản nào; chạy ./run motcua backup TỆP")
        return
    made = datetime.fromisoformat(json.loads(mark.read_text())["at"])
    late = at - made > _BACKUP_AGE
    words = f"lúc {local(made):%H:%M %d/%m/%Y}"
    yield Finding("sao lưu", State.WATCH if late else State.GOOD, words)


def scanner(at: datetime) -> Iterator[Finding]:
    """Ask the virus scanner for its version and the day of its signatures."""
    if settings.FILES_SCANNER == "none":
        yield Finding("quét vi-rút", State.WATCH, "chưa có (MOTCUA_CLAMD); tệp ghi “chưa quét”")
        return
    try:
        version = clamd().version()
    except files.ScannerAway:
        yield Finding("quét vi-rút", State.BAD, "clamd không trả lời; tệp mới không được quét")
        return
    old = signatures_are_old(version, at)
    yield Finding("quét vi-rút", State.WATCH if old else State.GOOD, version)


def signatures_are_old(version: str, at: datetime) -> bool:
    """Say whether “ClamAV 1.4.6/27810/Sat Nov 21 09:12:14 2026” is behind; unknown is old."""
    *_, day = version.split("/")
    try:
        made = datetime.strptime(day, "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC)
    except ValueError:
        return True
    return at - made > _SIGNATURE_AGE


def database(_: datetime) -> Iterator[Finding]:
    """Look at the server's version, its clock and its zone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version'), clock_timestamp()")
        version, its_clock = cursor.fetchone()
    major = int(version.split(".")[0])
    state = State.GOOD if major >= _OLDEST_POSTGRESQL else State.BAD
    yield Finding("cơ sở dữ liệu", state, f"PostgreSQL {version}")
    apart = abs((its_clock - now()).total_seconds())
    agrees = apart < _CLOCK_SECONDS
    words = f"lệch đồng hồ máy này {apart:.1f} giây"
    yield Finding("đồng hồ cơ sở dữ liệu", State.GOOD if agrees else State.BAD, words)


def tables(_: datetime) -> Iterator[Finding]:
    """Ask whether the tables fit the program."""
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    words = (
        "đúng phiên bản" if not missing else f"thiếu {len(missing)} bước; chạy ./run motcua migrate"
    )
    yield Finding("bảng", State.BAD if missing else State.GOOD, words)


def worker(at: datetime) -> Iterator[Finding]:
    """Ask whether somebody does the recurring work."""
    troubled = jobs.troubled_jobs(at)
    silent = [one for one in jobs.silent_processes(at) if not one.startswith(_EXCHANGE)]
    ever_seen = [one for one in jobs.known_processes() if not one.startswith(_EXCHANGE)]
    if not ever_seen:
        words = "chưa chạy bao giờ; chạy ./run motcua worker"
    else:
        words = f"im lặng: {', '.join(silent)}" if silent else "đang chạy"
    runs = bool(ever_seen) and not silent
    yield Finding("tiến trình nền", State.GOOD if runs else State.BAD, words)
    words = f"lỗi hoặc trễ: {', '.join(troubled)}" if troubled else "đều đặn"
    yield Finding("việc định kỳ", State.BAD if troubled else State.GOOD, words)


def telling(_: datetime) -> Iterator[Finding]:
    """Ask whether facts reach those who listen."""
    behind = [lag for lag in outbox.lags() if lag.seconds > _LAG_SECONDS]
    words = ", ".join(f"{lag.consumer} chậm {lag.seconds:.0f} giây" for lag in behind)
    yield Finding("sự kiện", State.BAD if behind else State.GOOD, words or "không chậm")
    dead = len(outbox.dead_letters())
    words = f"{dead} tin không gửi được; xem và gửi lại" if dead else "không có tin hỏng"
    yield Finding("gửi tin", State.WATCH if dead else State.GOOD, words)
    if (age := outbox.horizon_age()) > _HORIZON_SECONDS:
        words = f"một giao dịch mở {age:.0f} giây đang giữ mọi sự kiện lại"
        yield Finding("giao dịch dài", State.BAD, words)


def months(_: datetime) -> Iterator[Finding]:
    """Ask whether every month that was written had its partition."""
    for table in ("audit_entry", "audit_access", "outbox_fact"):
        if rows := partitions.rows_in_default(table):
            words = f"{rows} dòng chưa có tháng; việc định kỳ sẽ chuyển"
            yield Finding(f"bảng theo tháng {table}", State.WATCH, words)


def promises(at: datetime) -> Iterator[Finding]:
    """Ask whether promises are sealed, signed and published."""
    state = ledger.ledger_state()
    for one in state.stopped:
        words = f"{one.get_name_display()} đã dừng: {one.stopped_why}"
        yield Finding("niêm phong", State.BAD, words)
    if not state.stopped:
        yield Finding("niêm phong", State.GOOD, f"{state.promises.size} lá, {state.waiting} chờ")
    if not state.has_key:
        words = "đầu sổ cam kết không được ký; đặt MOTCUA_LEDGER_KEY"
        yield Finding("khóa ký đầu sổ", State.BAD, words)
    late = state.head is None or at - state.head.at > _HEAD_AGE
    words = f"lúc {local(state.head.at):%H:%M %d/%m/%Y}" if state.head else "chưa có"
    yield Finding("đầu sổ cam kết", State.WATCH if late else State.GOOD, words)


def trusting(at: datetime) -> Iterator[Finding]:
    """Look at certificates that end, at lists of revoked ones, at the partners that are asked."""
    ended = trust.ending_before(local_day(at))
    soon = trust.ending_before(local_day(at + _CERTIFICATE_WARNING))[len(ended) :]
    words = (
        f"{len(ended)} đã hết hạn, {len(soon)} hết hạn trong 30 ngày; xem Quản trị, Chứng thư số"
    )
    state = State.WATCH if ended or soon else State.GOOD
    yield Finding("chứng thư số", state, words if ended or soon else "không có cái nào sắp hết hạn")
    if stale := trust.answers_kept().stale(at):
        names = ", ".join(sorted({one.issuer_name for one in stale}))
        yield Finding("danh sách thu hồi", State.WATCH, f"quá hạn: {names}; xem Dịch vụ, thu hồi")
    else:
        yield Finding("danh sách thu hồi", State.GOOD, "không cái nào quá hạn")
    for one in trust.services_on_record():
        if one.is_failing:
            yield Finding(f"dịch vụ {one.code}", State.WATCH, one.latest_error)


def signatures(at: datetime) -> Iterator[Finding]:
    """Ask whether what waits for a key is signed."""
    queue = signing.queue_state(at)
    if queue.behind > _UNSIGNED:
        words = f"{queue.due} văn bản chờ ký quá lâu; tiến trình ký không chạy (worker hoặc signer)"
        yield Finding("ký số", State.BAD, words)
    elif queue.troubled:
        words = f"{queue.troubled} văn bản thử ký nhiều lần chưa được; xem nơi giữ khóa"
        yield Finding("ký số", State.WATCH, words)
    else:
        yield Finding("ký số", State.GOOD, f"{queue.due} văn bản đang chờ khóa")


def money(at: datetime) -> Iterator[Finding]:
    """Ask whether all that was paid has its receipt, numbered and sealed."""
    due, unsigned = receipts.count_late(at)
    if due or unsigned:
        words = f"{due} chờ cấp số, {unsigned} chờ con dấu quá 15 phút; xem Biên lai trong ngày"
        yield Finding("biên lai", State.WATCH, words)
    else:
        yield Finding("biên lai", State.GOOD, "không cái nào chờ lâu")


def partners(at: datetime) -> Iterator[Finding]:
    """Ask, where partners are entered, whether a process carries to them, and how each line is."""
    entered = [one for one in exchange.counterparts_on_record() if one.row.ended_at is None]
    if not entered:
        return
    silent = set(jobs.silent_processes(at))
    alive = [one for one in jobs.known_processes() if one.startswith(_EXCHANGE)]
    if set(alive) <= silent:
        words = (
            f"đã khai báo {len(entered)} đối tác mà không tiến trình liên thông nào chạy: văn bản "
            "không đi, không đến; chạy ./run motcua exchange serve"
        )
        yield Finding("liên thông", State.BAD, words)
    else:
        yield Finding("liên thông", State.GOOD, f"{len(entered)} đối tác; tiến trình đang chạy")
    for one in entered:
        if one.row.is_failing:
            why = one.row.latest_error
            yield Finding(f"đối tác {one.row.code}", State.WATCH, why)
        if one.failed:
            words = f"{one.failed} gói tin đã thôi gửi; xem Quản trị, Đối tác liên thông"
            yield Finding(f"gói tin tới {one.row.code}", State.WATCH, words)


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True
