"""Complete applications for any procedure of the demo, made from its own definition."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from random import Random
from typing import Any

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import ApplicantKind, PaperIn, PartyIn, PartyRole
from motcua.casework.forms.api import Field, FieldKind
from motcua.casework.procedures.api import Definition, FilingChannel, PaperHandling

from .applicants import Applicant

Answers = dict[str, Any]

CHILDREN = ("Minh Anh", "Gia Bảo", "Thảo My", "Đức An", "Khánh Linh", "Tuấn Kiệt")
WORDS: Mapping[str, tuple[str, ...]] = {
    "noi_sinh": ("Bệnh viện Đa khoa tỉnh Điện Biên", "Trung tâm Y tế Tuần Giáo"),
    "dan_toc": ("Thái", "Kinh", "Mông", "Khơ Mú"),
    "noi_mat": ("Tại nhà riêng", "Bệnh viện Đa khoa tỉnh Điện Biên"),
    "nguyen_nhan": ("Tuổi cao", "Bệnh"),
    "quan_he": ("Con", "Vợ", "Cháu"),
    "muc_dich": ("Đăng ký kết hôn", "Mua bán nhà đất", "Vay vốn ngân hàng"),
    "ten_giay_to": ("Căn cước", "Bằng tốt nghiệp", "Sổ hộ khẩu cũ", "Học bạ", "Giấy khai sinh"),
    "nganh_nghe": ("Bán lẻ tạp hóa", "Quán ăn", "Sửa chữa xe máy", "May trang phục dân tộc"),
    "tu_vu": ("Vụ Xuân", "Vụ Mùa"),
    "nguon_goc": ("Cha mẹ để lại", "Khai hoang từ trước năm 1993"),
    "hoan_canh": ("Sống một mình, thu nhập không ổn định", "Gia đình thuộc hộ nghèo"),
    "giay_phep": ("11220045/GPKDVT", "11230078/GPKDVT"),
}
NUMBERS: Mapping[str, tuple[int, int]] = {
    "so_ban": (1, 3),
    "so_ban_sao": (0, 3),
    "so_trang_dau": (2, 2),
    "so_trang": (2, 9),
    "so_tang": (1, 4),
    "dien_tich": (60, 240),
    "so_thua": (1, 400),
    "so_to": (1, 60),
    "so_xe": (1, 6),
    "so_lao_dong": (1, 5),
    "tu_nam": (1985, 2015),
    "von": (20_000_000, 300_000_000),
}
RARELY_TRUE = frozenset({"dien_mien", "ho_ngheo", "giap_nha"})
ONE_IN_TEN = 0.1


def sample_answers(
    definition: Definition, case_code: str, applicant: Applicant, chance: Random
) -> Answers:
    """Return complete and right answers to the procedure's form."""
    answers: Answers = {}
    if definition.form is None:
        return answers
    for field in definition.form.all_fields():
        value = _value(field, applicant, chance)
        if value is not None:
            answers[field.name] = value
    answers.update(_said_by_case(definition, case_code, answers))
    return answers


def _said_by_case(definition: Definition, case_code: str, answers: Answers) -> Answers:
    """Return the answers that the case settles, where the form asks for them."""
    said: Answers = {"cap_lai": case_code == "cap-lai", "cap_giay": case_code == "cap-giay"}
    asked = {field.name for field in definition.form.all_fields()} if definition.form else set()
    return {name: value for name, value in said.items() if name in asked | answers.keys()}


def _value(field: Field, applicant: Applicant, chance: Random) -> Any:
    known = _about(applicant, chance)
    if field.name in known:
        return known[field.name]
    if field.name in WORDS:
        return chance.choice(WORDS[field.name])
    if field.name in NUMBERS:
        return chance.randint(*NUMBERS[field.name])
    made = _BY_KIND.get(field.kind)
    return made(field, chance) if made else None


_BY_KIND: Mapping[FieldKind, Callable[[Field, Random], Any]] = {
    FieldKind.YES_NO: lambda field, chance: (
        field.name in RARELY_TRUE and chance.random() < ONE_IN_TEN
    ),
    FieldKind.DECLARATION: lambda _field, _chance: True,
    FieldKind.CHOICE: lambda field, chance: chance.choice(field.options).value,
}


def _about(applicant: Applicant, chance: Random) -> Mapping[str, Any]:
    """Return what follows from who applies."""
    family = applicant.name.split()[0]
    mother = applicant.name if applicant.is_woman else f"{family} Thị Mai"
    days = timedelta(days=chance.randint(3, 40))
    return {
        "ho_ten": applicant.name,
        "chu_ho": applicant.name,
        "chu_dau_tu": applicant.name,
        "don_vi": applicant.name,
        "ten_ho": f"Hộ kinh doanh {applicant.name}",
        "ho_ten_tre": f"{family} {chance.choice(CHILDREN)}",
        "ho_ten_me": mother,
        "ho_ten_nguoi_mat": f"{family} Văn Inh",
        "ngay_sinh": applicant.birth_date.isoformat(),
        "ngay_mat": (applicant.birth_date + timedelta(days=20_000) - days).isoformat(),
        "dien_thoai": applicant.phone,
        **dict.fromkeys(
            ("noi_cu_tru", "dia_chi", "dia_diem", "dia_chi_dat", "noi_co_ruong"), applicant.address
        ),
    }


def sample_papers(
    definition: Definition, case_code: str, answers: Answers, *, is_online: bool
) -> list[PaperIn]:
    """Return every paper that must be handed in or shown for the case."""
    kind = dossiers.CopyKind.ELECTRONIC if is_online else dossiers.CopyKind.ORIGINAL
    papers = []
    for spec in definition.required_papers(case_code, answers):
        if spec.handling == PaperHandling.HAND_IN:
            of_kind = kind if spec.originals or is_online else dossiers.CopyKind.COPY
            papers.append(PaperIn(spec.code, spec.name, of_kind))
        elif spec.handling == PaperHandling.SHOW and not is_online:
            shown = dossiers.PaperState.SHOWN
            papers.append(PaperIn(spec.code, spec.name, state=shown))
    return papers


def sample_application(
    definition: Definition,
    case_code: str,
    agency_id: int,
    channel: FilingChannel,
    applicant: Applicant,
    chance: Random,
) -> dossiers.Application:
    """Return a complete application of somebody who files for themselves."""
    answers = sample_answers(definition, case_code, applicant, chance)
    is_online = channel == FilingChannel.PORTAL
    is_business = definition.code in {"1.001612", "2.002288"}
    subject = answers.get("ho_ten_tre") or answers.get("ho_ten_nguoi_mat") or ""
    parties = [
        PartyIn(
            PartyRole.APPLICANT,
            applicant.name,
            person_id=applicant.person_id,
            number_hint=applicant.number_hint,
            birth_date=applicant.birth_date,
        )
    ]
    if subject:
        parties.append(PartyIn(PartyRole.SUBJECT, subject))
    return dossiers.Application(
        procedure_code=definition.code,
        case_code=case_code,
        agency_id=agency_id,
        channel=channel,
        submitter=dossiers.SubmitterIn(
            name=applicant.name,
            account_id=applicant.account_id,
            phone=applicant.phone,
            address=applicant.address,
        ),
        parties=tuple(parties),
        answers=answers,
        papers=tuple(sample_papers(definition, case_code, answers, is_online=is_online)),
        applicant_kind=ApplicantKind.ENTERPRISE if is_business else ApplicantKind.CITIZEN,
        summary=definition.plain_name,
    )
