"""A mailbox on a server over IMAP with TLS, and a folder of files: the same port."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from socketserver import StreamRequestHandler, ThreadingTCPServer
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pytest_django.fixtures import Settings

from motcua.adapters.mail_server.folder import DONE, open_folder
from motcua.adapters.mail_server.imap import open_imap
from motcua.casework.mailboxes.api import BoxAway, Place

RAWS = {4: b"Subject: mot\r\n\r\nmot", 7: b"Subject: hai\r\n\r\nhai"}


class Imap(StreamRequestHandler):
    """Speaks as much IMAP as is asked of it."""

    seen: list[str]

    def say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())

    def handle(self) -> None:
        self.say("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, _, order = line.partition(" ")
            if not self.answer(tag, order):
                return

    def answer(self, tag: str, order: str) -> bool:
        """Answer one order; say whether the line stays open."""
        upper = order.upper()
        if upper.startswith("CAPABILITY"):
            self.say("* CAPABILITY IMAP4rev1")
        elif upper.startswith("LOGIN") and "dung" not in order:
            self.say(f"{tag} NO wrong")
            return True
        elif upper.startswith("SELECT") and "INBOX" not in upper:
            self.say(f"{tag} NO no such folder")
            return True
        elif upper.startswith("SELECT"):
            self.say("* 2 EXISTS", "* OK [UIDVALIDITY 99] ok")
        elif upper.startswith("UID SEARCH"):
            self.say("* SEARCH 4 7")
        elif upper.startswith("UID FETCH"):
            self.fetch(order)
        elif upper.startswith("UID STORE"):
            self.seen.append(order.split()[2])
        self.say(f"{tag} OK done")
        return not upper.startswith("LOGOUT")

    def fetch(self, order: str) -> None:
        number = int(order.split()[2])
        raw = RAWS[number]
        if "SIZE" in order:
            self.say(f"* 1 FETCH (UID {number} RFC822.SIZE {len(raw)})")
            return
        part = raw.partition(b"\r\n\r\n")[0] if "HEADER" in order else raw
        self.wfile.write(f"* 1 FETCH (UID {number} BODY[] {{{len(part)}}}\r\n".encode())
        self.wfile.write(part + b")\r\n")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a certificate with its key for this machine."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "mail.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path = tmp_path_factory.mktemp("imap") / "server.pem"
    path.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return path


class Server(ThreadingTCPServer):
    """Serves on a port of its own, encrypted."""

    daemon_threads = True


@contextmanager
def served(certificate: Path) -> Iterator[tuple[int, list[str]]]:
    seen: list[str] = []
    handler = type("Seen", (Imap,), {"seen": seen})
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with Server(("127.0.0.1", 0), handler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        server.handle_error = lambda *_: None  # type: ignore[method-assign]  # -- refused hand-shakes are the test
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server.server_address[1], seen
        server.shutdown()


def place(port: int, **changes: str) -> Place:
    facts = {"host": "127.0.0.1", "user": "vanthu", "secret": "dung", **changes}
    return Place("H18.101", port=port, **facts)


def test_new_messages_are_read_and_marked_once_they_are_kept(
    certificate: Path, settings: Settings
) -> None:
    settings.MAILBOX_CA_FILE = str(certificate)
    with served(certificate) as (port, seen), open_imap(place(port)) as box:
        found = list(box.after("", 10))
        bodies = [one.read() for one in found]
        head = found[0].head()
        box.put_away(found[0].mark)

    assert [(one.mark, one.size) for one in found] == [("99:4", 19), ("99:7", 19)]
    assert (bodies, head, seen) == (list(RAWS.values()), b"Subject: mot", ["4"])


@pytest.mark.parametrize(("mark", "marks"), [("99:4", ["99:7"]), ("98:4", ["99:4", "99:7"])])
def test_reading_goes_on_where_it_stood_unless_the_server_counts_anew(
    certificate: Path, settings: Settings, mark: str, marks: list[str]
) -> None:
    settings.MAILBOX_CA_FILE = str(certificate)
    with served(certificate) as (port, _), open_imap(place(port)) as box:
        assert [one.mark for one in box.after(mark, 10)] == marks


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"secret": "sai"}, "không nhận tên đăng nhập"),
        ({"folder": "Khac"}, "không có ngăn “Khac”"),
    ],
)
def test_what_the_server_refuses_is_said(
    certificate: Path, settings: Settings, changes: dict[str, str], words: str
) -> None:
    settings.MAILBOX_CA_FILE = str(certificate)
    with (
        served(certificate) as (port, _),
        pytest.raises(BoxAway, match=words),
        open_imap(place(port, **changes)),
    ):
        pass


def test_a_server_nobody_vouches_for_gets_no_word(certificate: Path, settings: Settings) -> None:
    settings.MAILBOX_CA_FILE = ""
    with (
        served(certificate) as (port, _),
        pytest.raises(BoxAway, match="Chứng thư"),
        open_imap(place(port)),
    ):
        pass


def test_a_server_that_is_away_is_said_to_be_so() -> None:
    with pytest.raises(BoxAway, match="Không nối được"), open_imap(place(1)):
        pass


def test_a_folder_gives_its_files_and_moves_kept_ones_aside(
    tmp_path: Path, settings: Settings
) -> None:
    settings.MAILBOX_DIR = str(tmp_path)
    own = tmp_path / "H18.101"
    own.mkdir()
    (own / "a.eml").write_bytes(RAWS[4])
    (own / "b.eml").symlink_to("/etc/passwd")
    (own / "c.txt").write_bytes(b"x")

    with open_folder(Place("H18.101")) as box:
        [found] = list(box.after("", 10))
        content, head = found.read(), found.head()
        box.put_away(found.mark)

    assert (content, head) == (RAWS[4], b"Subject: mot")
    assert [one.name for one in (own / DONE).iterdir()] == ["a.eml"]


def test_an_agency_without_a_folder_is_said_to_have_none(
    tmp_path: Path, settings: Settings
) -> None:
    settings.MAILBOX_DIR = str(tmp_path)

    with pytest.raises(BoxAway, match="Chưa có thư mục"), open_folder(Place("H18.9")):
        pass
