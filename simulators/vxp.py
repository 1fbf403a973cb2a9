"""The national axis as its SDK speaks to it, played: signed headers, edXML as a part of a form.

`python -m simulators.vxp FOLDER` answers `sendEdoc`, `getReceivedEdocList`, `getSentEdocList`,
`getEdoc`, `updateStatus`, `getAgenciesList`; `/` is a page for people, `POST /faults` misbehaves.
"""

import json
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from hashlib import sha256
from hmac import compare_digest
from hmac import digest as hmac_digest

from motcua.lib.clock import HANOI, now

from .axis import BAD_FILE, BAD_SECRET, OK, Axis, Failed, Held
from .axis_door import Asked, Body, Door, serve
from .axis_page import Shown

PREFIX = "XroadVnpt-"
VERSION = "3.0.201608"
LONGEST_AGO = timedelta(minutes=15)
Said = Mapping[str, str]


def checked(axis: Axis, headers: Message) -> Said:
    """Return the values of the signed headers. Raises: Failed unless all of it is in order."""
    signed = headers.get(f"{PREFIX}sign-header", "")
    secret = f"{axis.secret}-moi" if axis.fault == "secret" else axis.secret
    wanted = hmac_digest(secret.encode(), signed.encode(), "sha256").hex()
    if not compare_digest(wanted, headers.get(f"{PREFIX}hash-header", "")):
        raise Failed(BAD_SECRET, "Sai thông tin xác thực")
    said = json.loads(signed)
    names = headers.get(f"{PREFIX}sign-header-key", "").split(";")
    values = {name: said[f"{PREFIX}{name}"] for name in names}
    if any(headers.get(f"{PREFIX}{name}") != value for name, value in values.items()):
        raise Failed(BAD_SECRET, "Tiêu đề khác phần đã ký")
    if values.get("systemid") != axis.system or headers.get(f"{PREFIX}version") != VERSION:
        raise Failed(BAD_SECRET, "Không có hệ thống này")
    at = datetime.strptime(values["timestamp"][:15], "%d%m%YT%H%M%S").replace(tzinfo=HANOI)
    if abs(now() - at) > LONGEST_AGO:
        raise Failed(BAD_SECRET, "Giờ hai bên lệch quá xa")
    return values


def send(axis: Axis, said: Said, asked: Asked) -> Body:
    """Take a message for those that the header names."""
    content = part_of(asked, "file_doc")
    digest = sha256(content).digest()
    if said.get("hash-file") not in (digest.hex(), "".join(f"{one:x}" for one in digest)):
        raise Failed(BAD_FILE, "Tệp khác dấu vân tay")
    receivers = json.loads(said.get("to", "[]"))
    sent_id = axis.send(said["messagetype"], said["from"], receivers, content)
    return {"status": "OK", "ErrorCode": OK, "ErrorDesc": "Success", "DocId": sent_id}


def part_of(asked: Asked, name: str) -> bytes:
    """Return one part of a form. Raises: Failed."""
    head = f"Content-Type: {asked.headers.get('Content-Type', '')}\r\n\r\n".encode()
    parsed = BytesParser(policy=HTTP).parsebytes(head + asked.body)
    for part in parsed.iter_parts() if parsed.is_multipart() else ():
        if part.get_param("name", header="content-disposition") == name:
            content = part.get_payload(decode=True)
            return content if isinstance(content, bytes) else b""
    raise Failed(BAD_FILE, f"Thiếu tệp {name}")


def list_received(axis: Axis, said: Said, _asked: Asked) -> Body:
    """Tell what lies in our boxes."""
    return listed([_received(one) for one in _within(axis.received(kind_of(said)), said)])


def _received(row: Held) -> Body:
    return {
        "docId": row.doc_id,
        "serviceType": "eDoc",
        "messageType": row.kind,
        "created_time": row.made_at,
        "updated_time": row.changed_at,
        "from": row.sender,
        "to": row.receiver,
        "status": row.status,
        "status_desc": row.words,
    }


def list_sent(axis: Axis, said: Said, _asked: Asked) -> Body:
    """Tell how far our own messages have come."""
    return listed([_sent(one) for one in _within(axis.sent(kind_of(said)), said)])


def kind_of(said: Said) -> str:
    return said.get("messagetype", "")


def _within(rows: list[Held], said: Said) -> list[Held]:
    """Return those between the days that were asked for; all if none were."""
    days = [said.get(one, "").replace("/", "") for one in ("fromDate", "toDate")]
    return [
        one
        for one in rows
        if days == ["", ""] or days[0] <= "".join(reversed(one.made_at[:10].split("/"))) <= days[1]
    ]


def _sent(row: Held) -> Body:
    return {
        "serviceType": "eDoc",
        "messageType": row.kind,
        "senderDocId": row.sent_id,
        "receiverDocId": row.doc_id,
        "fromCode": row.sender,
        "toCode": row.receiver,
        "sendStatus": "done",
        "sendStatusDesc": "",
        "receiveStatus": row.status,
        "receiveStatusDesc": row.words,
        "sentTime": row.made_at,
        "receivedTime": row.changed_at,
        "title": row.title,
    }


def get(axis: Axis, said: Said, _asked: Asked) -> Body:
    """Hand a message out."""
    content = b64encode(axis.fetch(said["docId"])).decode()
    return {"status": "OK", "ErrorCode": OK, "ErrorDesc": "Success", "data": content}


def mark(axis: Axis, said: Said, _asked: Asked) -> Body:
    """Hear how far we are with a message."""
    axis.mark(said["docId"], said["status"], said.get("description", ""))
    return {"status": "OK", "ErrorCode": OK, "ErrorDesc": "Success"}


def list_agencies(axis: Axis, _said: Said, _asked: Asked) -> Body:
    """Tell who is on the axis."""
    return listed(list(axis.agencies()))


def listed(rows: list[Body]) -> Body:
    return {"status": "OK", "ErrorCode": OK, "ErrorDesc": "Success", "data": rows}


METHODS: Mapping[str, Callable[[Axis, Said, Asked], Body]] = {
    "/sendEdoc": send,
    "/getReceivedEdocList": list_received,
    "/getSentEdocList": list_sent,
    "/getEdoc": get,
    "/updateStatus": mark,
    "/getAgenciesList": list_agencies,
}


class Vxp(Door):
    """Answers as the axis does."""

    def answer(self, asked: Asked) -> tuple[int, Body]:
        """Return what one method says. Raises: Failed."""
        if asked.path not in METHODS:
            return 404, {"error": "not found"}
        said = checked(self.axis, asked.headers)
        return 200, METHODS[asked.path](self.axis, said, asked)

    def failed(self, error: Failed) -> tuple[int, Body]:
        """Return an error inside an answer that HTTP calls good."""
        said = {"status": "FAIL", "ErrorCode": error.code, "ErrorDesc": error.words}
        return 200, {**said, "DocId": "", "data": []}


if __name__ == "__main__":
    serve(Vxp, Shown("Trục liên thông văn bản quốc gia", "Trục quốc gia (VXP)"))
