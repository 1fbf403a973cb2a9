"""How partners write moments, amounts and digests; how their JSON is read."""

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from hmac import compare_digest
from hmac import digest as hmac_digest

from motcua.casework.payments import api as payments
from motcua.lib.clock import HANOI, local

_MOMENT = re.compile(r"[0-9]{14}", re.ASCII)
_AMOUNT = re.compile(r"[0-9]{1,15}", re.ASCII)
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")
_FIRST_YEAR = "2000"  # before it programs mean “no moment”: databases do not hold all of them
_FORMAT = "%Y%m%d%H%M%S"
MOST_BODY = 64_000
MOST_WORDS = 200


def moment(at: datetime) -> str:
    """Return a moment on the clocks of Hà Nội: 20261122153000."""
    return f"{local(at):{_FORMAT}}"


def moment_in(text: str, otherwise: datetime) -> datetime:
    """Return the moment that a partner wrote; `otherwise` if it wrote none, or the year one."""
    if _MOMENT.fullmatch(text) is None or text < _FIRST_YEAR:
        return otherwise
    try:
        return datetime.strptime(text, _FORMAT).replace(tzinfo=HANOI)
    except ValueError:
        return otherwise


def amount_in(text: str) -> int:
    """Return an amount as a partner wrote it. Raises: NoticeUnreadable."""
    if _AMOUNT.fullmatch(text) is None:
        raise payments.NoticeUnreadable("Báo cáo không ghi số tiền là một số nguyên.")
    return int(text)


def piped(secret: bytes, values: Iterable[str], method: str = "sha256") -> str:
    """Return the keyed digest over values joined by bars."""
    return hmac_digest(secret, "|".join(values).encode(), method).hex()


def by_name(secret: bytes, said: Mapping[str, str], left_out: str) -> str:
    """Return the keyed digest over values in the order of their names."""
    return piped(secret, (said[one] for one in sorted(said) if one != left_out))


def is_same(wanted: str, given: str) -> bool:
    """Compare digests without telling how much of them is right."""
    return given.isascii() and compare_digest(wanted, given.lower())


def json_of(notice: payments.RawNotice) -> dict[str, str]:
    """Return the words of a notice in JSON. Raises: NoticeUnreadable."""
    if len(notice.body) > MOST_BODY:
        raise payments.NoticeUnreadable("Báo cáo dài quá mức.")
    try:
        return plain(json.loads(notice.body))
    except (ValueError, RecursionError) as error:
        raise payments.NoticeUnreadable("Báo cáo không phải JSON.") from error


def plain(said: object) -> dict[str, str]:
    """Return the single values of an object as text. Raises: NoticeUnreadable.

    What neither a digest nor the database can hold is refused: NUL, halves of a character.
    """
    if not isinstance(said, dict):
        raise payments.NoticeUnreadable("Báo cáo không phải một đối tượng.")
    found = {
        str(name): str(value)
        for name, value in said.items()
        if isinstance(value, str | int) and not isinstance(value, bool)
    }
    if _NO_TEXT.search("".join((*found, *found.values()))):
        raise payments.NoticeUnreadable("Báo cáo có ký tự không đọc được.")
    return found


def unbelieved(
    attempt_ref: str, words: str, *, at: datetime, is_allowed: bool
) -> payments.NoticeIn:
    """Return a notice whose digest is not the partner's: nothing of it counts."""
    return payments.NoticeIn(
        is_genuine=False,
        attempt_ref=attempt_ref,
        amount_vnd=0,
        is_paid=False,
        partner_ref="",
        paid_at=at,
        words=words,
        is_allowed=is_allowed,
    )


def shown(text: str) -> str:
    """Return words of a partner fit for a page."""
    return "".join(one for one in text if one.isprintable())[:MOST_WORDS]


def told(code: str, words: str, names: tuple[str, str]) -> payments.Reply:
    """Return a reply in JSON with a code and words, under the partner's names for them."""
    body = json.dumps(dict(zip(names, (code, words), strict=True))).encode()
    return payments.Reply(200, "application/json", body)
