"""A commune with its people, and dossiers at every stage of their life."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from motcua.casework.dossiers import reactions
from motcua.casework.dossiers.choices import PartyRole
from motcua.casework.dossiers.models import Dossier, DossierStep
from motcua.casework.dossiers.operations.choosing import forget_rules
from motcua.casework.dossiers.operations.filing import file_application
from motcua.casework.dossiers.operations.handling import complete_step, decide
from motcua.casework.dossiers.operations.reception import receive_dossier, receive_in_person
from motcua.casework.dossiers.operations.signing_books import sign_book
from motcua.casework.dossiers.rules.application import (
    Application,
    PaperIn,
    PartyIn,
    SubmitterIn,
)
from motcua.casework.procedures.api import FilingChannel, forget_kept, set_duty
from motcua.casework.procedures.tests.make import TEXT, make_procedure
from motcua.foundation.access.api import Power
from motcua.foundation.organisation import api as organisation
from motcua.foundation.organisation.tests.make import make_agency, make_unit, root_of
from motcua.foundation.outbox import api as outbox
from motcua.lib import work
from motcua.lib.actor import Actor, ActorKind
from motcua.lib.clock import HANOI

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=HANOI)
LAN_ID = 501
LAN = Actor(id=LAN_ID, name="Lò Thị Lan", kind=ActorKind.CITIZEN, person_id=None)
DUNG = Actor(id=502, name="Cà Văn Dũng", kind=ActorKind.CITIZEN, person_id=None)
ANSWERS = {"ho_ten": "Lò Thị Lan", "muc_dich": "Đăng ký kết hôn", "so_ban": 2}


CERTIFICATION = """
code: "2.000815"
name: Chứng thực bản sao từ bản chính
sector_code: G15-CT
sector_name: Chứng thực
level: commune
is_same_day: true
cases:
  - {{code: thuong, name: Chứng thực, limits: {{counter: 0 same_day}}}}
fees:
  - {{code: trang, name: Phí chứng thực, kind: fee, amount_vnd: 2000, per: trang, most_vnd: 200000}}
  - {{code: trang-3, name: Phí từ trang thứ ba, kind: fee, amount_vnd: 1000, per: trang,
     from_unit: 3}}
papers:
  - {{code: ban-chinh, name: Bản chính, handling: show}}
outcomes:
  - {{code: ban-sao, name: Bản sao được chứng thực, result_code: KQ.G15.000021}}
process:
  - {{code: ky, name: Ký chứng thực, kind: decision, duty: leadership, role: agency_leader}}
"""


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune as tests need it: its units and one person for each role."""

    agency_id: int
    desk_id: int
    justice_id: int
    root_id: int
    binh: Actor
    oanh: Actor
    mai: Actor
    hoa: Actor


def make_commune(
    code: str = "H18.101", name: str = "UBND xã Mường Phăng", *, first: int = 1
) -> Commune:
    """Return a commune with a desk (Bình, headed by Oanh), a division (Mai), a leader (Hoa)."""
    agency = make_agency(code, name)
    root = root_of(agency)
    kind = organisation.UnitKind.ONE_STOP_DESK
    desk = make_unit(agency, f"{code}.MC", "Trung tâm Phục vụ hành chính công", kind=kind)
    justice = make_unit(agency, f"{code}.TP", "Văn phòng HĐND và UBND")
    organisation.forget_tree()
    for duty, unit_id in {"justice": justice.pk, "leadership": root.pk}.items():
        set_duty(agency.pk, duty, unit_id, by=_ADMIN, at=MONDAY)
    forget_kept()
    forget_rules()
    return Commune(
        agency_id=agency.pk,
        desk_id=desk.pk,
        justice_id=justice.pk,
        root_id=root.pk,
        binh=_officer(
            first,
            "Trần Văn Bình",
            agency.pk,
            (desk.pk,),
            Power.RECEIVE_DOSSIERS,
            Power.RETURN_OUTCOMES,
            Power.HAND_OVER_DOSSIERS,
            Power.SEARCH_PEOPLE,
        ),
        oanh=_officer(
            first + 3,
            "Vì Thị Oanh",
            agency.pk,
            (desk.pk,),
            Power.RECEIVE_DOSSIERS,
            Power.CORRECT_RECEPTION,
            Power.EXPORT_DOSSIERS,
        ),
        mai=_officer(
            first + 1,
            "Quàng Thị Mai",
            agency.pk,
            (justice.pk,),
            Power.HANDLE_DOSSIERS,
            Power.SEARCH_PEOPLE,
        ),
        hoa=_officer(
            first + 2,
            "Nguyễn Thị Hoa",
            agency.pk,
            (root.pk, desk.pk, justice.pk),
            Power.APPROVE_DOSSIERS,
            Power.ASSIGN_DOSSIERS,
            Power.ISSUE_APOLOGIES,
            Power.STOP_DOSSIERS,
            Power.ALLOW_MORE_SUPPLEMENT,
        ),
    )


def _officer(
    number: int, name: str, agency_id: int, units: tuple[int, ...], *powers: Power
) -> Actor:
    return Actor(
        id=number,
        name=name,
        title="Công chức",
        agency_id=agency_id,
        unit_ids=units[:1],
        powers={power: frozenset(units) for power in powers},
    )


_ADMIN = Actor(id=900, name="Quản trị", province_powers=frozenset({Power.EDIT_ORGANISATION}))


def make_application(commune: Commune, **changes: Any) -> Application:
    """Return Lan's on-line application for a certificate of marital status."""
    application = Application(
        procedure_code="1.004873",
        case_code="thuong",
        agency_id=commune.agency_id,
        channel=FilingChannel.PORTAL,
        submitter=SubmitterIn(name="Lò Thị Lan", account_id=LAN_ID, phone="0912345678"),
        parties=(PartyIn(PartyRole.APPLICANT, "Lò Thị Lan", number_hint="123"),),
        answers=ANSWERS,
        papers=(PaperIn("to-khai", "Tờ khai theo mẫu"),),
    )
    return replace(application, **changes)


def make_filed(commune: Commune, *, at: datetime = MONDAY, **changes: Any) -> str:
    """Return the code of a dossier Lan has filed on-line."""
    return file_application(make_application(commune, **changes), by=LAN, at=at)


def make_received(commune: Commune, *, at: datetime = MONDAY, **changes: Any) -> str:
    """Return the code of a dossier filed on-line and received by Bình."""
    code = make_filed(commune, at=at, **changes)
    receive_dossier(code, by=commune.binh, at=at)
    return code


def make_received_at_desk(
    commune: Commune, *, at: datetime = MONDAY, answers: Mapping[str, Any] = ANSWERS
) -> str:
    """Return the code of a dossier handed in and received at the desk."""
    submitter = SubmitterIn(name="Lò Thị Lan", phone="0912345678")
    application = make_application(
        commune, channel=FilingChannel.COUNTER, submitter=submitter, answers=answers
    )
    return receive_in_person(application, desk_unit_id=commune.desk_id, by=commune.binh, at=at)


def make_second_step(commune: Commune, *, at: datetime = MONDAY, **changes: Any) -> str:
    """Return the code of a dossier whose appraisal Mai has finished."""
    code = make_received(commune, at=at, **changes)
    complete_step(code, open_step(code).seq, by=commune.mai, at=at)
    return code


def make_resolved(commune: Commune, *, at: datetime = MONDAY) -> str:
    """Return the code of a dossier whose outcome Hoa has signed."""
    code = make_received(commune, at=at)
    for by in (commune.mai, commune.hoa):
        complete_step(code, open_step(code).seq, by=by, at=at)
    decide(code, open_step(code).seq, by=commune.hoa, at=at)
    return code


def open_step(code: str) -> DossierStep:
    """Return the one open step of the dossier."""
    return DossierStep.objects.get(dossier__code=code, closed_at__isnull=True)


def make_work_beside(commune: Commune, code: str) -> Actor:
    """Return who works on another open step of the dossier, in another unit."""
    beside = open_step(code)
    beside.seq, beside.code, beside.kind, beside.unit_id = 50, "khac", "work", commune.desk_id
    beside.save(force_insert=True)
    handles = frozenset({commune.desk_id})
    return Actor(id=999, name="Người Khác", powers={Power.HANDLE_DOSSIERS: handles})


def get_dossier(code: str) -> Dossier:
    """Return the dossier as it stands in the database."""
    return Dossier.objects.get(code=code)


def make_all(*, text_change: tuple[str, str] = ("", "")) -> Commune:
    """Return a commune that can receive the certificate of marital status.

    `text_change` is what stands in the version's text, and what stands there instead.
    """
    make_procedure(text=TEXT.replace(*text_change) if text_change[0] else TEXT)
    return make_commune()


def make_book_submitted(book_id: int, by_id: int, at: datetime) -> None:
    """Do what the worker does with a closed book that is to be signed."""
    sign_book(book_id, by_id, at=at)


_HEARD = {
    "dossiers.paper_issued": reactions.issued_papers_are_signed,
    "signing.turn_signed": reactions.leaders_signature_is_noted,
    "signing.completed": reactions.sealed_outcomes_are_taken,
    "signing.turn_refused": reactions.refused_outcomes_go_back,
    "signing.lifted": reactions.lifted_outcomes_are_taken,
}
_FACTS = (
    "SELECT id, topic, version, aggregate, aggregate_id, seq, at, by_id, is_silent, payload"
    " FROM outbox_fact WHERE topic = ANY(%s) AND id > %s ORDER BY id"
)


def make_heard(after: int = 0) -> int:
    """Do what the worker does with facts about signing; return the last fact that was heard."""
    for row in work.fetch(_FACTS, [list(_HEARD), after]):
        _HEARD[row[1]](outbox.ReadFact(*(*row[:-1], json.loads(row[-1]))))
        after = row[0]
    return after
