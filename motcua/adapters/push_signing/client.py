"""Asks one service that lets its user confirm on the telephone, within bounds of time and size."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from motcua.foundation.signing.api import (
    HolderAway,
    HolderRefuses,
    PushAnswer,
    PushKey,
    PushOrder,
)
from motcua.lib.httpclient import AddressRefused, Answer, Bounds, NoAnswer, ask
from motcua.lib.tongue import sentence

from . import shapes

_AWAY = sentence("Dịch vụ ký số không trả lời; hệ thống tự thử lại.")
_ODD = sentence("Dịch vụ ký số trả lời điều không hiểu được; hệ thống tự thử lại.")
_WORDS = {
    HTTPStatus.UNAUTHORIZED: sentence(
        "Dịch vụ ký số không nhận tài khoản của hệ thống, hoặc không biết số"
        " đã nhập. Hãy kiểm tra lại số định danh; nếu đúng, xin báo cho cơ quan."
    ),
    HTTPStatus.FORBIDDEN: sentence("Chứng thư ở dịch vụ ký số đã bị khóa, thu hồi hoặc hết hạn."),
    HTTPStatus.NOT_FOUND: sentence("Dịch vụ ký số không biết số đã nhập. Hãy kiểm tra lại."),
}
_LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Service:
    """One service: its address, and who we are there."""

    url: str
    client_id: str
    client_secret: str = field(repr=False)


class Client:
    """Implements `signing.PushSigner`."""

    def __init__(self, service: Service, bounds: Bounds) -> None:
        self.service = service
        self.bounds = bounds

    def find_keys(self, user_ref: str) -> Sequence[PushKey]:
        """Return the keys of one of its users. Raises: HolderAway, HolderRefuses."""
        body = {"user_id": user_ref, "serial_number": "", "transaction_id": "tra-cuu"}
        said = self._post("v1/credentials/get_certificate", body)
        try:
            return shapes.read_keys(said)
        except shapes.Odd as error:
            raise HolderAway(_ODD) from error

    def start(self, order: PushOrder) -> None:
        """Let the service ask its user. Raises: HolderAway, HolderRefuses."""
        self._post("v1/signatures/sign", shapes.start_body(order))

    def poll(self, order: PushOrder) -> PushAnswer:
        """Return what the user said until now. Raises: HolderAway, HolderRefuses."""
        said = self._post(f"v1/signatures/sign/{quote(order.transaction, safe='')}/status", {})
        try:
            return shapes.read_answer(said, order)
        except shapes.Odd as error:
            raise HolderAway(_ODD) from error

    def _post(self, method: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
        own = {"sp_id": self.service.client_id, "sp_password": self.service.client_secret}
        content = json.dumps({**own, **body}).encode()
        headers = {"Content-Type": "application/json", "Accept": "application/json"}
        try:
            url = f"{self.service.url}/{method}"
            return _read(ask("POST", url, bounds=self.bounds, body=content, headers=headers))
        except NoAnswer as error:
            raise HolderAway(_AWAY) from error
        except AddressRefused as error:
            raise HolderRefuses(
                sentence("Địa chỉ của dịch vụ ký số không được phép hỏi.")
            ) from error


def _read(answer: Answer) -> Mapping[str, Any]:
    """Return what the service said; its own status stands in the answer or in HTTP's.

    Raises: HolderAway, HolderRefuses.
    """
    if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise HolderAway(_AWAY)
    try:
        said = answer.json()
    except NoAnswer as error:
        raise HolderAway(_ODD) from error
    if not isinstance(said, dict):
        raise HolderAway(_ODD)
    status = said.get("status_code", answer.status)
    if not isinstance(status, int):
        raise HolderAway(_ODD)
    _check(status if answer.status == HTTPStatus.OK else answer.status, said)
    return said


def _check(status: int, said: Mapping[str, Any]) -> None:
    """Raises: HolderAway, HolderRefuses.

    Numbers of their own above those of HTTP tell of a transaction; its message is read then.
    """
    if status in _WORDS:
        raise HolderRefuses(_WORDS[HTTPStatus(status)])
    if HTTPStatus.INTERNAL_SERVER_ERROR <= status < _OWN_NUMBERS:
        raise HolderAway(_AWAY)
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        raise HolderAway(_AWAY)
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        words = "".join(one for one in str(said.get("message", "")) if one.isprintable())
        raise HolderRefuses(f"Dịch vụ ký số từ chối: {words[:_LONGEST_WORDS] or status}.")


_OWN_NUMBERS = 600
