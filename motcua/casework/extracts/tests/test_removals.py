"""What was taken back is told to who had it, so that copies are dropped, and to nobody else."""

from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.casework.dossiers.api import (
    Dossier,
    Kept,
    Moments,
    PartyIn,
    PartyRole,
    Status,
    SubmitterIn,
    bring,
    take_back,
)
from motcua.casework.dossiers.tests.make import MONDAY, Commune, make_all, make_commune
from motcua.casework.extracts.api import PieceIn, Stream, take_piece
from motcua.casework.procedures import api as procedures
from motcua.foundation.access.api import Power
from motcua.lib.actor import Actor
from motcua.lib.clock import local_day

from .make import make_reader

pytestmark = pytest.mark.django_db(transaction=True)
CODE = "H18.101-260225-0007"
MOVER = Actor(
    id=901,
    name="Quản",
    province_powers=frozenset({str(Power.MIGRATE_DATA)}),
    is_silent=True,
)


def make_brought(commune: Commune) -> Dossier:
    found = procedures.find_in_force("1.004873", local_day(MONDAY))
    assert found is not None
    name = "Cà Thị Inh"
    kept = Kept(
        code=CODE,
        source="Cũ",
        ref=CODE,
        procedure_id=found.procedure_id,
        version_id=found.version_id,
        case_code=found.definition.cases[0].code,
        agency_id=commune.agency_id,
        receiving_unit_id=commune.desk_id,
        status=Status.WITHDRAWN,
        moments=Moments(MONDAY - timedelta(days=9), ended_at=MONDAY - timedelta(days=8)),
        applicant=PartyIn(PartyRole.APPLICANT, name),
        submitter=SubmitterIn(name=name),
    )
    return bring([kept], by=MOVER, at=MONDAY)[0]


def read(by: Actor, stream: Stream, since: str = "") -> tuple[list[dict[str, object]], str]:
    rows: list[dict[str, object]] = []
    has_more = True
    while has_more:
        piece = take_piece(PieceIn(stream, since), by=by, at=MONDAY)
        rows, since, has_more = [*rows, *piece.rows], piece.cursor, piece.has_more
    return rows, since


@pytest.mark.parametrize("stream", [Stream.DOSSIERS, Stream.MOVES])
def test_a_removal_is_a_line_and_what_comes_again_under_the_code_comes_after_it(
    stream: Stream,
) -> None:
    commune = make_all()
    by, stranger = make_reader(commune), make_reader(make_commune("H18.102", "UBND xã", first=51))
    made = make_brought(commune)
    rows, cursor = read(by, stream)
    take_back(CODE, version=made.version, by=MOVER, at=MONDAY)
    make_brought(commune)

    news, _ = read(by, stream, cursor)

    assert [row["code"] for row in rows] == [CODE]
    gone = {"code": CODE, "agency": "H18.101", "removed": True, "removed_at": MONDAY}
    assert news[0] == gone
    assert [row["code"] for row in news[1:]] == [CODE]
    assert read(stranger, stream, cursor)[0] == []
    assert read(replace(stranger, sees_all=True), stream, cursor)[0][0] == gone


def test_the_removal_of_what_is_kept_closely_is_told_to_nobody() -> None:
    commune = make_all()
    by, made = make_reader(commune), make_brought(commune)
    _, cursor = read(by, Stream.DOSSIERS)
    Dossier.objects.update(secrecy=1)
    take_back(CODE, version=made.version, by=MOVER, at=MONDAY)

    assert read(by, Stream.DOSSIERS, cursor)[0] == []
