"""What services of this kind say, made into our own values; whatever is odd is refused.

Shape: docs/reference/remote-signing.md
"""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Mapping
from typing import Any

from motcua.foundation.signing.api import PushAnswer, PushKey, PushOrder, PushState
from motcua.lib.clock import local, now

_MOST_KEYS = 20
_MOST_CHAIN = ("ca_cert", "root_cert")
# Words of services for a refusal and for a time that ran out, in their messages.
_REFUSED = ("reject", "refuse", "deny", "denied", "cancel")
_EXPIRED = ("expire", "timeout", "time_out", "out_of_time")
_DONE = "success"


class Odd(Exception):
    """The service says something that nobody can use."""


def start_body(order: PushOrder) -> dict[str, Any]:
    """Return what asks a user to let hashes be signed, all with one confirmation."""
    return {
        "user_id": order.user_ref,
        "transaction_id": order.transaction,
        "transaction_desc": order.words,
        "serial_number": order.key_ref,
        "time_stamp": f"{local(now()):%Y%m%d%H%M%SZ}",
        "sign_files": [
            {
                "doc_id": mark,
                "file_type": "pdf",
                "sign_type": "hash",
                "data_to_be_signed": digest.hex(),
            }
            for mark, digest in order.hashes.items()
        ],
    }


def read_keys(said: Mapping[str, Any]) -> list[PushKey]:
    """Return the keys of a user. Raises: Odd."""
    rows = _data(said).get("user_certificates")
    if not isinstance(rows, list):
        raise Odd("user_certificates")
    return [_key(row) for row in rows[:_MOST_KEYS]]


def _key(row: object) -> PushKey:
    if not isinstance(row, Mapping):
        raise Odd("user_certificates")
    serial, own = row.get("serial_number"), row.get("cert_data")
    if not isinstance(serial, str) or not serial or not isinstance(own, str):
        raise Odd("serial_number")
    given = row.get("chain_data")
    chain = given if isinstance(given, Mapping) else {}
    above = [chain[name] for name in _MOST_CHAIN if isinstance(chain.get(name), str)]
    return PushKey(serial, tuple(_bytes(one) for one in (own, *above) if one))


def read_answer(said: Mapping[str, Any], order: PushOrder) -> PushAnswer:
    """Return how far a transaction has come.

    The same paper may be told twice, if it is told the same; one that is missing, or told in two
    ways, makes the whole answer odd.

    Raises: Odd.
    """
    data = _data(said)
    words = str(said.get("message", "")).lower()
    rows = data.get("signatures")
    if rows:
        return PushAnswer(PushState.SIGNED, _signatures(rows, data, order))
    if any(one in words for one in _REFUSED):
        return PushAnswer(PushState.REFUSED)
    if any(one in words for one in _EXPIRED):
        return PushAnswer(PushState.EXPIRED)
    if words == _DONE:
        raise Odd("signatures")
    return PushAnswer(PushState.WAITING)


def _signatures(rows: object, data: Mapping[str, Any], order: PushOrder) -> dict[str, bytes]:
    if data.get("transaction_id") not in (order.transaction, None) or not isinstance(rows, list):
        raise Odd("transaction_id")
    found: dict[str, bytes] = {}
    for row in rows:
        if not isinstance(row, Mapping) or not isinstance(row.get("signature_value"), str):
            raise Odd("signature_value")
        mark, value = str(row.get("doc_id", "")), _bytes(row["signature_value"])
        if found.setdefault(mark, value) != value:
            raise Odd("doc_id")
    if set(order.hashes) - set(found):
        raise Odd("signatures")
    return {mark: found[mark] for mark in order.hashes}


def _data(said: Mapping[str, Any]) -> Mapping[str, Any]:
    data = said.get("data")
    return data if isinstance(data, Mapping) else {}


def _bytes(encoded: str) -> bytes:
    try:
        return b64decode("".join(encoded.split()), validate=True)
    except (NotBase64, ValueError) as error:
        raise Odd("base64") from error
