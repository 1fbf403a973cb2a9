"""A commune with its registry, and documents as they come in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from motcua.casework.documents.choices import Source
from motcua.casework.documents.models import Document
from motcua.casework.documents.operations.arriving import register, take_arrival
from motcua.casework.documents.operations.stepping import RouteIn
from motcua.casework.documents.rules.arrival import ArrivalIn, EntryIn
from motcua.casework.documents.rules.drafts import DraftBody, DraftIn
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.tests.make import (
    make_agency,
    make_officer,
    make_post,
    make_unit,
    root_of,
)
from motcua.foundation.papers.api import DocumentKind, Urgency
from motcua.lib.actor import Actor
from motcua.lib.clock import HANOI

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=HANOI)
ENTRY = EntryIn(
    subject="V/v báo cáo kết quả giải quyết thủ tục hành chính quý I",
    issuer_name="Sở Nội vụ",
    kind=DocumentKind.OFFICIAL_LETTER,
    number="0123",
    notation="SNV-CCHC",
    issued_on=date(2026, 2, 27),
    issuer_code="H18.5",
    signer_name="Nguyễn Văn Mẫu",
    urgency=Urgency.URGENT,
    pages=2,
)

BODY = DraftBody(
    "Ủy ban nhân dân xã đề nghị các bản báo cáo.\n1. Báo cáo trước ngày 20.",
    addressees=("Các bản trên địa bàn xã",),
    recipients=("Như trên", "Lưu: VT, KT"),
)


@dataclass(frozen=True, slots=True)
class Office:
    """An agency as tests need it: its units, and one person for each role."""

    agency_id: int
    root_id: int
    registry_id: int
    division_id: int
    dung: Actor
    hoa: Actor
    mai: Actor
    tuan: Actor


def make_office(
    code: str = "H18.101", name: str = "UBND xã Mường Phăng", *, first: int = 601
) -> Office:
    """Return an agency with a registry (Dũng), a leader (Hoa), a division (Tuấn; Mai its head)."""
    agency = make_agency(code, name)
    root = root_of(agency)
    registry = make_unit(agency, f"{code}.VT", "Văn phòng – văn thư")
    division = make_unit(agency, f"{code}.KT", "Phòng Kinh tế")
    organisation.forget_tree()
    every = [root.pk, registry.pk, division.pk]
    clerk = {
        Power.REGISTER_DOCUMENTS: every,
        Power.MANAGE_BOOKS: every,
        Power.DRAFT_DOCUMENTS: [registry.pk],
        Power.SEAL_DOCUMENTS: every,
    }
    leader = {
        Power.DIRECT_DOCUMENTS: every,
        Power.ASSIGN_TASKS: every,
        Power.APPROVE_DOCUMENTS: every,
        Power.DRAFT_DOCUMENTS: every,
        Power.SIGN_DOCUMENTS: every,
    }
    head = {power: [division.pk] for power in leader}
    handler = {Power.DRAFT_DOCUMENTS: [division.pk], Power.SIGN_DOCUMENTS: [division.pk]}
    return Office(
        agency_id=agency.pk,
        root_id=root.pk,
        registry_id=registry.pk,
        division_id=division.pk,
        dung=_officer(first, "Lò Văn Dũng", agency.pk, registry.pk, clerk),
        hoa=_officer(first + 1, "Nguyễn Thị Hoa", agency.pk, root.pk, leader),
        mai=_officer(first + 2, "Quàng Thị Mai", agency.pk, division.pk, head),
        tuan=_officer(first + 3, "Cà Văn Tuấn", agency.pk, division.pk, handler),
    )


def make_clerk(office: Office, code: str = "VT1") -> Office:
    """Let the registry have a clerk, so that what comes by itself knows where to go."""
    registry = organisation.Unit.objects.get(pk=office.registry_id)
    holder = make_officer("Văn thư", code=code)
    make_post(registry, organisation.PostRole.REGISTRY_CLERK, holder=holder)
    return office


def _officer(
    number: int, name: str, agency_id: int, unit_id: int, powers: Mapping[Power, list[int]]
) -> Actor:
    return Actor(
        id=number,
        name=name,
        agency_id=agency_id,
        unit_ids=(unit_id,),
        powers={str(power): frozenset(units) for power, units in powers.items()},
    )


def arrival_at(office: Office, entry: EntryIn = ENTRY, **more: Any) -> ArrivalIn:
    """Return a document that came by hand."""
    facts = {"source": Source.HAND, "arrived_at": MONDAY, **more}
    return ArrivalIn(office.agency_id, office.registry_id, entry=entry, **facts)


def make_arrival(office: Office, entry: EntryIn = ENTRY, **more: Any) -> Document:
    """Take a document in."""
    return take_arrival(arrival_at(office, entry, **more), by=office.dung, at=MONDAY)


def make_registered(office: Office, entry: EntryIn = ENTRY, **more: Any) -> Document:
    """Take a document in, give it its number and bring it before the leader."""
    document = make_arrival(office, entry, **more)
    to = RouteIn(office.root_id, words="Kính trình lãnh đạo")
    return register(document.code, by=office.dung, at=MONDAY, to=to)


def other(entry: EntryIn = ENTRY, **changes: Any) -> EntryIn:
    """Return the entry with some words changed."""
    return replace(entry, **changes)


def draft_of(office: Office, **more: Any) -> DraftIn:
    """Return an official letter of the division, to be written."""
    facts: dict[str, Any] = {
        "kind": DocumentKind.OFFICIAL_LETTER,
        "subject": "V/v báo cáo",
        "body": BODY,
        **more,
    }
    return DraftIn(office.agency_id, office.division_id, **facts)
