"""Reports that visitors keep: sealed by the signer, one at a time, soon forgotten."""

from datetime import timedelta

import pytest

from motcua.foundation.audit.api import AuditEntry
from motcua.foundation.signing import api as signing
from motcua.foundation.signing.models import ReportPaper
from motcua.foundation.signing.operations import report_papers
from motcua.foundation.signing.operations.report_papers import forget_reports
from motcua.foundation.signing.operations.sealing_reports import seal_reports
from motcua.foundation.signing.rules.examining.files import examine_file
from motcua.foundation.signing.rules.examining.report import Indication
from motcua.foundation.trust.tests.make import MONDAY

from .corpus import make_sealed
from .make import PROVINCE, make_province
from .test_engine import make_world
from .test_reporting import text_of

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(minutes=2)
NO_SEAL = "con dấu điện tử của tỉnh hiện không dùng được"


def ask(name: str = "giấy.pdf") -> str:
    report = examine_file(make_sealed(), make_world())
    return signing.ask_report(report, name=name, as_of=MONDAY, at=MONDAY)


def test_the_signer_seals_what_a_visitor_asked_for() -> None:
    make_province(has_seal=True)
    token = ask()

    done = seal_reports(at=MONDAY + timedelta(seconds=2))

    pdf = signing.report_file(token, at=LATER)
    found = examine_file(pdf, make_world())
    assert (done, found.verdict.indication) == (1, Indication.PASSED)
    assert [one.signer for one in found.signatures] == [PROVINCE]
    assert "không có chữ ký số:" not in text_of(pdf)
    assert [one.action for one in AuditEntry.objects.all()][-1] == "signing.sealed_alone"


def test_who_asks_twice_takes_the_seal_once() -> None:
    make_province(has_seal=True)

    assert ask() == ask()
    assert (seal_reports(at=MONDAY, most=5), ReportPaper.objects.count()) == (1, 1)


def test_while_it_is_sealed_there_is_nothing_to_fetch() -> None:
    token = ask()

    with pytest.raises(signing.NoSuchReport, match="đang được đóng dấu"):
        signing.report_file(token, at=MONDAY)

    assert signing.kept_report(token, at=MONDAY).is_late is False


def test_a_visitor_who_waited_two_minutes_may_have_it_without_a_seal() -> None:
    token = ask()

    text = text_of(signing.report_file(token, at=LATER))

    assert signing.kept_report(token, at=LATER).is_late is True
    assert f"Bản này không có chữ ký số: {NO_SEAL}." in text


def test_a_seal_that_does_not_come_is_tried_three_times_then_said() -> None:
    make_province(has_seal=False)
    token = ask()

    times = [seal_reports(at=MONDAY + timedelta(seconds=20 * i)) for i in range(4)]

    kept = signing.kept_report(token, at=LATER)
    assert times == [1, 1, 1, 0]
    why = "Cơ quan chưa có chứng thư con dấu dùng được; hãy báo quản trị."
    assert (kept.is_ended, kept.unsealed_why) == (True, why)
    assert NO_SEAL in text_of(signing.report_file(token, at=LATER))


def test_so_many_may_wait_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report_papers, "MOST_WAITING", 2)
    ask("1.pdf")
    ask("2.pdf")

    with pytest.raises(signing.ReportsBusy, match="sau ít phút"):
        ask("3.pdf")


def test_a_report_waits_for_the_signer() -> None:
    before = signing.is_work_due(MONDAY)
    ask()

    assert (before, signing.is_work_due(MONDAY)) == (False, True)


def test_after_two_hours_nothing_is_kept() -> None:
    token = ask()

    gone = [forget_reports(at=MONDAY + timedelta(hours=h)) for h in (1, 2)]

    assert gone == [0, 1]
    with pytest.raises(signing.NoSuchReport):
        signing.kept_report(token, at=MONDAY)


def test_the_name_of_a_file_says_no_more_than_a_name_under_the_seal() -> None:
    token = ask("\u202egiấy\n" + "dài " * 100)

    assert signing.kept_report(token, at=MONDAY).file_name == ("giấy" + "dài " * 100)[:120]


def test_where_nothing_asks_for_the_seal_the_paper_says_so() -> None:
    report = examine_file(make_sealed(), make_world())
    why = signing.why_unsealed(MONDAY)

    pdf = signing.render_report(report, name="giấy.pdf", as_of=MONDAY, at=MONDAY, unsealed_why=why)

    assert why == "tỉnh chưa đặt chính sách đóng dấu điện tử loại biên bản này"
    assert f"Bản này không có chữ ký số: {why}." in text_of(pdf)
