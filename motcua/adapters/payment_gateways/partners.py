"""Where the partners are and who we are there: the operator's file, readable by nobody else.

Shape: docs/reference/payments.md
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from motcua.casework.payments import api as payments
from motcua.lib.httpclient import AddressRefused, Bounds, NoAnswer, ask

OTHERS_MAY_READ = 0o077
PATIENCE_S = 8.0
_GOOD = 200
_PLACE = re.compile(r"https?://[A-Za-z0-9.\-]+(?::[0-9]{1,5})?(?=[/?#]|\Z)")


@dataclass(frozen=True, slots=True)
class Partner:
    """One partner: its pages, its programs, our name and secret there, where it calls from."""

    name: str
    address: str
    api: str
    client: str
    secret: bytes = field(repr=False)
    origins: frozenset[str] = frozenset()

    def may_call_from(self, ip: str) -> bool:
        """Say whether a notice from this address is the partner's; any is if none are listed."""
        return not self.origins or ip in self.origins


def partner(name: str, client: str = "") -> Partner:
    """Return a partner as the operator entered it; `client` is another name of ours there.

    Raises: GatewayAway if it is not entered, or the file lies open.
    """
    entered = _entered().get(name)
    if not isinstance(entered, dict):
        raise payments.GatewayAway("Cổng thanh toán này chưa được khai báo; hãy báo quản trị.")
    known = {str(entered.get("client", "")): entered.get("secret"), **entered.get("clients", {})}
    who = client or str(entered.get("client", ""))
    secret = known.get(who)
    if not who or not isinstance(secret, str) or not secret:
        raise payments.GatewayAway(
            "Cổng thanh toán chưa có mã điểm thu hoặc khóa của ta; hãy báo quản trị."
        )
    return Partner(
        name=name,
        address=str(entered.get("address", "")),
        api=str(entered.get("api", "")),
        client=who,
        secret=secret.encode(),
        origins=frozenset(entered.get("from", ())),
    )


def pages_of(name: str) -> frozenset[str]:
    """Return where a partner's pages are, each as scheme://host; none if it is not entered."""
    try:
        shop = partner(name)
    except payments.GatewayAway:
        return frozenset()
    found = (_PLACE.match(one) for one in (shop.address, shop.api))
    return frozenset(one[0] for one in found if one)


def known_partner(name: str) -> Partner:
    """Return a partner that tells us something. Raises: NoticeUnreadable if it is not entered."""
    try:
        return partner(name)
    except payments.GatewayAway as error:
        raise payments.NoticeUnreadable(str(error)) from error


def bank_secret(bank_bin: str) -> tuple[bytes, frozenset[str]]:
    """Return by what a bank's notices are known: its secret, and where it calls from.

    Raises: GatewayAway if the bank sends us none.
    """
    banks = _entered().get("banks")
    entered = banks.get(bank_bin) if isinstance(banks, dict) else None
    if not isinstance(entered, dict) or not entered.get("secret"):
        raise payments.GatewayAway("Ngân hàng này chưa được khai báo; hãy báo quản trị.")
    return str(entered["secret"]).encode(), frozenset(entered.get("from", ()))


def _entered() -> Mapping[str, Any]:
    path = Path(settings.PAYMENT_SECRETS_FILE)
    try:
        now = path.stat()
        if now.st_mode & OTHERS_MAY_READ:
            raise payments.GatewayAway(
                "Tệp khóa của cổng thanh toán để người khác đọc được; hãy đặt quyền 0600."
            )
        entered = _read(path, now.st_mtime_ns, now.st_ino, now.st_size)
    except (OSError, ValueError) as error:
        message = "Chưa có tệp khóa của cổng thanh toán, hoặc tệp sai dạng; hãy báo quản trị."
        raise payments.GatewayAway(message) from error
    return entered if isinstance(entered, dict) else {}


@lru_cache(maxsize=1)
def _read(path: Path, *_written: int) -> Any:
    """Return what stands in the file, read again when it was written again."""
    return json.loads(path.read_bytes())


def asked(place: str, said: Mapping[str, object]) -> Mapping[str, Any]:
    """Send JSON to a partner and return its JSON. Raises: GatewayAway.

    Costs: network, no longer than `PATIENCE_S`.
    """
    host = place.split("://", maxsplit=1)[-1].split("/", maxsplit=1)[0]
    bounds = Bounds(frozenset({host}), total_s=PATIENCE_S, allows_private=True)
    body = json.dumps(said).encode()
    headers = {"Content-Type": "application/json"}
    try:
        answer = ask("POST", place, bounds=bounds, body=body, headers=headers)
        found = answer.json() if answer.status == _GOOD else None
    except NoAnswer as error:
        raise payments.GatewayAway("Cổng thanh toán không trả lời; hãy thử lại sau.") from error
    except AddressRefused as error:
        message = "Địa chỉ cổng thanh toán khai báo không đúng; hãy báo quản trị."
        raise payments.GatewayAway(message) from error
    if not isinstance(found, dict):
        raise payments.GatewayAway("Cổng thanh toán đang trục trặc; hãy thử lại sau.")
    return found
