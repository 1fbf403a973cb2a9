"""Complete applications for any procedure of the demo, made from its own definition."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from motcua.casework.dossiers import api as dossiers
from motcua.casework.dossiers.api import ApplicantKind, Authority, PaperIn, PartyIn, PartyRole
from motcua.casework.forms.api import Field, FieldKind, visible_fields
from motcua.casework.procedures.api import Definition, FilingChannel, PaperHandling

from .applicants import Applicant
from .catalogue import (
    ADOPTION,
    BIRTH,
    BORDER_MARRIAGE,
    CORRECTION,
    DEATH,
    HOUSEHOLD_BUSINESS,
    LINKED_BIRTH,
    MARRIAGE,
    MORTGAGE,
    PROMOTION,
    SOCIAL_PENSION,
    VEHICLE_BADGE,
)

Answers = dict[str, Any]

CHILDREN = {
    "Minh Anh": "nu",
    "Gia Bảo": "nam",
    "Thảo My": "nu",
    "Đức An": "nam",
    "Khánh Linh": "nu",
    "Tuấn Kiệt": "nam",
}
WORDS: Mapping[str, tuple[str, ...]] = {
    "noi_sinh": ("Bệnh viện Đa khoa tỉnh Điện Biên", "Trung tâm Y tế Tuần Giáo"),
    "dan_toc": ("Thái", "Kinh", "Mông", "Khơ Mú"),
    "noi_mat": ("Tại nhà riêng", "Bệnh viện Đa khoa tỉnh Điện Biên"),
    "nguyen_nhan": ("Tuổi cao", "Bệnh"),
    "quan_he": ("con", "vợ", "cháu"),
    "noi_tung_cu_tru": ("Xã Mường Phăng, từ năm 2019 đến năm 2023",),
    "muc_dich": ("Đăng ký kết hôn", "Mua bán nhà đất", "Vay vốn ngân hàng"),
    "ten_giay_to": ("Căn cước", "Bằng tốt nghiệp", "Sổ hộ khẩu cũ", "Học bạ", "Giấy khai sinh"),
    "nganh_nghe": ("Bán lẻ tạp hóa", "Quán ăn", "Sửa chữa xe máy", "May trang phục dân tộc"),
    "tu_vu": ("Vụ Xuân", "Vụ Mùa"),
    "nguon_goc": ("Cha mẹ để lại", "Khai hoang từ trước năm 1993"),
    "hoan_canh": ("Sống một mình, thu nhập không ổn định", "Gia đình thuộc hộ nghèo"),
    "ho_ten_ngoai": ("Khamla Phommachanh", "Bouavanh Sisouk"),
    "so_giay_to_ngoai": ("P1204578", "GTH 0045127"),
    "noi_cu_tru_ngoai": ("Bản Tây Trang, tỉnh Phongsaly, Lào",),
    "ben_chuyen": ("Quàng Văn Pâng", "Cà Thị Xuân"),
    "dia_chi_ben_chuyen": ("Phường Mường Thanh", "Xã Thanh Nưa"),
    "bang_cap": ("Bác sĩ thú y", "Trung cấp chăn nuôi thú y"),
    "noi_hanh_nghe": ("Phường Điện Biên Phủ", "Xã Tuần Giáo"),
    "ben_kia": ("Quàng Văn Chựa", "Lò Thị Piếng"),
    "dia_chi_ben_kia": ("Bản Noong Bua", "Tổ 5"),
    "noi_dung": ("Lấn ranh giới phía nam khoảng 2 m", "Làm nhà chắn lối đi chung"),
    "yeu_cau": ("Trả lại đúng ranh giới cũ", "Mở lại lối đi"),
    "ly_do": ("Chia cho các con", "Gộp để làm nhà"),
    "ten_cua_hang": ("Thuốc thú y Mường Thanh", "Cửa hàng thuốc thú y Noong Bua"),
    "so_cchn": ("25/CCHN-TY", "118/CCHN-TY"),
    "ten_chuong_trinh": ("Mừng xuân, giảm giá 20 %", "Mua hàng trúng thưởng"),
    "hinh_thuc": ("Giảm giá", "Tặng quà", "Quay số trúng thưởng"),
    "dia_ban": ("Toàn tỉnh", "Phường Điện Biên Phủ"),
    "ho_ten_liet_si": ("Lò Văn Hặc", "Quàng Văn Pọm", "Nguyễn Văn Thành"),
    "so_bang": ("AB 1204", "BC 3317"),
    "que_quan": ("Xã Mường Phăng", "Xã Thanh Nưa"),
    "noi_dung_cu": ("Chữ đệm “Thi”", "Sinh năm 1989"),
    "noi_dung_moi": ("Chữ đệm “Thị”", "Sinh năm 1988"),
    "can_cu": ("Học bạ, lý lịch đảng viên", "Sổ hộ khẩu cũ"),
    "noi_kham": ("Trạm y tế nơi cư trú", "Bệnh viện Đa khoa tỉnh Điện Biên"),
    "nguoi_dong_y": ("Lò Thị Xôm", "Giàng A Súa"),
    "ben_nhan": ("Ngân hàng Nông nghiệp mẫu, chi nhánh Điện Biên",),
    "so_hop_dong": ("12/2026/HĐTC", "47/2026/HĐTC"),
    "so_gcn": ("AA 102345", "AB 660012"),
    "vi_tri": ("Khu sản xuất, bản Noong Bua",),
    "giay_phep": ("11220045/GPKDVT", "11230078/GPKDVT"),
}
NUMBERS: Mapping[str, tuple[int, int]] = {
    "so_ban": (1, 3),
    "so_ban_sao": (0, 3),
    "so_trang": (2, 9),
    "so_tang": (1, 4),
    "dien_tich": (60, 240),
    "so_thua": (1, 400),
    "so_giay": (2, 4),
    "so_nguoi": (2, 7),
    "so_to": (1, 60),
    "so_lao_dong": (1, 5),
    "so_gieng": (1, 4),
    "luu_luong": (200, 3000),
    "tu_nam": (1985, 2015),
    "von": (20_000_000, 300_000_000),
    "gia_tri": (80_000_000, 900_000_000),
    "tong_gia_tri": (100_000_000, 800_000_000),
}
RARELY_TRUE = frozenset({"dien_mien", "ho_ngheo", "giap_nha", "noi_khac", "hanh_lang"})
ONE_IN_TEN, ONE_IN_FOUR = 0.1, 0.25


def sample_answers(
    definition: Definition, case_code: str, applicant: Applicant, chance: Random, on: date
) -> Answers:
    """Return complete and right answers to the procedure's form, as of that day."""
    answers: Answers = {}
    if definition.form is None:
        return answers
    said = {**_about(applicant, chance), **SPECIAL.get(definition.code, _nothing)(chance, on)}
    for field in definition.form.all_fields():
        value = said[field.name] if field.name in said else _value(field, chance)
        if value is not None:
            answers[field.name] = value
    answers.update(_said_by_case(definition, case_code, answers))
    return _asked_only(definition, answers)


def _asked_only(definition: Definition, answers: Answers) -> Answers:
    """Leave out what the form does not ask after these answers."""
    pages = definition.form.pages if definition.form else ()
    asked = {field.name for page in pages for field in visible_fields(page, answers)}
    return {name: value for name, value in answers.items() if name in asked}


def _said_by_case(definition: Definition, case_code: str, answers: Answers) -> Answers:
    """Return the answers that the case settles, where the form asks for them."""
    said: Answers = {"cap_lai": case_code == "cap-lai"}
    asked = {field.name for field in definition.form.all_fields()} if definition.form else set()
    return {name: value for name, value in said.items() if name in asked | answers.keys()}


def _value(field: Field, chance: Random) -> Any:
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


def _nothing(_chance: Random, _on: date) -> Answers:
    return {}


def _birth(chance: Random, on: date) -> Answers:
    """Return a birth of the latest weeks; one in ten is registered after the sixty days."""
    days = chance.randint(61, 200) if chance.random() < ONE_IN_TEN else chance.randint(2, 55)
    told = chance.choice(("cha", "mẹ", "bà nội"))
    return {"ngay_sinh": (on - timedelta(days=days)).isoformat(), "quan_he": told}


def _death(chance: Random, on: date) -> Answers:
    """Return a death of the latest days; one in four is registered after the fifteen days."""
    days = chance.randint(16, 90) if chance.random() < ONE_IN_FOUR else chance.randint(1, 15)
    return {"ngay_mat": (on - timedelta(days=days)).isoformat()}


def _vehicles(chance: Random, _on: date) -> Answers:
    """Return one to six vehicles."""
    return {
        "xe": [
            {"bien_so": f"27B-{chance.randint(10_000, 99_999)}", "nam_san_xuat": year}
            for year in sorted(chance.choices(range(2012, 2026), k=chance.randint(1, 6)))
        ]
    }


def _border_marriage(chance: Random, on: date) -> Answers:
    """Return somebody of beyond the border whose single-status paper is some weeks old."""
    born = date(chance.randint(1990, 2004), chance.randint(1, 12), chance.randint(1, 28))
    issued = on - timedelta(days=chance.randint(5, 90))
    return {"ngay_sinh_ngoai": born.isoformat(), "ngay_cap_doc_than": issued.isoformat()}


def _promotion(_chance: Random, on: date) -> Answers:
    """Return a promotion that begins in a week."""
    first, last = on + timedelta(days=7), on + timedelta(days=37)
    return {"tu_ngay": first.isoformat(), "den_ngay": last.isoformat()}


def _pensioner(chance: Random, on: date) -> Answers:
    """Return somebody who has just become seventy-five."""
    return {"ngay_sinh": date(on.year - 76, chance.randint(1, 12), 15).isoformat()}


def _marriage(chance: Random, on: date) -> Answers:
    """Return two who are old enough."""
    years = [chance.randint(21, 40) * 366 for _ in range(2)]
    born = [(on - timedelta(days=days)).isoformat() for days in years]
    return {"ho_ten_nam": "Quàng Văn Nam", "ngay_sinh_nam": born[0], "ngay_sinh_nu": born[1]}


def _correction(chance: Random, on: date) -> Answers:
    """Return a grown-up whose paper is put right."""
    return {"ngay_sinh": (on - timedelta(days=chance.randint(7000, 20_000))).isoformat()}


def _adoption(chance: Random, on: date) -> Answers:
    """Return a small child; most are adopted by somebody of the family."""
    kin = chance.choice(("cha_me_ke", "co_cau_di_chu_bac", "khac"))
    born = on - timedelta(days=chance.randint(200, 4500))
    return {"ngay_sinh_tre": born.isoformat(), "quan_he": kin}


def _mortgage(_chance: Random, on: date) -> Answers:
    return {"ngay_hop_dong": (on - timedelta(days=1)).isoformat()}


SPECIAL: Mapping[str, Callable[[Random, date], Answers]] = {
    BIRTH: _birth,
    DEATH: _death,
    VEHICLE_BADGE: _vehicles,
    BORDER_MARRIAGE: _border_marriage,
    PROMOTION: _promotion,
    SOCIAL_PENSION: _pensioner,
    LINKED_BIRTH: _birth,
    MARRIAGE: _marriage,
    CORRECTION: _correction,
    ADOPTION: _adoption,
    MORTGAGE: _mortgage,
}


def _about(applicant: Applicant, chance: Random) -> Mapping[str, Any]:
    """Return what follows from who applies."""
    family = applicant.name.split()[0]
    child = chance.choice([*CHILDREN])
    mother = applicant.name if applicant.is_woman else f"{family} Thị Mai"
    return {
        "ho_ten": applicant.name,
        "chu_ho": applicant.name,
        "chu_dau_tu": applicant.name,
        "don_vi": applicant.name,
        "ho_ten_chong": "Khamla Phommachanh" if applicant.is_woman else applicant.name,
        "ho_ten_vo": applicant.name if applicant.is_woman else "Bouavanh Sisouk",
        "ten_ho": f"Hộ kinh doanh {applicant.name}",
        "ho_ten_tre": f"{family} {child}",
        "gioi_tinh": CHILDREN[child],
        "ho_ten_me": mother,
        "ho_ten_nguoi_mat": f"{family} Văn Inh",
        "ho_ten_nguoi_sua": applicant.name,
        "ho_ten_nu": applicant.name,
        "ben_the_chap": applicant.name,
        "ngay_sinh": applicant.birth_date.isoformat(),
        "dien_thoai": applicant.phone,
        **dict.fromkeys(
            ("noi_cu_tru", "dia_chi", "dia_diem", "dia_chi_dat", "noi_co_ruong"), applicant.address
        ),
    }


def sample_papers(
    definition: Definition,
    case_code: str,
    answers: Answers,
    *,
    is_online: bool,
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


def sample_application(  # noqa: PLR0913 -- who, what, where, how and when
    definition: Definition,
    case_code: str,
    agency_id: int,
    channel: FilingChannel,
    applicant: Applicant,
    chance: Random,
    *,
    on: date,
) -> dossiers.Application:
    """Return a complete application, handed in on that day by whoever it concerns.

    For a child or somebody who died the family files, as the law lets it without authorisation.
    """
    answers = sample_answers(definition, case_code, applicant, chance, on)
    is_online = channel == FilingChannel.PORTAL
    is_business = definition.code in {HOUSEHOLD_BUSINESS, PROMOTION, VEHICLE_BADGE}
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
        born = answers.get("ngay_sinh") if definition.code == BIRTH else None
        birth_date = date.fromisoformat(born) if born else None
        parties.append(PartyIn(PartyRole.SUBJECT, subject, birth_date=birth_date))
    if definition.applicants > 1:
        parties.append(PartyIn(PartyRole.APPLICANT, str(answers["ho_ten_nam"])))
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
            authority=_authority(definition.code, answers),
        ),
        parties=tuple(parties),
        answers=answers,
        papers=tuple(sample_papers(definition, case_code, answers, is_online=is_online)),
        applicant_kind=ApplicantKind.ENTERPRISE if is_business else ApplicantKind.CITIZEN,
        summary=definition.plain_name,
    )


def _authority(code: str, answers: Answers) -> Authority:
    """Return by what right the family of a child or of somebody who died files."""
    if code == DEATH or answers.get("quan_he") == "bà nội":
        return Authority.EXEMPT_RELATIVE
    return Authority.GUARDIAN if code == BIRTH else Authority.SELF
