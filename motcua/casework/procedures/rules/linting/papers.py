"""What the linter says about the papers of a version."""

import re
from collections.abc import Iterator

from motcua.casework.procedures.choices import LintRule, PaperHandling
from motcua.casework.procedures.rules.definition import Definition, PaperSpec

from .findings import Finding, Weight, folded, plainly, quote
from .registers import REGISTERS, Register

_APPLICATION = re.compile(
    r"^\W*(?:tờ khai|đơn|phiếu đề nghị|giấy đề nghị|văn bản đề nghị|bản khai|mẫu|phiếu yêu cầu)\b"
)
_FOREIGN = re.compile(r"nước ngoài|nước láng giềng")
_CERTIFIED = re.compile(r"(?<!phòng )(?<!hoạt động )(?<!nghề )(?:công chứng|chứng thực)(?! viên)")
_CONTRACT = re.compile(
    r"hợp đồng|văn bản (?:thỏa thuận|thoả thuận|từ chối|ủy quyền|uỷ quyền)|di chúc|chữ ký|bản dịch"
)
_OR_COMPARED = re.compile(
    r"đối chiếu|hoặc bản sao|bản sao hoặc|không cần chứng thực|không phải chứng thực"
)
_CONFIRMED = re.compile(
    r"(?:có |được )?xác nhận của (?:ủy ban|uỷ ban|ubnd|công an|chính quyền|tổ trưởng|trưởng thôn|"
    r"thủ trưởng|cơ quan|đơn vị|địa phương)"
)
_OPEN = re.compile(
    r"giấy tờ,? (?:tài liệu )?(?:khác|có liên quan|liên quan)"
    r"|(?:tài liệu|hồ sơ|văn bản) (?:khác|có liên quan|liên quan)"
    r"|các (?:giấy tờ|tài liệu|văn bản)[^.;]{0,60}theo quy định"
)
_BY_FORM = re.compile(r"theo (?:mẫu|biểu mẫu|phụ lục)")
_NAMED_FORM = re.compile(
    r"(?:mẫu|phụ lục|biểu)(?: biểu)?(?: đơn| tờ khai)?(?: số| mẫu số)? ?[0-9ivxa-zđ]*[0-9ivx]"
)
_BY_DATA = re.compile(
    r"thay thế bằng dữ liệu|khai thác (?:được )?(?:thông tin|dữ liệu)|có trong cơ sở dữ liệu"
    r"|không phải (?:nộp|xuất trình)"
    r"|không yêu cầu|không khai thác được|trừ trường hợp|chưa (?:được )?(?:kết nối|chia sẻ)|tra cứu"
    r"|đủ điều kiện (?:để )?(?:được )?cấp|chưa được cấp"
)
_ONE_OF_SEVERAL = re.compile(
    r"một trong|hoặc hộ chiếu|hoặc giấy tờ khác|hoặc các giấy tờ|nếu có|xuất trình"
)
_PHOTO = re.compile(r"\bảnh (?:màu|chụp|chân dung|cỡ)|\bảnh \d")
_IN_PASSING = 60  # letters before the words: further on they only explain another paper
_TELLS_MORE = 200  # letters: so long a name is a list or an explanation
_ISSUING = re.compile(
    r"cấp (?:lại|đổi|bổ sung)|đổi|điều chỉnh|sửa đổi|cải chính|đính chính|gia hạn|thu hồi|hủy|huỷ"
    r"|xóa|xoá|chấm dứt"
)


def of_papers(definition: Definition) -> Iterator[Finding]:
    """Yield what is found in the list of papers, in its order."""
    outcomes = plainly(" ; ".join([definition.name, *(one.name for one in definition.outcomes)]))
    for paper in definition.papers:
        name = plainly(paper.name)
        yield from _in_a_register(paper, name, outcomes)
        yield from _certified(paper, name)
        yield from _signed(paper, name)
        yield from _open_ended(paper, name)
        yield from _form_missing(paper, name)
        yield from _asked_in_the_form(paper, name, definition)
    yield from _named_twice(definition)
    yield from _many_sets(definition)


def place_of(paper: PaperSpec) -> str:
    """Return how a paper is named in a finding."""
    return f"Giấy tờ {paper.code}"


def _in_a_register(paper: PaperSpec, name: str, outcomes: str) -> Iterator[Finding]:
    if paper.replaced_by_data or any(one.search(name) for one in (_APPLICATION, _FOREIGN, _PHOTO)):
        return
    if _BY_DATA.search(f"{name} {plainly(paper.note)}"):
        return
    for register in REGISTERS:
        found = register.papers.search(name)
        if found is None or _is_what_it_is_about(found[0], register, outcomes):
            continue
        yield Finding(
            LintRule.REGISTER_SUPPLIES,
            Weight.FAULT if _is_demanded(paper, name, found.start(), outcomes) else Weight.LOOK,
            place_of(paper),
            quote(paper.name),
            f"{register.name} ({register.keeper}) đã có: khai thác dữ liệu, "
            "chỉ đòi giấy khi không tra được.",
        )
        return


def _is_demanded(paper: PaperSpec, name: str, place: int, outcomes: str) -> bool:
    """Say whether the paper itself is demanded: not only shown, one of several, or in passing."""
    is_sure = paper.handling != PaperHandling.SHOW and paper.required_when == "true"
    is_sure = is_sure and not _FOREIGN.search(outcomes)
    return is_sure and place < _IN_PASSING and not _ONE_OF_SEVERAL.search(name)


def _is_what_it_is_about(words: str, register: Register, outcomes: str) -> bool:
    """Say whether the procedure changes or takes back that very paper."""
    return bool(
        words in outcomes or (_ISSUING.search(outcomes) and register.papers.search(outcomes))
    )


def _certified(paper: PaperSpec, name: str) -> Iterator[Finding]:
    if not _CERTIFIED.search(name) or any(
        one.search(name) for one in (_OR_COMPARED, _CONTRACT, _APPLICATION)
    ):
        return
    yield Finding(
        LintRule.CERTIFIED_COPY,
        Weight.LOOK if "điện tử" in name or len(name) > _TELLS_MORE else Weight.FAULT,
        place_of(paper),
        quote(paper.name),
        "Nhận bản sao và đối chiếu bản chính, hoặc bản sao điện tử; không buộc chứng thực trước.",
    )


def _signed(paper: PaperSpec, name: str) -> Iterator[Finding]:
    if _CONFIRMED.search(name):
        yield Finding(
            LintRule.SIGNATURE_WITHOUT_PURPOSE,
            Weight.LOOK,
            place_of(paper),
            quote(paper.name),
            "Nêu chữ ký, xác nhận này chứng minh điều gì; cơ quan nhà nước tự hỏi nhau "
            "nếu đã có dữ liệu.",
        )
    if paper.must_be_signed and (paper.replaced_by_data or _APPLICATION.search(name)):
        yield Finding(
            LintRule.SIGNATURE_WITHOUT_PURPOSE,
            Weight.FAULT,
            place_of(paper),
            quote(paper.name),
            "Người nộp đã đăng nhập bằng danh tính xác thực: bỏ yêu cầu ký số tệp này, "
            "hoặc nêu căn cứ.",
        )


def _open_ended(paper: PaperSpec, name: str) -> Iterator[Finding]:
    is_short = len(name) <= _TELLS_MORE and "nếu có" not in name
    if _OPEN.search(name):
        yield Finding(
            LintRule.OPEN_PAPER,
            Weight.FAULT if paper.required_when == "true" and is_short else Weight.LOOK,
            place_of(paper),
            quote(paper.name),
            "Kể đích danh từng giấy tờ và khi nào cần; người nộp không đoán được “giấy tờ khác”.",
        )


def _form_missing(paper: PaperSpec, name: str) -> Iterator[Finding]:
    has_file = bool(paper.form_file) or ".doc" in name or ".pdf" in name
    if has_file or paper.replaced_by_data or not _BY_FORM.search(name):
        return
    if _APPLICATION.search(name):
        yield Finding(
            LintRule.FORM_MISSING,
            Weight.LOOK if _NAMED_FORM.search(name) else Weight.FAULT,
            place_of(paper),
            quote(paper.name),
            "Đính kèm mẫu, hoặc dựng tờ khai điện tử để điền tại chỗ.",
        )


def _asked_in_the_form(paper: PaperSpec, name: str, definition: Definition) -> Iterator[Finding]:
    if definition.form is None or paper.replaced_by_data or not _APPLICATION.search(name):
        return
    yield Finding(
        LintRule.ASKED_TWICE,
        Weight.FAULT,
        place_of(paper),
        quote(paper.name),
        "Tờ khai điện tử đã hỏi những điều này: ghi ở ô “Được thay bằng” của giấy tờ, không đòi "
        "thêm bản giấy.",
    )


def _named_twice(definition: Definition) -> Iterator[Finding]:
    seen: dict[str, list[PaperSpec]] = {}
    for paper in definition.papers:
        name = folded(paper.name)
        for earlier in seen.get(name, []):
            if _meet(earlier, paper):
                yield Finding(
                    LintRule.ASKED_TWICE,
                    Weight.FAULT,
                    f"{place_of(earlier)}, {paper.code}",
                    quote(paper.name),
                    "Cùng một giấy tờ được kể hai lần trong một trường hợp: giữ một.",
                )
                break
        seen.setdefault(name, []).append(paper)


def _meet(one: PaperSpec, other: PaperSpec) -> bool:
    """Say whether one applicant may be asked for both."""
    if one.instead_of or other.instead_of or one.note != other.note:
        return False
    return not one.cases or not other.cases or bool(set(one.cases) & set(other.cases))


def _many_sets(definition: Definition) -> Iterator[Finding]:
    if definition.number_of_sets > 1:
        yield Finding(
            LintRule.ASKED_TWICE,
            Weight.LOOK,
            "Số bộ hồ sơ",
            f"{definition.number_of_sets} bộ",
            "Một bộ là đủ: cơ quan tự sao từ hồ sơ điện tử.",
        )
