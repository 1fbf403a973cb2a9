from motcua.casework.procedures.choices import Doubt
from motcua.casework.procedures.rules.published_text import read_text
from motcua.casework.procedures.rules.shares import measure

from .sources import CHANNELS, PAPERS, answer_row, as_answer, read_one, text_row


def test_rows_are_counted_against_marks_in_the_words() -> None:
    table = (
        f"{CHANNELS}Trực tiếp5 NgàyMiễn phíTrực tuyến7Miễn phíDịch vụ bưu chínhTự trả lờiMiễn phí"
    )
    papers = f"--{PAPERS}Đơn1 bản chính1 bản chính"

    shares = measure([read_text(text_row(cach_thuc_thuc_hien=table, thanh_phan_ho_so=papers), 1)])

    assert (shares.channels_estimated, shares.channels_in_fields, shares.channels_clear) == (
        3,
        2,
        1,
    )
    assert (shares.papers_estimated, shares.papers_in_fields) == (2, 1)
    assert (shares.channel_share, shares.clear_share, shares.paper_share) == (2 / 3, 1 / 3, 0.5)
    assert (shares.procedures, shares.unclear_procedures) == (1, 1)
    assert shares.doubts == {Doubt.LIMIT_WITHOUT_UNIT: 1, Doubt.LIMIT_NOT_READ: 1}


def test_a_row_that_the_parser_loses_lowers_the_share() -> None:
    table = f"{CHANNELS}Trực tiếp5 NgàyMiễn phíTrực tuyếnKhông rõ"

    shares = measure([read_text(text_row(cach_thuc_thuc_hien=table), 1)])

    assert (shares.channels_estimated, shares.channels_in_fields) == (2, 1)


def test_other_forms_are_counted_as_they_are() -> None:
    shares = measure([read_one(as_answer(answer_row()))])

    assert (shares.channels_estimated, shares.channel_share, shares.paper_share) == (1, 1.0, 0.0)
