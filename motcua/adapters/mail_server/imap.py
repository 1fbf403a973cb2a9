"""A mailbox on a server, read over IMAP; always encrypted, the server's certificate checked.

Messages are looked at without marking them; once kept here they are marked as read there.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial

from django.conf import settings

from motcua.casework.mailboxes.api import BoxAway, Found, Place

_SECONDS = 20
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_AWAY = (OSError, imaplib.IMAP4.error, ssl.SSLError, UnicodeError)


@contextmanager
def open_imap(place: Place) -> Iterator["ImapBox"]:
    """Open a mailbox for reading. Raises: BoxAway, whatever the server does."""
    try:
        line = imaplib.IMAP4_SSL(place.host, place.port, ssl_context=_context(), timeout=_SECONDS)
    except ssl.SSLCertVerificationError as error:
        raise BoxAway(
            "Chứng thư của máy chủ thư không đúng; không đọc để khỏi lộ mật khẩu."
        ) from error
    except _AWAY as error:
        raise BoxAway(f"Không nối được máy chủ thư {place.host}:{place.port}.") from error
    try:
        _sign_in(line, place)
        yield ImapBox(line, _select(line, place))
    except _AWAY as error:
        raise BoxAway("Máy chủ thư ngắt giữa chừng; sẽ đọc tiếp lần sau.") from error
    finally:
        with suppress(*_AWAY):
            line.logout()


def _context() -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=settings.MAILBOX_CA_FILE or None)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _sign_in(line: imaplib.IMAP4_SSL, place: Place) -> None:
    try:
        line.login(place.user, place.secret)
    except imaplib.IMAP4.error as error:
        raise BoxAway("Máy chủ thư không nhận tên đăng nhập hoặc mật khẩu.") from error


def _select(line: imaplib.IMAP4_SSL, place: Place) -> str:
    """Open the folder and return its validity: message numbers hold only within one."""
    name = place.folder.replace("\\", "\\\\").replace('"', '\\"')
    answer, _ = line.select(f'"{name}"')
    if answer != "OK":
        raise BoxAway(f"Hộp thư không có ngăn “{place.folder}”.")
    found = line.response("UIDVALIDITY")[1]
    return found[0].decode() if found and found[0] else "0"


class ImapBox:
    """One open mailbox; a mark is the folder's validity and the number of a message."""

    def __init__(self, line: imaplib.IMAP4_SSL, validity: str) -> None:
        self.line, self.validity = line, validity

    def after(self, mark: str, most: int) -> Iterator[Found]:
        """Yield the messages after a mark; all of them where the server numbered them anew."""
        validity, _, number = mark.partition(":")
        latest = int(number) if validity == self.validity and number.isdigit() else 0
        _, found = self.line.uid("SEARCH", f"UID {latest + 1}:*")
        words = found[0].split() if found and found[0] else []
        numbers = sorted(int(word) for word in words)
        for one in [one for one in numbers if one > latest][:most]:
            yield Found(
                mark=f"{self.validity}:{one}",
                size=self._size(one),
                read=partial(self._fetch, one, "BODY.PEEK[]"),
                head=partial(self._fetch, one, "BODY.PEEK[HEADER]"),
            )

    def _size(self, number: int) -> int:
        _, found = self.line.uid("FETCH", str(number), "(RFC822.SIZE)")
        lines = b" ".join(one for one in found if isinstance(one, bytes))
        size = _SIZE.search(lines)
        return int(size[1]) if size else 0

    def _fetch(self, number: int, what: str) -> bytes:
        _, found = self.line.uid("FETCH", str(number), f"({what})")
        for one in found:
            if isinstance(one, tuple):
                return bytes(one[1])
        raise BoxAway("Máy chủ thư không đưa thư đã báo; sẽ đọc lại lần sau.")

    def put_away(self, mark: str) -> None:
        """Mark a message as read on the server."""
        number = mark.partition(":")[2]
        self.line.uid("STORE", number, "+FLAGS", "(\\Seen)")
