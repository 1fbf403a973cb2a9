"""The demo: the database, the web server and the worker as one command that ends what it started.

The package `demo` joins in with two commands if it has them: `demo_prepare` runs before the first
page, `demo_fill` beside the running site.
"""

import argparse
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType

import django
from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import connections

from config.cli import demo_mark, embedded_box
from config.pgbox import ROLE, Box
from config.second import FIRST, SECOND, Place, enter_partner, home_of_second, start_second
from motcua.adapters.key_file.signer import make_key_file
from motcua.lib.clock import now
from simulators.authority import Authority
from simulators.ports import kept_port

ALL_IS_WELL = 0
PATIENCE_S = 5  # a web process told to end while it starts may miss it
FIRST_PAGE_S = 180  # a slow machine may still be busy with the first data, of two sites perhaps

AGAIN_S = 1
PARTNERS = ("csc", "push-signing", "gateway", "bank")

Child = subprocess.Popen[bytes]


def main() -> None:
    """Start the demo and stay until Ctrl-C, SIGTERM or the end of one of its processes."""
    options = arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.demo")
    os.environ.setdefault("MOTCUA_SITE_ADDRESS", f"http://localhost:{options.port}")
    django.setup()
    check_port(options.host, options.port)
    demo_mark(settings.HOME).parent.mkdir(parents=True, exist_ok=True)
    demo_mark(settings.HOME).write_text(settings.SITE_ADDRESS, encoding="utf-8")
    for name in (signal.SIGTERM, signal.SIGALRM):
        signal.signal(name, leave)
    with database(fresh=options.fresh), running() as (lasting, passing):
        call_command("collectstatic", verbosity=0, interactive=False)
        lasting.append(web(options))  # reads its code while the data are brought up to date
        prepare(options)
        await_first_page(options, lasting)
        begin_work(options, lasting, passing)
        address = f"http://{options.host}:{options.port}/"
        sys.stdout.write(f"\nMở {address} trong trình duyệt. Ctrl-C để dừng.\n")
        sys.stdout.flush()
        sys.exit(watch(lasting, passing))


def begin_work(options: argparse.Namespace, lasting: list[Child], passing: list[Child]) -> None:
    """Start what works beside the pages."""
    if not options.as_second:
        passing.extend(partners())
        passing.extend(takers_of_money(options))
    if "worker" in get_commands():
        lasting.append(start("manage.py", "worker"))
    lasting.append(start("manage.py", "exchange_serve", *listening(options)))
    if options.second_site:
        second = start_second(
            settings.HOME, settings.ROOT, port=options.port + 1, fresh=options.fresh
        )
        lasting.append(second)
    if "demo_fill" in get_commands() and not options.as_second:
        passing.append(start("manage.py", "demo_fill"))


def listening(options: argparse.Namespace) -> list[str]:
    """Return where the process of exchange listens; alone it only goes out, to the axis."""
    if not (options.as_second or options.second_site):
        return []
    return ["--host", "127.0.0.1", "--port", str(Place(settings.HOME).port)]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run demo", description="Chạy thử một tỉnh mẫu.")
    parser.add_argument("--port", type=int, default=8000, help="cổng (mặc định 8000)")
    parser.add_argument("--host", default="127.0.0.1", help="địa chỉ (mặc định chỉ máy này)")
    parser.add_argument("--fresh", action="store_true", help="xóa dữ liệu mẫu cũ, làm lại từ đầu")
    parser.add_argument("--procedures", help="tệp hoặc thư mục thủ tục để nạp thêm")
    parser.add_argument(
        "--second-site",
        action="store_true",
        help="thêm một hệ thống thứ hai ở cổng kế tiếp, hai bên liên thông văn bản thật",
    )
    parser.add_argument("--as-second", metavar="NHÀ", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def check_port(host: str, port: int) -> None:
    with closing(socket.socket()) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sys.exit(f"Không mở được {host}:{port} ({error.strerror}). Thử: ./run demo --port 8001")


def leave(_signal: int, _frame: FrameType | None) -> None:
    """Turn SIGTERM into an ordinary end, so that everything is closed on the way out.

    Raised while Python runs a finalizer it is printed and forgotten: so it is raised again, until
    the way out begins.
    """
    signal.alarm(AGAIN_S)
    raise SystemExit(ALL_IS_WELL)


def be_left() -> None:
    """Let nothing interrupt the way out."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.alarm(0)


@contextmanager
def database(*, fresh: bool) -> Iterator[None]:
    box = embedded_box()
    if box is None:
        if fresh:
            sys.exit("--fresh chỉ dùng với cơ sở dữ liệu đi kèm, không dùng khi có DATABASE_URL.")
        yield
        return
    box.start()
    try:
        if fresh:
            start_over(box)
        yield
    finally:
        be_left()
        box.stop()


def start_over(box: Box) -> None:
    """Empty the demo's database and its files."""
    box.sql(f"drop database if exists {ROLE} with (force)")
    box.sql(f"create database {ROLE} owner {ROLE}")
    shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    shutil.rmtree(settings.LEDGER_DIR, ignore_errors=True)


def prepare(options: argparse.Namespace) -> None:
    """Bring tables and the first data up to date; quick when nothing changed."""
    make_key_file(Path(settings.LEDGER_KEY_FILE))
    for name in PARTNERS:
        kept_port(settings.HOME / "var" / name)  # the guide tells where they will be
    call_command("migrate", verbosity=0, interactive=False, skip_checks=True)
    if options.as_second:
        call_command("demo_second")
        enter_partner(FIRST, Place(options.as_second))
    elif "demo_prepare" in get_commands():
        given = ["--procedures", options.procedures] if options.procedures else []
        call_command("demo_prepare", *given)
    if options.second_site:
        here, there = Place(settings.HOME), Place(home_of_second(settings.HOME))
        here.make_key("Liên thông tỉnh Điện Biên (mẫu)")
        there.make_key("Liên thông tỉnh Sơn La (mẫu)")
        for place in (here, there):
            place.find_port()
        enter_partner(SECOND, there)
    connections.close_all()


@contextmanager
def running() -> Iterator[tuple[list[Child], list[Child]]]:
    """Hold what must last and what may pass; end all of it on the way out."""
    lasting: list[Child] = []
    passing: list[Child] = []
    try:
        yield lasting, passing
    except KeyboardInterrupt:
        sys.exit(ALL_IS_WELL)
    finally:
        be_left()
        end([*passing, *lasting])


def partners() -> Iterator[Child]:
    """Start who plays our partners: two remote signing services, and who stamps the time."""
    csc = settings.HOME / "var" / "csc"
    csc.mkdir(mode=0o700, parents=True, exist_ok=True)
    port = str(kept_port(csc))
    yield start("-m", "simulators.csc", str(csc), "--port", port, "--tell", settings.CSC_FILE)
    push = settings.HOME / "var" / "push-signing"
    yield start("-m", "simulators.push_sign", str(push), "--port", str(kept_port(push)))
    folder = settings.HOME / "var" / "authority"
    Authority(folder, at=now())  # once, before others look for it
    yield start("-m", "simulators.trust", "--folder", str(folder))


def takers_of_money(options: argparse.Namespace) -> Iterator[Child]:
    """Start who takes money for the province: gateways, and a bank that tells of transfers."""
    site = f"http://127.0.0.1:{options.port}"
    for name in ("gateway", "bank"):
        place = settings.HOME / "var" / name
        where = (str(place), "--port", str(kept_port(place)), "--site", site)
        yield start("-m", f"simulators.{name}", *where, "--tell", settings.PAYMENT_SECRETS_FILE)


def web(options: argparse.Namespace) -> Child:
    place = ("--host", options.host, "--port", str(options.port))
    quiet = ("--log-level", "warning")
    return start("-m", "config.web", "--respawn-failed-workers", *place, *quiet)


def start(*words: str) -> Child:
    # A group of its own: Ctrl-C reaches us alone, and we end the others in order.
    return subprocess.Popen(
        [sys.executable, *words],
        cwd=settings.ROOT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )


def await_first_page(options: argparse.Namespace, lasting: Sequence[Child]) -> None:
    patience = time.monotonic() + FIRST_PAGE_S
    while time.monotonic() < patience and all(child.poll() is None for child in lasting):
        if answers(options.host, options.port):
            return
        time.sleep(0.1)
    sys.exit("Máy chủ không khởi động được; lý do nằm ở các dòng phía trên.")


def answers(host: str, port: int) -> bool:
    """Say whether a page comes: the port is open long before the code has been read."""
    with closing(HTTPConnection(host, port, timeout=FIRST_PAGE_S)) as client:
        try:
            client.request("GET", "/healthz")
            return client.getresponse().status == HTTPStatus.OK
        except (OSError, HTTPException):
            return False


def watch(lasting: Sequence[Child], passing: Sequence[Child]) -> int:
    """Wait until one of the lasting processes ends or a passing one fails; return its answer."""
    while True:
        for child in lasting:
            if child.poll() is not None:
                sys.stderr.write(f"Tiến trình {child.pid} đã dừng ({child.returncode}).\n")
                return child.returncode or 1
        for child in passing:
            if child.poll():
                sys.stderr.write(f"Việc nạp dữ liệu mẫu dừng giữa chừng ({child.returncode}).\n")
                return child.returncode
        time.sleep(0.3)


def end(children: Sequence[Child]) -> None:
    """Ask each process to end, wait, then insist with its whole group.

    Only the first of a group is asked: the web server would start a killed worker of its own anew.
    """
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        try:
            child.wait(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()


if __name__ == "__main__":
    main()
