"""`./run bench-examining FILE`: people who let a running site examine a file at the same moment.

Each comes through the portal's page as a browser does; everybody twice: first it may be that the
engine is not loaded yet. One network is examined for ten times in ten minutes, so five can do so.
"""

import argparse
import http.client
import re
import secrets
import sys
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from pathlib import Path
from threading import Barrier
from time import perf_counter

PAGE = "/kiem-tra-chu-ky/"
PATIENCE_S = 60
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_VERDICT = re.compile(r"Hợp lệ|Không hợp lệ|Chưa kết luận|bận|nhiều người")


def main() -> None:
    """Print what each of them waited for, and what was answered."""
    parser = argparse.ArgumentParser(
        prog="./run bench-examining", description="Đo kiểm tra chữ ký."
    )
    parser.add_argument("file", type=Path, help="tệp đã ký")
    parser.add_argument("--port", type=int, default=8000, help="cổng của trang đang chạy")
    parser.add_argument("--people", type=int, default=5, help="số người cùng một lúc")
    options = parser.parse_args()
    content = options.file.read_bytes()
    for turn in ("first", "again"):
        together = Barrier(options.people)
        with ThreadPoolExecutor(options.people) as people:
            jobs = [
                people.submit(_examine, options.port, content, together)
                for _ in range(options.people)
            ]
        answers = sorted(job.result() for job in jobs)
        words = ", ".join(f"{seconds:.2f} s {said}" for seconds, said in answers)
        sys.stdout.write(f"{turn}: {words}\n")


def _examine(port: int, content: bytes, together: Barrier) -> tuple[float, str]:
    """Return how long the answer took, and its first word. Units: seconds."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    line.request("GET", PAGE)
    answer = line.getresponse()
    cookies = answer.headers.get_all("Set-Cookie") or []
    cookie = "; ".join(one.partition(";")[0].strip() for one in cookies if "csrftoken" in one)
    found = _TOKEN.search(answer.read().decode())
    token, mark = found.group(1) if found else "", secrets.token_hex(16)
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}'
        f'\r\n--{mark}\r\nContent-Disposition: form-data; name="tep"; filename="giay.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    body = head.encode() + content + f"\r\n--{mark}--\r\n".encode()
    kind = f"multipart/form-data; boundary={mark}"
    together.wait()
    since = perf_counter()
    line.request("POST", PAGE, body, {"Content-Type": kind, "Cookie": cookie})
    answer = line.getresponse()
    page = answer.read().decode()
    seconds = perf_counter() - since
    line.close()
    said = _VERDICT.search(page.partition("<main")[2])
    status = "" if answer.status == HTTPStatus.OK else f" ({answer.status})"
    return seconds, (said.group() if said else "?") + status


if __name__ == "__main__":
    main()
