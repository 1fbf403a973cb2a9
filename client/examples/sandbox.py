"""File, handle and follow a dossier in the sandbox, and be told of it: `sandbox.py SITE KEY`."""

import json
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, cast

from motcua_client import BadSignature, Client, verify_webhook

AGENCY = "H18.990"
# The demo's certificate of marital status; nobody of this name lives.
FILING: dict[str, Any] = {
    "procedure_code": "1.004873",
    "case_code": "cap-lan-dau",
    "agency_code": AGENCY,
    "desk_code": AGENCY,
    "parties": [{"full_name": "Nguyễn Văn Thử", "birth_date": "1990-05-01"}],
    "answers": {
        "ho_ten": "Nguyễn Văn Thử",
        "ngay_sinh": "1990-05-01",
        "noi_cu_tru": "Bản Thử, xã Thử nghiệm",
        "muc_dich": "Đăng ký kết hôn",
        "so_ban": 1,
    },
    "papers": [{"spec_code": "giay-to-tuy-than", "name": "Căn cước", "kind": "original"}],
}
SECONDS = 60


class Inbox(BaseHTTPRequestHandler):
    """Takes messages; the newest last."""

    secret = ""
    kinds: list[str] = []

    def do_POST(self) -> None:
        """Answer 204 to what is genuine."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            message = verify_webhook(dict(self.headers.items()), body, Inbox.secret)
        except BadSignature:
            self.send_response(400)
        else:
            Inbox.kinds.append(message["type"])
            print("told:", message["type"], json.dumps(message["data"]))
            self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Stay silent."""


def main(address: str, key: str) -> int:
    """Walk through it; answer 0 if everything was told."""
    site = Client(address, key)
    inbox = HTTPServer(("127.0.0.1", 0), Inbox)
    hook = site.hooks.subscribe({"url": f"http://127.0.0.1:{inbox.server_port}/"})
    Inbox.secret = hook["secret"]
    threading.Thread(target=inbox.serve_forever, daemon=True).start()
    try:
        code = site.desk.receive_in_person(cast("Any", FILING))["code"]
        print("received:", code)
        for step in site.dossiers.read_dossier(code)["steps"]:
            if step["closed_at"] is None:
                site.work.take(code, step["code"])
                print("taken:", step["code"])
        until = time.monotonic() + SECONDS
        while "dossier.received" not in Inbox.kinds and time.monotonic() < until:
            time.sleep(0.5)
        rows = [row["code"] for row in site.read_all("dossiers")]
        print("read in bulk:", len(rows), "dossiers")
        return 0 if "dossier.received" in Inbox.kinds and code in rows else 1
    finally:
        site.hooks.end(hook["code"])
        inbox.shutdown()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
