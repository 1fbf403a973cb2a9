"""An agency with a mailbox, and messages as they come."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from email.message import EmailMessage
from functools import partial

from motcua.casework.mailboxes.choices import BoxKind
from motcua.casework.mailboxes.errors import BoxAway
from motcua.casework.mailboxes.models import Mailbox
from motcua.casework.mailboxes.ports import Found, Place
from motcua.foundation.access.api import Power
from motcua.foundation.files.tests.make import make_pdf
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.tests.make import make_agency, make_unit, root_of
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=HANOI)


@dataclass(frozen=True, slots=True)
class Desk:
    """An agency with its clerk, its administrator and its mailbox."""

    agency_id: int
    dung: Actor
    quan: Actor
    box: Mailbox


def make_desk(code: str = "H18.101", *, first: int = 701) -> Desk:
    """Return an agency with Dũng the clerk and Quản the administrator."""
    agency = make_agency(code, f"UBND xã {code}")
    registry = make_unit(agency, f"{code}.VT", "Văn phòng – văn thư")
    root = root_of(agency)
    organisation.forget_tree()
    box = Mailbox.objects.create(
        agency_id=agency.pk,
        address=f"vanthu@{code.lower()}.example",
        kind=BoxKind.FOLDER,
        trusted="mx.dienbien.example",
        changed_at=MONDAY,
        changed_by_name="Quản",
    )
    return Desk(
        agency.pk,
        _officer(first, agency.pk, registry.pk, Power.REGISTER_DOCUMENTS),
        _officer(first + 1, agency.pk, root.pk, Power.EDIT_ORGANISATION),
        box,
    )


def _officer(number: int, agency_id: int, unit_id: int, power: Power) -> Actor:
    powers = {str(power): frozenset([unit_id])}
    name = "Lò Văn Dũng"
    return Actor(id=number, name=name, agency_id=agency_id, unit_ids=(unit_id,), powers=powers)


def letter(**changes: str) -> EmailMessage:
    """Return a message with a PDF."""
    facts = {
        "From": "Công ty Hoa Ban <lienhe@hoaban.example>",
        "To": "vanthu@h18.101.example",
        "Subject": "Đề nghị cấp phép sử dụng hè phố",
        "Message-ID": "<1@hoaban.example>",
        "Date": "Mon, 02 Mar 2026 08:30:00 +0700",
        **changes,
    }
    message = EmailMessage()
    for name, value in facts.items():
        message[name] = value
    message.set_content("Kính gửi UBND xã,\nCông ty gửi kèm công văn.")
    message.add_attachment(
        make_pdf(), maintype="application", subtype="pdf", filename="công văn 12.pdf"
    )
    return message


@dataclass
class FakeBox:
    """A mailbox in memory, as the port wants it."""

    raws: list[bytes]
    fails_after: int | None = None
    put: list[str] = field(default_factory=list)
    claimed_size: int = 0

    def after(self, mark: str, most: int) -> Iterator[Found]:
        """Yield the messages after a mark."""
        first = int(mark or 0)
        for number, raw in list(enumerate(self.raws, start=1))[first : first + most]:
            if self.fails_after is not None and number > self.fails_after:
                raise BoxAway("Máy chủ thư ngắt giữa chừng.")
            size = self.claimed_size or len(raw)
            head = partial(bytes, raw.partition(b"\n\n")[0])
            yield Found(f"{number}", size, partial(bytes, raw), head)

    def put_away(self, mark: str) -> None:
        """Hear that a message is kept."""
        self.put.append(mark)

    @contextmanager
    def open(self, _place: Place) -> Iterator["FakeBox"]:
        """Open it."""
        yield self
