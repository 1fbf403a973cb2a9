"""The command: which site, which keys; then wait, and end after eight idle hours."""

import argparse
import sys
from http.server import ThreadingHTTPServer
from pathlib import Path
from secrets import choice
from threading import Event, Thread
from time import monotonic
from urllib.parse import urlsplit

from .jobs import Jobs
from .keys import DeviceKeys, FileKeys, Keys
from .server import Agent, opened

PORT = 17817
IDLE_SECONDS, LOOK_SECONDS = 8 * 3600, 60.0
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_GROUPS, _GROUP = 5, 5


def main() -> None:
    """Serve one site until told to stop."""
    options = arguments()
    site = origin_of(options.site)
    pair = kept_pair(options.folder)
    agent = Agent(site, pair, Jobs(keys_of(options)), options.port)
    server = opened(agent)
    sys.stdout.write(
        f"Máy ký đang chạy cho {site} (http://{agent.host})\n"
        f"Mã ghép đôi: {pair}\nChỉ nhập mã PIN ở trang của máy ký. Ctrl-C để dừng.\n"
    )
    sys.stdout.flush()
    stopped = Event()
    Thread(target=end_when_idle, args=(server, agent, stopped), daemon=True).start()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        sys.stdout.write("\nMáy ký đã dừng.\n")
    finally:
        stopped.set()
        server.server_close()


def arguments() -> argparse.Namespace:
    """Return what was typed."""
    parser = argparse.ArgumentParser(
        prog="motcua-agent", description="Ký bằng thiết bị trên máy này cho một trang một cửa."
    )
    parser.add_argument("--site", required=True, help="trang được phục vụ, như https://mot-cua.vn")
    held = parser.add_mutually_exclusive_group(required=True)
    held.add_argument("--pkcs11", metavar="TỆP", help="thư viện PKCS#11 của thiết bị")
    held.add_argument("--pkcs12", metavar="TỆP", type=Path, help="tệp khóa .p12, .pfx")
    parser.add_argument("--token", default="", help="nhãn của thiết bị (với --pkcs11)")
    parser.add_argument("--port", type=int, default=PORT)
    folder = Path.home() / ".config" / "motcua-agent"
    parser.add_argument("--folder", type=Path, default=folder, help="nơi giữ mã ghép đôi")
    options = parser.parse_args()
    if options.pkcs11 and not options.token:
        parser.error("--pkcs11 cần --token: nhãn của thiết bị")
    return options


def origin_of(site: str) -> str:
    """Return a site as browsers name it. Exits if it is none."""
    parts = urlsplit(site)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.username:
        sys.exit(f"Trang “{site}” không đúng; ví dụ: https://mot-cua.example.vn")
    return f"{parts.scheme}://{parts.netloc.lower()}"


def keys_of(options: argparse.Namespace) -> Keys:
    """Return where the keys of this computer are."""
    if options.pkcs12:
        return FileKeys(options.pkcs12)
    return DeviceKeys(options.pkcs11, options.token)


def kept_pair(folder: Path) -> str:
    """Return the pairing code of this computer; made at the first start, readable to its owner."""
    path = folder / "pair"
    if path.exists():
        return path.read_text().strip()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    groups = ("".join(choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    pair = "-".join(groups)
    path.touch(mode=0o600)
    path.write_text(pair)
    return pair


def end_when_idle(server: ThreadingHTTPServer, agent: Agent, stopped: Event) -> None:
    """Stop the server when nobody has asked for eight hours."""
    while not stopped.wait(LOOK_SECONDS):
        if monotonic() - agent.used_at > IDLE_SECONDS:
            server.shutdown()
            return


if __name__ == "__main__":
    main()
