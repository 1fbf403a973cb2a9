"""What a Word template may contain, and what it may ask for: nothing but text and values."""

import io
import re
import zipfile
from typing import NoReturn
from xml.etree.ElementTree import ParseError

import defusedxml.ElementTree
from defusedxml import DefusedXmlException
from jinja2 import nodes

from motcua.foundation.papers.errors import TemplateRefused
from motcua.lib.zips import BROKEN_ZIP, Bounded, TooManyEntries

LARGEST_FILE = 10_000_000
LARGEST_UNPACKED = 60_000_000
LARGEST_XML = 12_000_000
MOST_PARTS = 800
DEEPEST_LOOP = 3
FILTERS = frozenset({"default", "first", "join", "last", "length", "lower", "title", "upper"})

_REQUIRED = {"[Content_Types].xml", "word/document.xml"}
_FORBIDDEN_PARTS = re.compile(
    r"vbaproject|vbadata|activex|/embeddings/|/attachedtoolbars|\.(bin|exe|dll|ole|htm|html|mht)$",
    re.IGNORECASE,
)
_DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_HARMLESS_LINK = re.compile(r"(https?://|mailto:)", re.IGNORECASE)
_FORBIDDEN_NODES: tuple[type[nodes.Node], ...] = (
    nodes.Assign,
    nodes.AssignBlock,
    nodes.Block,
    nodes.CallBlock,
    nodes.Call,
    nodes.EvalContextModifier,
    nodes.Extends,
    nodes.FilterBlock,
    nodes.FromImport,
    nodes.Import,
    nodes.Include,
    nodes.Macro,
    nodes.Mul,
    nodes.Pow,
    nodes.Mod,
)

_TOO_MANY = "tệp có quá nhiều thành phần"


def check_package(template: bytes) -> None:
    """Raises: TemplateRefused if the file is no Word document, a bomb, or reaches outside."""
    if len(template) > LARGEST_FILE:
        refuse("tệp lớn hơn 10 MB")
    try:
        with Bounded(io.BytesIO(template), MOST_PARTS) as package:
            _check_sizes(package)
            _check_parts(package)
    except TooManyEntries:
        refuse(_TOO_MANY)
    except BROKEN_ZIP as error:
        raise TemplateRefused("Tệp mẫu không phải là tài liệu Word (.docx) đọc được.") from error


def _check_sizes(package: zipfile.ZipFile) -> None:
    parts = package.infolist()
    names = {part.filename for part in parts}
    if not names >= _REQUIRED:
        refuse("tệp không phải là tài liệu Word (.docx)")
    if len(parts) > MOST_PARTS or len(names) < len(parts):
        refuse(_TOO_MANY)
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        refuse("nội dung giải nén quá lớn")


def _check_parts(package: zipfile.ZipFile) -> None:
    for part in package.infolist():
        if _FORBIDDEN_PARTS.search(part.filename):
            refuse("tệp chứa macro hoặc đối tượng nhúng")
        if part.filename.lower().endswith((".xml", ".rels")):
            _check_xml(part, package.read(part))


def _check_xml(part: zipfile.ZipInfo, content: bytes) -> None:
    if len(content) > LARGEST_XML:
        refuse("nội dung giải nén quá lớn")
    # In another encoding a declaration could hide from the search below.
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in content[:64]:
        refuse("tệp dùng bảng mã không được phép")
    if _DECLARATION.search(content):
        refuse("tệp có khai báo thực thể XML")
    if part.filename == "[Content_Types].xml" and b"macroenabled" in content.lower():
        refuse("tệp chứa macro")
    if part.filename.lower().endswith(".rels"):
        _check_links(content)


def _check_links(content: bytes) -> None:
    try:
        links = defusedxml.ElementTree.fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise TemplateRefused("Tệp mẫu bị hỏng: không đọc được các liên kết bên trong.") from error
    for link in links:
        outside = link.get("TargetMode", "").lower() == "external"
        kind, target = link.get("Type", ""), link.get("Target", "")
        if outside and not (kind.endswith("/hyperlink") and _HARMLESS_LINK.match(target)):
            refuse("tệp liên kết tới nội dung bên ngoài")


def check_tree(tree: nodes.Template) -> None:
    """Raises: TemplateRefused if the template asks for more than values, choices and lists."""
    if any(True for _ in tree.find_all(_FORBIDDEN_NODES)):
        refuse("mẫu chỉ được dùng giá trị, điều kiện và vòng lặp đơn giản")
    for found in tree.find_all(nodes.Filter):
        if found.name not in FILTERS:
            refuse(f"mẫu dùng phép biến đổi không được phép: {found.name}")
    if not all(_is_named(loop.iter) for loop in tree.find_all(nodes.For)):
        refuse("mẫu chỉ được lặp qua các danh sách của hồ sơ")
    if _depth(tree) > DEEPEST_LOOP:
        refuse("mẫu lồng vòng lặp quá sâu")


def _is_named(node: nodes.Node) -> bool:
    """Say whether a list is one of the dossier's: one written out could be of any length."""
    while isinstance(node, (nodes.Getattr, nodes.Getitem)):
        node = node.node
    return isinstance(node, nodes.Name)


def _depth(node: nodes.Node) -> int:
    deepest = max((_depth(child) for child in node.iter_child_nodes()), default=0)
    if not isinstance(node, nodes.For):
        return deepest
    return DEEPEST_LOOP + 1 if node.recursive else deepest + 1


def refuse(reason: str) -> NoReturn:
    """Raises: TemplateRefused, always."""
    raise TemplateRefused(f"Không dùng được tệp mẫu: {reason}.", field="template")
