"""Outcomes drafted in Word: filled from a template, edited, signed, and given out as PDF."""

import io
import re
import unicodedata
from datetime import timedelta

import pytest
from pypdf import PdfReader

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.models import DossierOutcome
from motcua.casework.dossiers.operations.handling import complete_step, decide
from motcua.casework.procedures import api as procedures
from motcua.casework.procedures.tests.make import EDITOR
from motcua.foundation.files import api as files
from motcua.foundation.papers.tests.make import make_template, paragraphs_of
from motcua.lib.clock import local_day
from motcua.lib.errors import BadInput

from .make import DUNG, LAN, MONDAY, Commune, get_dossier, make_all, make_received, open_step

pytestmark = pytest.mark.django_db
LINES = (
    "{{ co_quan.ten }}, số {{ ky.so }}",
    "Xác nhận {{ to_khai.ho_ten }}, {{ chu_ho_so.ten }}, hồ sơ {{ ho_so.ma }}.",
    "Số bản: {{ to_khai.so_ban }}. Hộ nghèo: {{ to_khai.ho_ngheo|default('……', true) }}.",
    "{% for m in nhung_nguoi %}{{ m.ten }} ({{ m.vai_tro }}){% endfor %}",
    "Ký {{ ky.ngay }}, {{ ky.nguoi }}, giá trị đến {{ ky.gia_tri_den }}",
)
PROPOSAL = dossiers.Proposal(from_template=True)
ONE_HOUR = timedelta(hours=1)


def add_template(*lines: str, outcome: str = "xac-nhan") -> None:
    content = io.BytesIO(make_template(*(lines or LINES)))
    stored = files.keep_file("mau.docx", content, by=EDITOR, at=MONDAY)
    procedures.add_template(
        "1.004873",
        outcome,
        stored,
        "mau.docx",
        valid_from=local_day(MONDAY),
        by=EDITOR,
        at=MONDAY,
    )


def propose(commune: Commune, proposal: dossiers.Proposal = PROPOSAL) -> str:
    """Return the code of a dossier for which Mai has proposed an outcome."""
    code = make_received(commune)
    seq = open_step(code).seq
    complete_step(code, seq, by=commune.mai, at=MONDAY + ONE_HOUR, proposal=proposal)
    return code


def sign(commune: Commune, code: str) -> None:
    at = MONDAY + 2 * ONE_HOUR
    complete_step(code, open_step(code).seq, by=commune.hoa, at=at)
    decide(code, open_step(code).seq, by=commune.hoa, at=at)


def said(pdf: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return unicodedata.normalize("NFC", " ".join(" ".join(pages).split()))


def the_outcome(code: str) -> DossierOutcome:
    return DossierOutcome.objects.get(dossier__code=code)


def upload(name: str, content: bytes) -> dossiers.Proposal:
    """Return a proposal with a file of one's own."""
    media = {"docx": dossiers.WORD, "pdf": dossiers.PDF}.get(name[-4:].strip("."), "image/png")
    stored = files.keep_bytes(content, media, by=EDITOR, at=MONDAY)
    return dossiers.Proposal(file_id=stored.pk, file_name=name)


def test_a_draft_is_filled_from_the_template() -> None:
    commune = make_all()
    add_template()
    code = propose(commune)

    outcome = the_outcome(code)

    assert outcome.file is not None
    with files.open_file(outcome.file) as content:
        lines = paragraphs_of(content.read())
    assert lines == [
        "UBND xã Mường Phăng, số [số, ký hiệu]",
        f"Xác nhận Lò Thị Lan, Lò Thị Lan, hồ sơ {code}.",
        "Số bản: 2. Hộ nghèo: …….",
        "Lò Thị Lan (Chủ hồ sơ)",
        "Ký [ngày tháng năm ký], [người ký], giá trị đến [giá trị đến ngày]",
    ]


def test_what_the_officer_typed_and_the_serials_of_blanks_are_fields_too() -> None:
    typed = "entries: [{{name: ma_so, label: Mã số thuế, kind: text}}],"
    commune = make_all(
        text_change=("validity_months: 6,", f"validity_months: 6, has_serial: true, {typed}")
    )
    add_template("{{ ghi_them.ma_so }}; phôi {{ ket_qua.so_phoi }}")
    entries = {"ma_so": "8001234567"}
    proposal = dossiers.Proposal(from_template=True, serial="AA 0001", entries=entries)

    code = propose(commune, proposal)

    outcome = the_outcome(code)
    assert outcome.file is not None
    with files.open_file(outcome.file) as content:
        drafted = paragraphs_of(content.read())
    taken = dossiers.take_word_draft(code, "xac-nhan", by=commune.hoa, at=MONDAY + ONE_HOUR)
    assert drafted == paragraphs_of(taken.content) == ["8001234567; phôi AA 0001"]


def test_what_is_known_at_the_signature_is_put_in_then() -> None:
    commune = make_all()
    add_template()
    code = propose(commune)
    sign(commune, code)

    pdf = said(dossiers.outcome_pdf(LAN, code, the_outcome(code).seq))

    number = the_outcome(code).number
    assert f"số {number}" in pdf
    assert "Ký ngày 02 tháng 3 năm 2026, Nguyễn Thị Hoa, giá trị đến 02/09/2026" in pdf
    assert not re.search(r"[\[\]{}]", pdf)


def test_a_mark_in_capitals_is_answered_in_capitals() -> None:
    commune = make_all()
    add_template("{{ ky.nguoi|upper }}")
    code = propose(commune)
    sign(commune, code)

    assert said(dossiers.outcome_pdf(LAN, code, the_outcome(code).seq)) == "NGUYỄN THỊ HOA"


def test_a_draft_shows_its_marks() -> None:
    commune = make_all()
    add_template()
    code = propose(commune)

    pdf = said(dossiers.outcome_pdf(commune.hoa, code, the_outcome(code).seq))

    assert "số [số, ký hiệu]" in pdf


def test_an_edited_word_file_is_what_the_applicant_gets_as_pdf() -> None:
    commune = make_all()
    code = propose(commune, upload("sua.docx", make_template("Đã sửa: số [số, ký hiệu]")))
    sign(commune, code)

    pdf = dossiers.outcome_pdf(LAN, code, the_outcome(code).seq)

    assert (pdf[:5], said(pdf)) == (b"%PDF-", f"Đã sửa: số {the_outcome(code).number}")


def test_an_uploaded_pdf_is_given_out_as_it_is() -> None:
    commune = make_all()
    code = propose(commune, upload("ket-qua.pdf", b"%PDF-1.7 ky so"))
    sign(commune, code)

    assert dossiers.outcome_pdf(LAN, code, the_outcome(code).seq) == b"%PDF-1.7 ky so"


def test_a_word_file_that_cannot_be_set_is_refused_and_says_why() -> None:
    commune = make_all()

    with pytest.raises(BadInput, match=r"chữ ở đầu trang hoặc chân trang.*tự xuất ra PDF"):
        propose(commune, upload("sua.docx", make_template("Lan", header="UBND")))


def test_a_picture_is_no_outcome() -> None:
    commune = make_all()

    with pytest.raises(BadInput, match=r"Word \(\.docx\) hoặc PDF"):
        propose(commune, upload("anh.png", b"png"))


def test_without_a_template_the_version_s_own_text_is_set() -> None:
    commune = make_all()
    code = propose(commune)

    assert (the_outcome(code).file, the_outcome(code).file_name) == (None, "")


def test_a_refusal_has_a_template_of_its_own() -> None:
    commune = make_all()
    add_template("Lý do: {{ ket_qua.ly_do }}", outcome="tu-choi")
    proposal = dossiers.Proposal(
        kind=dossiers.OutcomeKind.REFUSED, reason="Đã kết hôn.", from_template=True
    )
    code = propose(commune, proposal)

    pdf = said(dossiers.outcome_pdf(commune.hoa, code, the_outcome(code).seq))

    assert pdf == "Lý do: Đã kết hôn."


def test_what_an_applicant_writes_is_never_a_field() -> None:
    commune = make_all()
    add_template("Mục đích: {{ to_khai.muc_dich }}")
    answers = {"ho_ten": "Lò Thị Lan", "muc_dich": "{{ ho_so.ma }} {% x %}", "so_ban": 1}
    code = make_received(commune, answers=answers)
    complete_step(code, open_step(code).seq, by=commune.mai, at=MONDAY, proposal=PROPOSAL)
    sign(commune, code)

    pdf = said(dossiers.outcome_pdf(LAN, code, the_outcome(code).seq))

    assert pdf == "Mục đích: {{ ho_so.ma }} {% x %}"


def test_a_handler_takes_the_filled_template_to_word() -> None:
    commune = make_all()
    add_template("Xác nhận {{ to_khai.ho_ten }}")
    code = make_received(commune)

    draft = dossiers.take_word_draft(code, "xac-nhan", by=commune.mai, at=MONDAY)

    assert (draft.name, paragraphs_of(draft.content)) == (
        f"{code}-xac-nhan.docx",
        ["Xác nhận Lò Thị Lan"],
    )


def test_without_a_template_there_is_nothing_to_take() -> None:
    commune = make_all()
    code = make_received(commune)

    with pytest.raises(dossiers.OutcomeMissing):
        dossiers.take_word_draft(code, "xac-nhan", by=commune.mai, at=MONDAY)


def test_who_may_not_see_the_dossier_gets_no_draft_of_it() -> None:
    commune = make_all()
    add_template()
    code = make_received(commune)

    with pytest.raises(dossiers.NoSuchDossier):
        dossiers.take_word_draft(code, "xac-nhan", by=DUNG, at=MONDAY)


def test_every_field_that_a_template_may_use_has_a_value() -> None:
    commune = make_all()
    dossier = get_dossier(make_received(commune))
    definition = procedures.definition_of(dossier.procedure_version_id)
    add_template(*(field.written for field in procedures.merge_fields(definition)))

    draft = dossiers.take_word_draft(dossier.code, "xac-nhan", by=commune.mai, at=MONDAY)

    assert len(paragraphs_of(draft.content)) == len(procedures.merge_fields(definition))
