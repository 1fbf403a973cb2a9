"""All partners that the project plays, as processes: `./run simulators [name …]`.

Each keeps its address in its folder below `var`, so that what was entered stays right. One that
runs already, such as those of `./run demo`, is left alone.
"""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import sleep
from types import FrameType
from urllib.parse import urlsplit

from motcua.lib.clock import now

from .authority import Authority
from .axis import SECRET, SYSTEM, WARD
from .csc import OTP, PIN
from .ports import is_free, kept_port, port_in

ROOT = Path(__file__).parents[1]
HOME = Path(os.environ.get("MOTCUA_HOME", ROOT))
PATIENCE_S = 5
Child = subprocess.Popen[bytes]


@dataclass(frozen=True, slots=True)
class Play:
    """One partner: its program, its folder below `var`, its page, what to enter where."""

    program: str
    folder: str
    title: str
    page: str
    words: str
    tells: str = ""

    @property
    def place(self) -> Path:
        """Return its folder."""
        return HOME / "var" / self.folder

    def arguments(self, port: int) -> list[str]:
        """Return how it is started."""
        if self.program == "trust":
            return ["--folder", str(self.place)]
        tells = ["--tell", str(HOME / "var" / self.tells)] if self.tells else []
        greets = ["--greets", WARD] if self.program == "vxp" else []
        return [str(self.place), "--port", f"{port}", *tells, *greets]


_EXCHANGE = (
    "Khai báo ở Quản trị → Liên thông: cách kết nối {way}, địa chỉ {address}, tên của ta ở đó "
    f"{SYSTEM}. Khóa bí mật minh họa {SECRET}, đặt trong tệp MOTCUA_EXCHANGE_SECRETS "
    '({{"<mã đối tác>": "<khóa>"}}, quyền 0600). Trên trang của nó: đóng vai bộ gửi văn bản tới, '
    "trả lời, bật lỗi."
)
PLAYS = (
    Play(
        "vxp",
        "vxp",
        "Trục liên thông văn bản quốc gia (VXP)",
        "/",
        _EXCHANGE.replace("{way}", "VXP").replace("{address}", "{root}"),
    ),
    Play(
        "lgsp",
        "lgsp",
        "Nền tảng tích hợp của tỉnh (LGSP)",
        "/",
        _EXCHANGE.replace("{way}", "LGSP").replace("{address}", "{root}/truclienthong/v1.0.0"),
    ),
    Play(
        "gateway",
        "gateway",
        "Cổng thanh toán (VNPAY, dạng VNPT Pay, nền tảng quốc gia)",
        "/",
        "./run demo đã khai báo sẵn (tệp MOTCUA_PAYMENT_SECRETS). Trang này bật từng lỗi, báo lại, "
        "lấy báo cáo đối soát, đóng vai Cổng dịch vụ công quốc gia.",
        "payment-secrets.json",
    ),
    Play(
        "bank",
        "bank",
        "Ngân hàng nhận chuyển khoản VietQR",
        "/",
        "./run demo đã khai báo sẵn. Dán nội dung mã VietQR vào trang này để chuyển tiền; lấy sao "
        "kê CSV, xlsx, MT940, camt.053; bật từng lỗi.",
        "payment-secrets.json",
    ),
    Play(
        "push_sign",
        "push-signing",
        "Ký số xác nhận trên điện thoại",
        "/dien-thoai/",
        "./run demo đã khai báo sẵn. Mở trang này để đóng vai điện thoại của người ký.",
    ),
    Play(
        "csc",
        "csc",
        "Ký số từ xa (CSC 1.0.4 và 2)",
        "",
        f"./run demo đã khai báo sẵn. PIN minh họa {PIN}, mã một lần {OTP}.",
        "csc.json",
    ),
    Play(
        "hooks",
        "hooks",
        "Hệ thống nhận tin (webhook)",
        "/",
        "Đăng ký nhận tin tới địa chỉ này (docs/reference/sandbox.md); ghi khóa ký vào tệp "
        "var/hooks/secret để kiểm chữ ký. Trang này cho xem từng tin và đổi câu trả lời.",
    ),
    Play(
        "trust",
        "authority",
        "Dấu thời gian (TSA), trạng thái chứng thư (OCSP, CRL)",
        "",
        "Dấu thời gian: MOTCUA_TSA_ADDRESS={root}/tsa. OCSP, CRL ghi sẵn trong chứng thư minh họa.",
    ),
)


def main() -> None:
    """Start what is wanted and does not run yet; stay until Ctrl-C."""
    names = [one.program for one in PLAYS]
    parser = argparse.ArgumentParser(
        prog="./run simulators", description="Các đối tác mô phỏng để chạy thử."
    )
    parser.add_argument("name", nargs="*", help=f"chỉ chạy: {', '.join(names)}")
    wanted = parser.parse_args().name or names
    unknown = sorted(set(wanted) - set(names))
    if unknown:
        sys.exit(f"Không có đối tác {', '.join(unknown)}. Có: {', '.join(names)}.")
    signal.signal(signal.SIGTERM, leave)
    children: list[Child] = []
    try:
        for play in PLAYS:
            if play.program in wanted:
                children.extend(started(play))
        sys.stdout.write("\nCtrl-C để dừng.\n" if children else "\nTất cả đang chạy sẵn.\n")
        sys.stdout.flush()
        watch(children)
    except KeyboardInterrupt:
        pass
    finally:
        end(children)


def started(play: Play) -> Iterator[Child]:
    """Start a partner unless it runs already, and say where it is."""
    play.place.mkdir(mode=0o700, parents=True, exist_ok=True)
    runs_already = not is_free(port_of(play)) if has_port(play) else False
    port = port_of(play) if runs_already or play.program == "trust" else kept_port(play.place)
    root = f"http://127.0.0.1:{port}"
    note = " (đang chạy sẵn)" if runs_already else ""
    sys.stdout.write(f"\n{play.title}{note}\n  {root}{play.page}\n")
    sys.stdout.write(f"  {play.words.format(root=root)}\n")
    if not runs_already:
        command = [sys.executable, "-m", f"simulators.{play.program}", *play.arguments(port)]
        yield subprocess.Popen(  # noqa: S603 -- our own programs
            command, cwd=ROOT, stdin=subprocess.DEVNULL, start_new_session=True
        )


def has_port(play: Play) -> bool:
    """Say whether its address is written already."""
    return play.program == "trust" or (play.place / "port").exists()


def port_of(play: Play) -> int:
    """Return the port at which it answers."""
    if play.program == "trust":
        return urlsplit(Authority(play.place, at=now()).address).port or 80
    return port_in(play.place)


def leave(_signal: int, _frame: FrameType | None) -> None:
    """Turn SIGTERM into an ordinary end."""
    raise SystemExit(0)


def watch(children: Sequence[Child]) -> None:
    """Wait while any of them runs."""
    while any(child.poll() is None for child in children):
        sleep(0.5)


def end(children: Sequence[Child]) -> None:
    """Ask each to end, then insist."""
    for child in children:
        child.terminate()
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=PATIENCE_S)
            continue
        child.kill()
        child.wait()


if __name__ == "__main__":
    main()
