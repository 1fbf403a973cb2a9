"""Word templates: filled with values, and kept from doing anything else."""

import io
import zipfile
from collections.abc import Mapping

import pytest
from docx import Document

from motcua.foundation.papers import api as papers
from motcua.foundation.papers.rules import word_safety

from .make import make_template, paragraphs_of

LINKS = "word/_rels/document.xml.rels"
EXTERNAL = (
    '<Relationship Id="rId99" TargetMode="External" Target="{target}" Type="http://'
    'schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/></Relationships>'
)


def with_parts(template: bytes, parts: Mapping[str, bytes]) -> bytes:
    """Return the template with parts added or replaced."""
    file = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(template)) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name not in parts:
                new.writestr(name, old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return file.getvalue()


def with_link(template: bytes, *, kind: str, target: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(template)) as package:
        links = package.read(LINKS).decode()
    link = EXTERNAL.format(kind=kind, target=target)
    return with_parts(template, {LINKS: links.replace("</Relationships>", link).encode()})


def test_a_template_is_filled_in_body_and_header() -> None:
    template = make_template(
        "Xác nhận bà {{ person.name|upper }}",
        "{% for child in children %}{{ child }}; {% endfor %}",
        "{% if is_poor %}Hộ nghèo{% endif %}",
        header="Số {{ number }}",
    )

    filled = papers.fill_word_template(
        template,
        {
            "person": {"name": "Nguye\u0302\u0303n Thị Lan"},
            "children": ["An", "Bình"],
            "is_poor": True,
            "number": 12,
        },
    )

    assert paragraphs_of(filled) == ["Xác nhận bà NGUYỄN THỊ LAN", "An; Bình; ", "Hộ nghèo"]
    header = Document(io.BytesIO(filled)).sections[0].header
    assert header.paragraphs[0].text == "Số 12"


@pytest.mark.parametrize(
    "value", ["</w:t></w:r>", "{{ number }}", "{% raw %}", "Lan & Sơn", "<script>", "\"'\\"]
)
def test_a_value_is_never_markup(value: str) -> None:
    filled = papers.fill_word_template(make_template("Ông {{ name }}."), {"name": value})

    assert paragraphs_of(filled) == [f"Ông {value}."]


def test_control_letters_of_a_value_are_dropped() -> None:
    filled = papers.fill_word_template(make_template("{{ name }}"), {"name": "La\x00n\x0b"})

    assert paragraphs_of(filled) == ["Lan"]


@pytest.mark.parametrize(
    "code",
    [
        "{{ name.__class__.__mro__ }}",
        "{{ name.upper() }}",
        "{{ ''.join(name) }}",
        "{{ name * 1000000000 }}",
        "{{ '%0999999999d' % 1 }}",
        "{{ 9 ** 999999999 }}",
        "{{ name|center(999999999) }}",
        "{{ name|attr('__class__') }}",
        "{% for i in range(10) %}{% endfor %}",
        "{% set a = name ~ name %}",
        "{% include 'x' %}",
        "{% import 'x' as x %}",
        "{% macro m() %}{% endmacro %}",
        "{{ cycler }}",
        "{{ unknown }}",
        "{{ name",
        "{% for a in name %}" * 4 + "{% endfor %}" * 4,
        "{% for a in name recursive %}{% endfor %}",
    ],
)
def test_a_template_that_asks_for_more_than_values_is_refused(code: str) -> None:
    with pytest.raises(papers.TemplateRefused, match="Không dùng được tệp mẫu: "):
        papers.fill_word_template(make_template(code), {"name": "Lan"})


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        ("attachedTemplate", "https://example.org/mau.dotm"),
        ("image", "file:///etc/passwd"),
        ("image", "https://example.org/anh.png"),
        ("hyperlink", "file:///etc/passwd"),
        ("oleObject", "https://example.org/x"),
    ],
)
def test_a_template_may_not_reach_outside(kind: str, target: str) -> None:
    template = with_link(make_template("Lan"), kind=kind, target=target)

    with pytest.raises(papers.TemplateRefused, match="liên kết tới nội dung bên ngoài"):
        papers.fill_word_template(template, {})


def test_a_link_for_the_reader_is_harmless() -> None:
    template = with_link(make_template("Lan"), kind="hyperlink", target="https://example.org/")

    assert paragraphs_of(papers.fill_word_template(template, {})) == ["Lan"]


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        pytest.param({"word/vbaProject.bin": b"x"}, "macro hoặc đối tượng nhúng", id="macro"),
        pytest.param({"word/embeddings/a.ole": b"x"}, "macro hoặc đối tượng nhúng", id="object"),
        pytest.param(
            {"[Content_Types].xml": b'<Types a="application/vnd.ms-word.macroEnabled"/>'},
            "chứa macro",
            id="macro type",
        ),
        pytest.param(
            {"word/x.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "thực thể", id="entity"
        ),
        pytest.param(
            {"word/x.xml": "<!DOCTYPE a><a/>".encode("utf-16")}, "bảng mã", id="hidden entity"
        ),
        pytest.param({LINKS: b"<Relationships>"}, "Tệp mẫu bị hỏng", id="broken links"),
        pytest.param({"word/document.xml": b"<w:p>"}, "Tệp mẫu bị hỏng", id="broken body"),
        pytest.param(
            {"word/x.xml": b" " * (word_safety.LARGEST_XML + 1)}, "quá lớn", id="large part"
        ),
        pytest.param(
            {f"word/media/{n}.png": b"0" * 20_000_000 for n in range(4)}, "quá lớn", id="bomb"
        ),
        pytest.param(
            {f"word/media/{n}.png": b"" for n in range(word_safety.MOST_PARTS)},
            "quá nhiều thành phần",
            id="many parts",
        ),
    ],
)
def test_a_dangerous_package_is_refused(parts: Mapping[str, bytes], reason: str) -> None:
    with pytest.raises(papers.TemplateRefused, match=reason):
        papers.fill_word_template(with_parts(make_template("Lan"), parts), {})


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        pytest.param(b"", "không phải là tài liệu Word", id="nothing"),
        pytest.param(b"%PDF-1.7", "không phải là tài liệu Word", id="another kind"),
        pytest.param(make_template("Lan")[:2000], "không phải là tài liệu Word", id="cut off"),
        pytest.param(b"x" * (word_safety.LARGEST_FILE + 1), "lớn hơn 10 MB", id="too large"),
    ],
)
def test_what_is_no_word_document_is_refused(file: bytes, reason: str) -> None:
    with pytest.raises(papers.TemplateRefused, match=reason):
        papers.fill_word_template(file, {})


def test_a_package_without_a_document_is_refused() -> None:
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as package:
        package.writestr("readme.txt", b"x")

    with pytest.raises(papers.TemplateRefused, match="không phải là tài liệu Word"):
        papers.fill_word_template(empty.getvalue(), {})
