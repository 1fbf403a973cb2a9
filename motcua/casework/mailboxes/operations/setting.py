"""The administrator says where a mailbox is; its word is sealed, and never shown again."""

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime

from motcua.casework.mailboxes.choices import BoxKind
from motcua.casework.mailboxes.errors import BoxAway
from motcua.casework.mailboxes.models import Mailbox
from motcua.casework.mailboxes.ports import Box, Place, boxes
from motcua.foundation.access.api import Power
from motcua.foundation.audit import api as audit
from motcua.foundation.identity import api as identity
from motcua.foundation.organisation import api as organisation
from motcua.lib import work
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput
from motcua.lib.text import tidy

_HIGHEST_PORT = 65_535


@dataclass(frozen=True, slots=True)
class MailboxIn:
    """Where a mailbox is; an empty word leaves the one that is kept."""

    address: str
    kind: BoxKind
    host: str = ""
    port: int = 993
    user: str = ""
    secret: str = field(default="", repr=False)
    folder: str = "INBOX"
    trusted: str = ""
    is_on: bool = True


@work.story
def set_mailbox(agency_id: int, wanted: MailboxIn, *, by: Actor, at: datetime) -> Mailbox:
    """Say where an agency's mailbox is, for the first time or anew.

    Raises: NotAllowed, BadInput that names the field.
    """
    agency = organisation.tree().agency(agency_id)
    by.require(Power.EDIT_ORGANISATION, unit_id=agency.root_unit_id)
    box = Mailbox.objects.select_for_update(of=("self",)).filter(agency_id=agency_id).first()
    _check(wanted, has_secret=bool(box and box.secret))
    box = box or Mailbox(agency_id=agency_id)
    moved = (box.kind, box.host, box.user, box.folder) != (
        wanted.kind,
        wanted.host,
        wanted.user,
        wanted.folder,
    )
    box.address, box.kind = tidy(wanted.address)[:254], wanted.kind
    box.host, box.port, box.user = wanted.host.strip(), wanted.port, wanted.user.strip()
    box.folder, box.trusted = tidy(wanted.folder) or "INBOX", wanted.trusted.strip()
    box.is_on, box.trouble = wanted.is_on, ""
    if wanted.secret:
        box.secret = identity.seal_secret(wanted.secret)
    if moved:
        box.mark = ""
    box.changed_at, box.changed_by_name = at, by.name
    box.save()
    detail = {"kind": str(box.kind), "host": box.host, "on": box.is_on}
    audit.record("mailboxes.set", f"agency:{agency_id}", by=by, at=at, detail=detail)
    return box


def _check(wanted: MailboxIn, *, has_secret: bool) -> None:
    """Raises: BadInput."""
    if "@" not in wanted.address:
        raise BadInput("Hãy ghi địa chỉ thư, ví dụ vanthu@tinh.gov.vn.", field="address")
    if wanted.kind != BoxKind.IMAP:
        return
    if not wanted.host.strip() or "/" in wanted.host or " " in wanted.host.strip():
        raise BadInput("Hãy ghi tên máy chủ IMAP, ví dụ mail.tinh.gov.vn.", field="host")
    if not 1 <= wanted.port <= _HIGHEST_PORT:
        raise BadInput("Cổng từ 1 đến 65535; IMAP có mã hóa thường là 993.", field="port")
    if not wanted.user.strip():
        raise BadInput("Hãy ghi tên đăng nhập hộp thư.", field="user")
    if not wanted.secret and not has_secret:
        raise BadInput("Hãy ghi mật khẩu hộp thư.", field="secret")


def open_box(box: Mailbox) -> AbstractContextManager[Box]:
    """Return the open mailbox. Raises: BoxAway."""
    opener = boxes.get(box.kind)
    if opener is None:
        raise BoxAway("Hệ thống này không đọc được hộp thư bằng cách đã chọn.")
    return opener(place_of(box))


def place_of(box: Mailbox) -> Place:
    """Return where a mailbox is, with its word unsealed."""
    return Place(
        agency_code=organisation.tree().agency(box.agency_id).code,
        host=box.host,
        port=box.port,
        user=box.user,
        secret=identity.unseal_secret(box.secret) if box.secret else "",
        folder=box.folder,
    )


def try_mailbox(agency_id: int, *, by: Actor) -> int:
    """Open an agency's mailbox and count what waits there, up to a hundred; nothing is read.

    Raises: NotAllowed, BoxAway. Costs: network.
    """
    by.require(Power.EDIT_ORGANISATION, unit_id=organisation.tree().agency(agency_id).root_unit_id)
    box = Mailbox.objects.filter(agency_id=agency_id).first()
    if box is None:
        raise BoxAway("Cơ quan này chưa đặt hộp thư.")
    with open_box(box) as opened:
        return sum(1 for _ in opened.after(box.mark, 100))
