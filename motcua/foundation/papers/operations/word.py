"""Fill Word templates: what an office writes in Word stays Word, and may do nothing else."""

import io
import json
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from typing import TypeAlias, cast
from zipfile import BadZipFile

import docx
import jinja2
from docx.opc.exceptions import OpcError
from docx.oxml.exceptions import XmlchemyError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, nodes
from jinja2.sandbox import SandboxedEnvironment
from lxml.etree import LxmlError

from motcua.foundation.papers.errors import TemplateRefused
from motcua.foundation.papers.rules.word_fields import fields_in
from motcua.foundation.papers.rules.word_places import WordFields
from motcua.foundation.papers.rules.word_safety import FILTERS, check_package, check_tree, refuse
from motcua.foundation.papers.rules.word_text import Block, WordText, read_word
from motcua.foundation.papers.rules.wording import printable

from .typesetting import fonts_dir, letters, qr_svg, set_type

DAMAGED = (
    OpcError,
    XmlchemyError,
    LxmlError,
    BadZipFile,
    KeyError,
    ValueError,
    AttributeError,
    RecursionError,
)
Value: TypeAlias = "str | int | bool | Sequence[Value] | Mapping[str, Value] | None"


class _WordEnvironment(SandboxedEnvironment):
    """Values, choices and short loops: no calls, no arithmetic that grows, no imports."""

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.globals.clear()
        self.filters = {name: self.filters[name] for name in FILTERS}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        check_tree(tree)
        return tree


def fill_word_template(template: bytes, values: Mapping[str, Value]) -> bytes:
    """Return the template as a Word document with the values in place of its fields.

    Raises: TemplateRefused if the file is damaged, dangerous, or names an unknown field.
    Costs: about 18 ms a document.
    """
    filled = io.BytesIO()
    with _opened(template) as document:
        document.render(_tidy(values), jinja_env=_WordEnvironment())
        document.save(filled)
    return filled.getvalue()


def fields_of_word(template: bytes) -> set[str]:
    """Return the fields a template asks for, those inside a list as “list[].field”.

    Raises: TemplateRefused if the file is damaged or dangerous.
    """
    environment, found = _WordEnvironment(), set[str]()
    with _opened(template) as document:
        document.init_docx()
        for xml in _written_parts(document):
            found |= fields_in(environment.parse(xml))
    return found


def _written_parts(document: DocxTemplate) -> Iterator[str]:
    """Yield the parts of a document in which fields may stand."""
    yield document.patch_xml(document.get_xml())
    for uri in (document.HEADER_URI, document.FOOTER_URI):
        for _, part in document.get_headers_footers(uri):
            yield document.patch_xml(document.get_part_xml(part))


@contextmanager
def _opened(template: bytes) -> Iterator[DocxTemplate]:
    """Give the template to work with. Raises: TemplateRefused."""
    check_package(template)
    try:
        yield DocxTemplate(io.BytesIO(template))
    except jinja2.UndefinedError as error:
        refuse(f"có trường không có trong dữ liệu ({error.message})")
    except jinja2.TemplateError as error:
        refuse(f"cú pháp sai hoặc không được phép ({error.message})")
    except DAMAGED as error:
        raise TemplateRefused("Tệp mẫu bị hỏng, không mở được.", field="template") from error


def render_word(
    document: bytes,
    title: str,
    day: date,
    marks: Mapping[str, str] | None = None,
    *,
    fields: WordFields | None = None,
) -> bytes:
    """Return a Word document set by our press as tagged PDF/A-2a, with `marks` put in.

    With `fields` it is to be signed: their marks become places, and a QR mark stands at its end.

    Raises: TemplateRefused if it is damaged or dangerous, WordNotDrawn if it has pictures and
    other parts that the press cannot set, FontsMissing.
    Costs: some 20 ms a page.
    Source: docs/law/official-papers.md
    """
    text = _read(document, {**(marks or {}), **(fields.marks() if fields else {})})
    folder = fonts_dir()
    clean = _cleaner(folder)
    values = {
        "title": clean(title),
        "day": {"year": day.year, "month": day.month, "number": day.day},
        "sheet": asdict(text.sheet),
        "blocks": [_cleaned(block, clean) for block in text.blocks],
        "foot": [_cleaned(block, clean) for block in text.foot],
        "fields": fields is not None,
        "initials": fields.initials if fields else 0,
        "qr": qr_svg(fields.check_url) if fields else "",
    }
    stamp = int(datetime.combine(day, time(), tzinfo=UTC).timestamp())
    return set_type("word", json.dumps(values, ensure_ascii=False), folder=folder, stamp=stamp)


def takes_fields(document: bytes, fields: WordFields) -> bool:
    """Say whether a Word document can be signed: each mark of a field stands in it, just once.

    Raises: TemplateRefused, WordNotDrawn.
    """
    said = json.dumps(list(_read(document, fields.marks()).blocks))
    return all(said.count(token) == 1 for token in fields.tokens())


def has_marks(document: bytes, marks: Sequence[str]) -> bool:
    """Say whether any of the marks stands in a Word document. Raises: TemplateRefused."""
    tokens = {mark: f"\ue000{index}\ue001" for index, mark in enumerate(marks)}
    said = json.dumps(list(_read(document, tokens).blocks), ensure_ascii=False)
    return any(token in said for token in tokens.values())


def _read(document: bytes, marks: Mapping[str, str] | None) -> WordText:
    check_package(document)
    try:
        return read_word(docx.Document(io.BytesIO(document)), marks)
    except DAMAGED as error:
        raise TemplateRefused("Tệp Word bị hỏng, không mở được.", field="file") from error


def _cleaner(folder: str) -> Callable[[str], str]:
    known = letters(folder)
    return lambda text: "\t".join(printable(part, letters=known) for part in text.split("\t"))


def _cleaned(value: object, clean: Callable[[str], str]) -> Block:
    """Return a block without letters that the font cannot draw."""
    if isinstance(value, str):
        return cast("Block", clean(value))
    if isinstance(value, dict):
        return {name: _cleaned(one, clean) for name, one in value.items()}
    if isinstance(value, list):
        return cast("Block", [_cleaned(one, clean) for one in value])
    return cast("Block", value)


def _tidy(values: Mapping[str, Value]) -> dict[str, Value]:
    return {name: _tidy_value(value) for name, value in values.items()}


def _tidy_value(value: Value) -> Value:
    if isinstance(value, str):
        return "".join(
            letter
            for letter in unicodedata.normalize("NFC", value)
            if letter in "\n\t" or unicodedata.category(letter) not in {"Cc", "Cs"}
        )
    if isinstance(value, Mapping):
        return _tidy(value)
    return [_tidy_value(one) for one in value] if isinstance(value, (list, tuple)) else value
