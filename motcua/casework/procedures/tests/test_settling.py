"""A person settles what an imported text left unclear, field by field."""

from datetime import date

import pytest

from motcua.casework.procedures.api import (
    FilingChannel,
    NoSuchProcedure,
    Procedure,
    ProcedureVersion,
    Settlement,
    VersionState,
    current_definition,
    find_in_force,
    find_procedures,
    key_of,
    publish_version,
    read_procedure,
    settle_doubt,
)
from motcua.foundation.audit import api as audit
from motcua.foundation.calendar.api import Limit, LimitUnit
from motcua.lib.actor import Actor
from motcua.lib.errors import BadInput, Conflict, NotAllowed

from .make import EDITOR, NOW
from .sources import CHANNELS, PAPERS, as_lines, text_row
from .test_importing import bring

TODAY = date(2026, 1, 1)
CODE = "1.900001"
DUNG = Actor(id=8, name="Lường Văn Dũng")
TABLE = f"{CHANNELS}Trực tiếp7Miễn phíTrực tuyến7Miễn phí"
DEAR = f"{CHANNELS}Trực tiếp5 Ngày15 Việt Nam Đồng(Lệ phí: 15)"
FIVE_DAYS = Settlement(amount=5, unit=LimitUnit.WORKING_DAY)
pytestmark = pytest.mark.django_db


def unclear(**fields: object) -> ProcedureVersion:
    bring(as_lines(text_row(**fields)))
    return ProcedureVersion.objects.get()


def settle(version: ProcedureVersion, answer: Settlement, *, by: Actor = EDITOR) -> None:
    settle_doubt(version.pk, key_of(version.unclear[0]), answer, by=by, at=NOW)


def test_an_unclear_text_is_found_and_read_with_its_words() -> None:
    unclear(cach_thuc_thuc_hien=TABLE)

    reading = read_procedure(CODE, TODAY)

    assert [found.code for found in find_procedures("nuoi chim bo cau")] == [CODE]
    assert [one["words"] for one in reading.doubts] == ["7"]
    assert reading.definition.cases[0].limit_words == "7"


def test_an_unclear_text_is_in_force_for_no_channel() -> None:
    unclear(cach_thuc_thuc_hien=TABLE)

    assert find_in_force(CODE, TODAY) is None
    assert list(find_procedures("nuoi chim bo cau", fileable=True)) == []
    assert not read_procedure(CODE, TODAY).is_fileable_online
    with pytest.raises(NoSuchProcedure):
        current_definition(CODE, TODAY)


def test_the_same_doubt_of_two_channels_is_asked_once() -> None:
    version = unclear(cach_thuc_thuc_hien=TABLE)

    assert [(one["words"], one["channels"]) for one in version.unclear] == [
        ("7", ["counter", "portal"])
    ]


def test_a_settled_limit_becomes_a_field_of_each_channel() -> None:
    settle(unclear(cach_thuc_thuc_hien=TABLE), FIVE_DAYS)

    version = ProcedureVersion.objects.get()
    limits = read_procedure(CODE, TODAY).definition.cases[0].limits
    days = Limit(5, LimitUnit.WORKING_DAY)
    assert limits == {FilingChannel.COUNTER: days, FilingChannel.PORTAL: days}
    assert (version.unclear, version.state) == ([], VersionState.UNCLEAR)
    assert [e.action for e in audit.trail_of(f"procedure:{CODE}")][-1] == "procedures.settle"


def test_a_settled_fee_takes_the_place_of_its_words() -> None:
    settle(unclear(cach_thuc_thuc_hien=DEAR), Settlement(amount_vnd=15_000))

    definition = read_procedure(CODE, TODAY).definition
    assert [(fee.amount_vnd, fee.channels) for fee in definition.fees] == [
        (15_000, (FilingChannel.COUNTER,))
    ]
    assert definition.fee_words == ""


def test_papers_are_written_one_by_one() -> None:
    version = unclear(thanh_phan_ho_so=f"--{PAPERS}xem tại trang khác")

    settle(version, Settlement(papers=["Đơn đề nghị", "", "Bản vẽ"]))

    papers = read_procedure(CODE, TODAY).definition.papers
    assert [(paper.name, paper.originals) for paper in papers] == [
        ("Đơn đề nghị", 1),
        ("Bản vẽ", 1),
    ]


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        (Settlement(), "unit"),
        (Settlement(unit=LimitUnit.MONTH), "amount"),
        (Settlement(unit=LimitUnit.MONTH, amount=10_000), "amount"),
    ],
)
def test_an_answer_that_says_nothing_is_refused(answer: Settlement, field: str) -> None:
    version = unclear(cach_thuc_thuc_hien=TABLE)

    with pytest.raises(BadInput) as refused:
        settle(version, answer)

    assert (refused.value.field, len(ProcedureVersion.objects.get().unclear)) == (field, 1)


def test_words_may_stay_as_they_are() -> None:
    version = unclear(cach_thuc_thuc_hien=TABLE)

    settle(version, Settlement(keeps_words=True))

    reading = read_procedure(CODE, TODAY)
    assert (reading.definition.cases[0].limits, ProcedureVersion.objects.get().unclear) == ({}, [])


def test_two_people_do_not_settle_the_same_doubt() -> None:
    version = unclear(cach_thuc_thuc_hien=TABLE)
    settle(version, FIVE_DAYS)

    with pytest.raises(Conflict, match="người khác"):
        settle(version, FIVE_DAYS)


def test_only_an_editor_of_procedures_settles() -> None:
    version = unclear(cach_thuc_thuc_hien=TABLE)

    with pytest.raises(NotAllowed):
        settle(version, FIVE_DAYS, by=DUNG)


def test_a_settled_version_is_published_and_a_new_import_leaves_it() -> None:
    version = unclear(cach_thuc_thuc_hien=TABLE)
    settle(version, FIVE_DAYS)
    publish_version(version.pk, by=EDITOR, at=NOW)

    report = bring(as_lines(text_row(cach_thuc_thuc_hien=TABLE)))

    _, shown, _ = current_definition(CODE, TODAY)
    assert (shown, report.unchanged, report.unclear) == (version.pk, 1, 0)
    assert Procedure.objects.get().current_version_id == version.pk
