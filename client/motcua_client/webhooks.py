"""Look whether a webhook message is genuine."""

import base64
import hmac
import json
import time
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from .errors import BadSignature

TOLERANCE_S = 300


def verify_webhook(
    headers: Mapping[str, str], body: bytes, secret: str, *, at: float | None = None
) -> Any:
    """Return what a message says. Raises: BadSignature if it is not from the site, or too old.

    `at`: the present second, if not that of the clock. Messages may come twice: keep their ids.
    """
    given = {name.lower(): value for name, value in headers.items()}
    message_id, sent = given.get("webhook-id", ""), given.get("webhook-timestamp", "")
    if not message_id or not sent.isdecimal():
        raise BadSignature("the headers of a webhook are missing")
    if abs((time.time() if at is None else at) - int(sent)) > TOLERANCE_S:
        raise BadSignature("the message is too old, or one of the clocks is wrong")
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, f"{message_id}.{sent}.".encode() + body, sha256).digest()
    wanted = f"v1,{base64.b64encode(digest).decode()}"
    for one in given.get("webhook-signature", "").split():
        if hmac.compare_digest(one.encode(), wanted.encode()):
            return json.loads(body)
    raise BadSignature("the signature is not the site's")
