"""A province's platform in front of the axis, as its gateway is spoken to, played.

`python -m simulators.lgsp FOLDER` answers `POST /token` (client credentials), and under
`/truclienthong/v1.0.0`: `GET vanbans`, `GET vanbans/{docId}`, `POST vanbans`,
`PUT vanbans/{docId}`, `GET donvilienthongs`; `/` is a page, `POST /faults` misbehaves.
"""

from base64 import b64decode, b64encode
from secrets import token_urlsafe
from urllib.parse import parse_qsl

from .axis import BAD_SECRET, OK, Axis, Failed, Held
from .axis_door import Asked, Body, Door, serve
from .axis_page import Shown

PATH = "/truclienthong/v1.0.0"
TOKEN_SECONDS = 3600
UNAUTHORISED = 401


class Lgsp(Door):
    """Answers as the gateway does."""

    tokens: set[str] = set()

    def answer(self, asked: Asked) -> tuple[int, Body]:
        """Return what one address says. Raises: Failed."""
        if asked.path == "/token":
            return self.token(asked)
        bearer = asked.headers.get("Authorization", "").removeprefix("Bearer ")
        if bearer not in self.tokens or self.axis.fault == "secret":
            return UNAUTHORISED, {"fault": {"code": 900901, "message": "Invalid Credentials"}}
        if asked.headers.get("SecretDonVi") != self.axis.secret:
            raise Failed(BAD_SECRET, "Sai mã bí mật của đơn vị")
        place = asked.path.removeprefix(PATH).strip("/").split("/")
        return 200, answered(self.axis, asked, place)

    def token(self, asked: Asked) -> tuple[int, Body]:
        """Give a token to who knows the secret."""
        known = b64encode(f"{self.axis.system}:{self.axis.secret}".encode()).decode()
        given = dict(parse_qsl(asked.body.decode()))
        is_known = asked.headers.get("Authorization") == f"Basic {known}"
        if not is_known or given.get("grant_type") != "client_credentials":
            return UNAUTHORISED, {"error": "invalid_client"}
        if self.axis.fault == "secret":
            return UNAUTHORISED, {"error": "invalid_client"}
        made = token_urlsafe(24)
        self.tokens.add(made)
        return 200, {"access_token": made, "token_type": "Bearer", "expires_in": TOKEN_SECONDS}

    def failed(self, error: Failed) -> tuple[int, Body]:
        """Return an error inside an answer that HTTP calls good."""
        said = {"status": "FAIL", "errorCode": error.code, "errorDesc": error.words}
        return 200, {**said, "docId": "", "data": []}


def answered(axis: Axis, asked: Asked, place: list[str]) -> Body:
    """Return what is told of messages and agencies. Raises: Failed, KeyError."""
    good = {"status": "OK", "errorCode": OK, "errorDesc": "Success"}
    if place == ["donvilienthongs"]:
        return {**good, "data": list(axis.agencies())}
    if asked.method == "POST" and place == ["vanbans"]:
        return {**good, "docId": _send(axis, asked)}
    if asked.method == "GET" and place == ["vanbans"]:
        kind = asked.query.get("messageType", "")
        rows = axis.sent(kind) if asked.query.get("box") == "sent" else axis.received(kind)
        return {**good, "data": [_row(one) for one in rows]}
    if asked.method == "GET":
        return {**good, "data": b64encode(axis.fetch(place[1])).decode()}
    axis.mark(place[1], asked.query["status"])
    return good


def _send(axis: Axis, asked: Asked) -> str:
    query = asked.query
    content = b64decode(asked.body, validate=True)
    receivers = [one for one in query.get("to", "").split(",") if one]
    return axis.send(query["messageType"], query["from"], receivers, content)


def _row(row: Held) -> Body:
    return {
        "serviceType": "eDoc",
        "messageType": row.kind,
        "docId": row.doc_id,
        "senderDocId": row.sent_id,
        "from": row.sender,
        "to": row.receiver,
        "status": row.status.upper(),
        "statusDesc": row.words,
        "createdTime": row.made_at,
    }


if __name__ == "__main__":
    serve(Lgsp, Shown("Nền tảng tích hợp của tỉnh (LGSP)", "LGSP của tỉnh", PATH))
