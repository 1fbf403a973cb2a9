"""Against a stand-in that keeps objects in memory and insists on signatures."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from motcua.adapters.object_storage.signing import Keys
from motcua.adapters.object_storage.store import BucketError, BucketStore

KEY = "ab" * 32
ON_A_PAGE = 2
LIST = '<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">{}{}</ListBucketResult>'


class Bucket(BaseHTTPRequestHandler):
    """One bucket; lists two objects a page."""

    objects: dict[str, bytes] = {}

    def answer(self, status: int, content: bytes = b"") -> None:
        signed = self.headers.get("authorization", "").startswith("AWS4-HMAC-SHA256 Credential=me/")
        self.send_response(status if signed else 403)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_PUT(self) -> None:
        length = int(self.headers["content-length"])
        self.objects[self.path] = self.rfile.read(length)
        self.answer(200)

    def do_DELETE(self) -> None:
        self.objects.pop(self.path, None)
        self.answer(204)

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        if "list-type" in query:
            self.answer(200, self.listed(int(query.get("continuation-token", ["0"])[0])))
        elif self.path in self.objects:
            self.answer(200, self.objects[self.path])
        else:
            self.answer(404)

    def listed(self, start: int) -> bytes:
        names = sorted(self.objects)[start : start + ON_A_PAGE]
        keys = "".join(f"<Contents><Key>{name[len('/b/') :]}</Key></Contents>" for name in names)
        more = start + ON_A_PAGE < len(self.objects)
        token = f"<NextContinuationToken>{start + ON_A_PAGE}</NextContinuationToken>"
        return LIST.format(keys, token if more else "").encode()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def endpoint(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(Bucket, "objects", {})
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bucket)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def store(endpoint: str) -> BucketStore:
    return BucketStore(endpoint, "b", Keys("me", "secret", "vn-1"))


def put(store: BucketStore, folder: Path, key: str = KEY, content: bytes = b"content") -> Path:
    source = folder / "source"
    source.write_bytes(content)
    store.put(key, source)
    return source


def test_what_is_put_is_opened_again(store: BucketStore, tmp_path: Path) -> None:
    content = bytes(range(256)) * 40_000
    source = put(store, tmp_path, content=content)

    with store.open(KEY) as kept:
        assert (kept.read() == content, source.exists()) == (True, False)


def test_objects_lie_below_one_folder_of_the_bucket(store: BucketStore, tmp_path: Path) -> None:
    put(store, tmp_path)

    assert list(Bucket.objects) == [f"/b/kept/{KEY}"]


def test_what_is_not_there_is_not_found(store: BucketStore) -> None:
    with pytest.raises(FileNotFoundError):
        store.open(KEY)


def test_what_is_deleted_is_gone(store: BucketStore, tmp_path: Path) -> None:
    put(store, tmp_path)

    store.delete(KEY)

    assert Bucket.objects == {}


def test_a_long_list_is_read_page_by_page(store: BucketStore, tmp_path: Path) -> None:
    keys = [f"{number:064}" for number in range(5)]
    for key in keys:
        put(store, tmp_path, key)

    assert list(store.keys()) == keys


def test_a_refusal_is_an_error_of_the_disk_kind(endpoint: str, tmp_path: Path) -> None:
    stranger = BucketStore(endpoint, "b", Keys("somebody", "secret", "vn-1"))

    with pytest.raises(BucketError, match="403"):
        put(stranger, tmp_path)
