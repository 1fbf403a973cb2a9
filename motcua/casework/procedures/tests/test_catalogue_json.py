import pytest

from motcua.casework.procedures.choices import Doubt, FeeKind, FilingChannel
from motcua.casework.procedures.rules import catalogue_json
from motcua.casework.procedures.rules.published import SourceForm
from motcua.foundation.calendar.api import Limit, LimitUnit

from .sources import answer_row, as_answer, read_all, read_one


def way(code: str, **fields: object) -> dict[str, object]:
    time = {"THOIGIANGIAIQUYET": "3", "DONVITINH": "Ngày làm việc", **fields}
    return {"KENH": code, "THOIGIAN": [time]}


def test_the_three_codes_of_channels() -> None:
    answer = answer_row(CACHTHUCTHUCHIEN=[way("1"), way("2"), way("3")])

    procedure = read_one(as_answer(answer))

    assert [row.channel for row in procedure.channels] == [
        FilingChannel.COUNTER,
        FilingChannel.PORTAL,
        FilingChannel.POST,
    ]
    assert {row.limit for row in procedure.channels} == {Limit(3, LimitUnit.WORKING_DAY)}


def test_an_unknown_code_of_a_channel_is_a_doubt() -> None:
    procedure = read_one(as_answer(answer_row(CACHTHUCTHUCHIEN=[way("9")])))

    assert [reason.doubt for reason in procedure.reasons()] == [Doubt.CHANNEL_UNKNOWN]


def test_the_code_of_a_fee_tells_its_kind() -> None:
    fees = [
        {"MAPHILEPHI": "1'", "SOTIEN": "50.000", "DONVI": "Đồng", "MOTA": ""},
        {"MAPHILEPHI": "2'", "SOTIEN": "25.000", "DONVI": "Đồng", "MOTA": "theo phí biểu"},
        {"MAPHILEPHI": "2'", "SOTIEN": "", "DONVI": "Đồng", "MOTA": ""},
    ]

    (row,) = read_one(as_answer(answer_row(CACHTHUCTHUCHIEN=[way("1", PHILEPHI=fees)]))).channels

    assert [(fee.kind, fee.amount_vnd) for fee in row.fees] == [
        (FeeKind.FEE, 50_000),
        (FeeKind.CHARGE, 25_000),
        (FeeKind.CHARGE, 0),
    ]


def test_fifteen_hours_that_mean_three_in_the_afternoon_are_a_doubt() -> None:
    hours = way(
        "1", THOIGIANGIAIQUYET="15", DONVITINH="Giờ", MOTA="nhận sau 15 giờ thì trả hôm sau"
    )

    procedure = read_one(as_answer(answer_row(CACHTHUCTHUCHIEN=[hours])))

    assert [reason.doubt for reason in procedure.reasons()] == [Doubt.LIMIT_CONTRADICTED]


def test_papers_keep_code_form_and_copies() -> None:
    papers = [
        {
            "MAGIAYTO": "000.00.00.G99-KQ000001",
            "TENGIAYTO": "Đơn (nếu có)",
            "SOBANCHINH": "1",
            "SOBANSAO": 2,
            "TENMAUDON": "don.docx",
            "URL": "https://vi.example/don",
        }
    ]

    procedure = read_one(
        as_answer(answer_row(THANHPHANHOSO=[{"TRUONGHOP": "Cấp mới", "GIAYTO": papers}]))
    )

    ((paper,),) = (case.papers for case in procedure.cases)
    assert (paper.name, paper.originals, paper.copies) == ("Đơn (nếu có)", 1, 2)
    assert (paper.code, paper.condition) == ("000.00.00.G99-KQ000001", "nếu có")
    assert (paper.form_files, paper.form_url) == (("don.docx",), "https://vi.example/don")
    assert procedure.cases[0].name == "Cấp mới"


def test_the_code_of_a_province_is_divided() -> None:
    procedure = read_one(as_answer(answer_row()))

    assert (procedure.code, procedure.code_suffix) == ("1.900001", "000.00.00.H99")
    assert procedure.source.form == SourceForm.ANSWER


def test_a_broken_procedure_is_refused_and_the_next_one_read() -> None:
    broken = answer_row(THANHPHANHOSO=[{"GIAYTO": [{"TENGIAYTO": "Đơn", "SOBANCHINH": "vài"}]}])

    nameless, wordless = answer_row(TENTTHC=""), answer_row(YEUCAU=["a"])
    listless = answer_row(CACHTHUCTHUCHIEN="sai")

    read, refused = read_all(as_answer(broken, listless, nameless, wordless, answer_row()))

    assert [procedure.source.position for procedure in read] == [5]
    assert [(row.position, row.reason) for row in refused] == [
        (1, "Số bản “vài” (SOBANCHINH) không phải là số."),
        (2, "Trường “CACHTHUCTHUCHIEN” không phải là danh sách."),
        (3, "Thiếu tên thủ tục (TENTTHC)."),
        (4, "Trường “YEUCAU” không phải là chữ."),
    ]


def test_an_endless_field_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(catalogue_json, "LONGEST_FIELD", 50)

    _, (refused,) = read_all(as_answer(answer_row(YEUCAU="chim " * 20)))

    assert refused.reason == "Trường “YEUCAU” quá 50 ký tự."


def test_an_element_that_is_no_object_is_refused_alone() -> None:
    content = as_answer(answer_row()).replace(b'"result": [', b'"result": ["chim", ')

    read, refused = read_all(content)

    assert ([p.source.position for p in read], [r.position for r in refused]) == ([2], [1])


def test_steps_come_under_their_case() -> None:
    steps = [{"TRUONGHOP": "Nộp tại bàn", "TRINHTU": [{"TENTRINHTU": "Bước 1: Nộp đơn"}]}]

    (case,) = read_one(as_answer(answer_row(TRINHTUTHUCHIEN=steps))).steps

    assert (case.case, case.steps) == ("Nộp tại bàn", ("Bước 1: Nộp đơn",))
