"""The fields that a Word template of an outcome may use, with their names for people.

The words in a template are Vietnamese without marks, as the names in forms are: whoever writes
templates reads them. The room of dossiers puts in the values.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from motcua.casework.forms.api import Field, FieldKind

from .definition import Definition, OutcomeSpec

Value: TypeAlias = "str | list[dict[str, str]]"
Values: TypeAlias = "dict[str, str | list[dict[str, str]] | dict[str, Value]]"
REFUSAL = OutcomeSpec("tu-choi", "Văn bản từ chối giải quyết", title="THÔNG BÁO")
ANSWERS, ENTRIES = "to_khai", "ghi_them"
# What is known only at the signature stands as a mark in the draft, and is put in when it is set.
SIGNING_MARKS: Mapping[str, str] = {
    "ky.so": "[số, ký hiệu]",
    "ky.ngay": "[ngày tháng năm ký]",
    "ky.nguoi": "[người ký]",
    "ky.chuc_vu": "[chức vụ người ký]",
    "ky.gia_tri_den": "[giá trị đến ngày]",
}
_SIGNING_LABELS = (
    "Số, ký hiệu",
    "Ngày ký (ngày … tháng … năm …)",
    "Người ký",
    "Chức vụ người ký",
    "Có giá trị đến ngày",
)
_FIXED: Mapping[str, Mapping[str, str]] = {
    "Hồ sơ": {
        "ho_so.ma": "Mã hồ sơ",
        "ho_so.thu_tuc": "Tên thủ tục",
        "ho_so.truong_hop": "Trường hợp",
        "ho_so.trich_yeu": "Trích yếu",
        "ho_so.ngay_nop": "Ngày nộp",
        "ho_so.ngay_tiep_nhan": "Ngày tiếp nhận",
        "ho_so.hen_tra": "Ngày hẹn trả",
    },
    "Người trong hồ sơ": {
        "chu_ho_so.ten": "Tên chủ hồ sơ",
        "nguoi_duoc_noi_toi.ten": "Tên người được nói tới",
        "nguoi_nop.ten": "Tên người nộp",
        "nguoi_nop.tu_cach": "Tư cách người nộp",
        "nguoi_nop.dia_chi": "Địa chỉ người nộp",
        "nguoi_nop.dien_thoai": "Điện thoại người nộp",
        "nguoi_nop.email": "Thư điện tử người nộp",
        "nhung_nguoi[].ten": "Tên của từng người",
        "nhung_nguoi[].vai_tro": "Vai trò của từng người",
        "nhung_nguoi[].ngay_sinh": "Ngày sinh của từng người",
    },
    "Cơ quan": {
        "co_quan.ten": "Cơ quan giải quyết",
        "co_quan.cap_tren": "Cơ quan cấp trên",
        "co_quan.dia_danh": "Địa danh",
        "co_quan.don_vi": "Đơn vị xử lý",
    },
    "Kết quả": {
        "ket_qua.ten": "Tên kết quả",
        "ket_qua.ly_do": "Lý do (khi từ chối)",
        "ket_qua.so_phoi": "Số phôi",
        "can_cu[].so": "Số của từng căn cứ pháp lý",
        "can_cu[].ten": "Tên của từng căn cứ pháp lý",
    },
}
_SAMPLES: Mapping[FieldKind, str] = {
    FieldKind.DATE: "05/01/2026",
    FieldKind.NUMBER: "2",
    FieldKind.MONEY: "15.000 đồng",
    FieldKind.YES_NO: "Có",
    FieldKind.DECLARATION: "Đã xác nhận",
    FieldKind.PERSONAL_ID: "000000000000",
    FieldKind.PHONE: "0900000000",
    FieldKind.EMAIL: "ten@vidu.vn",
    FieldKind.MAP_POINT: "21.386420° Bắc, 103.016470° Đông",
}


class MergeField(NamedTuple):
    """One field: how it is written in Word, and what it stands for."""

    path: str
    label: str
    group: str

    @property
    def written(self) -> str:
        """Return the words to copy into the template."""
        head, _, tail = self.path.partition("[].")
        if not tail:
            return f"{{{{ {self.path} }}}}"
        return f"{{% for m in {head} %}}{{{{ m.{tail} }}}}{{% endfor %}}"


def merge_fields(definition: Definition) -> list[MergeField]:
    """Return every field a template for this procedure may use."""
    found = [
        MergeField(path, label, group)
        for group, fields in _FIXED.items()
        for path, label in fields.items()
    ]
    found += [MergeField(path, label, "Tờ khai") for path, label in _answers(definition)]
    entered = dict(_entries(definition))
    found += [MergeField(path, label, "Cán bộ ghi thêm") for path, label in entered.items()]
    signing = zip(SIGNING_MARKS, _SIGNING_LABELS, strict=True)
    return found + [MergeField(path, label, "Điền khi ký") for path, label in signing]


def unknown_fields(definition: Definition, used: Collection[str]) -> list[str]:
    """Return the fields used that there are not; a whole list is known by its parts."""
    known = {field.path for field in merge_fields(definition)}
    known |= {path.partition("[].")[0] for path in known}
    known |= {f"{path.partition('[].')[0]}[]" for path in known if "[]." in path}
    return sorted(path for path in used if path not in known)


def outcome_specs(definition: Definition) -> list[OutcomeSpec]:
    """Return every outcome there may be a template for: the version's own, and the refusal."""
    return [*definition.outcomes, REFUSAL]


def sample_values(definition: Definition) -> Values:
    """Return invented values for every field, in the shape in which real ones come."""
    values = nested({field.path: _sample(field) for field in _plain(definition)})
    for path, label in _answers(definition):
        head, _, tail = path.partition("[].")
        if tail:
            rows = _group(values, ANSWERS).setdefault(head.removeprefix(f"{ANSWERS}."), [{}, {}])
            for row in rows if isinstance(rows, list) else ():
                row[tail] = f"({label})"
    values["nhung_nguoi"] = [
        {"ten": "Lò Thị Lan", "vai_tro": "Chủ hồ sơ", "ngay_sinh": "05/01/1990"},
        {"ten": "Lò Văn Mẫu", "vai_tro": "Người liên quan", "ngay_sinh": ""},
    ]
    values["can_cu"] = [{"so": one.number, "ten": one.title} for one in definition.legal_basis]
    kinds = {field.name: field.kind for field in _fields(definition)}
    answers = _group(values, ANSWERS)
    for name, kind in kinds.items():
        if kind in _SAMPLES:
            answers[name] = _SAMPLES[kind]
    return values


def nested(flat: Mapping[str, str]) -> Values:
    """Return “a.b” as a inside b, as a template reads it."""
    values: Values = {}
    for path, value in flat.items():
        head, _, tail = path.partition(".")
        _group(values, head)[tail] = value
    return values


def _group(values: Values, name: str) -> dict[str, Value]:
    found = values.setdefault(name, {})
    return found if isinstance(found, dict) else {}


def _plain(definition: Definition) -> list[MergeField]:
    return [field for field in merge_fields(definition) if "[]." not in field.path]


def _sample(field: MergeField) -> str:
    return SIGNING_MARKS.get(field.path, f"({field.label})")


def _fields(definition: Definition) -> Iterator[Field]:
    if definition.form is not None:
        yield from definition.form.all_fields()


def _entries(definition: Definition) -> Iterator[tuple[str, str]]:
    for spec in definition.outcomes:
        for field in spec.entries:
            yield f"{ENTRIES}.{field.name}", field.label


def _answers(definition: Definition) -> Iterator[tuple[str, str]]:
    for field in _fields(definition):
        if not field.kind.has_rows and field.kind != FieldKind.FILE:
            yield f"{ANSWERS}.{field.name}", field.label
        for inner in field.fields:
            yield f"{ANSWERS}.{field.name}[].{inner.name}", f"{field.label}: {inner.label}"
