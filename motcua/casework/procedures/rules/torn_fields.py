"""Fields that their publisher's harvester tore apart at words that look like a heading."""

from collections.abc import Mapping

from motcua.casework.procedures.rules import paper_table
from motcua.casework.procedures.rules.channel_table import count_row_starts
from motcua.casework.procedures.rules.paper_table import count_quantities

_HEADINGS = {
    "thanh_phan_ho_so": "Thành phần hồ sơ",
    "can_cu_phap_ly": "Căn cứ pháp lý",
    "yeu_cau_dieu_kien": "Yêu cầu, điều kiện",
}


def mend(raw: Mapping[str, str]) -> dict[str, str]:
    """Put the torn pieces of a row together again.

    A table of ways that quotes “Căn cứ pháp lý” continues in the field of that name; so does a
    list of papers in the conditions, and a text of steps in the field of the papers.
    """
    whole = dict(raw)
    for field in ("thanh_phan_ho_so", "can_cu_phap_ly"):
        if count_row_starts(whole[field]):
            _move(whole, field, "cach_thuc_thuc_hien")
    if count_quantities(whole["yeu_cau_dieu_kien"]):
        _move(whole, "yeu_cau_dieu_kien", "thanh_phan_ho_so")
    papers = whole["thanh_phan_ho_so"]
    if papers.strip("- \n") and paper_table.HEADER not in papers:
        _move(whole, "thanh_phan_ho_so", "trinh_tu_thuc_hien")
    return whole


def _move(row: dict[str, str], field: str, home: str) -> None:
    joint = "" if row[home].endswith("(") else " "
    row[home] = f"{row[home]}{joint}{_HEADINGS[field]}{row[field]}"
    row[field] = ""
