"""What two forms ask differently, field by field, in words."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any

from .shape import Field, Form

PROPERTIES = {
    "kind": "Loại",
    "label": "Tên hiện cho người dân",
    "hint": "Gợi ý",
    "why": "Vì sao hỏi",
    "required": "Bắt buộc khi",
    "show_when": "Chỉ hiện khi",
    "prefill": "Điền sẵn từ",
    "searchable": "Tìm hồ sơ theo ô này",
    "options": "Các mục chọn",
    "fields": "Các ô của mỗi dòng",
    "max_length": "Dài nhất",
    "minimum": "Nhỏ nhất",
    "maximum": "Lớn nhất",
    "decimals": "Số chữ số lẻ",
    "autocomplete": "Trình duyệt điền giúp",
    "computed": "Tự tính bằng",
    "as_of": "Địa danh vào ngày",
    "label_en": "Tên (tiếng Anh)",
    "hint_en": "Gợi ý (tiếng Anh)",
    "why_en": "Vì sao hỏi (tiếng Anh)",
    "title": "Tên",
    "title_en": "Tên (tiếng Anh)",
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was: what, and how it was and is, as text."""

    what: str
    was: str
    now: str

    @property
    def word(self) -> str:
        """Return whether it is new, gone or changed."""
        if not self.was:
            return "Thêm"
        return "Sửa" if self.now else "Bỏ"


def differences_between(old: Form | None, new: Form | None) -> list[Difference]:
    """Return what is different, in the order of the new form; what is gone comes last."""
    before = _placed(old)
    after = _placed(new)
    found = []
    if old and new and old.title != new.title:
        found.append(Difference("Tên tờ khai", old.title, new.title))
    for path, (place, field) in after.items():
        what = f"Ô “{field.label}” ({path})"
        if path not in before:
            found.append(Difference(what, "", f"{field.kind.words}, {place}"))
            continue
        was_at, was = before[path]
        if was_at != place:
            found.append(Difference(f"{what}: Trang", was_at, place))
        found += _changed(what, was, field)
    for path, (place, field) in before.items():
        if path not in after:
            found.append(
                Difference(f"Ô “{field.label}” ({path})", f"{field.kind.words}, {place}", "")
            )
    found += _pages(old, new)
    return found + _order(list(before), list(after))


def _placed(form: Form | None) -> dict[str, tuple[str, Field]]:
    """Return every field by its path, with the page it stands on."""
    found: dict[str, tuple[str, Field]] = {}
    for page in form.pages if form else ():
        for field in page.fields:
            found[field.name] = (f"trang “{page.title}”", field)
            for inner in field.fields:
                found[f"{field.name}/{inner.name}"] = (f"trong “{field.label}”", inner)
    return found


def _changed(what: str, was: Field, field: Field) -> Iterator[Difference]:
    for one in fields(Field):
        before, after = getattr(was, one.name), getattr(field, one.name)
        if one.name not in {"name", "fields"} and before != after:
            yield Difference(
                f"{what}: {PROPERTIES[one.name]}",
                _said(before) or "(trống)",
                _said(after) or "(trống)",
            )


def _pages(old: Form | None, new: Form | None) -> Iterator[Difference]:
    before = {page.title: page.show_when for page in (old.pages if old else ())}
    for page in new.pages if new else ():
        if before.get(page.title, page.show_when) != page.show_when:
            yield Difference(
                f"Trang “{page.title}”: {PROPERTIES['show_when']}",
                before[page.title] or "(luôn hiện)",
                page.show_when or "(luôn hiện)",
            )


def _order(before: list[str], after: list[str]) -> list[Difference]:
    kept_before = [path for path in before if path in after]
    kept_after = [path for path in after if path in before]
    if kept_before == kept_after:
        return []
    return [Difference("Thứ tự các ô", " · ".join(kept_before), " · ".join(kept_after))]


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "Có" if value else "Không"
    if isinstance(value, tuple):
        return "; ".join(f"{one.label} ({one.value})" for one in value)
    if value in ("true", "false"):
        return "Luôn luôn" if value == "true" else "Không bao giờ"
    return "" if value is None else str(getattr(value, "words", value))
