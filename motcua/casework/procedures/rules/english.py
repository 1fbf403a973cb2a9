"""Which texts of a procedure the public reads, and by which key the English of a text is kept."""

from collections.abc import Iterator
from hashlib import md5
from typing import NamedTuple

from motcua.casework.forms.api import Field, Form
from motcua.lib.text import tidy

from .definition import Definition


class TextAt(NamedTuple):
    """One text, and where in the procedure it stands."""

    place: str
    words: str

    @property
    def key(self) -> str:
        """Return the key of its English."""
        return key_of_text(self.words)


def key_of_text(words: str) -> str:
    """Return the key of a text: the same words have the same English wherever they stand."""
    return md5(tidy(words).encode(), usedforsecurity=False).hexdigest()


def texts_of(definition: Definition) -> list[TextAt]:
    """Return every text of a version that the public reads, once each, in the order of the page."""
    found: dict[str, TextAt] = {}
    for place, words in _texts(definition):
        if words.strip():
            found.setdefault(key_of_text(words), TextAt(place, tidy(words)))
    return list(found.values())


def _texts(definition: Definition) -> Iterator[tuple[str, str]]:
    yield "Tên thường gọi", definition.plain_name
    yield "Tên thủ tục", definition.name
    yield "Lĩnh vực", definition.sector_name
    yield "Người quyết định", definition.decided_by
    for words in definition.subjects:
        yield "Đối tượng", words
    yield from _of_cases(definition)
    yield from _of_papers(definition)
    yield from _of_fees(definition)
    for outcome in definition.outcomes:
        yield "Kết quả", outcome.name
    yield from _of_the_way(definition)
    if definition.form:
        yield from _of_form(definition.form)


def _of_cases(definition: Definition) -> Iterator[tuple[str, str]]:
    for case in definition.cases:
        yield "Trường hợp", case.name
        yield "Thời hạn", case.limit_words
    for question in definition.questions:
        yield "Câu hỏi chọn trường hợp", question.text
        for choice in question.choices:
            yield "Câu trả lời", choice.label


def _of_papers(definition: Definition) -> Iterator[tuple[str, str]]:
    for paper in definition.papers:
        yield "Giấy tờ", paper.name
        yield "Ghi chú về giấy tờ", paper.note.rstrip(".")
        yield "Thay bằng dữ liệu", paper.replaced_by_data
    yield "Thành phần hồ sơ", definition.paper_words


def _of_fees(definition: Definition) -> Iterator[tuple[str, str]]:
    for line in definition.fees:
        yield "Phí, lệ phí", line.name
        yield "Đơn vị tính phí", line.per
        yield "Miễn, giảm", line.exemptions
    yield "Phí, lệ phí", definition.fee_words


def _of_the_way(definition: Definition) -> Iterator[tuple[str, str]]:
    for words in definition.how:
        yield "Trình tự thực hiện", words
    yield "Yêu cầu, điều kiện", definition.conditions
    yield "Mức độ trực tuyến", definition.service_level_reason
    for step in definition.process.steps if definition.process else ():
        yield "Bước giải quyết", step.name
    for basis in definition.legal_basis:
        yield "Căn cứ pháp lý", basis.title


def _of_form(form: Form) -> Iterator[tuple[str, str]]:
    """Yield what the form says and has no English of its own."""
    if not form.title_en:
        yield "Tờ khai", form.title
    for page in form.pages:
        if not page.title_en:
            yield "Trang của tờ khai", page.title
        if not page.why_en:
            yield "Vì sao hỏi", page.why
        for field in page.fields:
            for one in (field, *field.fields):
                yield from _of_field(one)


def _of_field(field: Field) -> Iterator[tuple[str, str]]:
    if not field.label_en:
        yield "Câu hỏi của tờ khai", field.label
    if not field.hint_en:
        yield "Gợi ý", field.hint
    if not field.why_en:
        yield "Vì sao hỏi", field.why
    for option in field.options:
        if not option.label_en:
            yield "Câu trả lời của tờ khai", option.label
