"""One published text of the national portal: a JSON object whose tables are flattened."""

from collections.abc import Mapping

from motcua.casework.procedures.choices import Doubt
from motcua.casework.procedures.errors import RowBroken
from motcua.casework.procedures.rules import paper_table
from motcua.casework.procedures.rules.channel_table import read_channels
from motcua.casework.procedures.rules.paper_table import read_cases
from motcua.casework.procedures.rules.published import (
    Level,
    PublishedProcedure,
    Reason,
    Source,
    SourceForm,
)
from motcua.casework.procedures.rules.references import (
    cut_page_words,
    read_keywords,
    read_legal_basis,
    read_results,
)
from motcua.casework.procedures.rules.steps import read_steps
from motcua.casework.procedures.rules.torn_fields import mend
from motcua.casework.procedures.rules.wording import (
    LONGEST_FIELD,
    clean,
    listed,
    one_line,
    said,
    split_code,
)

FIELDS = (
    "ma_thu_tuc", "detail_url", "ten_thu_tuc", "so_quyet_dinh", "cap_thuc_hien", "loai_thu_tuc",
    "linh_vuc", "doi_tuong_thuc_hien", "co_quan_co_tham_quyen", "dia_chi_tiep_nhan",
    "co_quan_duoc_uy_quyen", "co_quan_phoi_hop", "thu_tuc_lien_quan", "trinh_tu_thuc_hien",
    "cach_thuc_thuc_hien", "thanh_phan_ho_so", "can_cu_phap_ly", "co_quan_thuc_hien",
    "yeu_cau_dieu_kien", "ket_qua_xu_ly",
)  # fmt: skip
LEVELS = {
    "cấp bộ": Level.MINISTRY,
    "cấp tỉnh": Level.PROVINCE,
    "cấp xã": Level.COMMUNE,
    "cơ quan khác": Level.OTHER,
}


def read_text(row: Mapping[str, object], position: int) -> PublishedProcedure:
    """Read one row of the published texts.

    Raises: RowBroken.
    """
    words = take_words(row)
    raw = mend(words)
    code, suffix = split_code(raw["ma_thu_tuc"])
    cases = read_cases(raw["thanh_phan_ho_so"])
    return PublishedProcedure(
        code=code,
        code_suffix=suffix,
        name=one_line(raw["ten_thu_tuc"]),
        source=Source(SourceForm.TEXT, position, raw["detail_url"]),
        raw=words,
        decision_number=one_line(said(raw["so_quyet_dinh"])),
        levels=levels_of(raw["cap_thuc_hien"]),
        kind=one_line(said(raw["loai_thu_tuc"])),
        sector=one_line(said(raw["linh_vuc"])),
        subjects=listed(raw["doi_tuong_thuc_hien"]),
        authority=said(raw["co_quan_co_tham_quyen"]),
        executing=listed(raw["co_quan_thuc_hien"]),
        receiving_address=said(raw["dia_chi_tiep_nhan"]),
        authorised=said(raw["co_quan_duoc_uy_quyen"]),
        coordinating=said(raw["co_quan_phoi_hop"]),
        steps=read_steps(raw["trinh_tu_thuc_hien"]),
        channels=read_channels(raw["cach_thuc_thuc_hien"], raw["trinh_tu_thuc_hien"]),
        cases=cases,
        legal_basis=read_legal_basis(raw["can_cu_phap_ly"]),
        conditions=cut_page_words(raw["yeu_cau_dieu_kien"]),
        results=read_results(raw["ket_qua_xu_ly"]),
        keywords=read_keywords(raw["ket_qua_xu_ly"]),
        unclear=paper_doubts(
            words["thanh_phan_ho_so"], has_papers=any(case.papers for case in cases)
        ),
    )


def take_words(row: Mapping[str, object]) -> dict[str, str]:
    """Return the words of every known field, NFC and without control characters.

    Raises: RowBroken for a field that holds no words, or a book of them.
    """
    raw = {}
    for name in FIELDS:
        words = row.get(name) or ""
        if not isinstance(words, str):
            raise RowBroken(f"Trường “{name}” không phải là chữ.")
        if len(words) > LONGEST_FIELD:
            raise RowBroken(f"Trường “{name}” dài {len(words)} ký tự, quá {LONGEST_FIELD}.")
        raw[name] = clean(words)
    if not raw["ten_thu_tuc"]:
        raise RowBroken("Thiếu tên thủ tục.")
    return raw


def levels_of(words: str) -> tuple[Level, ...]:
    return tuple(LEVELS[part] for part in map(str.lower, listed(words)) if part in LEVELS)


def paper_doubts(words: str, *, has_papers: bool) -> tuple[Reason, ...]:
    """Doubt a field that says something about papers of which no list could be read."""
    stated = words.replace(paper_table.HEADER, "").strip("- \n")
    if has_papers or not said(stated):
        return ()
    return (Reason(Doubt.PAPERS_NOT_READ, stated),)
