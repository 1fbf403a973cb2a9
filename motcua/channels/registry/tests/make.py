"""A commune whose clerk, officers and leader can sign in, and documents that wait for them."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.test import Client

from motcua.casework.documents import api as documents
from motcua.casework.documents.api import ArrivalIn, Document, EntryIn, Source
from motcua.casework.documents.tests.make import ENTRY
from motcua.foundation.identity.tests.make import make_officer_account, make_session
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.api import PostRole, Unit
from motcua.foundation.organisation.tests.make import make_agency, make_post, make_unit, root_of
from motcua.lib.actor import SYSTEM
from motcua.lib.clock import now


@dataclass(frozen=True, slots=True)
class Office:
    """An agency, and browsers in which its people have signed in."""

    agency_id: int
    root_id: int
    registry_id: int
    division_id: int
    dung: Client
    hoa: Client
    mai: Client
    tuan: Client
    accounts: dict[str, int]


def make_office(code: str = "H18.101", name: str = "UBND xã Mường Phăng", tag: str = "") -> Office:
    """Return Dũng (clerk), Hoa (leader), Mai (head of the division) and Tuấn (handler)."""
    agency = make_agency(code, name)
    registry = make_unit(agency, f"{code}.VT", "Văn phòng – văn thư")
    division = make_unit(agency, f"{code}.KT", "Phòng Kinh tế")
    root = root_of(agency)
    organisation.forget_tree()
    people = {
        "dung": ("Lò Văn Dũng", registry, PostRole.REGISTRY_CLERK),
        "hoa": ("Nguyễn Thị Hoa", root, PostRole.AGENCY_LEADER),
        "mai": ("Quàng Thị Mai", division, PostRole.UNIT_HEAD),
        "tuan": ("Cà Văn Tuấn", division, PostRole.HANDLER),
    }
    browsers, accounts = {}, {}
    for key, (full_name, unit, role) in people.items():
        browsers[key], accounts[key] = signed_in(full_name, f"{key}{tag}", unit, role)
    dung, hoa, mai, tuan = browsers.values()
    units = (root.pk, registry.pk, division.pk)
    return Office(agency.pk, *units, dung, hoa, mai, tuan, accounts)


def signed_in(full_name: str, username: str, unit: Unit, role: PostRole) -> tuple[Client, int]:
    """Return a browser in which an officer with this post has signed in, and the account."""
    account = make_officer_account(full_name, username=username)
    make_post(unit, role, holder=account.officer)
    client = Client()
    session = make_session(account, at=now())
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client, account.pk


def make_arrival(office: Office, entry: EntryIn = ENTRY, at: datetime | None = None) -> Document:
    """Take a document in, as the exchange would."""
    moment = at or now()
    arrival = ArrivalIn(office.agency_id, office.registry_id, Source.AXIS, moment, entry)
    return documents.take_arrival(arrival, by=SYSTEM, at=moment)


def text_of(client: Client, path: str) -> str:
    """Return a page's text; a page that is not there fails the test."""
    answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return answer.content.decode()
