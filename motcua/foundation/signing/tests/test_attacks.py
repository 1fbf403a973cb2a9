"""No published attack on signed PDFs is called valid, and what it does is told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from motcua.foundation.signing.rules.examining.changes import UNNAMED
from motcua.foundation.signing.rules.examining.files import examine_file
from motcua.foundation.signing.rules.examining.report import Indication
from motcua.foundation.signing.rules.examining.words import (
    CHANGED,
    NOT_COVERED,
    REMOVED,
    UNREADABLE,
)
from motcua.foundation.trust.tests.make import MONDAY, make_root

from . import attacks
from .corpus import make_sealed
from .test_engine import make_world
from .test_examining import stamped_for_long

Made = Callable[[], bytes]
_OVER = "Trang 1 có hình hoặc ô đè lên phần lớn trang; hãy xem kỹ bản gốc."


@pytest.mark.parametrize("kind", list(attacks.FORGERIES))
def test_a_signature_that_says_nothing_is_no_signature(kind: str) -> None:
    verdict = examine_file(attacks.FORGERIES[kind](), make_world()).verdict

    assert verdict.indication == Indication.FAILED
    assert verdict.sub in (NOT_COVERED, UNREADABLE)


@pytest.mark.parametrize(
    "made",
    [
        attacks.saved_without_a_table,
        attacks.saved_with_a_copied_signature,
        attacks.without_its_form,
        lambda: b"%PDF-1.4\nbefore the beginning\n" + make_sealed(),
    ],
    ids=["no table", "copied signature", "no form", "before the beginning"],
)
def test_what_is_saved_against_the_standard_is_damaged_and_never_unsigned(made: Made) -> None:
    report = examine_file(made(), make_world())

    assert (report.verdict.indication, report.verdict.sub) == (Indication.FAILED, UNREADABLE)
    assert report.unreadable == ("không rõ ô",)


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (attacks.turned_upside_down, "Trang 1 bị xoay, bị cắt hoặc đổi khổ."),
        (attacks.cropped, "Trang 1 bị xoay, bị cắt hoặc đổi khổ."),
        (attacks.with_pages_swapped, "Trang 1 bị xoay, bị cắt hoặc đổi khổ."),
        (attacks.with_a_file_attached, "Thêm mã lệnh hoặc tệp đính kèm."),
        (attacks.with_a_program_on_the_page, "Thêm lệnh tự chạy ở trang 1."),
        (attacks.with_a_program_in_a_field, "Thêm lệnh tự chạy ở ô “so”."),
        (attacks.with_a_layer_switched_off, "Đổi những lớp nội dung được hiện, bị ẩn."),
        (attacks.without_its_certification, "Bỏ lời xác nhận văn bản chỉ được đổi trong giới hạn."),
        (attacks.with_a_note_that_was_allowed, "Thêm 1 ghi chú hoặc hình đè lên trang 1."),
        (attacks.with_another_font, UNNAMED),
        (attacks.with_another_look_of_the_seal, UNNAMED),
        (attacks.with_a_cover_taken_away, UNNAMED),
    ],
)
def test_what_was_done_after_signing_fails_and_is_never_called_harmless(
    made: Made, told: str
) -> None:
    report = examine_file(made(), make_world())

    newest = report.signatures[-1]
    assert (report.verdict.indication, newest.verdict.sub) == (Indication.FAILED, CHANGED)
    assert newest.changes[0] == told


def test_a_signature_taken_out_after_all_others_fails_the_file() -> None:
    report = examine_file(attacks.with_the_seal_emptied(), make_world())

    assert (report.verdict.indication, report.verdict.sub) == (Indication.FAILED, REMOVED)
    assert [one.verdict.indication for one in report.signatures] == [Indication.PASSED]


def test_a_signature_taken_out_before_another_one_signed_is_of_no_importance() -> None:
    cleared = attacks.with_the_seal_emptied()

    report = examine_file(attacks.signed_elsewhere(cleared, certifies=False), make_world())

    assert REMOVED not in report.verdict.sub
    assert report.signatures[-1].verdict.indication == Indication.PASSED


def test_a_sneaky_signature_fails_the_certified_paper_under_it() -> None:
    report = examine_file(attacks.with_a_sneaky_signature(), make_world())

    assert [one.verdict.sub for one in report.signatures] == [CHANGED, ""]
    assert (report.verdict.indication, report.warnings) == (Indication.FAILED, (_OVER,))


def test_a_signature_that_hides_the_text_is_warned_of_where_it_is_allowed() -> None:
    report = examine_file(attacks.with_a_signature_over_the_text(), make_world())

    assert (report.verdict.indication, report.warnings) == (Indication.PASSED, (_OVER,))


def test_a_root_that_comes_with_the_file_is_not_believed() -> None:
    """DSS spoof: evidence in the file may complete a chain; it never says whom we believe."""
    stranger = make_root("Gốc của ai đó")
    world = replace(make_world(), anchors={stranger.der: "Khác"}, others=(), crls=())

    report = examine_file(stamped_for_long(), replace(world, at=MONDAY + timedelta(hours=1)))

    assert report.verdict.indication == Indication.INDETERMINATE
    assert [one.trust.is_trusted for one in report.signatures] == [False]
