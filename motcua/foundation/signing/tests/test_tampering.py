"""Each way of altering a file is caught and named."""

from collections.abc import Callable

import pytest

from motcua.foundation.signing.rules.examining.files import examine_file
from motcua.foundation.signing.rules.examining.report import Indication
from motcua.foundation.signing.rules.examining.shadows import REVEALED
from motcua.foundation.signing.rules.examining.words import (
    CHANGED,
    LOCKED,
    NOT_COVERED,
    OLD_FORM,
    UNREADABLE,
)
from motcua.foundation.trust.tests.make import make_leaf

from . import corpus
from .make import make_drafted
from .test_engine import make_world

PASSED, FAILED, UNCERTAIN = Indication.PASSED, Indication.FAILED, Indication.INDETERMINATE
Made = Callable[[], bytes]


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (corpus.refilled, "Ô “so”: từ “15” thành “16”."),
        (corpus.with_other_text, "Nội dung trang 1 bị thay."),
        (corpus.with_a_page_more, "Số trang đổi từ 1 thành 2."),
        (corpus.with_a_note, "Thêm 1 ghi chú hoặc hình đè lên trang 1."),
        (corpus.with_a_program, "Thêm lệnh tự chạy khi mở tệp."),
    ],
)
def test_a_change_after_the_seal_fails_and_is_told(made: Made, told: str) -> None:
    report = examine_file(made(), make_world())

    seal = report.signatures[-1]
    assert (report.verdict.indication, seal.verdict.sub) == (FAILED, CHANGED)
    assert seal.changes == (told,)


def test_the_leader_is_not_blamed_for_a_number_changed_after_the_seal() -> None:
    report = examine_file(corpus.refilled(), make_world())

    # The leader had left the number free; the seal had locked it.
    assert [one.verdict.sub for one in report.signatures] == ["", CHANGED]


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (corpus.make_sealed, (PASSED, "")),
        (corpus.with_one_byte_changed, (FAILED, "HASH_FAILURE")),
        (corpus.with_ranges_that_overlap, (FAILED, NOT_COVERED)),
        (corpus.with_words_in_the_place_kept_free, (FAILED, NOT_COVERED)),
        (corpus.with_hidden_content_revealed, (FAILED, CHANGED)),
        (lambda: corpus.with_signature_ending_in(b"00" * 20), (FAILED, "SIG_CRYPTO_FAILURE")),
        (lambda: corpus.with_signature_ending_in(b"zz"), (FAILED, UNREADABLE)),
        (corpus.cut_off, (FAILED, UNREADABLE)),
        (corpus.tables_in_a_circle, (FAILED, UNREADABLE)),
        (corpus.of_an_old_form, (UNCERTAIN, OLD_FORM)),
        (corpus.with_password, (UNCERTAIN, LOCKED)),
        (corpus.field_within_itself, (UNCERTAIN, UNREADABLE)),
        (lambda: make_drafted()[:5000], (UNCERTAIN, UNREADABLE)),
        (lambda: b"no pdf at all", (UNCERTAIN, UNREADABLE)),
        (lambda: b"", (UNCERTAIN, UNREADABLE)),
    ],
)
def test_every_alteration_has_its_answer(made: Made, expected: tuple[Indication, str]) -> None:
    verdict = examine_file(made(), make_world()).verdict

    assert (verdict.indication, verdict.sub) == expected


@pytest.mark.parametrize(
    ("made", "names"),
    [
        (corpus.make_sealed, ()),
        (corpus.cut_off, ("không rõ ô",)),
        (corpus.cut_within_its_only_signature, ("không rõ ô",)),
        (corpus.of_an_old_form, ("SIG_ORG",)),
        (make_drafted, ()),
    ],
)
def test_present_but_unreadable_is_told_apart_from_unsigned(
    made: Made, names: tuple[str, ...]
) -> None:
    assert examine_file(made(), make_world()).unreadable == names


def test_what_was_hidden_and_is_shown_later_is_called_by_its_name() -> None:
    verdict = examine_file(corpus.with_hidden_content_revealed(), make_world()).verdict

    assert verdict.words.endswith(REVEALED)


def test_what_is_hidden_is_warned_of_while_the_signature_still_passes() -> None:
    report = examine_file(corpus.with_hidden_content(), make_world())

    assert (report.verdict.indication, report.warnings) == (
        PASSED,
        ("Tệp giấu 1 phần không hiển thị; có thể là nội dung chuẩn bị sẵn để tráo.",),
    )


def test_bytes_behind_the_end_are_warned_of() -> None:
    report = examine_file(corpus.with_more_behind(), make_world())

    assert report.warnings == ("Sau điểm kết thúc của văn bản còn có dữ liệu không thuộc văn bản.",)


def test_an_unaltered_paper_gives_no_warning() -> None:
    assert examine_file(corpus.make_sealed(), make_world()).warnings == ()


def test_a_picture_over_the_whole_page_is_warned_of() -> None:
    report = examine_file(corpus.with_a_note(), make_world())

    assert report.warnings == ("Trang 1 có hình hoặc ô đè lên phần lớn trang; hãy xem kỹ bản gốc.",)


def test_a_weak_digest_does_not_pass_and_is_named() -> None:
    signed = corpus.signed_by_others(make_leaf(corpus.HOA), digest="sha1")

    report = examine_file(signed, make_world())

    assert (report.verdict.indication, report.verdict.sub) == (
        UNCERTAIN,
        "CRYPTO_CONSTRAINTS_FAILURE",
    )
    weak = "Dùng thuật toán băm cũ, không còn an toàn: SHA1."
    assert report.signatures[0].warnings[-1] == weak
